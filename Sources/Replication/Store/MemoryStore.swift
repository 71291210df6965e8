import Appeals
import Cryptography

/// The reference store: everything in memory, simple rather than fast; what the contract suite measures others by.
public final class MemoryStore: Store {
    private var present = MemoryTransaction(MemoryState())
    private var isWriting = false
    private var readers = 0

    public init() {}

    /// A copy of this store as it is now: a backup, or a cloned disk.
    public func copy() -> MemoryStore {
        let copy = MemoryStore()
        copy.present = MemoryTransaction(present.state)
        return copy
    }

    public func write<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result {
        precondition(!isWriting && readers == 0, "transactions do not nest")
        isWriting = true
        defer { isWriting = false }
        do {
            let result = try body(present)
            present.keep()
            return result
        } catch {
            present.recover()
            throw error
        }
    }

    public func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result {
        precondition(!isWriting, "a transaction reads through itself")
        readers += 1
        defer { readers -= 1 }
        return try body(present)
    }
}

/// All tables.
struct MemoryState {
    struct Published {
        var entries: [EntryRecord] = []
        var byKey: [String: [Int64]] = [:]
    }
    /// A space in one of its generations.
    struct Place: Hashable {
        let generation: Int64
        let space: String
    }
    var values: [String: String] = [:]
    var rows: [Place: SortedTable<Row>] = [:]
    var streams = SortedTable<StreamRecord>()
    var published: [String: Published] = [:]
    var tenures: [String: SortedTable<TenureRecord>] = [:]
    var operations: [Origin: MemoryLog] = [:]
    var byAppeal: [String: Set<WriteName>] = [:]
    /// In order of their first numbers.
    var outcomePages: [Origin: [OutcomePage]] = [:]
    /// Of each log the numbers of commands.
    var commands: [Origin: [String: Int64]] = [:]
    /// By node, each list in order.
    var origins: [String: SortedTable<OriginRecord>] = [:]
    var nodes = SortedTable<NodeRecord>()
    var readers = SortedTable<ReaderRecord>()
    var stubs = SortedTable<StubRecord>()
    var erasures = SortedTable<ErasureRecord>()
    var tray: [TrayRecord] = []
    var lastTray: Int64 = 0
    var series: [String: Int64] = [:]
    var debts = MemoryDebts()
}

final class MemoryTransaction: StoreTransaction {
    var state: MemoryState
    /// How what the transaction has changed is taken back, the last change last.
    var undo: [(inout MemoryState) -> Void] = []

    init(_ state: MemoryState) { self.state = state }

    func keep() { undo.removeAll(keepingCapacity: true) }

    func recover() {
        while let last = undo.popLast() { last(&state) }
    }

    func change<Result>(_ body: (inout MemoryState) -> Result) -> Result { body(&state) }
    func undoing(_ body: @escaping (inout MemoryState) -> Void) { undo.append(body) }

    private func table(_ name: String, _ generation: Int64) -> SortedTable<Row> {
        state.rows[MemoryState.Place(generation: generation, space: name)] ?? SortedTable()
    }

    // MARK: values and rows

    func value(_ key: String) throws -> String? { state.values[key] }
    func setValue(_ key: String, _ value: String?) throws {
        let former = state.values[key]
        state.values[key] = value
        undo.append { $0.values[key] = former }
    }

    func row(_ name: String, generation: Int64, key: String) throws -> Row? {
        state.rows[MemoryState.Place(generation: generation, space: name)]?[key]
    }

    func rows(_ name: String, generation: Int64, after: String, limit: Int) throws -> [Row] {
        table(name, generation).values(after: after, limit: limit)
    }

    func digests(
        _ name: String,
        generation: Int64,
        from: String,
        to: String,
        limit: Int
    ) throws -> [(key: String, digest: SHA256Digest)] {
        table(name, generation).range(from: from, to: to, limit: limit).map { ($0.key, $0.value.digest) }
    }

    func range(_ name: String, generation: Int64, from: String, to: String) throws -> (count: Int64, sum: SHA256Digest)
    {
        Self.sum(try digests(name, generation: generation, from: from, to: to, limit: .max).map(\.digest))
    }

    private static func sum(_ digests: [SHA256Digest]) -> (count: Int64, sum: SHA256Digest) {
        var sum = SHA256Digest.zero
        for digest in digests { sum.add(digest) }
        return (Int64(digests.count), sum)
    }

    func list(
        _ name: String,
        generation: Int64,
        filter: ListFilter,
        afterDue: String,
        afterKey: String,
        limit: Int
    ) throws -> [Row] {
        let rows = table(name, generation).all.map(\.value).filter { filter.fits($0.columns) }
        let ordered = rows.sorted { ($0.columns.due, $0.key) < ($1.columns.due, $1.key) }
        return Array(
            ordered.drop { ($0.columns.due, $0.key) <= (afterDue, afterKey) && !(afterDue.isEmpty && afterKey.isEmpty) }
                .prefix(limit)
        )
    }

    func count(_ name: String, generation: Int64, filter: ListFilter) throws -> Int64 {
        Int64(table(name, generation).all.filter { filter.fits($0.value.columns) }.count)
    }

    func key(_ name: String, generation: Int64, index: String) throws -> String? {
        index.isEmpty ? nil : table(name, generation).all.first { $0.value.columns.index == index }?.key
    }

    func putRow(_ name: String, generation: Int64, _ row: Row) throws {
        set(row, row.key, MemoryState.Place(generation: generation, space: name))
    }

    private func set(_ row: Row?, _ key: String, _ place: MemoryState.Place) {
        let former = state.rows[place]?[key]
        state.rows[place, default: SortedTable()][key] = row
        undo.append { $0.rows[place]?[key] = former }
    }

    func deleteRow(_ name: String, generation: Int64, key: String) throws {
        set(nil, key, MemoryState.Place(generation: generation, space: name))
    }

    func deleteRows(_ name: String, generation: Int64, limit: Int) throws -> Int {
        let keys = table(name, generation).page(after: "", limit: limit).map(\.key)
        for key in keys { try deleteRow(name, generation: generation, key: key) }
        return keys.count
    }

    // MARK: streams

    func stream(_ name: String) throws -> StreamRecord? { state.streams[name] }
    func streams() throws -> [StreamRecord] { state.streams.inOrder }
    func putStream(_ stream: StreamRecord) throws {
        let former = state.streams[stream.name]
        state.streams[stream.name] = stream
        undo.append { $0.streams[stream.name] = former }
    }

    private func entries(_ stream: String) -> [EntryRecord] { state.published[stream]?.entries ?? [] }

    private func place(_ stream: String, _ sequence: Int64) -> Int {
        let entries = entries(stream)
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].sequence < sequence { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func entries(_ stream: String, after: Int64, limit: Int) throws -> [EntryRecord] {
        let start = place(stream, after == .max ? after : after + 1)
        return Array(entries(stream)[start...].prefix(limit))
    }

    func entry(_ stream: String, atOrBefore sequence: Int64) throws -> EntryRecord? {
        let place = place(stream, sequence == .max ? sequence : sequence + 1)
        return place == 0 ? nil : entries(stream)[place - 1]
    }

    func entries(_ stream: String, key: String, after: Int64, limit: Int) throws -> [EntryRecord] {
        let entries = entries(stream)
        return (state.published[stream]?.byKey[key] ?? []).lazy.filter { $0 > after }.prefix(limit).compactMap {
            let place = place(stream, $0)
            return entries.indices.contains(place) && entries[place].sequence == $0 ? entries[place] : nil
        }
    }

    func appendEntry(_ stream: String, _ entry: EntryRecord) throws {
        precondition(entry.sequence > entries(stream).last?.sequence ?? 0, "sequences of \(stream) rise")
        state.published[stream, default: MemoryState.Published()].entries.append(entry)
        state.published[stream]?.byKey[entry.key, default: []].append(entry.sequence)
        undo.append {
            $0.published[stream]?.entries.removeLast()
            $0.published[stream]?.byKey[entry.key]?.removeLast()
        }
    }

    func replaceEntry(_ stream: String, _ entry: EntryRecord) throws {
        let place = place(stream, entry.sequence)
        guard entries(stream).indices.contains(place), entries(stream)[place].sequence == entry.sequence else { return }
        let former = entries(stream)[place]
        state.published[stream]?.entries[place] = entry
        undo.append { $0.published[stream]?.entries[place] = former }
    }

    func deleteEntries(_ stream: String, upTo sequence: Int64, limit: Int) throws -> Int {
        let former = state.published[stream]
        undo.append { $0.published[stream] = former }
        let gone = entries(stream).prefix(min(limit, place(stream, sequence == .max ? sequence : sequence + 1)))
        for entry in gone { state.published[stream]?.byKey[entry.key]?.removeAll { $0 == entry.sequence } }
        state.published[stream]?.entries.removeFirst(gone.count)
        return gone.count
    }

    func clearStream(_ stream: String) throws {
        let former = state.published.removeValue(forKey: stream)
        undo.append { $0.published[stream] = former }
    }

    // MARK: tenures

    func tenure(_ stream: String, key: String) throws -> TenureRecord? { state.tenures[stream]?[key] }

    func tenures(key: String) throws -> [TenureRecord] {
        state.tenures.keys.sorted().compactMap { state.tenures[$0]?[key] }
    }

    func openTenures(_ stream: String, after: String, limit: Int) throws -> [TenureRecord] {
        Array(
            (state.tenures[stream]?.page(after: after, limit: .max) ?? []).map(\.value).filter(\.isOpen).prefix(limit)
        )
    }

    func tenures(endedBefore day: String, after: TenureRecord?, limit: Int) throws -> [TenureRecord] {
        func place(_ tenure: TenureRecord) -> (String, String, String) { (tenure.ends, tenure.stream, tenure.key) }
        return Array(
            state.tenures.values.flatMap(\.inOrder)
                .filter { $0.isOpen && !$0.ends.isEmpty && $0.ends < day }
                .filter { one in after.map { place($0) < place(one) } ?? true }
                .sorted { place($0) < place($1) }.prefix(limit)
        )
    }

    func tenureDigests(
        _ stream: String,
        from: String,
        to: String,
        limit: Int
    ) throws -> [(key: String, digest: SHA256Digest)] {
        let open = (state.tenures[stream]?.range(from: from, to: to) ?? []).filter(\.value.isOpen)
        return open.prefix(limit).map { ($0.key, $0.value.digest) }
    }

    func tenureRange(_ stream: String, from: String, to: String) throws -> (count: Int64, sum: SHA256Digest) {
        Self.sum(try tenureDigests(stream, from: from, to: to, limit: .max).map(\.digest))
    }

    func putTenure(_ tenure: TenureRecord) throws {
        let former = state.tenures[tenure.stream]?[tenure.key]
        state.tenures[tenure.stream, default: SortedTable()][tenure.key] = tenure
        undo.append { $0.tenures[tenure.stream]?[tenure.key] = former }
    }

    // MARK: operations

    func operation(_ origin: Origin, _ number: Int64) throws -> OperationRecord? { state.operations[origin]?[number] }

    func operations(_ origin: Origin, after: Int64, limit: Int) throws -> [OperationRecord] {
        state.operations[origin]?.page(after: after, limit: limit) ?? []
    }

    func operation(command: String, of origin: Origin) throws -> OperationRecord? {
        try state.commands[origin]?[command].flatMap { try operation(origin, $0) }
    }

    /// The command of a record takes the place of its former one; it is of one operation at most.
    private func index(_ command: String?, former: String?, _ write: WriteName) throws {
        guard command != former else { return }
        let table = state.commands[write.origin]
        if let command, let other = table?[command], other != write.number {
            throw StoreError(.other, doing: "writing \(write)", found: "its command is \(write.origin):\(other)")
        }
        undo.append { $0.commands[write.origin] = table }
        if let former { state.commands[write.origin]?[former] = nil }
        if let command { state.commands[write.origin, default: [:]][command] = write.number }
    }

    private func operations(on appeal: String) -> [OperationRecord] {
        (state.byAppeal[appeal] ?? []).compactMap { state.operations[$0.origin]?[$0.number] }
    }

    func operations(appeal: String, limit: Int) throws -> [OperationRecord] {
        let sorted = operations(on: appeal).sorted {
            ($0.commit, $0.origin, $0.number) < ($1.commit, $1.origin, $1.number)
        }
        return Array(sorted.prefix(limit))
    }

    func operations(status: OutcomeStatus, node: String?, after: WriteName?, limit: Int) throws -> [OperationRecord] {
        let all = state.operations.values.flatMap(\.records).filter { record in
            record.status == status && record.decision == nil && (node == nil || record.origin.node == node)
                && after.map { ($0.origin, $0.number) < (record.origin, record.number) } ?? true
        }
        return Array(all.sorted { ($0.origin, $0.number) < ($1.origin, $1.number) }.prefix(limit))
    }

    private func isPending(_ record: OperationRecord, _ node: String, _ commit: Int64) -> Bool {
        record.origin.node == node && (record.status == nil || record.commit > commit)
    }

    func pending(appeal: String, node: String, beyond commit: Int64, limit: Int) throws -> [OperationRecord] {
        let pending = operations(on: appeal).filter { isPending($0, node, commit) }
        // Own incarnations follow one another in time; a clock tie keeps the order of numbers.
        return Array(pending.sorted { ($0.at, $0.origin, $0.number) < ($1.at, $1.origin, $1.number) }.prefix(limit))
    }

    func pendingAppeals(node: String, beyond commit: Int64, after: String, limit: Int) throws -> [String] {
        let appeals = state.byAppeal.keys.filter { appeal in
            SortedTable<Int>.isBefore(after, appeal) && operations(on: appeal).contains { isPending($0, node, commit) }
        }
        return Array(appeals.sorted().prefix(limit))
    }

    func putOperation(_ operation: OperationRecord) throws {
        let (origin, number) = (operation.origin, operation.number)
        let former = state.operations[origin]?[number]
        let write = WriteName(origin: origin, number: number)
        try index(operation.command, former: former?.command, write)
        state.operations[origin, default: MemoryLog()][number] = operation
        undo.append { $0.operations[origin]?[number] = former }
        // Another operation takes the number when a node fetches back what the office has there.
        if let left = former?.appeal, left != operation.appeal, state.byAppeal[left]?.remove(write) != nil {
            undo.append { $0.byAppeal[left]?.insert(write) }
        }
        guard let appeal = operation.appeal else { return }
        guard state.byAppeal[appeal, default: []].insert(write).inserted else { return }
        undo.append { $0.byAppeal[appeal]?.remove(write) }
    }

    func setOutcome(_ outcome: Outcome, as line: [UInt8]) throws -> Bool {
        guard var record = state.operations[outcome.origin]?[outcome.number], record.id == outcome.id else {
            return false
        }
        guard record.commit <= outcome.commit else { return true }
        record.outcome = line
        record.status = outcome.status
        record.commit = outcome.commit
        try putOperation(record)
        return true
    }

    func origin(_ origin: Origin) throws -> OriginRecord? { state.origins[origin.node]?[origin.incarnation] }
    func origins(node: String) throws -> [OriginRecord] { state.origins[node]?.inOrder ?? [] }
    func putOrigin(_ record: OriginRecord) throws {
        let (node, incarnation) = (record.origin.node, record.origin.incarnation)
        let former = state.origins[node]?[incarnation]
        state.origins[node, default: SortedTable()][incarnation] = record
        undo.append { $0.origins[node]?[incarnation] = former }
    }
    func deleteOrigin(_ origin: Origin) throws {
        let former = state.origins[origin.node]?[origin.incarnation]
        state.origins[origin.node]?[origin.incarnation] = nil
        undo.append { $0.origins[origin.node]?[origin.incarnation] = former }
    }

    // MARK: nodes and the rest

    func node(_ node: String) throws -> NodeRecord? { state.nodes[node] }
    func node(key: String) throws -> NodeRecord? { state.nodes.all.first { $0.value.key == key }?.value }
    func nodes(after: String, limit: Int) throws -> [NodeRecord] {
        state.nodes.page(after: after, limit: limit).map(\.value)
    }
    func putNode(_ node: NodeRecord) throws {
        let former = state.nodes[node.node]
        state.nodes[node.node] = node
        undo.append { $0.nodes[node.node] = former }
    }

    func reader(_ node: String, _ stream: String) throws -> ReaderRecord? { state.readers[node + " " + stream] }
    func readers(stream: String) throws -> [ReaderRecord] {
        state.readers.all.map(\.value).filter { $0.stream == stream }
    }
    func putReader(_ reader: ReaderRecord) throws {
        let key = reader.node + " " + reader.stream
        let former = state.readers[key]
        state.readers[key] = reader
        undo.append { $0.readers[key] = former }
    }

    func stub(_ appeal: String) throws -> StubRecord? { state.stubs[appeal] }
    func stubs(after: String, limit: Int) throws -> [StubRecord] {
        state.stubs.page(after: after, limit: limit).map(\.value)
    }
    func putStub(_ stub: StubRecord) throws { set(stub, stub.appeal) }
    func deleteStub(_ appeal: String) throws { set(nil, appeal) }

    private func set(_ stub: StubRecord?, _ appeal: String) {
        let former = state.stubs[appeal]
        state.stubs[appeal] = stub
        undo.append { $0.stubs[appeal] = former }
    }

    func isErased(_ appeal: String) throws -> Bool { state.erasures[appeal] != nil }
    func erasures(after: String, limit: Int) throws -> [ErasureRecord] {
        state.erasures.page(after: after, limit: limit).map(\.value)
    }
    func putErasure(_ appeal: String, seal: String, at: Int64) throws {
        let former = state.erasures[appeal]
        state.erasures[appeal] = ErasureRecord(appeal: appeal, seal: seal)
        undo.append { $0.erasures[appeal] = former }
    }

    func tray(kind: String?, after: Int64, limit: Int) throws -> [TrayRecord] {
        Array(state.tray.lazy.filter { $0.id > after && (kind == nil || $0.kind == kind) }.prefix(limit))
    }
    func tray(kind: String, subject: String, after: Int64, limit: Int) throws -> [TrayRecord] {
        let found = state.tray.lazy.filter { $0.id > after && $0.kind == kind && $0.subject == subject }
        return Array(found.prefix(limit))
    }
    func addTray(_ item: TrayRecord) throws {
        undo.append {
            $0.lastTray -= 1
            $0.tray.removeLast()
        }
        state.lastTray += 1
        var item = item
        item.id = state.lastTray
        state.tray.append(item)
    }
    func deleteTray(_ id: Int64) throws {
        guard let place = state.tray.firstIndex(where: { $0.id == id }) else { return }
        let former = state.tray.remove(at: place)
        undo.append { $0.tray.insert(former, at: place) }
    }

    func seriesLast(_ series: String) throws -> Int64 { state.series[series] ?? 0 }
    func setSeriesLast(_ series: String, _ number: Int64) throws {
        let former = state.series.updateValue(number, forKey: series)
        undo.append { $0.series[series] = former }
    }
}

extension ListFilter {
    /// Whether a row is wanted; empty fields of the filter want any.
    public func fits(_ columns: RowColumns) -> Bool {
        (state.isEmpty || columns.state == state) && (main.isEmpty || columns.main == main)
            && (index.isEmpty || columns.index == index) && (!disputed || columns.isDisputed)
            && !columns.barred.contains(where: hiddenFrom.contains)
    }
}
