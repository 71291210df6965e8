import Appeals
import CanonicalJSON
import Cryptography
import Node
import Replication

/// An appeal that was made by real acts, with all that these left in the store, cut so that others can be made like it.
///
/// It has three operations: registered, given to its department, a note. What the engine wrote of it is what is repeated:
/// bytes, outcomes, entries, view.
struct Original: Sendable {
    /// Each has one of its own: of two that are equal the office changes the second.
    private static func index(_ place: Int) -> String { "К-0-\(1_000_000_000 + place)" }
    /// Texts that stand nowhere else in it.
    static let said = Citizens.Card(
        name: "Зразоквенко Зразослав Зразославович",
        street: "вулиця Зразкова",
        house: 4_711,
        flat: 4_712,
        phone: "+380009999999",
        text: "ЗРАЗОК-ЗВЕРНЕННЯ",
        note: "ЗРАЗОК-ПРИМІТКИ",
        account: ""
    )
    static let acts = 3

    /// One operation: its parts, of which the digests, the id and the signature are made anew.
    struct Act: Sendable {
        let kind: String
        let body, envelope, outcome: Cut
        let personal: Cut?
    }

    let acts: [Act]
    let row, seen: Cut
    /// The text of the department's view (protocol.md section 8).
    let view: String
    /// What its second entry says that has changed, each cut by the name of the write.
    let changed: [Cut]
    let stream: String

    /// Makes it at a stopped office.
    init(_ place: Int, _ department: String, _ hand: OfficeActs, _ node: OpenedNode) throws {
        let id = Template.id(place)
        try hand.register(id, Self.index(place), Self.said)
        try hand.resolve(id, for: department)
        try hand.note(id, Self.said.note)
        stream = Space.slice(department)
        let name = stream
        let (row, records, entries) = try node.store.read { reading in
            (
                try reading.row(Space.appeals, generation: 0, key: id),
                try reading.operations(appeal: id, after: nil, limit: 10),
                try reading.entries(name, key: id, after: 0, limit: 10)
            )
        }
        guard let row, records.count == Self.acts, entries.map(\.kind) == [.enter, .put] else {
            throw Failure("the first appeal of \(department) is not as it was made")
        }
        let aggregate = try row.aggregate()
        let views = Slice.views(of: aggregate, today: Today.date(Machine.now()), office: hand.office.node)
        guard let view = views[department] else { throw Failure("\(department) does not see its appeal") }
        self.view = view.text
        let marks = [(Self.index(place), Cut.Hole.index)] + Self.marks(id) + Self.marks(of: records)
        self.row = Cut(row.bytes, marks)
        seen = Cut(view.project(aggregate).bytes, marks)
        changed = entries[1].changed.map { Cut(Array($0.description.utf8), marks) }
        acts = try records.map { try Self.act($0, marks) }
    }

    private static func marks(_ id: String) -> [(mark: String, hole: Cut.Hole)] {
        [
            (id, .appeal), (said.name, .name), (said.address, .address), (said.phone, .phone),
            (said.text, .text), (said.note, .note), (OfficeActs.day, .day), (OfficeActs.due, .due),
            (OfficeActs.cap, .cap),
        ]
    }

    /// Names of writes: first where a commit follows, as at the end of an item.
    private static func marks(of records: [OperationRecord]) -> [(mark: String, hole: Cut.Hole)] {
        func name(_ record: OperationRecord) -> String {
            WriteName(origin: record.origin, number: record.number).description
        }
        return records.enumerated().map { ("\"\(name($1))\",\($1.commit)]", Cut.Hole.item($0)) }
            + records.enumerated().map { (name($1), Cut.Hole.write($0)) }
    }

    private static func act(_ record: OperationRecord, _ marks: [(mark: String, hole: Cut.Hole)]) throws -> Act {
        let operation = try record.signed().operation
        func text(_ json: JSON?) -> String { json?.string ?? "" }
        let parts =
            [
                (text(operation.body["salt"]), Cut.Hole.bodySalt),
                (text(operation.personal?["salt"]), Cut.Hole.personalSalt),
            ] + marks
        let envelope =
            [
                ("\"number\":\(operation.number),", Cut.Hole.number), (operation.previous, .previous),
                (Operation.digest(operation.body), .bodyDigest),
                (operation.personal.map(Operation.digest) ?? "", .personalDigest),
            ] + marks
        let outcome =
            [("\"commit\":\(record.commit),", Cut.Hole.commit), (record.id, .id)] + envelope
        return Act(
            kind: record.kind,
            body: Cut(JSON.object(operation.body).canonicalBytes(), parts),
            envelope: Cut(JSON.object(operation.envelope).canonicalBytes(), envelope),
            outcome: Cut(record.outcome ?? [], outcome),
            personal: operation.personal.map { Cut(JSON.object($0).canonicalBytes(), parts) }
        )
    }
}
