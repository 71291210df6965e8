import Replication
import Testing

@testable import Simulator

/// Notes of the office (how far a reader is, what it pins) may be lost at a crash, and nothing may rest on them.
@Suite("Notes that are lost")
struct NoteTests {
    private func agrees(_ seed: UInt64, losing kinds: Set<WriteKind>) -> Bool {
        var simulation = Simulation(seed: seed)
        simulation.steps = 120
        simulation.forgotten = kinds
        return simulation.run().verdict == .agreed
    }

    @Test("leave a city that agrees", arguments: UInt64(1)...8)
    func notes(_ seed: UInt64) { #expect(agrees(seed, losing: [.note])) }

    @Test("are lost indeed: half of them, and no other write")
    func forgets() throws {
        let store = ForgetfulStore(MemoryStore(), seed: 1)
        for number in 1...100 {
            let reader = ReaderRecord(node: "n", stream: "s\(number)", sequence: 1, at: 1)
            try store.write(.note) { try $0.putReader(reader) }
            try store.write { try $0.setValue("v\(number)", "1") }
        }
        let (readers, values) = try store.read { reading in
            (
                try (1...100).filter { try reading.reader("n", "s\($0)") != nil }.count,
                try (1...100).filter { try reading.value("v\($0)") != nil }.count
            )
        }
        #expect(readers == 100 - store.count && store.count > 25 && store.count < 75 && values == 100)
    }
}
