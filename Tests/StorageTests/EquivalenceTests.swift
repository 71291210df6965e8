import Replication
import Storage
import Testing

@Suite("the SQLite store and the reference store")
struct EquivalenceTests {
    private struct Stop: Error {}

    @Test("read the same after 2,000 random changes, some of them rolled back", arguments: [1, 2, 3])
    func equivalence(_ seed: UInt64) throws {
        try withDirectory { directory in
            let reference = MemoryStore()
            let store = try SQLiteStore.open(directory: directory, create: true)
            defer { #expect(throws: Never.self) { try store.close() } }
            var random = RandomOperations(seed: seed)
            for batch in 0..<100 {
                let before = random
                random = try Self.apply(batch, before, to: reference)
                _ = try Self.apply(batch, before, to: store)
                guard batch % 5 == 4 else { continue }
                let expected = try reference.read { try RandomOperations.dump($0) }
                let found = try store.read { try RandomOperations.dump($0) }
                #expect(expected.count == found.count)
                for (expected, found) in zip(expected, found) { #expect(expected == found, "batch \(batch)") }
            }
            #expect(try store.integrityCheck().isEmpty)
        }
    }

    /// Twenty changes in one transaction; every seventh is rolled back.
    private static func apply(_ batch: Int, _ random: RandomOperations, to store: any Store) throws -> RandomOperations
    {
        var random = random
        do {
            try store.write {
                for number in 1...20 { try random.change($0, sequence: Int64(batch * 20 + number)) }
                if batch % 7 == 6 { throw Stop() }
            }
        } catch is Stop {}
        return random
    }
}
