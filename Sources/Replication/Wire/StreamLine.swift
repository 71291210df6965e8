import Appeals
import CanonicalJSON

/// One line of a pull, a snapshot or a fetch as its reader gets it: canonical JSON; the row is not built as a tree.
struct StreamLine {
    /// What a pull says; nil in a snapshot and a fetch.
    let entry: EntryRecord.Kind?
    let key: String
    let tenure: Int64
    /// The commit of the entry; 0 in a snapshot and a fetch.
    let commit: Int64
    let row: Appeals.Aggregate?
    let stub: JSON
    /// The office's seal on the row as it is after this line; empty if there is none.
    let seal: String

    /// Nil if the line is anything else.
    init?(_ line: ArraySlice<UInt8>) {
        do { try CanonicalText.validate(line.span, limits: Limits.aggregate) } catch { return nil }
        let found = line.withUnsafeBufferPointer { bytes -> Members? in Members(JSONWalker(bytes)) }
        guard let found, let tenure = found.tenure else { return nil }
        self.tenure = tenure
        commit = found.commit ?? 0
        entry = found.entry.flatMap(EntryRecord.Kind.init)
        if entry == nil, found.entry != nil { return nil }
        seal = found.seal
        func part(_ range: Range<Int>) -> ArraySlice<UInt8> {
            line[(line.startIndex + range.lowerBound)..<(line.startIndex + range.upperBound)]
        }
        do {
            stub = try found.stub.map { try JSON(parsing: part($0), limits: Limits.aggregate) } ?? [:]
            row = try found.row.map { try Appeals.Aggregate(validated: Array(part($0))) }
        } catch { return nil }
        guard let key = row?.id ?? found.id, !key.isEmpty, key.utf8.count <= 256 else { return nil }
        self.key = key
    }

    /// The row as it is stored, if the line has one.
    var stored: Row? {
        row.map { aggregate in
            var row = Row(aggregate, tenure: tenure)
            row.seal = seal
            return row
        }
    }

    /// Where the members stand in the line, found in one walk.
    private struct Members {
        var entry: String?
        var tenure: Int64?
        var commit: Int64?
        var id: String?
        var seal = ""
        var row: Range<Int>?
        var stub: Range<Int>?

        init?(_ walker: JSONWalker) {
            var members = walker.members(of: walker.root)
            while let member = members.next() {
                switch walker.text(member.key) {
                case "entry": entry = walker.string(at: member.value)
                case "tenure": tenure = walker.integer(at: member.value)
                case "commit": commit = walker.integer(at: member.value)
                case "id": id = walker.string(at: member.value)
                case "seal": seal = walker.string(at: member.value) ?? ""
                case "row": row = member.value
                case "stub": stub = member.value
                default: break
                }
            }
        }
    }
}
