import Appeals
import Replication

/// I7: what the office admits of one log it commits in the order of its numbers, without a hole.
enum I07NumberOrder: CommitChecker {
    static let name = "I7 number order"

    static func judge(_ committed: Committed, in city: City) throws {
        for decided in committed.operations where !decided.isReplayed {
            let write = decided.operation.write
            guard write.number > 1 else { continue }
            let former = try city.officeStore.read { try $0.operation(write.origin, write.number - 1) }
            guard let former else { throw violation("\(write) is committed, the one before it is not at the office") }
            // One that was told again after a restore, or waited for an upgrade, has a commit of that later time.
            guard former.commit < decided.outcome.commit || decided.outcome.commit == 0 else {
                throw violation("\(write) has the commit \(decided.outcome.commit), the one before it \(former.commit)")
            }
            guard decided.operation.previous == former.id else {
                throw violation("\(write) does not follow the operation before it")
            }
        }
    }
}
