import Appeals
import CanonicalJSON
import Desk
import Replication

/// What the fields of a card's forms are filled from: the card, and the people and departments around it.
struct FormMaterial {
    let card: Card
    /// What the form is based on; taken before the card was read, so that it is never newer than what is shown.
    let shown: ShownAppeal
    let node: String
    let isOffice: Bool
    /// The office's id.
    let office: String
    let today: CivilDate
    /// Who fills the form.
    let user: String
    /// Their roles at this node.
    let roles: Set<String>
    /// Whoever decides at this node: leaders at the office, heads and deputies in a department.
    let deciders: [FormChoice]
    /// Who has a role here, and may be asked to do the work.
    let people: [FormChoice]
    let departments: [FormChoice]

    /// What the card is now, as its own page tells it.
    var revision: String { Desk.revision(of: shown.appeal) }

    /// How many people and departments a list offers at most, where a city has some dozens and a node some hundreds.
    static let longestList = 1_000
}

extension FormMaterial {
    /// Of an appeal as whoever asks is shown it; refused as `Desk.card` refuses.
    static func read(_ name: String, _ desk: Desk) throws -> FormMaterial {
        let shown = try desk.read { try desk.shownAppeal(name, $0) }
        let card = try desk.card(shown.id)
        let user = desk.who.user ?? ""
        return try desk.read { reading in
            let held = try Self.held(desk, reading)
            let names = try desk.names(of: Set(held.map(\.user)), reading)
            func choices(_ roles: Set<String>) -> [FormChoice] { Self.choices(held, roles, names) }
            return FormMaterial(
                card: card,
                shown: shown,
                node: desk.place.node,
                isOffice: desk.isOffice,
                office: desk.isOffice ? desk.place.node : try reading.value(Values.office) ?? "",
                today: desk.today,
                user: user,
                roles: Set(held.filter { $0.user == user }.map(\.role)),
                deciders: choices(desk.isOffice ? ["leader"] : ["head", "deputy"]),
                people: choices(Kinds.departmentRoles),
                departments: try Self.departments(desk, reading)
            )
        }
    }

    /// Who has one of these roles at this node now, by name.
    static func people(_ roles: Set<String>, _ desk: Desk, _ reading: any StoreReading) throws -> [FormChoice] {
        let held = try held(desk, reading)
        return choices(held, roles, try desk.names(of: Set(held.map(\.user)), reading))
    }

    private static func choices(
        _ held: [(user: String, role: String)],
        _ roles: Set<String>,
        _ names: PrintedNames
    ) -> [FormChoice] {
        let fitting = held.filter { roles.contains($0.role) }
        return Dictionary(grouping: fitting, by: \.user).map { user, roles in
            let words = roles.map { Wording.roleOfPerson($0.role).uk }.joined(separator: ", ")
            return FormChoice(user, "\(names.person(user)), \(words)")
        }.sorted { ($0.label, $0.value) < ($1.label, $1.value) }
    }

    /// Who has a role at this node now.
    private static func held(_ desk: Desk, _ reading: any StoreReading) throws -> [(user: String, role: String)] {
        let prefix = "role/\(desk.place.node)/"
        return try desk.entries(prefix, limit: longestList, reading).filter { try desk.isInForce($0, reading) }
            .compactMap { entry in
                let parts = entry.id.dropFirst(prefix.count).split(separator: "/").map(String.init)
                return parts.count == 2 ? (parts[0], parts[1]) : nil
            }
    }

    private static func departments(_ desk: Desk, _ reading: any StoreReading) throws -> [FormChoice] {
        try desk.entries("department/", limit: longestList, reading).map { entry in
            let id = String(entry.id.dropFirst("department/".count))
            return FormChoice(id, entry.register("entry")?["name"]?.string ?? id)
        }.sorted { ($0.label, $0.value) < ($1.label, $1.value) }
    }
}

extension FormMaterial {
    /// What goes out with a form; empty where a card is too large for a mark.
    var mark: String { CardMark(shown)?.text ?? "" }
    /// What a form that came back had shown.
    func writes(_ mark: String) -> [String: String]? { CardMark.writes(mark, of: shown) }

    /// How whoever fills the form stands to the card.
    var reader: CardReader {
        CardReader(
            card: card,
            node: node,
            isOffice: isOffice,
            roles: roles,
            removal: RemovalStep.allCases.map { ($0, shown.appeal.refusal(of: $0)) }
        )
    }

    /// Assignments in one of these states that an act may be about, the main executor's first.
    func assignments(of row: UseCase, in states: Set<AssignmentState>) -> [CardAssignment] {
        reader.assignments(of: row).filter { $0.assignment.state.map(states.contains) == true }
            .sorted { $0.assignment.role == "main" && $1.assignment.role != "main" }
    }

    /// The versions of an answer to an assignment, the newest first.
    func versions(of assignment: String) -> [ShownFact] {
        card.facts.filter { $0.name.kind == "answer" && $0.name.entity == assignment }.reversed()
    }
}
