import Appeals
import CanonicalJSON
import Desk

/// Who stands on a side of a case: name, place, when, and how they are reached.
extension WebCall {
    /// The name of whoever wrote a value; of an unknown person the department's.
    func name(of author: Author, _ compared: ComparedCase, _ material: FormMaterial) -> String {
        if author.user.isEmpty { return place(of: author.node, compared.names, office: material.office) }
        let own = author.user == material.user ? say(" (це ви)", " (you)") : ""
        return compared.names.person(author.user) + own
    }

    /// Position and department, both times where they lie apart, and the telephone.
    func about(
        _ author: Author,
        at: Int64?,
        receivedAt: Int64? = nil,
        isUnsent: Bool = false,
        _ compared: ComparedCase,
        _ material: FormMaterial
    ) -> Markup {
        let person = compared.people[author.user]
        let department = author.node.isEmpty ? "" : place(of: author.node, compared.names, office: material.office)
        let position = person?.position ?? ""
        let isApart = at.flatMap { at in receivedAt.map { $0 - at >= Self.apart } } ?? false
        return Markup([
            tag("p", ["class": "small soft"]) {
                [position, department].filter { !$0.isEmpty }.joined(separator: ", ")
                if let at {
                    tag("br")
                    say("записано ", "recorded ")
                    tag("b") { self.at(at) }
                    if isApart, let receivedAt {
                        say(" без зв’язку · отримано Центром ", " offline · received by the office ")
                            + self.at(receivedAt)
                    }
                }
                if isUnsent {
                    tag("br")
                    icon(.up)
                    say(" ще не передано Центру", " not with the office yet")
                }
            },
            author.user.isEmpty ? Markup() : telephone(person?.phone ?? ""),
        ])
    }

    /// Two times are told where they are so far apart, milliseconds.
    private static let apart: Int64 = 120_000

    /// A telephone that can be called, or that none is known.
    func telephone(_ phone: String) -> Markup {
        guard !phone.isEmpty else {
            return tag("p", ["class": "small soft"]) {
                icon(.phone)
                say(" телефон не вказано", " no telephone given")
            }
        }
        let dialled = phone.filter { $0.isASCII && ($0.isNumber || $0 == "+") }
        return tag("p") {
            tag("a", ["class": "small", "href": "tel:" + dialled]) {
                icon(.phone)
                " " + Telephone.printed(phone)
            }
        }
    }

    /// Who decides, as a line below the heading.
    func whoDecides(_ deciders: CaseDeciders, office: String) -> Markup {
        let roles = deciders.roles.map { say(Wording.roleOfPerson($0)) }.joined(separator: ", ")
        let people = deciders.people.joined(separator: ", ")
        return tag("p", ["class": "small"]) {
            say("Вирішує: ", "Decides: ") + place(of: deciders, office: office) + (roles.isEmpty ? "" : " (\(roles))")
                + (people.isEmpty ? "" : ": " + people)
        }
    }

    /// The printed name of the node whose people decide; the office is called so.
    func place(of deciders: CaseDeciders, office: String) -> String {
        deciders.name == deciders.node && deciders.node == office ? say("Центр", "the office") : deciders.name
    }

    /// Until when, with words.
    func decideBy(_ term: CivilDate) -> Markup {
        let today = desk.today
        let drawing = term < today ? "due-over" : term == today ? "due-today" : "due-soon"
        return tag("span", ["class": "due " + drawing]) {
            tag("b") { term.withWeekday(language) }
            tag("span") {
                if term < today {
                    icon(.alert)
                    " "
                }
                term < today
                    ? say("Мали вирішити до цього дня", "Was to be decided by then") : say("Вирішити до", "Decide by")
            }
        }
    }
}
