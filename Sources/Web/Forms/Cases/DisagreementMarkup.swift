import Appeals
import CanonicalJSON
import Desk

/// A case with all its sides, each with who, where and when; nothing chosen.
extension WebCall {
    /// - Parameter office: the office's id.
    func disagreement(_ open: OpenCase, _ card: Card, office: String) -> Markup {
        tag("div", ["class": "note note-need"]) {
            tag("div", ["class": "tight"]) {
                tag("b") { say(Wording.rule(open.rule)) }
                matter(open, card, office)
            }
        }
    }

    private func matter(_ open: OpenCase, _ card: Card, _ office: String) -> Markup {
        switch open.matter {
        case .values(let register, let inForce, let other):
            let name = say(Wording.register(register))
            let writer = card.writers[open.id]
            func side(_ words: String, _ value: JSON?, _ author: Author?, _ at: Int64?) -> Markup {
                Markup([
                    tag("dt") { name + words },
                    tag("dd") {
                        value.map { wording.text(register, $0) } ?? say("не вказано", "not given")
                        line(author, at, card, office)
                    },
                ])
            }
            return tag("dl", ["class": "kv"]) {
                side(say(", зараз", ", now"), inForce, writer?.author, writer?.at)
                side(say(", інше значення", ", the other value"), other, open.author, open.since)
            }
        case .disagreement(let assignment, let facts, let work):
            let department = assignment.map { card.names.department($0.department) } ?? ""
            return Markup([
                department.isEmpty ? Markup() : tag("p") { say("Доручення: ", "Assignment: ") + department },
                tag("ul", ["class": "tight"]) {
                    for fact in facts {
                        tag("li") {
                            say(Wording.fact(fact.name.kind))
                            line(fact.author, fact.at, card, office)
                        }
                    }
                    for work in work { tag("li") { waiting(work, card, office) } }
                },
            ])
        case .held(let work): return waiting(work, card, office)
        }
    }

    /// Work that waits: what, whose, what it says, and why nobody took it as it came.
    private func waiting(_ work: HeldWork, _ card: Card, _ office: String) -> Markup {
        Markup([
            tag("p") {
                say(Wording.kind(work.kind))
                line(work.author, work.at, card, office)
            },
            Markup(TimelineItem.words(of: work.facts).map { words in tag("p") { words } }),
            work.reason.map { reason in
                tag("p", ["class": "small soft"]) {
                    say("Чому чекає: ", "Why it waits: ")
                        + say(Label(uk: reason.ukrainian, en: reason.english)).lowercasedFirst + "."
                }
            } ?? Markup(),
        ])
    }

    /// Person, department, time, on a line of its own.
    private func line(_ author: Author?, _ at: Int64?, _ card: Card, _ office: String) -> Markup {
        let person = author.map { $0.user.isEmpty ? "" : card.names.person($0.user) } ?? ""
        let node = author.map { place(of: $0.node, card.names, office: office) } ?? ""
        let words = [person, node, at.map(self.at) ?? ""].filter { !$0.isEmpty }
        guard !words.isEmpty else { return Markup() }
        return Markup([tag("br"), tag("span", ["class": "small soft"]) { words.joined(separator: ", ") }])
    }

    /// The printed name of a node; the office is called so.
    func place(of node: String, _ names: PrintedNames, office: String) -> String {
        let name = names.department(node)
        return name == node && node == office ? say("Центр", "the office") : name
    }

    /// The other way to decide about the same work.
    func otherDecision(_ row: UseCase, _ open: OpenCase, _ card: Card) -> Markup {
        guard open.section == .held else { return Markup() }
        let other: UseCase = row.name == UseCase.heldAdopt.name ? .heldDecline : .heldAdopt
        return tag("a", ["class": "btn", "href": ActPlace.of(other, card.id, ["case": open.id])]) {
            say(ActWords.verb(other))
        }
    }

    /// `14.05.2026, 11:20` in Kyiv.
    func at(_ instant: Int64) -> String {
        guard let moment = KyivTime.moment(at: instant) else { return "" }
        return moment.date.ukrainianNumbers + ", " + String(moment.time.description.prefix(5))
    }
}
