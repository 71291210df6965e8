import Appeals
import Finding
import Replication
import Testing

@testable import Storage

@Suite("The index of words")
struct WordIndexTests {
    private struct Stop: Error {}

    private static func change(_ stage: inout FindingStage, _ stores: [any Store], rollsBack: Bool) throws {
        let before = stage
        for store in stores {
            stage = before
            do {
                try store.write { transaction in
                    var next = before
                    for _ in 0..<20 { try next.change(transaction) }
                    stage = next
                    if rollsBack { throw Stop() }
                }
            } catch is Stop {}
        }
    }

    private static func differ(_ one: any Store, _ other: any Store) throws -> [String] {
        var differences: [String] = []
        for limit in [3, 500] {
            let (one, other) = try (
                one.read { try FindingStage.found($0, limit: limit) },
                other.read { try FindingStage.found($0, limit: limit) }
            )
            differences += zip(one, other).filter { $0 != $1 }.map { "\($0) | \($1)" }
            if one.count != other.count { differences.append("\(one.count) pages, \(other.count) pages") }
        }
        return differences
    }

    @Test("finds the same as looking at every row, page by page, after random changes", arguments: [1, 2, 3])
    func equivalence(_ seed: UInt64) throws {
        try withDirectory { directory in
            let reference = MemoryStore()
            let store = try SQLiteStore.open(directory: directory, create: true)
            var stage = FindingStage(seed: seed)
            for batch in 0..<20 {
                try Self.change(&stage, [reference, store], rollsBack: batch % 7 == 6)
                if batch % 5 == 3 { #expect(try store.checkpoint()) }
                guard batch % 10 == 9 else { continue }
                let differences = try Self.differ(reference, store)
                #expect(differences.isEmpty, "batch \(batch): \(differences.first ?? "")")
            }
            let lines = try reference.read { try FindingStage.found($0, limit: 500) }
            // Something of everything was there to be found.
            for typed in FindingStage.queries where typed != "жовтий" {
                #expect(lines.contains { $0.contains(" \(typed): [\"") }, "\(typed)")
            }
            #expect(lines.filter { $0.hasPrefix(Space.suspended) }.allSatisfy { $0.contains(": [] then no more") })
            #expect(try store.integrityCheck().isEmpty)
            try store.close()
        }
    }

    @Test("of another version is made anew, some rows at a time, while rows come, change and go", arguments: [4, 5])
    func anew(_ seed: UInt64) throws {
        try withDirectory { directory in
            let reference = MemoryStore()
            var store = try SQLiteStore.open(directory: directory, create: true)
            var stage = FindingStage(seed: seed)
            for _ in 0..<20 { try Self.change(&stage, [reference, store], rollsBack: false) }
            try store.withWriter { try $0.execute("UPDATE find_state SET reduction = 0") }
            try store.close()
            store = try SQLiteStore.open(directory: directory, create: false)
            #expect(try store.read { try $0.indexing() != nil })
            #expect(try store.read { try FindingStage.found($0, limit: 500) }.allSatisfy { $0.contains(": []") })
            var steps = 0
            while try store.growIndex() {
                steps += 1
                // Before and behind the place up to which it has come.
                if steps % 2 == 0 { try Self.change(&stage, [reference, store], rollsBack: steps % 6 == 0) }
                if steps == 3 {
                    try store.close()
                    store = try SQLiteStore.open(directory: directory, create: false)
                }
                try #require(steps < 1_000)
            }
            #expect(steps > 3)
            #expect(try store.read { try $0.indexing() == nil })
            let differences = try Self.differ(reference, store)
            #expect(differences.isEmpty, "\(differences.first ?? "")")
            #expect(try !store.growIndex())
            try store.close()
        }
    }

    @Test("whose words of a row cannot be told any more is made anew")
    func unreadable() throws {
        try withDirectory { directory in
            let store = try SQLiteStore.open(directory: directory, create: true)
            var stage = FindingStage(seed: 6)
            let rows = (0..<30).map { stage.row(FindingStage.key($0), day: "2026-11-01", text: "криниця") }
            try store.write { for row in rows { try $0.putRow(FindingStage.space, generation: 0, row) } }
            try store.withWriter { try $0.execute("UPDATE row_body SET bytes = x'7b' WHERE id = 3") }
            try store.write { try $0.deleteRow(FindingStage.space, generation: 0, key: rows[2].key) }
            #expect(try store.read { try $0.indexing() != nil })
            while try store.growIndex() {}
            let query = try #require(SearchQuery("криниці"))
            let found = try store.read {
                try $0.find(FindingStage.space, generation: 0, RowSearch(query), after: nil, limit: 50)
            }
            #expect(found.rows.map(\.key) == rows.map(\.key).filter { $0 != rows[2].key }.reversed())
            try store.close()
        }
    }

    @Test("does as much for what is kept from the reader as for what is not there")
    func kept() throws {
        try withDirectory { directory in
            let store = try SQLiteStore.open(directory: directory, create: true)
            var stage = FindingStage(seed: 8)
            try store.write { transaction in
                for number in 0..<40 {
                    var row = stage.row(FindingStage.key(number), day: "2026-11-01", text: "криниця")
                    // Whoever is complained against, it is kept from this person, and is another department's.
                    row.columns.barred = ["olha"]
                    row.columns.main = "zhkg"
                    try transaction.putRow("s", generation: 0, row)
                }
            }
            var hidden = ListFilter(), open = ListFilter(), other = ListFilter()
            hidden.hiddenFrom = ["olha"]
            open.isOpenToAll = true
            other.mains = ["osvita"]
            let connection = try Connection(directory + "/" + StoreDirectory.databaseName)
            func work(_ typed: String, _ filter: ListFilter) throws -> (rows: Int, work: Int64) {
                let before = connection.rowsGiven, reading = SQLiteReading(connection)
                defer { reading.end() }
                let search = RowSearch(try #require(SearchQuery(typed)), filter: filter)
                let found = try reading.find("s", generation: 0, search, after: nil, limit: 50)
                return (found.rows.count, connection.rowsGiven - before)
            }
            #expect(try work("криниці", ListFilter()).rows == 40)
            for filter in [hidden, open, other] {
                #expect(try work("криниці", filter) == (0, 0) && work("колодязь", filter) == (0, 0))
            }
            try connection.close()
            try store.close()
        }
    }

    @Test(
        "looks at no more rows at a time than it may, says where it goes on, and cuts none that are alike",
        arguments: [StoreKind.memory, .sqlite]
    )
    func bounded(_ kind: StoreKind) throws {
        try kind.withStore { store in
            var stage = FindingStage(seed: 7)
            let count = RowSearch.looks + 50
            try store.write { transaction in
                // In another order than they are found in: a hundred of them are alike to an index.
                for place in 0..<count {
                    let number = place * 367 % count
                    let text = number == 10 ? "прорвало трубу" : "трубу прорвало"
                    let row = stage.row(FindingStage.key(number), day: "2026-11-01", text: text)
                    try transaction.putRow("s", generation: 0, row)
                }
            }
            let phrase = RowSearch(try #require(SearchQuery("\"прорвало трубу\"")))
            let first = try store.read { try $0.find("s", generation: 0, phrase, after: nil, limit: 5) }
            #expect(first.rows.isEmpty && first.next?.key == FindingStage.key(50))
            let second = try store.read { try $0.find("s", generation: 0, phrase, after: first.next, limit: 5) }
            #expect(second.rows.map(\.key) == [FindingStage.key(10)] && second.next == nil)
            let word = RowSearch(try #require(SearchQuery("труба")))
            var keys: [String] = [], place: RowPlace?
            for _ in 0..<4 {
                let page = try store.read { try $0.find("s", generation: 0, word, after: place, limit: 30) }
                keys += page.rows.map(\.key)
                place = page.next
            }
            #expect(keys == (count - 120..<count).reversed().map(FindingStage.key))
        }
    }
}
