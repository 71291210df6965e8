import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// A store that breaks a promise of the office's: the number of an entry is seen before the entry.
///
/// As where numbers are drawn from a sequence and transactions commit in another order. In place of the office's store it
/// shows what `sequence assigned at commit` is for; nothing else uses it.
final class LateStore: Store {
    private let inner: any Store
    private var random: Generator
    fileprivate var late: [(stream: String, entry: EntryRecord)] = []

    init(_ inner: any Store, seed: UInt64) {
        self.inner = inner
        random = Generator(seed: seed)
    }

    func write<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result {
        try inner.write { transaction in
            let due = late
            late = []
            for (stream, entry) in due { try transaction.replaceEntry(stream, entry) }
            return try body(LateTransaction(transaction, self))
        }
    }

    func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result { try inner.read(body) }

    fileprivate func isLate() -> Bool { random.chance(0.1) }
}

private final class LateTransaction: StoreTransaction {
    private let inner: any StoreTransaction
    private let store: LateStore

    init(_ inner: any StoreTransaction, _ store: LateStore) {
        self.inner = inner
        self.store = store
    }

    func appendEntry(_ stream: String, _ entry: EntryRecord) throws {
        guard store.isLate() else { return try inner.appendEntry(stream, entry) }
        var hole = entry
        hole.kind = .none
        hole.changed = []
        try inner.appendEntry(stream, hole)
        store.late.append((stream, entry))
    }

    // MARK: as it is

    func value(_ key: String) throws -> String? {
        try inner.value(key)
    }
    func row(_ space: String, generation: Int64, key: String) throws -> Row? {
        try inner.row(space, generation: generation, key: key)
    }
    func rows(_ space: String, generation: Int64, after: String, limit: Int) throws -> [Row] {
        try inner.rows(space, generation: generation, after: after, limit: limit)
    }
    func digests(
        _ space: String,
        generation: Int64,
        from: String,
        to: String,
        limit: Int
    ) throws -> [(key: String, digest: SHA256Digest)] {
        try inner.digests(space, generation: generation, from: from, to: to, limit: limit)
    }
    func range(_ space: String, generation: Int64, from: String, to: String) throws -> (count: Int64, sum: SHA256Digest)
    {
        try inner.range(space, generation: generation, from: from, to: to)
    }
    func list(
        _ space: String,
        generation: Int64,
        filter: ListFilter,
        afterDue: String,
        afterKey: String,
        limit: Int
    ) throws -> [Row] {
        try inner.list(
            space,
            generation: generation,
            filter: filter,
            afterDue: afterDue,
            afterKey: afterKey,
            limit: limit
        )
    }
    func count(_ space: String, generation: Int64, filter: ListFilter) throws -> Int64 {
        try inner.count(space, generation: generation, filter: filter)
    }
    func key(_ space: String, generation: Int64, index: String) throws -> String? {
        try inner.key(space, generation: generation, index: index)
    }
    func stream(_ name: String) throws -> StreamRecord? {
        try inner.stream(name)
    }
    func streams() throws -> [StreamRecord] {
        try inner.streams()
    }
    func entries(_ stream: String, after: Int64, limit: Int) throws -> [EntryRecord] {
        try inner.entries(stream, after: after, limit: limit)
    }
    func entry(_ stream: String, atOrBefore sequence: Int64) throws -> EntryRecord? {
        try inner.entry(stream, atOrBefore: sequence)
    }
    func entries(_ stream: String, key: String) throws -> [EntryRecord] {
        try inner.entries(stream, key: key)
    }
    func tenure(_ stream: String, key: String) throws -> TenureRecord? {
        try inner.tenure(stream, key: key)
    }
    func tenures(key: String) throws -> [TenureRecord] {
        try inner.tenures(key: key)
    }
    func openTenures(_ stream: String, after: String, limit: Int) throws -> [TenureRecord] {
        try inner.openTenures(stream, after: after, limit: limit)
    }
    func tenureDigests(
        _ stream: String,
        from: String,
        to: String,
        limit: Int
    ) throws -> [(key: String, digest: SHA256Digest)] {
        try inner.tenureDigests(stream, from: from, to: to, limit: limit)
    }
    func tenureRange(_ stream: String, from: String, to: String) throws -> (count: Int64, sum: SHA256Digest) {
        try inner.tenureRange(stream, from: from, to: to)
    }
    func operation(_ origin: Origin, _ number: Int64) throws -> OperationRecord? {
        try inner.operation(origin, number)
    }
    func operations(_ origin: Origin, after: Int64, limit: Int) throws -> [OperationRecord] {
        try inner.operations(origin, after: after, limit: limit)
    }
    func operations(appeal: String, limit: Int) throws -> [OperationRecord] {
        try inner.operations(appeal: appeal, limit: limit)
    }
    func operations(status: OutcomeStatus, node: String?, limit: Int) throws -> [OperationRecord] {
        try inner.operations(status: status, node: node, limit: limit)
    }
    func pending(appeal: String, node: String, beyond commit: Int64, limit: Int) throws -> [OperationRecord] {
        try inner.pending(appeal: appeal, node: node, beyond: commit, limit: limit)
    }
    func pendingAppeals(node: String, beyond commit: Int64, after: String, limit: Int) throws -> [String] {
        try inner.pendingAppeals(node: node, beyond: commit, after: after, limit: limit)
    }
    func origin(_ origin: Origin) throws -> OriginRecord? {
        try inner.origin(origin)
    }
    func origins(node: String) throws -> [OriginRecord] {
        try inner.origins(node: node)
    }
    func node(_ node: String) throws -> NodeRecord? {
        try inner.node(node)
    }
    func node(key: String) throws -> NodeRecord? {
        try inner.node(key: key)
    }
    func nodes(after: String, limit: Int) throws -> [NodeRecord] {
        try inner.nodes(after: after, limit: limit)
    }
    func reader(_ node: String, _ stream: String) throws -> ReaderRecord? {
        try inner.reader(node, stream)
    }
    func readers(stream: String) throws -> [ReaderRecord] {
        try inner.readers(stream: stream)
    }
    func stub(_ appeal: String) throws -> StubRecord? {
        try inner.stub(appeal)
    }
    func stubs(after: String, limit: Int) throws -> [StubRecord] {
        try inner.stubs(after: after, limit: limit)
    }
    func isErased(_ appeal: String) throws -> Bool {
        try inner.isErased(appeal)
    }
    func erasures(after: String, limit: Int) throws -> [String] {
        try inner.erasures(after: after, limit: limit)
    }
    func tray(kind: String?, after: Int64, limit: Int) throws -> [TrayRecord] {
        try inner.tray(kind: kind, after: after, limit: limit)
    }
    func seriesLast(_ series: String) throws -> Int64 {
        try inner.seriesLast(series)
    }
    func setValue(_ key: String, _ value: String?) throws {
        try inner.setValue(key, value)
    }
    func putRow(_ space: String, generation: Int64, _ row: Row) throws {
        try inner.putRow(space, generation: generation, row)
    }
    func deleteRow(_ space: String, generation: Int64, key: String) throws {
        try inner.deleteRow(space, generation: generation, key: key)
    }
    func deleteRows(_ space: String, generation: Int64, limit: Int) throws -> Int {
        try inner.deleteRows(space, generation: generation, limit: limit)
    }
    func putStream(_ stream: StreamRecord) throws {
        try inner.putStream(stream)
    }
    func replaceEntry(_ stream: String, _ entry: EntryRecord) throws {
        try inner.replaceEntry(stream, entry)
    }
    func deleteEntries(_ stream: String, upTo sequence: Int64, limit: Int) throws -> Int {
        try inner.deleteEntries(stream, upTo: sequence, limit: limit)
    }
    func putTenure(_ tenure: TenureRecord) throws {
        try inner.putTenure(tenure)
    }
    func putOperation(_ operation: OperationRecord) throws {
        try inner.putOperation(operation)
    }
    func setOutcome(_ outcome: Outcome, as line: [UInt8]) throws -> Bool {
        try inner.setOutcome(outcome, as: line)
    }
    func putOrigin(_ origin: OriginRecord) throws {
        try inner.putOrigin(origin)
    }
    func putNode(_ node: NodeRecord) throws {
        try inner.putNode(node)
    }
    func putReader(_ reader: ReaderRecord) throws {
        try inner.putReader(reader)
    }
    func putStub(_ stub: StubRecord) throws {
        try inner.putStub(stub)
    }
    func deleteStub(_ appeal: String) throws {
        try inner.deleteStub(appeal)
    }
    func putErasure(_ appeal: String, at: Int64) throws {
        try inner.putErasure(appeal, at: at)
    }
    func addTray(_ item: TrayRecord) throws {
        try inner.addTray(item)
    }
    func deleteTray(_ id: Int64) throws {
        try inner.deleteTray(id)
    }
    func setSeriesLast(_ series: String, _ number: Int64) throws {
        try inner.setSeriesLast(series, number)
    }
    func clearStream(_ stream: String) throws {
        try inner.clearStream(stream)
    }
}
