import Appeals
import Cryptography
import Replication
import Testing

/// What the port says beside the tables: notes, hints, pages to the end of a list, texts of any bytes.
extension StoreContract {
    @Test(
        "keeps a note like any other write while nothing is lost, and nothing of one that throws",
        arguments: StoreKind.allCases
    )
    func notes(_ kind: StoreKind) throws {
        struct Stop: Error {}
        try kind.withStore { store in
            let reader = ReaderRecord(node: "zhkg", stream: "slice:zhkg", sequence: 7, at: 1)
            try store.write(.note) { transaction in
                try transaction.putReader(reader)
                #expect(try transaction.reader("zhkg", "slice:zhkg") == reader)
            }
            #expect(throws: Stop.self) {
                try store.write(.note) { transaction in
                    try transaction.putReader(ReaderRecord(node: "zhkg", stream: "slice:zhkg", sequence: 9, at: 2))
                    throw Stop()
                }
            }
            #expect(try store.read { try $0.reader("zhkg", "slice:zhkg") } == reader)
        }
    }

    @Test("knows the last commit and the last clock, and says so if it cannot read them", arguments: StoreKind.allCases)
    func ordering(_ kind: StoreKind) throws {
        try kind.withStore { store in
            let clock = HybridClock(milliseconds: 1_700_000_000_123)
            try store.write { transaction in
                #expect(try transaction.lastCommit() == 0)
                #expect(try transaction.clock() == HybridClock(milliseconds: 0))
                try transaction.setLastCommit(greatest)
                try transaction.setClock(clock)
                #expect(try transaction.lastCommit() == greatest, "a transaction reads its own writes")
            }
            let (commit, time) = try store.read { (try $0.lastCommit(), try $0.clock()) }
            #expect(commit == greatest && time == clock)
            for damaged in ["", " 7", "+7", "07", "x", "99999999999999999999"] {
                try store.write {
                    try $0.setValue(Values.commit.key, damaged)
                    try $0.setValue(Values.clock.key, damaged)
                }
                for read: (any StoreReading) throws -> Void in [{ _ = try $0.lastCommit() }, { _ = try $0.clock() }] {
                    let error = #expect(throws: StoreError.self) { try store.read(read) }
                    #expect(error?.kind == .corrupt)
                }
            }
        }
    }

    @Test("reads the same whatever it was told that would be read", arguments: StoreKind.allCases)
    func hints(_ kind: StoreKind) throws {
        try kind.withStore { store in
            var random = RandomOperations(seed: 4)
            for batch in 0..<10 {
                try store.write { transaction in
                    // Twice the same: a store may run this again.
                    var drawn = random
                    for number in 1...20 { try drawn.change(transaction, sequence: Int64(batch * 20 + number)) }
                }
                var drawn = random
                let scratch = MemoryStore()
                try scratch.write { for number in 1...20 { try drawn.change($0, sequence: Int64(number)) } }
                random = drawn
            }
            let plain = try store.read { try RandomOperations.dump($0) }
            let every: [StoreHint] = RandomOperations.appeals.flatMap { key -> [StoreHint] in
                [
                    .row(space: "appeals", key: key + "1"), .row(space: "nowhere", key: ""),
                    .tenure(stream: "slice:zhkg", key: key), .tenures(key: key + "1"), .erasure(appeal: key),
                    .operation(WriteName(origin: author, number: 3)),
                    .operation(WriteName(origin: author, number: .max)),
                ]
            }
            let many = (0...StoreLimits.hints).map { StoreHint.tenures(key: "\($0)") }
            let hinted = try store.read { reading in
                try reading.hint { every }
                try reading.hint { many }
                try reading.hint { [] }
                return try RandomOperations.dump(reading)
            }
            #expect(hinted == plain)
            try store.write { transaction in
                try transaction.hint { every }
                try transaction.putRow("appeals", generation: 0, row("a1", "after the hint"))
                #expect(try transaction.row("appeals", generation: 0, key: "a1") == row("a1", "after the hint"))
            }
        }
    }

    @Test("gives a list to its end, page by page, each item once and in order", arguments: StoreKind.allCases)
    func pages(_ kind: StoreKind) throws {
        let count = 2 * StoreLimits.page + 1
        let names = (0..<count).map { "n\(10_000 + $0)" }
        try kind.withStore { store in
            try store.write { transaction in
                for (place, name) in names.enumerated() {
                    try transaction.putStream(StreamRecord(name: name, epoch: "e"))
                    try transaction.putReader(ReaderRecord(node: name, stream: "s", sequence: 1, at: 1))
                    // Ten of one commit and one time: what orders them then is the number.
                    let number = Int64(place + 1)
                    try transaction.putOperation(
                        operation(author, number, appeal: "a", commit: number / 10 * 10, at: number / 10)
                    )
                }
                try transaction.putReader(ReaderRecord(node: "other", stream: "t", sequence: 1, at: 1))
            }
            try store.read { reading throws in
                var found: [String] = []
                try reading.eachStream { found.append($0.name) }
                #expect(found == names)
                found = []
                try reading.eachReader(of: "s") { found.append($0.node) }
                #expect(found == names)
                var numbers: [Int64] = []
                try reading.eachOperation(appeal: "a") { numbers.append($0.number) }
                #expect(numbers == (1...Int64(count)).map { $0 })
                let skipped = try reading.operations(appeal: "a", skipping: count - 2, limit: 9)
                #expect(skipped.map(\.number) == [Int64(count - 1), Int64(count)])
                #expect(try reading.operations(appeal: "a", skipping: count, limit: 9).isEmpty)
                numbers = []
                try reading.eachPending(appeal: "a", node: author.node, beyond: -1) { numbers.append($0.number) }
                #expect(numbers == (1...Int64(count)).map { $0 })
                var pages = 0
                let one = try reading.first(
                    of: { after, limit in
                        pages += 1
                        return try reading.streams(after: after?.name ?? "", limit: limit)
                    },
                    where: { $0.name == names[3] }
                )
                #expect(one?.name == names[3] && pages == 1, "what is found on a page needs no other")
            }
        }
    }

    /// Of what a collation or a text type would make one, leave out or put in another order.
    static let texts = [
        "", "\u{0}", "a\u{0}b", "a", "a\u{0}", "é", "e\u{301}", "Ї", "І\u{308}", "A", "Z", "_", "~", "\u{1F4C4}", "я",
    ]

    @Test("keeps texts of any characters as they are, and orders them by bytes", arguments: StoreKind.allCases)
    func texts(_ kind: StoreKind) throws {
        func isBefore(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
        try kind.withStore { store in
            try store.write { transaction in
                for (place, text) in Self.texts.enumerated() {
                    try transaction.setValue("k" + text, text)
                    try transaction.putRow("s", generation: 0, row("k" + text, index: text))
                    try transaction.addTray(TrayRecord(kind: .alarm, subject: text, text: text, at: Int64(place)))
                    try transaction.putStream(StreamRecord(name: "k" + text, epoch: text))
                }
            }
            try store.read { reading throws in
                for text in Self.texts {
                    let value = try reading.value("k" + text)
                    #expect(value.map { Array($0.utf8) } == Array(text.utf8))
                    let index = try reading.row("s", generation: 0, key: "k" + text)?.columns.index
                    #expect(index.map { Array($0.utf8) } == Array(text.utf8))
                    #expect(try reading.tray(kind: .alarm, subject: text, after: 0, limit: 9).count == 1)
                    if !text.isEmpty { #expect(try reading.key("s", generation: 0, index: text) == "k" + text) }
                }
                let ordered = Self.texts.map { "k" + $0 }.sorted(by: isBefore).map { Array($0.utf8) }
                #expect(
                    try reading.rows("s", generation: 0, after: "", limit: 99).map { Array($0.key.utf8) } == ordered
                )
                #expect(try reading.streams(after: "", limit: 99).map { Array($0.name.utf8) } == ordered)
            }
        }
    }
}
