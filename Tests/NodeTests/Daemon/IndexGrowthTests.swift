import Glibc
import Locks
import Replication
import Testing

@testable import Node

/// An index that has so many steps before it, of which some fail.
private final class GrowingIndex: Indexing {
    private let state: Locked<(steps: Int, failures: [StoreError.Kind])>

    init(steps: Int, failing failures: [StoreError.Kind]) { state = Locked((steps, failures)) }

    var left: Int { state.withLock { $0.steps } }

    func growIndex() throws -> Bool {
        try state.withLock { state in
            if let kind = state.failures.popLast() { throw StoreError(kind, doing: "Growing", found: "a test") }
            if state.steps > 0 { state.steps -= 1 }
            return state.steps > 0
        }
    }
}

@Suite("An index of words that is made anew in a running node")
struct IndexGrowthTests {
    private func grown(_ index: GrowingIndex, until isOver: (Int, Int) -> Bool) throws -> (failures: Int, log: [String])
    {
        let told = Locked<[String]>([]), failures = Locked(0)
        let log = NodeLog(node: "urz") { line in told.withLock { $0.append(line) } }
        let growth = IndexGrowth(index, log: log, pause: 10) { _ in failures.withLock { $0 += 1 } }
        for _ in 0..<2_000 where !isOver(index.left, failures.withLock { $0 }) { usleep(5_000) }
        growth.stop()
        return (failures.withLock { $0 }, told.withLock { $0 })
    }

    @Test("goes on when there is room again")
    func full() throws {
        let index = GrowingIndex(steps: 5, failing: [.full, .full])
        let (failures, log) = try grown(index) { left, _ in left == 0 }
        #expect(index.left == 0 && failures == 2, "\(log)")
    }

    @Test("ends where the store can be trusted no more")
    func broken() throws {
        let index = GrowingIndex(steps: 5, failing: [.corrupt])
        let (failures, log) = try grown(index) { _, failures in failures > 0 }
        #expect(index.left == 5 && failures == 1, "\(log)")
    }
}
