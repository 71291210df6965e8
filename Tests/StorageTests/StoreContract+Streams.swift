import Appeals
import Cryptography
import Replication
import Testing

extension StoreContract {
    @Test("keeps the heads of streams, in the order of their names", arguments: StoreKind.allCases)
    func streams(_ kind: StoreKind) throws {
        try kind.withStore { store in
            var stream = StreamRecord(name: "slice:zhkg", epoch: "e1")
            stream.head = greatest
            stream.mark = "0123456789abcdef"
            stream.digest = SHA256.hash(Array("d".utf8))
            stream.rows = 7
            stream.floor = 3
            stream.generation = 2
            stream.commit = greatest + 1
            let other = StreamRecord(name: "reference", epoch: "")
            try store.write {
                try $0.putStream(StreamRecord(name: "slice:zhkg", epoch: "e0"))
                try $0.putStream(stream)
                try $0.putStream(other)
            }
            try store.read { reading throws in
                #expect(try reading.stream("slice:zhkg") == stream)
                #expect(try reading.stream("slice:osvita") == nil)
                #expect(try reading.streams(after: "", limit: 9) == [other, stream])
            }
        }
    }

    @Test(
        "keeps entries in order, finds them by position and key, replaces and compacts them",
        arguments: StoreKind.allCases
    )
    func entries(_ kind: StoreKind) throws {
        try kind.withStore { store in
            let names = [ItemName(.facts, "answer@zhkg#5b1e90c2:3/1"), ItemName(.registers, "quote\" line\n back\\ é")]
            var all = [
                entry(1, "a", kind: .enter), entry(2, "b"), entry(5, "a", changed: names),
                entry(greatest, "", kind: .none),
            ]
            try store.write { transaction in
                for entry in all { try transaction.appendEntry("s", entry) }
                try transaction.appendEntry("t", entry(1, "a"))
            }
            try store.read { reading throws in
                #expect(try reading.entries("s", after: 0, limit: 9) == all)
                #expect(try reading.entries("s", after: 1, limit: 2) == Array(all[1...2]))
                #expect(try reading.entries("s", after: greatest, limit: 9).isEmpty)
                #expect(try reading.entries("s", key: "a", after: 0, limit: 9) == [all[0], all[2]])
                #expect(try reading.entries("s", key: "a", after: 0, limit: 1) == [all[0]])
                #expect(try reading.entries("s", key: "a", after: 1, limit: 9) == [all[2]])
                #expect(try reading.entries("s", key: "a", after: greatest, limit: 9).isEmpty)
                #expect(try reading.entry("s", atOrBefore: 5) == all[2])
                #expect(try reading.entry("s", atOrBefore: 4) == all[1])
                #expect(try reading.entry("s", atOrBefore: 0) == nil)
                #expect(try reading.entry("s", atOrBefore: .max) == all[3])
                #expect(try reading.entries("u", after: 0, limit: 9).isEmpty)
            }
            all[1].kind = .none
            all[1].changed = []
            try store.write {
                try $0.replaceEntry("s", all[1])
                try $0.replaceEntry("s", entry(3, "never was"))
                #expect(try $0.entries("s", after: 0, limit: 9) == all)
                #expect(try $0.deleteEntries("s", upTo: 5, limit: 2) == 2)
                #expect(try $0.entries("s", after: 0, limit: 9) == Array(all[2...]))
                #expect(try $0.deleteEntries("s", upTo: 5, limit: 2) == 1)
                #expect(try $0.deleteEntries("s", upTo: 5, limit: 2) == 0)
                try $0.clearStream("s")
                #expect(try $0.entries("s", after: 0, limit: 9).isEmpty)
                #expect(try $0.entries("s", key: "a", after: 0, limit: 9).isEmpty)
                #expect(try $0.entries("t", after: 0, limit: 9).count == 1)
            }
        }
    }

    @Test("knows the newest tenure of an appeal and sums the open ones", arguments: StoreKind.allCases)
    func tenures(_ kind: StoreKind) throws {
        try kind.withStore { store in
            let keys = ["a", "a-", "b", "c"]
            try store.write { transaction in
                for key in keys { try transaction.putTenure(tenure("s", key)) }
                try transaction.putTenure(tenure("s", "b", 1, isOpen: false))
                try transaction.putTenure(tenure("s", "c", 1, isOpen: false))
                try transaction.putTenure(tenure("s", "c", 2))
                try transaction.putTenure(tenure("r", "a", 4, isOpen: false))
            }
            let open = [tenure("s", "a"), tenure("s", "a-"), tenure("s", "c", 2)]
            try store.read { reading throws in
                #expect(try reading.tenure("s", key: "c") == tenure("s", "c", 2))
                #expect(try reading.tenure("s", key: "b") == tenure("s", "b", 1, isOpen: false))
                #expect(try reading.tenure("r", key: "b") == nil)
                #expect(try reading.tenures(key: "a") == [tenure("r", "a", 4, isOpen: false), tenure("s", "a")])
                #expect(try reading.openTenures("s", after: "", limit: 9) == open)
                #expect(try reading.openTenures("s", after: "a", limit: 1) == [open[1]])
                #expect(try reading.openTenures("r", after: "", limit: 9).isEmpty)
                let digests = try reading.tenureDigests("s", from: "a-", to: "", limit: 9)
                #expect(digests.map(\.key) == ["a-", "c"])
                #expect(digests.map(\.digest) == [open[1].digest, open[2].digest])
                #expect(try reading.tenureDigests("s", from: "", to: "c", limit: 1).map(\.key) == ["a"])
                var sum = open[0].digest
                sum.add(open[1].digest)
                let range = try reading.tenureRange("s", from: "", to: "b")
                #expect(range.count == 2)
                #expect(range.sum == sum)
            }
        }
    }

    @Test("finds the open tenures whose day has come, in pages", arguments: StoreKind.allCases)
    func endedTenures(_ kind: StoreKind) throws {
        try kind.withStore { store in
            let ended = [
                tenure("s", "b", ends: "2026-02-01"), tenure("r", "b", ends: "2026-02-02"),
                tenure("s", "a", ends: "2026-02-02"),
            ]
            let others = [
                tenure("s", "c", ends: "2026-02-03"), tenure("s", "d"),
                tenure("s", "e", isOpen: false, ends: "2026-01-01"),
            ]
            try store.write { transaction in
                for tenure in others + ended { try transaction.putTenure(tenure) }
            }
            try store.read { reading throws in
                #expect(try reading.tenures(endedBefore: "2026-02-03", after: nil, limit: 9) == ended)
                #expect(try reading.tenures(endedBefore: "2026-02-03", after: ended[0], limit: 1) == [ended[1]])
                #expect(try reading.tenures(endedBefore: "2026-02-03", after: ended[2], limit: 9).isEmpty)
                #expect(try reading.tenures(endedBefore: "2026-01-31", after: nil, limit: 9).isEmpty)
            }
        }
    }

    @Test("keeps operations and finds them by origin and appeal", arguments: StoreKind.allCases)
    func operations(_ kind: StoreKind) throws {
        try kind.withStore { store in
            let later = origin("zhkg", "ffffffff")
            let other = origin("zhkg-2", "00000000")
            var full = operation(
                author,
                greatest,
                appeal: "b",
                status: .held,
                commit: greatest,
                at: greatest,
                decision: .adopted
            )
            full.bytes = []
            full.outcome = []
            let all = [
                operation(author, 1, status: .accepted, commit: 3, at: 1), operation(author, 2, at: 2),
                operation(author, 3, appeal: nil, status: .accepted, commit: 1, at: 3), full,
            ]
            let others = [
                operation(later, 1, status: .accepted, commit: 3), operation(other, 1, status: .conflict, commit: 2),
            ]
            try store.write { transaction in
                try transaction.putOperation(operation(author, 1))
                for record in all + others { try transaction.putOperation(record) }
            }
            try store.read { reading throws in
                #expect(try reading.operation(author, 1) == all[0])
                #expect(try reading.operation(author, greatest) == full)
                #expect(try reading.operation(author, 4) == nil)
                #expect(try reading.operations(author, after: 0, limit: 99) == all)
                #expect(try reading.operations(author, after: 1, limit: 2) == Array(all[1...2]))
                #expect(try reading.operations(appeal: "a", limit: 99) == [all[1], others[1], all[0], others[0]])
                #expect(try reading.operations(appeal: "a", limit: 1) == [all[1]])
            }
        }
    }

    @Test(
        "gives an outcome to the operation of that number and id, to no other, and none of an earlier commit",
        arguments: StoreKind.allCases
    )
    func outcome(_ kind: StoreKind) throws {
        try kind.withStore { store in
            let sent = operation(author, 1, at: 1)
            try store.write { transaction in
                var outcome = Outcome(origin: author, number: 1, id: sent.id, status: .held, commit: 7)
                try transaction.putOperation(sent)
                #expect(try transaction.setOutcome(outcome, as: [1, 2]))
                outcome.status = .refused
                outcome.commit = 6
                #expect(try transaction.setOutcome(outcome, as: [9]))
                outcome.status = .accepted
                outcome.commit = 7
                outcome.id = String(repeating: "0", count: 64)
                #expect(try !transaction.setOutcome(outcome, as: [3]))
                outcome.number = 2
                #expect(try !transaction.setOutcome(outcome, as: [3]))
            }
            var decided = sent
            decided.outcome = [1, 2]
            decided.status = .held
            decided.commit = 7
            try store.read { reading throws in
                #expect(try reading.operation(author, 1) == decided)
                #expect(try reading.operations(appeal: "a", limit: 9) == [decided])
            }
        }
    }

    @Test("finds an operation that took another's number on its own appeal alone", arguments: StoreKind.allCases)
    func replaced(_ kind: StoreKind) throws {
        try kind.withStore { store in
            let former = operation(author, 1, appeal: "a")
            let present = operation(author, 1, appeal: "b")
            func expect(_ appeal: String, has record: OperationRecord, not other: String) throws {
                try store.read { reading throws in
                    #expect(try reading.operations(appeal: appeal, limit: 9) == [record])
                    #expect(try reading.pending(appeal: appeal, node: "zhkg", beyond: 0, limit: 9) == [record])
                    #expect(try reading.operations(appeal: other, limit: 9).isEmpty)
                    #expect(try reading.pending(appeal: other, node: "zhkg", beyond: 0, limit: 9).isEmpty)
                    #expect(try reading.pendingAppeals(node: "zhkg", beyond: 0, after: "", limit: 9) == [appeal])
                }
            }
            try store.write { try $0.putOperation(former) }
            #expect(throws: Undone.self) {
                try store.write { transaction in
                    try transaction.putOperation(present)
                    throw Undone()
                }
            }
            try expect("a", has: former, not: "b")
            try store.write { try $0.putOperation(present) }
            try expect("b", has: present, not: "a")
        }
    }

    private struct Undone: Error {}

    @Test("finds operations that wait: for a decision, or for their effect to be seen", arguments: StoreKind.allCases)
    func waiting(_ kind: StoreKind) throws {
        try kind.withStore { store in
            let later = origin("zhkg", "ffffffff")
            let other = origin("zhkg-2", "00000000")
            let mine = [
                operation(author, 1, appeal: "a", status: .accepted, commit: 3, at: 1),
                operation(author, 2, appeal: "b", at: 5),
                operation(author, 3, appeal: "b", status: .accepted, commit: 9, at: 4),
                operation(author, 4, appeal: nil),
                operation(author, 5, appeal: "c", status: .held, commit: 2, at: 5),
                operation(author, 6, appeal: "c", status: .held, commit: 2, at: 5, decision: .declined),
                operation(later, 1, appeal: "d", status: .refused, commit: 10, at: 6),
            ]
            let theirs = [operation(other, 1, appeal: "b"), operation(other, 2, appeal: "e", status: .held, commit: 1)]
            try store.write { transaction in for record in mine + theirs { try transaction.putOperation(record) } }
            try store.read { reading throws in
                #expect(try reading.operations(status: .held, node: nil, limit: 9) == [mine[4], theirs[1]])
                #expect(try reading.operations(status: .held, node: nil, limit: 1) == [mine[4]])
                let first = WriteName(origin: mine[4].origin, number: mine[4].number)
                #expect(try reading.operations(status: .held, node: nil, after: first, limit: 9) == [theirs[1]])
                #expect(try reading.operations(status: .held, node: "zhkg", after: first, limit: 9).isEmpty)
                #expect(try reading.operations(status: .held, node: "zhkg", limit: 9) == [mine[4]])
                #expect(try reading.operations(status: .refused, node: "zhkg", limit: 9) == [mine[6]])
                #expect(try reading.operations(status: .accepted, node: "zhkg", limit: 9) == [mine[0], mine[2]])
                #expect(try reading.pending(appeal: "b", node: "zhkg", beyond: 3, limit: 9) == [mine[2], mine[1]])
                #expect(try reading.pending(appeal: "b", node: "zhkg", beyond: 9, limit: 9) == [mine[1]])
                #expect(try reading.pending(appeal: "a", node: "zhkg", beyond: 3, limit: 9).isEmpty)
                #expect(try reading.pendingAppeals(node: "zhkg", beyond: 3, after: "", limit: 9) == ["b", "d"])
                #expect(try reading.pendingAppeals(node: "zhkg", beyond: 2, after: "", limit: 2) == ["a", "b"])
                #expect(try reading.pendingAppeals(node: "zhkg", beyond: 2, after: "b", limit: 9) == ["d"])
                #expect(try reading.pendingAppeals(node: "zhkg-2", beyond: 9, after: "", limit: 9) == ["b"])
            }
        }
    }
}
