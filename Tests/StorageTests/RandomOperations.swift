import Appeals
import Cryptography
import Replication
import Testing

/// Random changes to a store from a seed: the same changes from the same seed, whatever store they are made to.
struct RandomOperations {
    private var draws: Draws

    init(seed: UInt64) { draws = Draws(seed: seed) }

    private mutating func next(_ bound: Int) -> Int { draws.next(bound) }
    private mutating func one<Value>(of values: [Value]) -> Value { draws.one(of: values) }
    private mutating func number() -> Int64 { Int64(next(12)) }
    private mutating func key() -> String { one(of: ["a", "b", "a-", "A", "b1", "~"]) + "\(next(9))" }

    static let spaces = ["appeals", "slice:zhkg"]
    static let streams = ["slice:zhkg", "slice:osvita"]
    static let origins = [author, origin("zhkg", "ffffffff"), origin("zhkg-2", "00000000")]
    static let appeals = ["a", "b", "c", "d"]

    /// One change, drawn anew; `sequence` rises over the whole run.
    mutating func change(_ store: any StoreTransaction, sequence: Int64) throws {
        switch next(20) {
        case 0...5: try store.putRow(one(of: Self.spaces), generation: Int64(next(2)), row())
        case 6: try store.deleteRow(one(of: Self.spaces), generation: Int64(next(2)), key: key())
        case 7: _ = try store.deleteRows(one(of: Self.spaces), generation: Int64(next(2)), limit: next(4))
        case 8...9: try store.appendEntry(one(of: Self.streams), entry(sequence, one(of: Self.appeals)))
        case 10: try replaceEntry(store, one(of: Self.streams), sequence)
        case 11: _ = try store.deleteEntries(one(of: Self.streams), upTo: sequence - 30, limit: next(6))
        case 12...13:
            let stays = TenureRecord(
                stream: one(of: Self.streams),
                key: key(),
                tenure: number(),
                view: key(),
                isOpen: next(3) > 0,
                opened: number(),
                digest: SHA256.hash([UInt8(next(200))])
            )
            try store.putTenure(stays)
        case 14...17: try store.putOperation(operation())
        case 18: try changeRecord(store)
        default: try store.setValue(key(), next(3) == 0 ? nil : key())
        }
    }

    /// A replaced entry stays the same appeal's.
    private mutating func replaceEntry(_ store: any StoreTransaction, _ stream: String, _ sequence: Int64) throws {
        guard var former = try store.entry(stream, atOrBefore: sequence - number()) else { return }
        former.kind = one(of: [.none, .leave, .put])
        former.changed = [ItemName(.facts, key())]
        try store.replaceEntry(stream, former)
    }

    private mutating func row() -> Row {
        let work = Set(
            (0..<next(4)).map { _ in
                WorkToken(
                    one(of: [.issued, .unassigned, .working, .check, .controlled, .decision]),
                    node: one(of: ["zhkg", "zhk", "osvita"]),
                    person: one(of: ["", "petro"])
                ).description
            }
        )
        return StorageTests.row(
            key(),
            key() + key(),
            due: one(of: ["", "2026-11-0\(1 + next(5))"]),
            state: one(of: ["", "done", "assigned"]),
            main: one(of: ["", "zhkg"]),
            index: one(of: ["", "К-\(next(30))", "К-12\(next(30))", "РЗ-0000\(next(30))", "О-\(next(30))/2", "1"]),
            disputed: next(4) == 0,
            barred: one(of: [[], [], ["ivan"], ["ivan", "olha"]]),
            // Whatever has a term is something to be done.
            term: work.isEmpty ? "" : one(of: ["", "2026-11-01", "2026-11-02", "2026-11-15", "2026-11-21"]),
            work: work.sorted(),
            commit: number(),
            tenure: number()
        )
    }

    private mutating func operation() -> OperationRecord {
        let origin = one(of: Self.origins)
        // An operation never changes its appeal.
        let number = number() + 1
        let appeal = [nil, "a", "b", "c", "d"][Int(number) % 5]
        let status: OutcomeStatus? = next(3) == 0 ? nil : one(of: OutcomeStatus.allCases)
        return StorageTests.operation(
            origin,
            number,
            appeal: appeal,
            status: status,
            commit: status == nil ? 0 : self.number(),
            at: self.number(),
            decision: next(4) == 0 ? .adopted : nil
        )
    }

    private mutating func changeRecord(_ store: any StoreTransaction) throws {
        switch next(12) {
        case 9...10:
            try store.putLocal(
                LocalRecord(
                    one(of: [.draft, .seen]),
                    key(),
                    appeals: Self.appeals.filter { _ in next(3) == 0 },
                    until: number(),
                    bytes: [UInt8(next(256))]
                )
            )
        case 11:
            if next(2) == 0 {
                try store.deleteLocal(.draft, key())
            } else {
                try store.deleteLocals(of: one(of: Self.appeals))
            }
        case 0: try store.putNode(NodeRecord(node: key(), key: key()))
        case 1:
            try store.putReader(
                ReaderRecord(node: key(), stream: one(of: Self.streams), sequence: number(), at: number())
            )
        case 2:
            let index = next(3) == 0 ? "" : "К-\(next(30))"
            try store.putStub(
                StubRecord(appeal: key(), bytes: [UInt8(next(256))], at: number(), kept: number(), index: index)
            )
        case 3: try store.deleteStub(key())
        case 4: try store.putErasure(ErasureRecord(appeal: key(), seal: "", index: key()), at: number())
        case 5:
            try store.addTray(
                TrayRecord(kind: one(of: [TrayKind.alarm, .repair]), subject: key(), text: key(), at: number())
            )
        case 6: try store.deleteTray(number())
        case 7: try store.setSeriesLast(key(), number())
        default: try store.putStream(StreamRecord(name: one(of: Self.streams), epoch: key()))
        }
    }

    /// Everything that can be read, as text.
    static func dump(_ store: any StoreReading) throws -> [String] {
        var lines: [String] = []
        func tell(_ value: Any) { lines.append("\(value)") }
        for space in spaces {
            for generation in 0...1 { try dump(store, space, Int64(generation), tell) }
        }
        for stream in streams { try dump(store, stream, tell) }
        for origin in origins {
            tell(try store.operations(origin, after: 0, limit: 99))
            tell(try store.operations(origin, after: 3, limit: 2))
        }
        let others = try store.operationsOfNoAppeal(before: nil, limit: 5)
        tell(others)
        tell(try store.operationsOfNoAppeal(before: others.last.map(OperationPlace.init), limit: 4))
        for appeal in appeals {
            let first = try store.operations(appeal: appeal, limit: 7)
            tell(first)
            tell(try store.operations(appeal: appeal, after: first.last.map(OperationPlace.init), limit: 4))
            tell(try store.operations(appeal: appeal, skipping: 3, limit: 4))
            tell(try store.tenures(key: appeal + "1"))
            for commit in [0, 5] {
                let waiting = try store.pending(appeal: appeal, node: "zhkg", beyond: Int64(commit), limit: 5)
                tell(waiting)
                tell(
                    try store.pending(
                        appeal: appeal,
                        node: "zhkg",
                        beyond: Int64(commit),
                        after: waiting.last.map(PendingPlace.init),
                        limit: 2
                    )
                )
                tell(try store.pendingAppeals(node: "zhkg", beyond: Int64(commit), after: appeal, limit: 2))
            }
        }
        for status in OutcomeStatus.allCases {
            tell(try store.operations(status: status, node: nil, limit: 9))
            tell(try store.operations(status: status, node: "zhkg", limit: 9))
        }
        tell(try store.streams(after: "", limit: 99))
        tell(try store.streams(after: "slice:osvita", limit: 1))
        tell(try store.nodes(after: "", limit: 99))
        tell(try store.stubs(after: "a", limit: 20))
        tell(try store.departed(before: nil, limit: 20))
        tell(try store.departed(before: (at: 5, appeal: "b"), limit: 3))
        tell(try store.erasures(after: "", limit: 99))
        for space in [LocalRecord.Space.draft, .seen] {
            tell(try store.locals(space, beginning: "", after: "", limit: 99))
            tell(try store.locals(space, beginning: "a", after: "a3", limit: 3))
            tell(try store.locals(space, endedBy: 6, limit: 5))
            tell(try store.localCount(space, beginning: "b", limit: 4))
        }
        tell(try store.tray(kind: nil, after: 0, limit: 99))
        tell(try store.tray(kind: .alarm, after: 2, limit: 3))
        return lines
    }

    /// Filters of which the count is kept.
    private static let counted: [@Sendable (inout ListFilter) -> Void] = [
        { _ in }, { $0.state = "done" }, { $0.main = "zhkg" }, { $0.disputed = true }, { $0.work = ["issued@"] },
        { $0.work = ["decision@"] }, { $0.termThrough = "2026-11-15" }, { $0.termFrom = "2026-11-03" },
        {
            $0.termFrom = "2026-11-02"
            $0.termThrough = "2026-11-20"
        },
        { $0.work = ["issued@zhkg:"] }, { $0.work = tokens(.new) }, { $0.work = tokens(.onCheck) },
        {
            $0.work = tokens(.open)
            $0.termThrough = "2026-11-15"
        },
        {
            $0.work = tokens(.open)
            $0.termFrom = "2026-11-02"
            $0.termThrough = "2026-11-20"
        },
        {
            $0.main = "zhkg"
            $0.work = ["controlled@"]
        },
        { $0.registeredThrough = "2026-11-15" }, { $0.work = tokens(.new, of: nil) },
        {
            $0.work = tokens(.open, of: nil)
            $0.termFrom = "2026-11-02"
        },
        {
            $0.registeredFrom = "2026-11-02"
            $0.registeredThrough = "2026-11-20"
        },
    ]

    private static func tokens(_ group: WorkGroup, of node: String? = "zhkg") -> [String] {
        group.marks.map { WorkToken.beginning($0, node: node) }
    }

    private static func dump(
        _ store: any StoreReading,
        _ space: String,
        _ generation: Int64,
        _ tell: (Any) -> Void
    ) throws {
        tell(try store.rows(space, generation: generation, after: "", limit: 999))
        tell(try store.rows(space, generation: generation, after: "a3", limit: 5))
        tell(try store.digests(space, generation: generation, from: "a", to: "b", limit: 9))
        tell(try store.range(space, generation: generation, from: "a1", to: "b4"))
        for fill in counted {
            var filter = ListFilter()
            fill(&filter)
            #expect(filter.tally != nil, "\(filter)")
            tell(try store.count(space, generation: generation, filter: filter))
            filter.hiddenFrom = ["olha", "petro"]
            tell(try store.count(space, generation: generation, filter: filter))
            filter.isOpenToAll = true
            tell(try store.count(space, generation: generation, filter: filter))
            tell(try store.list(space, generation: generation, filter: filter, in: RowOrder(), after: nil, limit: 9))
        }
        for state in ["", "done"] {
            for disputed in [false, true] {
                var filter = ListFilter()
                filter.state = state
                filter.disputed = disputed
                if !disputed { filter.hiddenFrom = ["olha", "petro"] }
                if disputed { filter.work = ["issued@"] }
                if state.isEmpty { filter.mains = ["osvita", "zhkg"] }
                tell(try store.count(space, generation: generation, filter: filter))
                for (field, value) in [
                    (RowOrder.Field.due, "2026-11-03"), (.index, ""), (.registered, ""), (.state, "1"),
                ] {
                    for isDescending in [false, true] {
                        tell(
                            try store.list(
                                space,
                                generation: generation,
                                filter: filter,
                                in: RowOrder(field, isDescending: isDescending),
                                after: isDescending && !disputed ? nil : RowPlace(value: value, key: "a3"),
                                limit: 9
                            )
                        )
                    }
                }
            }
        }
        try numbers(store, space, generation, tell)
        for index in 0..<30 { tell(try store.key(space, generation: generation, index: "К-\(index)") ?? "none") }
    }

    /// Lists and counts of parts of a number, one spelling and several.
    private static func numbers(
        _ store: any StoreReading,
        _ space: String,
        _ generation: Int64,
        _ tell: (Any) -> Void
    ) throws {
        for part in [["1"], ["12"], ["123"], ["К-1"], ["К-"], ["К", "1"], ["О-1", "К-1"], ["1/2"], ["-0012"]] {
            for state in ["", "done"] {
                var filter = ListFilter()
                filter.index = part
                filter.state = state
                filter.hiddenFrom = ["olha", "petro"]
                tell(try store.count(space, generation: generation, filter: filter))
                tell(
                    try store.list(space, generation: generation, filter: filter, in: RowOrder(), after: nil, limit: 9)
                )
                tell(
                    try store.list(
                        space,
                        generation: generation,
                        filter: filter,
                        in: RowOrder(.index, isDescending: true),
                        after: nil,
                        limit: 9
                    )
                )
            }
        }
    }

    private static func dump(_ store: any StoreReading, _ stream: String, _ tell: (Any) -> Void) throws {
        tell(try store.entries(stream, after: 0, limit: 999))
        tell(try store.entry(stream, atOrBefore: 100) as Any)
        tell(try store.entries(stream, key: "b", after: 0, limit: 999))
        tell(try store.entries(stream, key: "b", after: 20, limit: 3))
        tell(try store.openTenures(stream, after: "a2", limit: 9))
        tell(try store.tenureDigests(stream, from: "a", to: "b", limit: 9))
        tell(try store.tenureRange(stream, from: "", to: ""))
        tell(try store.readers(stream: stream, after: "", limit: 99))
        tell(try store.readers(stream: stream, after: "a3", limit: 3))
    }
}
