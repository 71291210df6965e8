import Appeals
import Cryptography
import Desk
import Replication

/// Where the papers of an appeal stand.
enum PrintPlaces {
    private static let papers: [(path: String, make: @Sendable (WebCall) throws -> Printed)] = [
        ("/cards/{appeal+}/print", { try $0.printedCard() }),
        ("/cards/{appeal+}/print/resolution", { try $0.printedResolution() }),
        ("/cards/{appeal+}/print/assignments/{assignment}", { try $0.printedAssignment() }),
        ("/cards/{appeal+}/print/answer", { try $0.printedAnswer() }),
        ("/print/journal", { try $0.printedJournal() }),
    ]

    /// Each paper as a page for the browser's printer, and under its address the same as PDF.
    static let routes: [Route] = papers.flatMap { path, make in
        [
            Route("GET", path) { call in try make(call).reply(call.page) },
            Route("GET", path + pdf, lane: .papers) { call in try make(call).reply(call.pdf) },
        ]
    }

    /// The end of an address of a paper as PDF.
    static let pdf = "/pdf"

    /// The registration card on paper.
    static func card(_ appeal: String) -> String { ActPlace.card(appeal) + "/print" }
    /// The resolution with its assignments.
    static func resolution(_ appeal: String) -> String { card(appeal) + "/resolution" }
    /// The answer on letterhead.
    static func answer(_ appeal: String) -> String { card(appeal) + "/answer" }
    static func assignment(_ entity: String, of appeal: String) -> String {
        card(appeal) + "/assignments/" + short(entity)
    }

    /// What an address calls an assignment or a write, which have marks of their own in their names.
    static func short(_ name: String) -> String { String(SHA256.hash(Array(name.utf8)).hex.prefix(6)) }
}

/// What the papers of one appeal are made of.
struct PrintedMatter {
    let card: Card
    let history: History
    /// The office's id and printed name.
    let office: String
    let officeName: String
    /// What the directory says of whom the card names.
    let people: [String: CasePerson]

    /// Refused as a card is refused.
    init(_ call: WebCall) throws {
        let desk = call.desk
        let card = try desk.card(call.parameters["appeal"] ?? "")
        self.card = card
        history = try desk.history(card.id, limit: Cards.operations)
        (office, officeName, people) = try desk.read { reading in
            let office = desk.isOffice ? desk.place.node : try reading.value(Values.office) ?? ""
            let name = office.isEmpty ? "" : try desk.departmentName(office, reading)
            return (office, name == office ? "" : name, try desk.people(Set(card.names.people.keys), reading))
        }
    }

    /// Facts of a kind in the office's order; of one assignment alone where it is given.
    func facts(_ kind: String, of assignment: String? = nil) -> [ShownFact] {
        card.facts.filter { $0.name.kind == kind && (assignment == nil || $0.name.entity == assignment) }
    }

    /// Names that the card and its history mention.
    var names: PrintedNames {
        PrintedNames(
            people: card.names.people.merging(history.names.people) { first, _ in first },
            departments: card.names.departments.merging(
                Dictionary(card.assignments.map { ($0.assignment.department, $0.departmentName) }) { first, _ in first }
            ) { first, _ in first }
        )
    }
}
