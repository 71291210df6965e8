import Appeals
import Replication
import Testing

@testable import Commands
@testable import Node

/// A store that only has transactions, as one on another machine.
private final class BareStore: NodeStore, @unchecked Sendable {
    private let inner = MemoryStore()
    var backups: (any Backups)? { nil }
    var scrubbing: (any Scrubbing)? { nil }
    var indexing: (any Indexing)? { nil }
    var examination: (any Examination)? { nil }
    var longReads: (any LongReads)? { nil }

    func write<Result>(_ kind: WriteKind, _ body: (any StoreTransaction) throws -> Result) throws -> Result {
        try inner.write(kind, body)
    }
    func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result { try inner.read(body) }
    func close() {}
}

@Suite("What a store can do besides transactions, and what its trouble means")
struct StoreCapabilityTests {
    @Test("doctor says of a store that wipes nothing that no purge can be promised")
    func wiping() throws {
        let check = try #require(NodeDoctor.wiping(BareStore()))
        #expect(!check.isOK && check.found.en.contains("no purge is receipted"))
    }

    @Test("its kind decides, never its words", arguments: StoreError.Kind.allCases)
    func kinds(_ kind: StoreError.Kind) {
        let error = StoreError(kind, doing: "writing", found: "disk I/O error, the database disk image is malformed")
        switch Trouble(error) {
        case .final: #expect([.corrupt, .io].contains(kind))
        case .passing: #expect(![.corrupt, .io].contains(kind))
        }
        #expect(kind.isPassing == ![.corrupt, .io].contains(kind))
        #expect(!kind.isOfTheWay || kind.isPassing)
    }
}
