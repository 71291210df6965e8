import Cryptography
import Glibc
import Replication
import Testing

@testable import Storage

@Suite("A database that is only looked at")
struct InspectionTests {
    private static let appeals = 300

    /// A store with some of everything, at rest.
    private func make(_ directory: String) throws {
        let store = try SQLiteStore.open(directory: directory, create: true)
        try store.write { transaction in
            for number in 0..<Self.appeals {
                let key = "key \(1_000 + number)"
                let text = String(repeating: "\(number) ", count: 40)
                try transaction.putRow(Space.appeals, generation: 0, row(key, text, commit: Int64(number)))
                try transaction.putOperation(operation(author, Int64(number) + 1, commit: Int64(number)))
                try transaction.putTenure(tenure("slice:zhkg", key))
                try transaction.setValue("value \(1_000 + number)", text)
            }
            try transaction.putOrigin(OriginRecord(origin: author, key: [1, 2, 3]))
            try transaction.putStream(StreamRecord(name: "slice:zhkg", epoch: "e"))
        }
        try store.close()
    }

    /// All pages of a table: keys in order, what can be read of each, and the gaps.
    private func all(
        _ table: InspectedTable,
        _ inspection: Inspection,
        limit: Int = 60
    ) throws -> (records: [InspectedRecord], gaps: [InspectedGap]) {
        var records: [InspectedRecord] = []
        var gaps: [InspectedGap] = []
        var after: [InspectedCell] = []
        repeat {
            let page = try inspection.page(table, under: nil, after: after, limit: limit)
            #expect(page.records.count <= limit)
            records += page.records
            gaps += page.gaps
            after = page.next ?? []
        } while !after.isEmpty && records.count < 10_000
        return (records, gaps)
    }

    private func text(_ key: [InspectedCell]) -> String {
        key.map { cell in
            switch cell {
            case .integer(let number): String(repeating: "0", count: max(0, 6 - String(number).count)) + String(number)
            case .text(let text): text
            case .null, .bytes, .secret: ""
            }
        }.joined(separator: " ")
    }

    @Test("every record is shown once, in the order of keys, whatever the page's length, and nothing is written")
    func whole() throws {
        try withDirectory { directory in
            try make(directory)
            let file = directory + "/kartoteka.sqlite"
            let bytes = contents(file)
            let before = names(in: directory)
            let inspection = try Inspection(file)
            for limit in [7, 100] {
                for table in InspectedTable.allCases {
                    let found = try all(table, inspection, limit: limit)
                    let keys = found.records.map { text($0.key) }
                    #expect(keys == Set(keys).sorted() && found.gaps.isEmpty)
                    #expect(found.records.allSatisfy { $0.unreadable.isEmpty })
                    #expect(keys.count >= ([.stream, .origin].contains(table) ? 1 : Self.appeals))
                }
            }
            let one = try inspection.page(.row, under: Space.appeals, after: [], limit: 1).records.first
            #expect(one?.columns.last?.name == "bytes")
            #expect(one?.columns.last?.cell == .bytes(Array(String(repeating: "0 ", count: 40).utf8)))
            #expect(try inspection.page(.row, under: "nowhere", after: [], limit: 9).records.isEmpty)
            #expect(try inspection.version == Schema.version)
            try inspection.close()
            #expect(contents(file) == bytes && names(in: directory) == before)
        }
    }

    @Test("whatever page is damaged: what is shown is true, and what is not shown lies in a gap that is told")
    func damaged() throws {
        try withDirectory { directory in
            try make(directory)
            let file = directory + "/kartoteka.sqlite"
            let bytes = contents(file)
            let sound = try Inspection(file)
            var wanted: [InspectedTable: [(key: String, columns: [InspectedCell])]] = [:]
            for table in InspectedTable.allCases {
                wanted[table] = try all(table, sound).records.map { (text($0.key), $0.columns.map(\.cell)) }
            }
            try sound.close()
            let size = Int(Settings.pageSize)
            var damages = 0
            for place in 1..<bytes.count / size {
                var broken = bytes
                for offset in place * size..<(place + 1) * size { broken[offset] = 0xA5 }
                let copy = directory + "/broken"
                try write(broken, to: copy)
                let inspection = try Inspection(copy)
                for table in InspectedTable.allCases {
                    damages += try compare(table, inspection, wanted[table] ?? [], "page \(place + 1)")
                }
                try inspection.close()
            }
            #expect(damages > 20, "\(damages) damages were met")
        }
    }

    /// How many records or gaps could not be read.
    private func compare(
        _ table: InspectedTable,
        _ inspection: Inspection,
        _ wanted: [(key: String, columns: [InspectedCell])],
        _ place: String
    ) throws -> Int {
        let found = try all(table, inspection)
        let shown = Dictionary(found.records.map { (text($0.key), $0) }, uniquingKeysWith: { first, _ in first })
        let gaps = found.gaps.map { (after: text($0.after), before: $0.before.isEmpty ? "\u{7f}" : text($0.before)) }
        for record in wanted {
            guard let seen = shown[record.key] else {
                #expect(
                    gaps.contains { $0.after < record.key && record.key < $0.before },
                    "\(place): \(table.rawValue) \(record.key) is silently missing"
                )
                continue
            }
            guard seen.unreadable.isEmpty else { continue }
            #expect(seen.columns.map(\.cell) == record.columns, "\(place): \(table.rawValue) \(record.key)")
        }
        #expect(shown.count <= wanted.count)
        return found.records.count { !$0.unreadable.isEmpty } + gaps.count
    }

    @Test("the key of an office's seals is named, and not shown")
    func secret() throws {
        try withDirectory { directory in
            let store = try SQLiteStore.open(directory: directory, create: true)
            try store.write { try $0.setValue(Values.sealKey, "0011") }
            try store.close()
            let inspection = try Inspection(directory + "/kartoteka.sqlite")
            let found = try inspection.page(.value, under: Values.sealKey.key, after: [], limit: 1).records.first
            #expect(found?.columns.map(\.cell) == [.text(Values.sealKey.key), .secret])
            try inspection.close()
        }
    }

    @Test("a file whose first page is damaged, and one that is none, are refused by name")
    func hopeless() throws {
        try withDirectory { directory in
            let path = directory + "/broken"
            try write([UInt8](repeating: 0xA5, count: 65_536), to: path)
            #expect(throws: StoreError.self) { try Inspection(path) }
            do { _ = try Inspection(directory + "/nothing") } catch let error as StoreError {
                #expect(error.kind == .missing)
            }
        }
    }

    @Test("what a running node has committed is seen beside it")
    func running() throws {
        try withDirectory { directory in
            try make(directory)
            let store = try SQLiteStore.open(directory: directory, create: false)
            try store.write { try $0.setValue("a", "now") }
            let inspection = try Inspection(directory + "/kartoteka.sqlite")
            let found = try inspection.page(.value, under: "a", after: [], limit: 1).records.first
            #expect(found?.columns.map(\.cell) == [.text("a"), .text("now")])
            try inspection.close()
            try store.write { try $0.setValue("b", "later") }
            try store.close()
        }
    }

    @Test("what a node commits is seen that had written nothing yet when the file was opened")
    func begins() throws {
        try withDirectory { directory in
            try make(directory)
            let store = try SQLiteStore.open(directory: directory, create: false)
            let inspection = try Inspection(directory + "/kartoteka.sqlite")
            try store.write { try $0.setValue("a", "now") }
            let found = try inspection.page(.value, under: "a", after: [], limit: 1).records.first
            #expect(found?.columns.map(\.cell) == [.text("a"), .text("now")])
            try inspection.close()
            try store.close()
        }
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        let file = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        try #require(file >= 0)
        defer { Glibc.close(file) }
        #expect(Glibc.write(file, bytes, bytes.count) == bytes.count)
    }
}
