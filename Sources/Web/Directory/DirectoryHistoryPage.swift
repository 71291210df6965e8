import Appeals
import CanonicalJSON
import Desk
import Replication

/// Who changed the directory, when and how.
extension WebCall {
    /// Acts of one page.
    private static let acts = 50

    /// All acts on the directory, the latest first, page by page.
    func directoryHistoryPage() throws -> WebReply {
        let mark = request.parameter("after") ?? ""
        let place = OperationPlace(text: mark)
        guard mark.isEmpty || place != nil else { return nothingHere() }
        let history = try desk.directoryHistory(before: place, limit: Self.acts)
        let names = try desk.departmentChoices()
        return try directoryPage(.history) {
            tag("div", ["class": "sheet"]) {
                acts(history, names, saysWhat: true)
                listFoot(request.path, history.acts.count, [], next: history.next?.text, isFirst: mark.isEmpty)
            }
        }
    }

    /// The last acts on an entry, on its own page.
    func history(of subject: DirectorySubject, _ names: [(id: String, name: String)]) throws -> Markup {
        let history = try desk.directoryHistory(of: subject, limit: Self.acts)
        return tag("section", ["class": "sheet"]) {
            tag("header") { tag("h2") { say("Зміни", "Changes") } }
            acts(history, names, saysWhat: false)
        }
    }

    /// Acts one below another; `saysWhat`: also which entry each is about.
    private func acts(_ history: DirectoryHistory, _ names: [(id: String, name: String)], saysWhat: Bool) -> Markup {
        guard desk.isOffice else {
            return tag("p", ["class": "empty"]) {
                say("Журнал змін довідника веде Центр.", "The list of changes of the directory is kept by the office.")
            }
        }
        if history.acts.isEmpty { return tag("p", ["class": "empty"]) { say("Змін немає.", "There are no changes.") } }
        return tag("ol", ["class": "tl"]) {
            for (place, act) in history.acts.enumerated() {
                let former = history.acts[(place + 1)...].first { $0.key == act.key && $0.kind == act.kind }
                tag("li", ["class": "key"]) {
                    tag("b") { say(Wording.kind(act.kind)) }
                    if saysWhat { Markup([Markup(": "), subject(of: act, history.names, names)]) }
                    for line in DirectoryWords(call: self, names: names, people: history.names).lines(
                        act,
                        former: former
                    ) {
                        tag("p", ["class": "small"]) { line }
                    }
                    tag("p", ["class": "small soft"]) {
                        (act.user.isEmpty
                            ? say("власник вузла", "the owner of the node") : history.names.person(act.user)) + " · "
                            + moment(act.at)
                    }
                }
            }
        }
    }

    /// What an act is about, as a link to its page.
    private func subject(of act: DirectoryAct, _ people: PrintedNames, _ names: [(id: String, name: String)]) -> Markup
    {
        let parts = act.key.split(separator: "/").map(String.init)
        guard parts.count > 1 else { return Markup() }
        switch parts[0] {
        case "department":
            return tag("a", ["href": DirectoryPages.department(parts[1])]) { departmentCalled(parts[1], names) }
        case "person": return tag("a", ["href": DirectoryPages.person(parts[1])]) { people.person(parts[1]) }
        case "role" where parts.count > 2:
            return tag("a", ["href": DirectoryPages.person(parts[2])]) { people.person(parts[2]) }
        case "street":
            return tag("a", ["href": DirectoryPages.street(parts[1])]) { act.fields["name"]?.string ?? parts[1] }
        default: return Markup(parts[1])
        }
    }
}

/// The fields of acts on the directory in words.
struct DirectoryWords {
    let call: WebCall
    let names: [(id: String, name: String)]
    let people: PrintedNames

    /// What entries say, in the order in which it is read; ids stand in what the line is about.
    private static let fields: [(name: String, label: Label)] = [
        ("name", Label(uk: "назва, ім’я", en: "name")), ("code", Label(uk: "друкований код", en: "printed code")),
        ("form", Label(uk: "вид", en: "kind")), ("district", Label(uk: "район", en: "district")),
        ("department", Label(uk: "де", en: "where")), ("role", Label(uk: "роль", en: "role")),
        ("position", Label(uk: "посада", en: "position")), ("phone", Label(uk: "телефон", en: "phone")),
        ("substitution", Label(uk: "підстава", en: "basis")), ("from", Label(uk: "з", en: "from")),
        ("through", Label(uk: "до", en: "through")), ("keep", Label(uk: "ролі, що лишилися", en: "roles that stayed")),
        ("basis", Label(uk: "підстава лишити", en: "why they stayed")),
        ("former", Label(uk: "колишні назви", en: "former names")),
        ("houses", Label(uk: "будинки інших районів", en: "houses of other districts")),
        ("calendar", Label(uk: "версія", en: "version")), ("reason", Label(uk: "причина", en: "reason")),
    ]

    /// What a field is called; its own name where nobody gave it words.
    static func label(_ field: String) -> Label { fields.first { $0.name == field }?.label ?? Label(field) }

    /// A line for each field; where a former act is known only those that differ, with what they were.
    func lines(_ act: DirectoryAct, former: DirectoryAct?) -> [String] {
        Self.fields.compactMap { name, label in
            guard name != "department" || !act.key.hasPrefix("department/") else { return nil }
            let value = text(name, act.fields[name]), before = former.map { text(name, $0.fields[name]) }
            if value == before || value.isEmpty && before == nil { return nil }
            let words = call.say(label) + ": " + (value.isEmpty ? call.say("прибрано", "removed") : value)
            return before.map { $0.isEmpty ? words : words + call.say(" (було: \($0))", " (it was: \($0))") } ?? words
        }
    }

    /// A value as people read it; empty where there is none.
    func text(_ field: String, _ value: JSON?) -> String {
        guard let value, value != .null else { return "" }
        switch field {
        case "department": return value.string.map { call.departmentCalled($0, names) } ?? ""
        case "role": return value.string.map { call.say(Wording.roleOfPerson($0)) } ?? ""
        case "from", "through": return value.string.flatMap { CivilDate($0) }?.ukrainianNumbers ?? ""
        case "form": return value.string.flatMap(StreetEntry.Form.init(rawValue:))?.abbreviation ?? ""
        case "calendar": return value["version"]?.string ?? ""
        case "keep":
            return (value.array ?? []).map { kept in
                text("role", kept["role"]) + " – " + text("department", kept["department"])
            }.joined(separator: ", ")
        case "former", "houses":
            let street = StreetEntry(["street": "x", "form": "street", "name": "x", .init(field): value] as JSON)
            return ((field == "former" ? street?.typedFormer : street?.typedHouses) ?? []).joined(separator: "; ")
        default: return value.string ?? ""
        }
    }
}
