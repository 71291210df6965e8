import Appeals
import Cryptography
import Replication
import Testing

/// What every store does, whatever it is made of.
@Suite("a store")
struct StoreContract {
    @Test("keeps values, replaces and removes them", arguments: StoreKind.allCases)
    func values(_ kind: StoreKind) throws {
        try kind.withStore { store in
            try store.write {
                try $0.setValue("a", "1")
                try $0.setValue("b", "")
                try $0.setValue("c", "3")
                try $0.setValue("a", "2")
                try $0.setValue("c", nil)
                #expect(try $0.value("a") == "2", "a transaction reads its own writes")
            }
            try store.read { reading throws in
                #expect(try reading.value("a") == "2")
                #expect(try reading.value("b")?.isEmpty == true)
                #expect(try reading.value("c") == nil)
            }
        }
    }

    @Test("leaves nothing of a transaction whose body throws", arguments: StoreKind.allCases)
    func rollback(_ kind: StoreKind) throws {
        struct Stop: Error {}
        try kind.withStore { store in
            try store.write {
                try $0.putRow("s", generation: 0, row("kept", "before"))
                try $0.addTray(TrayRecord(kind: .alarm, subject: "x", text: "one", at: 1))
                try $0.appendEntry("t", entry(1, "a"))
            }
            #expect(throws: Stop.self) {
                try store.write { transaction in
                    try transaction.setValue("a", "1")
                    try transaction.putRow("s", generation: 0, row("kept", "after"))
                    try transaction.putRow("s", generation: 0, row("new"))
                    try transaction.putOperation(operation(author, 1))
                    try transaction.putTenure(tenure("t", "a"))
                    try transaction.appendEntry("t", entry(2, "a"))
                    try transaction.addTray(TrayRecord(kind: .alarm, subject: "x", text: "two", at: 2))
                    throw Stop()
                }
            }
            try store.read { reading throws in
                #expect(try reading.value("a") == nil)
                #expect(try reading.rows("s", generation: 0, after: "", limit: 9) == [row("kept", "before")])
                #expect(try reading.operation(author, 1) == nil)
                #expect(try reading.tenure("t", key: "a") == nil)
                #expect(try reading.entries("t", after: 0, limit: 9) == [entry(1, "a")])
                #expect(try reading.tray(kind: nil, after: 0, limit: 9).map(\.text) == ["one"])
            }
            try store.write { try $0.setValue("goes", "on") }
        }
    }

    // MARK: rows

    @Test("gives back a row as it was put, byte for byte", arguments: StoreKind.allCases)
    func rows(_ kind: StoreKind) throws {
        try kind.withStore { store in
            var full = row("k", due: "2026-12-01", state: "assigned", main: "zhkg", index: "К-1/26 'é'", disputed: true)
            full.seal = "00112233445566778899aabbccddeeff"
            full.bytes = [0, 255, 0, 39, 34]
            full.digest = SHA256.hash(full.bytes)
            full.commit = greatest
            full.tenure = .max
            full.columns.registeredOn = "2026-11-01"
            var bare = row("l")
            bare.bytes = []
            try store.write {
                try $0.putRow("s", generation: 0, full)
                try $0.putRow("s", generation: 0, bare)
            }
            try store.read { reading throws in
                #expect(try reading.row("s", generation: 0, key: "k") == full)
                #expect(try reading.row("s", generation: 0, key: "l") == bare)
                #expect(try reading.row("s", generation: 1, key: "k") == nil)
                #expect(try reading.row("S", generation: 0, key: "k") == nil)
                #expect(try reading.key("s", generation: 0, index: "К-1/26 'é'") == "k")
                #expect(try reading.key("s", generation: 0, index: "К-2/26") == nil)
                #expect(try reading.key("s", generation: 0, index: "") == nil)
            }
            full.columns.index = "К-2/26"
            full.columns.state = "done"
            full.bytes = Array("longer than it was before".utf8)
            try store.write {
                try $0.putRow("s", generation: 0, full)
                try $0.deleteRow("s", generation: 0, key: "l")
                try $0.deleteRow("s", generation: 0, key: "never was")
            }
            try store.read { reading throws in
                #expect(try reading.rows("s", generation: 0, after: "", limit: 9) == [full])
                #expect(try reading.key("s", generation: 0, index: "К-1/26 'é'") == nil)
                #expect(try reading.key("s", generation: 0, index: "К-2/26") == "k")
            }
        }
    }

    /// Keys whose order by bytes is not the alphabet's.
    private static let keys = ["-", "0", "1", "10", "2", "A", "Z", "_", "a", "a-", "aa", "ab", "b", "z", "~"]

    @Test("pages rows and digests in the order of bytes, none lost, none twice", arguments: StoreKind.allCases)
    func paging(_ kind: StoreKind) throws {
        try kind.withStore { store in
            try store.write { for key in Self.keys.reversed() { try $0.putRow("s", generation: 0, row(key)) } }
            for limit in 1...16 {
                try store.read { reading throws in
                    var found: [String] = []
                    while true {
                        let page = try reading.rows("s", generation: 0, after: found.last ?? "", limit: limit)
                        #expect(page.count <= limit)
                        found += page.map(\.key)
                        if page.isEmpty { break }
                    }
                    #expect(found == Self.keys)
                    let digests = try reading.digests("s", generation: 0, from: "", to: "", limit: limit)
                    #expect(digests.map(\.key) == Array(Self.keys.prefix(limit)))
                }
            }
            try store.read { reading throws in
                #expect(try reading.rows("s", generation: 0, after: "", limit: 0).isEmpty)
            }
        }
    }

    @Test("finds the rows that changed after a commit, by commit and key", arguments: StoreKind.allCases)
    func changed(_ kind: StoreKind) throws {
        try kind.withStore { store in
            try store.write {
                for (key, commit) in [("b", 5), ("a", 5), ("c", 3), ("d", 9), ("e", 7)] as [(String, Int64)] {
                    try $0.putRow("s", generation: 0, row(key, commit: commit))
                }
                try $0.putRow("s", generation: 1, row("other", commit: 8))
                try $0.putRow("t", generation: 0, row("another", commit: 8))
                // What changes again is found where it is now.
                try $0.putRow("s", generation: 0, row("c", commit: 8))
                try $0.deleteRow("s", generation: 0, key: "e")
            }
            func found(_ commit: Int64, _ limit: Int = 10) throws -> [String] {
                try store.read {
                    try $0.keys("s", generation: 0, changedAfter: commit, limit: limit).map { "\($0.key)\($0.commit)" }
                }
            }
            #expect(try found(0) == ["a5", "b5", "c8", "d9"])
            #expect(try found(5) == ["c8", "d9"])
            #expect(try found(4, 3) == ["a5", "b5", "c8"])
            #expect(try found(9) == [])
        }
    }

    @Test("sums the digests of a range: from its first key, up to its last one excluded", arguments: StoreKind.allCases)
    func ranges(_ kind: StoreKind) throws {
        try kind.withStore { store in
            try store.write { for key in Self.keys { try $0.putRow("s", generation: 0, row(key)) } }
            for (from, to) in [("", ""), ("1", "a"), ("a", "a"), ("a", "b"), ("aa", ""), ("zz", "")] {
                let wanted = Self.keys.map { row($0) }.filter {
                    !$0.key.utf8.lexicographicallyPrecedes(from.utf8)
                        && (to.isEmpty || $0.key.utf8.lexicographicallyPrecedes(to.utf8))
                }
                var sum = SHA256Digest.zero
                for row in wanted { sum.add(row.digest) }
                try store.read { reading throws in
                    let found = try reading.range("s", generation: 0, from: from, to: to)
                    #expect(found.count == Int64(wanted.count))
                    #expect(found.sum == sum)
                    let digests = try reading.digests("s", generation: 0, from: from, to: to, limit: 99)
                    #expect(digests.map(\.key) == wanted.map(\.key))
                    #expect(digests.map(\.digest) == wanted.map(\.digest))
                }
            }
        }
    }

    /// The keys of the rows that a filter finds, in order; the store counts as many.
    func listed(_ filter: ListFilter, _ store: any Store) throws -> String {
        try store.read { reading in
            let rows = try reading.list("s", generation: 1, filter: filter, in: RowOrder(), after: nil, limit: 9)
            #expect(try reading.count("s", generation: 1, filter: filter) == Int64(rows.count))
            return rows.map(\.key).joined()
        }
    }

    @Test("lists nothing that is kept from one of those named, whole names alone", arguments: StoreKind.allCases)
    func hides(_ kind: StoreKind) throws {
        try kind.withStore { store in
            func found(_ names: [String]) throws -> String {
                var filter = ListFilter()
                filter.hiddenFrom = names
                return try listed(filter, store)
            }
            try store.write { transaction in
                for (key, barred) in [("a", []), ("b", ["ivan"]), ("c", ["ivan-2", "olha"])] {
                    try transaction.putRow("s", generation: 1, row(key, barred: barred))
                }
            }
            #expect(try found([]) == "abc")
            #expect(try found(["petro"]) == "abc" && found(["iva"]) == "abc")
            #expect(try found(["ivan"]) == "ac" && found(["olha"]) == "ab" && found(["olha", "ivan"]) == "a")
            try store.write { try $0.putRow("s", generation: 1, row("b", barred: ["olha"])) }
            #expect(try found(["ivan"]) == "abc" && found(["olha"]) == "a")
            #expect(try store.read { try $0.row("s", generation: 1, key: "c") }?.columns.barred == ["ivan-2", "olha"])
        }
    }

    @Test(
        "lists what one of several departments has as the main executor, and nothing else",
        arguments: StoreKind.allCases
    )
    func mains(_ kind: StoreKind) throws {
        try kind.withStore { store in
            func found(_ mains: [String], _ fill: (inout ListFilter) -> Void = { _ in }) throws -> String {
                var filter = ListFilter()
                filter.mains = mains
                fill(&filter)
                return try listed(filter, store)
            }
            try store.write { transaction in
                for (key, main) in [("a", "zhkg"), ("b", "drim"), ("c", ""), ("d", "zhkg")] {
                    try transaction.putRow(
                        "s",
                        generation: 1,
                        row(key, state: key == "d" ? "done" : "assigned", main: main)
                    )
                }
            }
            #expect(try found([]) == "abcd" && found(["zhkg"]) == "ad" && found(["zhk"]) == "")
            #expect(try found(["drim", "zhkg"]) == "abd")
            #expect(try found(["zhkg"]) { $0.state = "done" } == "d" && found(["drim"]) { $0.main = "zhkg" } == "")
        }
    }

    @Test("lists by due date, then key, and filters", arguments: StoreKind.allCases)
    func lists(_ kind: StoreKind) throws {
        try kind.withStore { store in
            let all = [
                row("e", state: "done", main: "osvita", index: "К-5"),
                row("b", due: "2026-11-01", state: "assigned", main: "zhkg", index: "К-2"),
                row("d", due: "2026-11-01", state: "done", main: "zhkg", disputed: true),
                row("a", due: "2026-12-01", state: "assigned", main: "osvita", index: "К-1"),
                row("c", due: "2026-12-01", state: "assigned", main: "zhkg", disputed: true),
            ]
            try store.write { for row in all.reversed() { try $0.putRow("s", generation: 3, row) } }
            func expect(
                _ keys: String,
                state: String = "",
                main: String = "",
                index: String = "",
                disputed: Bool = false
            ) throws {
                var filter = ListFilter()
                filter.state = state
                filter.main = main
                if !index.isEmpty { filter.index = [index] }
                filter.disputed = disputed
                try store.read { reading throws in
                    var found: [Row] = []
                    while true {
                        let page = try reading.list(
                            "s",
                            generation: 3,
                            filter: filter,
                            in: RowOrder(),
                            after: found.last.map { RowOrder().place($0.key, $0.columns) },
                            limit: 2
                        )
                        found += page
                        if page.isEmpty { break }
                    }
                    #expect(found.map(\.key).joined() == keys)
                    #expect(try reading.count("s", generation: 3, filter: filter) == Int64(keys.utf8.count))
                }
            }
            try expect("ebdac")
            try expect("bac", state: "assigned")
            try expect("bdc", main: "zhkg")
            try expect("bc", state: "assigned", main: "zhkg")
            try expect("dc", disputed: true)
            try expect("a", index: "К-1")
            try expect("eba", index: "К-")
            try expect("b", index: "2")
            try expect("", index: "22")
            try expect("", state: "done", index: "2")
            try expect("", state: "removed")
        }
    }

    @Test("keeps generations apart and deletes one in chunks", arguments: StoreKind.allCases)
    func generations(_ kind: StoreKind) throws {
        try kind.withStore { store in
            try store.write { transaction in
                for key in Self.keys {
                    try transaction.putRow("s", generation: 1, row(key, "old"))
                    try transaction.putRow("s", generation: 2, row(key, "new"))
                }
                var stream = StreamRecord(name: "s", epoch: "e")
                stream.generation = 2
                try transaction.putStream(stream)
            }
            var gone: [Int] = []
            repeat {
                gone.append(try store.write { try $0.deleteRows("s", generation: 1, limit: 6) })
            } while gone.last != 0
            #expect(gone == [6, 6, 3, 0])
            try store.read { reading throws in
                #expect(try reading.range("s", generation: 1, from: "", to: "").count == 0)
                #expect(try reading.count("s", generation: 1, filter: ListFilter()) == 0)
                let left = try reading.rows("s", generation: 2, after: "", limit: 99)
                #expect(left == Self.keys.map { row($0, "new") })
            }
        }
    }
}
