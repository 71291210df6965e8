import Appeals
import CanonicalJSON
import Cryptography
import Node
import Replication

/// Fills a stopped office's store with appeals, by direct inserts after one of each was made the ordinary way.
///
/// A hundred thousand registrations through the engine would take longer than the measurement. The first appeal of each
/// department is made by real acts; the rest are its bytes with another id, index and text. What the streams say of
/// them (digest, mark, tenure) is computed as the engine does, so that a department that reads them agrees at the head.
struct Seed {
    private let directory: String
    private let slices: [(department: String, appeals: Int)]

    /// Each slice is `department=appeals`, as on the command line of the role.
    init(_ directory: String, _ slices: [String]) {
        self.directory = directory
        self.slices = slices.map { text in
            let parts = text.split(separator: "=")
            return (String(parts.first ?? ""), parts.count == 2 ? Int(parts[1]) ?? 0 : 0)
        }
    }

    /// The id of an appeal: the place of its department, and its number.
    static func appeal(_ department: Int, _ number: Int) -> String {
        // In the order of registration, as version 7 is, with the appeals of all departments among one another.
        padded(number, 8) + "-0000-7000-8000-" + padded(department, 12)
    }

    /// Hexadecimal digits with zeros before them.
    static func padded(_ value: Int, _ count: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: count - text.count) + text
    }

    /// Gives the mean bytes of a row, the epoch, each department's assignment, which entitles it to write, and where its slice ends.
    ///
    /// The checkpoint at the end moves the log into the file: what is measured afterwards must not pay for the seeding.
    func plant() throws -> JSON {
        let node = try OpenedNode.open(directory)
        defer { node.close() }
        guard let office = node.office else { throw Failure("\(directory) is no office") }
        let acts = OfficeActs(office)
        try acts.people(slices.map(\.department))
        var bytes = 0
        var authorities: [JSON] = []
        for (place, slice) in slices.enumerated() {
            let template = try self.template(place, slice.department, acts, node)
            authorities.append(.string(template.assignment))
            bytes += try plant(place, slice.department, slice.appeals, template, node)
        }
        while try node.store.scrubbing?.checkpoint() == false {}
        let rows = slices.map(\.appeals).reduce(0, +)
        let epoch = try node.store.read { try $0.value(Values.epoch) ?? "" }
        let heads: [JSON] = try node.store.read { reading in
            try slices.map { slice in
                let stream = try reading.stream(Space.slice(slice.department))
                return ["head": .integer(stream?.head ?? 0), "mark": .string(stream?.mark ?? "")]
            }
        }
        return [
            "bytesPerRow": .integer(Int64(bytes / max(1, rows))), "epoch": .string(epoch),
            "authorities": .array(authorities), "heads": .array(heads),
        ]
    }

    /// One appeal as people make it: registered, and assigned to its main executor.
    private func template(_ place: Int, _ department: String, _ acts: OfficeActs, _ node: OpenedNode) throws -> Template
    {
        let id = Template.id(place)
        let said = Citizens.Card(
            name: "Коваленко Марія Іванівна",
            street: "вулиця Шевченка",
            house: 12,
            flat: 7,
            phone: "+380441234567",
            text: Template.text,
            note: "",
            account: ""
        )
        try acts.register(id, Template.index, said)
        try acts.resolve(id, for: department)
        let row = try node.store.read { try $0.row(Space.appeals, generation: 0, key: id) }
        guard let row else { throw Failure("the first appeal is not there") }
        let aggregate = try row.aggregate()
        let views = Slice.views(of: aggregate, today: Today.date(Machine.now()), office: acts.office.node)
        guard let view = views[department] else {
            throw Failure("\(department) does not see its appeal")
        }
        let assignment = aggregate.register("mainExecutor")?.string ?? ""
        return Template(
            id: id,
            assignment: assignment,
            row: row,
            projected: view.project(aggregate).bytes,
            view: view.text
        )
    }

    /// Gives the bytes of all rows as their executor sees them.
    ///
    /// In transactions of 2,000 rows: larger ones would keep the log of the database from being moved into the file.
    private func plant(
        _ place: Int,
        _ department: String,
        _ count: Int,
        _ template: Template,
        _ node: OpenedNode
    ) throws -> Int {
        var sample = Sample(seed: UInt64(place) + 1)
        var total = 0
        var number = 0
        while number < count {
            try node.store.write { transaction in
                let name = Space.slice(department)
                guard var stream = try transaction.stream(name) else { throw Failure("there is no stream \(name)") }
                for _ in 0..<min(2_000, count - number) {
                    let words = sample.text(bytes: 100 + sample.number(below: 450))
                    let filled = template.filled(
                        id: Self.appeal(place, number),
                        index: "К-\(place)-\(number)",
                        text: words
                    )
                    try transaction.putRow(Space.appeals, generation: 0, filled.row)
                    let digest = SHA256.hash(filled.projected)
                    stream.head += 1
                    stream.rows += 1
                    stream.digest.add(digest)
                    stream.mark = StreamMark.next(stream.mark, commit: filled.row.commit, key: filled.row.key)
                    try transaction.appendEntry(
                        name,
                        EntryRecord(
                            sequence: stream.head,
                            kind: .enter,
                            key: filled.row.key,
                            tenure: 1,
                            commit: filled.row.commit,
                            mark: stream.mark,
                            changed: []
                        )
                    )
                    try transaction.putTenure(
                        TenureRecord(
                            stream: name,
                            key: filled.row.key,
                            tenure: 1,
                            view: template.view,
                            isOpen: true,
                            opened: stream.head,
                            digest: digest,
                            projection: Projection.version
                        )
                    )
                    total += filled.projected.count
                    number += 1
                }
                try transaction.putStream(stream)
            }
        }
        return total
    }

    /// So many operations in an office's log, as they lie there after years.
    ///
    /// Ten origins that no node has, a bytes field that is no operation: nobody reads them, they only make the store
    /// large.
    static func operations(_ directory: String, count: Int) throws -> JSON {
        let node = try OpenedNode.open(directory)
        defer { node.close() }
        var sample = Sample(seed: 5)
        var number = 0
        let bytes = Array(sample.text(bytes: 500).utf8)
        let outcome = Array(sample.text(bytes: 150).utf8)
        while number < count {
            try node.store.write { transaction in
                for _ in 0..<min(5_000, count - number) {
                    number += 1
                    let origin = Origin(node: "archive-\(number % 10)", incarnation: "00000000")
                    try transaction.putOperation(
                        OperationRecord(
                            origin: origin,
                            number: Int64(number / 10 + 1),
                            id: SHA256.hash(Array("\(number)".utf8)).hex,
                            appeal: appeal(9, number / 8),
                            kind: "note.added",
                            bytes: bytes,
                            outcome: outcome,
                            status: .accepted,
                            commit: Int64(number),
                            at: Machine.now()
                        )
                    )
                }
            }
        }
        return ["count": .integer(Int64(count))]
    }

    /// Puts a department at the beginning of its slice's log, so that it reads entries instead of a snapshot.
    static func readsByLog(_ directory: String, epoch: String) throws -> JSON {
        let node = try OpenedNode.open(directory)
        defer { node.close() }
        guard let department = node.department else { throw Failure("\(directory) is no department") }
        try node.store.write { try $0.putStream(StreamRecord(name: Space.slice(department.node), epoch: epoch)) }
        return [:]
    }
}

/// An appeal to be repeated with another id, index and text: the canonical bytes, cut at those places.
///
/// The marks are texts that occur nowhere else in the row. Cut once, joined for every appeal: writing canonical JSON
/// anew for each would be most of the time of seeding.
struct Template {
    static let index = "К-0-0000000000"
    static let text = "ТЕКСТ-ТЕКСТ-ТЕКСТ"
    static func id(_ place: Int) -> String { "ffffffff-0000-7000-8000-" + Seed.padded(place, 12) }

    private let row: Row
    private let whole: [Piece]
    private let seen: [Piece]
    /// The text of the executor's view (protocol.md section 8), recorded with its tenure.
    let view: String
    /// The assignment of its main executor.
    let assignment: String

    private enum Piece {
        case bytes([UInt8])
        case id, index, text
    }

    init(id: String, assignment: String, row: Row, projected: [UInt8], view: String) {
        self.row = row
        self.view = view
        self.assignment = assignment
        whole = Self.cut(row.bytes, id: id)
        seen = Self.cut(projected, id: id)
    }

    /// The row as the office holds it, and its bytes as the executor's slice shows it.
    ///
    /// `index` and `text` go into JSON strings as they are: they must need no escapes.
    func filled(id: String, index: String, text: String) -> (row: Row, projected: [UInt8]) {
        var row = row
        row.key = id
        row.bytes = Self.joined(whole, id: id, index: index, text: text)
        row.digest = SHA256.hash(row.bytes)
        row.columns.index = index
        return (row, Self.joined(seen, id: id, index: index, text: text))
    }

    private static func joined(_ pieces: [Piece], id: String, index: String, text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2_800)
        for piece in pieces {
            switch piece {
            case .bytes(let part): bytes += part
            case .id: bytes += id.utf8
            case .index: bytes += index.utf8
            case .text: bytes += text.utf8
            }
        }
        return bytes
    }

    /// Every occurrence of a mark becomes a hole, also the id within names of items.
    private static func cut(_ bytes: [UInt8], id: String) -> [Piece] {
        let marks: [([UInt8], Piece)] = [(Array(id.utf8), .id), (Array(index.utf8), .index), (Array(text.utf8), .text)]
        var pieces: [Piece] = []
        var part: [UInt8] = []
        var place = 0
        while place < bytes.count {
            if let (mark, piece) = marks.first(where: { bytes[place...].starts(with: $0.0) }) {
                pieces += [.bytes(part), piece]
                part = []
                place += mark.count
            } else {
                part.append(bytes[place])
                place += 1
            }
        }
        return pieces + [.bytes(part)]
    }
}
