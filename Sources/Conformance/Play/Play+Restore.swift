import Appeals
import CanonicalJSON
import Glibc
import Node
import Replication

/// A restore of the office, and the end: the key is revoked.
extension Play {
    /// The office goes back to a backup and loses a stretch: an act of its own, and an operation of the node.
    ///
    /// Then the order of protocol.md "A restore of the office" is looked for, scene by scene.
    func restore() throws {
        let (backup, left) = try departed()
        var mark = try self.mark()
        try step(.note(1), .acceptedSeen, "a push that the backup does not have") { sync in
            sync.requests("push", since: mark).contains(where: \.isAnswered)
        }
        try sync.with { try $0.office.correct(5, address: "вул. Втрачена, 1") }
        try rest(from: mark)
        usleep(500_000)
        let lost = try sync.with { $0.lastPushed(since: mark) }
        let former = try sync.with { sync in
            let former = sync.judge.epoch
            mark = sync.exchanges.count
            try sync.office.restore(backup)
            sync.playEarlierFirst(former: former)
            try sync.wake(all: true)
            return former
        }
        try epochLearnt(from: mark, former)
        try snapshotsAnew(from: mark)
        try expect(.recoveredOffered, within: 30_000, "recovered, with the row of the lost stretch") { sync in
            sync.requests("recovered", since: mark).contains { exchange in
                exchange.isAnswered && exchange.lines.contains { $0?["row"]?["id"]?.string == ProbeOffice.id(5) }
            }
        }
        try sentAgain(from: mark, lost)
        try expect(.epochTaken, within: 30_000, "a hello of the new epoch") { sync in
            sync.requests("hello", since: mark).contains { $0.hello?["epoch"]?.string == sync.judge.epoch }
        }
        try rest(from: mark)
        try expect(.owedAnswered, within: 70_000, "a receipt with a head, for a departure that the office lacks") {
            sync in
            sync.requests("receipts", since: mark).contains { exchange in
                exchange.isAnswered
                    && exchange.lines.contains {
                        $0?["receipt"]?["appeal"]?.string == ProbeOffice.id(left) && $0?["receipt"]?["head"] != nil
                    }
            }
        }
    }

    /// An appeal leaves; the backup knows that, and has not heard of its receipt.
    private func departed() throws -> (backup: MemoryStore, appeal: Int) {
        var mark = try self.mark()
        let appeal = try sync.with { try $0.office.register(main: ProbeIdentity.node) }
        try rest(from: mark)
        mark = try sync.with { sync in
            sync.closed = ["receipts"]
            try sync.office.assign(appeal, to: "other")
            return sync.exchanges.count
        }
        try expect(.receiptAfterLeave, "a receipt for an appeal that left") {
            !$0.requests("receipts", since: mark).isEmpty
        }
        let backup = try sync.with { sync in
            sync.closed = []
            return sync.office.store.copy()
        }
        try expect(.receiptAfterLeave, within: 20_000, "the receipt again, after 503") { $0.receipt(of: appeal) != nil }
        return (backup, appeal)
    }

    private func epochLearnt(from mark: Int, _ former: String) throws {
        try expect(.epochLearnt, "a hello of the old epoch that knows of no other") { sync in
            sync.requests("hello", since: mark).first.map {
                $0.hello?["epoch"]?.string == former && $0.hello?["known"]?.string == ""
            } ?? false
        }
        try expect(.logsNamed, "a hello of the old epoch that knows the new one and names all logs") { sync in
            guard let hello = sync.knowing(former, since: mark).first?.hello else { return false }
            let named = (hello["logs"]?.array ?? []).compactMap { $0["origin"]?.string }
            let held = sync.judge.origins.filter { !(sync.judge.logs[$0]?.operations.isEmpty ?? true) }
            let order = named.compactMap { sync.judge.origins.firstIndex(of: $0) }
            return Set(held).isSubset(of: named) && order == order.sorted() && order.count == named.count
        }
        let origins = try sync.with { sync in
            sync.judge.origins.filter { !(sync.judge.logs[$0]?.operations.isEmpty ?? true) }
        }
        guard origins.count > 1 else { return }
        try expect(.oldestFirst, "the first log that is greeted is \(origins[0])") { sync in
            sync.knowing(former, since: mark).first?.hello?["origin"]?.string == origins[0]
        }
        try expect(.earlierFirst, within: 40_000, "a hello of the log that earlierFirst named") { sync in
            guard let told = sync.exchanges.dropFirst(mark).first(where: { $0.trick == .earlierFirst }) else {
                return false
            }
            let next = sync.requests("hello", since: told.number + 1).first?.hello?["origin"]
            return next != nil && next == told.reply?["log"]?["earlier"]
        }
    }

    private func snapshotsAnew(from mark: Int) throws {
        let streams = ["reference", "slice:" + ProbeIdentity.node, "node:" + ProbeIdentity.node]
        try expect(.snapshotsAnew, within: 30_000, "a snapshot of each stream in the new epoch") { sync in
            streams.allSatisfy { stream in
                sync.requests("snapshot", since: mark).contains {
                    $0.stream == stream && $0.request["after"] == "" && $0.request["epoch"] == sync.judge.epoch
                }
            }
        }
    }

    private func sentAgain(from mark: Int, _ lost: (origin: String, number: Int64, id: String)?) throws {
        try expect(.formerSent, within: 40_000, "a push with the stored reply in which an outcome had come") { sync in
            sync.requests("push", since: mark).contains { push in
                push.lines.contains { line in
                    guard let last = line?["former"]?["last"]?.string,
                        let signed = SignedReply(Array(last.utf8))
                    else { return false }
                    return signed.isSigned(by: sync.office.identity.signer.publicKey, verifier: sync.judge.verifier)
                }
            }
        }
        try expect(.sentAgain, "the operation that the office lost, with its number and id") { sync in
            sync.requests("push", since: mark).contains { push in
                push.isAnswered
                    && push.replyLines.contains {
                        $0["origin"]?.string == lost?.origin && $0["number"]?.integer == lost?.number
                            && $0["id"]?.string == lost?.id
                    }
            }
        }
        try check(.recoveredOffered, "the operations were pushed before the rows were offered") { sync in
            let offered = sync.requests("recovered", since: mark).first?.number ?? .max
            return offered < sync.requests("push", since: mark).first?.number ?? .max
        }
    }

    // MARK: the end

    /// The end: the key is taken off the allow-list, and the node must not storm.
    func revocation() throws {
        let before = try sync.with { sync in
            try sync.office.revoke()
            try sync.wake(all: true)
            return sync.refused
        }
        usleep(8_000_000)
        try sync.with { sync in
            let count = sync.refused - before
            // Two lanes; 500, 1000, 2000, … ms at most, any part of each: more than 25 is no back-off.
            sync.judge.findings.check(
                .revokedBacksOff,
                (1...30).contains(count),
                "\(count) requests in 8 s, each answered 403 revoked"
            )
        }
    }
}

extension SyncHandler {
    /// The hellos of an old epoch that know the present one.
    func knowing(_ former: String, since mark: Int) -> [Exchange] {
        requests("hello", since: mark).filter {
            $0.hello?["epoch"]?.string == former && $0.hello?["known"]?.string == judge.epoch && judge.epoch != former
        }
    }

    /// The last operation that was pushed since a mark.
    func lastPushed(since mark: Int) -> (origin: String, number: Int64, id: String)? {
        guard let line = requests("push", since: mark).last(where: \.isAnswered)?.replyLines.last,
            let origin = line["origin"]?.string, let number = line["number"]?.integer, let id = line["id"]?.string
        else { return nil }
        return (origin, number, id)
    }

    /// The hello of a later log is answered that an earlier one lacks work.
    func playEarlierFirst(former: String) {
        let held = judge.origins.filter { !(judge.logs[$0]?.operations.isEmpty ?? true) }
        guard held.count > 1, let first = held.first else { return }
        var trick = Trick(.earlierFirst) { exchange in
            guard let hello = exchange.hello, hello["epoch"]?.string == former, hello["logs"] != nil else {
                return false
            }
            return hello["origin"]?.string != first
        }
        trick.dress = { [office] _, honest in
            try office.resigned(honest) { _, reply in
                guard var log = reply["log"]?.object else { return false }
                log["state"] = "earlierFirst"
                log["earlier"] = .string(first)
                reply["log"] = .object(log)
                return true
            }
        }
        play(trick)
    }
}
