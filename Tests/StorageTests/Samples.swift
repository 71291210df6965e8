import Appeals
import Cryptography
import Replication

/// The greatest integer that JSON carries, and one more.
let greatest: Int64 = 1 << 53

let author = origin("zhkg", "5b1e90c2")

func origin(_ node: String, _ incarnation: String) -> Origin { Origin(node: node, incarnation: incarnation) }

func row(
    _ key: String,
    _ text: String = "",
    due: String = "",
    state: String = "",
    main: String = "",
    index: String = "",
    disputed: Bool = false,
    barred: [String] = [],
    term: String = "",
    work: [String] = [],
    commit: Int64 = 1,
    tenure: Int64 = 0
) -> Row {
    var columns = RowColumns()
    columns.due = due
    columns.state = state
    columns.main = main
    columns.index = index
    columns.isDisputed = disputed
    columns.barred = barred
    columns.term = term
    columns.work = work
    let bytes = Array((text.isEmpty ? key : text).utf8)
    return Row(key: key, bytes: bytes, digest: SHA256.hash(bytes), commit: commit, tenure: tenure, columns: columns)
}

func entry(_ sequence: Int64, _ key: String, kind: EntryRecord.Kind = .put, changed: [ItemName] = []) -> EntryRecord {
    EntryRecord(
        sequence: sequence,
        kind: kind,
        key: key,
        tenure: 1,
        commit: sequence,
        mark: "mark\(sequence)",
        changed: changed
    )
}

func tenure(
    _ stream: String,
    _ key: String,
    _ number: Int64 = 1,
    isOpen: Bool = true,
    ends: String = ""
) -> TenureRecord {
    let digest = isOpen ? SHA256.hash(Array("\(stream) \(key) \(number)".utf8)) : .zero
    return TenureRecord(
        stream: stream,
        key: key,
        tenure: number,
        view: "view \(number)",
        isOpen: isOpen,
        opened: number,
        digest: digest,
        ends: ends,
        projection: number + 1
    )
}

func operation(
    _ origin: Origin,
    _ number: Int64,
    appeal: String? = "a",
    status: OutcomeStatus? = nil,
    commit: Int64 = 0,
    at: Int64 = 0,
    decision: Decision? = nil
) -> OperationRecord {
    let bytes = Array("line \(origin) \(number)".utf8)
    return OperationRecord(
        origin: origin,
        number: number,
        id: SHA256.hash(bytes).hex,
        appeal: appeal,
        kind: "appeal.edit",
        bytes: bytes,
        outcome: status.map { Array($0.rawValue.utf8) },
        status: status,
        commit: commit,
        at: at,
        decision: decision
    )
}
