import Appeals
import CanonicalJSON
import Cryptography
import Glibc
import Node
import Replication

/// Operations and their outcomes, departures and receipts, erasure.
extension Play {
    /// Own work: pushed, pushed again where the reply was no reply, and every way in which a log can go wrong.
    func operations() throws {
        try step(.accept(1), .acceptedSeen, "a push whose operation is accepted") { $0.outcome("accepted") != nil }
        try rest()
        try pushed(.lost, .pushAgain, "the same operations, after a push whose reply was lost") { _, _ in
            .refusal(503, .trouble, "the reply was lost")
        }
        try pushed(.foreignSignature, .pushAgain, "the same operations, after a reply signed by a stranger") {
            exchange,
            honest in try sync.office.spoilt(.foreignSignature, exchange, honest)
        }
        try pushed(.outcomeMissing, .outcomesMatched, "the same operations, after a reply without their outcome") {
            exchange,
            honest in try sync.office.spoilt(.outcomeMissing, exchange, honest)
        }
        try gap()
        try helloBeforePush()
        try registersOwn()
        try unreadable()
        try outcomeOfAnother()
    }

    /// The office wants a hello first.
    private func helloBeforePush() throws {
        let mark = try sync.with { sync in
            var trick = Trick(.refusal) { $0.call == "push" }
            trick.before = { _ in .refusal(409, .helloNeeded, "the script says so") }
            sync.play(trick)
            return sync.exchanges.count
        }
        try step(.note(1), .helloOnDemand, "a hello behind a push that was refused, then the push") { sync in
            guard let refused = sync.requests("push", since: mark).first(where: { $0.trick == .refusal }),
                let hello = sync.requests("hello", since: refused.number).first
            else { return false }
            return sync.requests("push", since: hello.number).contains(where: \.isAnswered)
        }
        try rest()
    }

    /// An appeal that came to the department itself.
    private func registersOwn() throws {
        let mark = try self.mark()
        let isDone = try step(.register, .registersOwn, "a push with appeal.registered") { sync in
            sync.requests("push", since: mark).contains { push in
                push.lines.contains { line in
                    let operation = line?["operation"]
                    return operation?["kind"]?.string == "appeal.registered" && operation?["authority"] == nil
                        && line?["body"]?["index"]?.string?.hasPrefix(ProbeIdentity.node.uppercased()) == true
                }
            }
        }
        guard isDone else { return }
        try rest(from: mark)
        try check(.registersOwn, "the registration was not accepted") { sync in
            sync.requests("push", since: mark).last?.replyLines.last?["outcome"]?.string == "accepted"
        }
    }

    /// The office cannot read the first of two operations; it has neither.
    private func unreadable() throws {
        let (mark, former) = try sync.with { sync in
            sync.closed = ["push"]
            return (sync.exchanges.count, sync.judge.origins.last ?? "")
        }
        for _ in 1...2 { _ = try performer.perform(.note(1)) }
        try expect(.stepsOver, within: performer.patience, "a push with two operations") { sync in
            sync.requests("push", since: mark).contains { $0.operations.count == 2 }
        }
        try sync.with { sync in
            var trick = Trick(.unreadable) { $0.call == "push" && $0.operations.count == 2 }
            trick.before = { try sync.unreadable($0) }
            sync.play(trick)
            sync.closed = []
        }
        try expect(.stepsOver, within: 20_000, "a new incarnation with the second operation alone") { sync in
            guard let (second, again) = sync.afterUnreadable(mark, former) else { return false }
            return again.count == 1 && again[0]["operation"]?["digests"] == second["operation"]?["digests"]
        }
        try check(.reissues, "what was issued again does not name what it was") { sync in
            guard let (second, again) = sync.afterUnreadable(mark, former) else { return false }
            return again.first?["operation"]?["reissues"]?.string == sync.judge.id(second)
        }
        try rest(from: mark)
    }

    /// The outcome that comes names another operation.
    private func outcomeOfAnother() throws {
        let (mark, former) = try sync.with { sync in
            var trick = Trick(.otherID) { $0.call == "push" }
            trick.dress = { _, honest in
                try sync.office.resigned(honest) { lines, _ in
                    guard var line = lines.last.flatMap({ Read.json($0) })?.object else { return false }
                    line["id"] = .string(String(repeating: "ab", count: 32))
                    lines[lines.count - 1] = JSON.object(line).canonicalBytes()
                    return true
                }
            }
            sync.play(trick)
            return (sync.exchanges.count, sync.judge.origins.last ?? "")
        }
        try step(.note(1), .outcomeOfAnother, "operations of \(former), after an outcome of another id") { sync in
            sync.requests("operations", since: mark).contains { $0.request["origin"] == former }
        }
        try expect(.outcomeOfAnother, "a hello of a new incarnation") { sync in
            sync.requests("hello", since: mark).contains { sync.isNew($0, former) }
        }
        try rest(from: mark)
    }

    /// A note whose push is answered so must be pushed again.
    private func pushed(
        _ kind: Trick.Kind,
        _ clause: Clause,
        _ what: String,
        _ dress: @escaping (Exchange, WireResponse) throws -> WireResponse?
    ) throws {
        let mark = try sync.with { sync in
            var trick = Trick(kind) { $0.call == "push" }
            trick.dress = dress
            sync.play(trick)
            return sync.exchanges.count
        }
        try step(.note(1), clause, what) { sync in
            guard let bad = sync.requests("push", since: mark).first(where: { $0.trick == kind }) else { return false }
            let again = sync.requests("push", since: bad.number + 1).first
            return again.map { $0.request.body == bad.request.body } ?? false
        }
        try rest()
    }

    /// The office wants one number again that it has.
    private func gap() throws {
        let mark = try sync.with { sync in
            var trick = Trick(.gap) { $0.call == "push" && ($0.firstNumber ?? 0) > 1 }
            trick.dress = { exchange, honest in
                let first = exchange.firstNumber ?? 0
                return try sync.office.resigned(honest) { lines, reply in
                    let line: JSON = ["answer": "gap", "wanted": .integer(first - 1)]
                    lines = lines.map { _ in line.canonicalBytes() }
                    reply["stored"] = .integer(first - 2)
                    return true
                }
            }
            sync.play(trick)
            return sync.exchanges.count
        }
        try step(.note(1), .gapFilled, "a push from the number that was wanted") { sync in
            guard let bad = sync.requests("push", since: mark).first(where: { $0.trick == .gap }) else { return false }
            let again = sync.requests("push", since: bad.number + 1).first
            return again?.firstNumber == bad.firstNumber.map { $0 - 1 }
        }
        try rest()
    }

    // MARK: late work, departure

    /// Two appeals go to somebody else while the node works on them offline: late work, receipts, and the decision on
    /// what was held.
    func departure() throws {
        let mark = try whileNobodyReads()
        try sync.with { sync in
            try sync.office.correct(1, address: "вул. Інша, 7")
            try sync.office.assign(2, to: "other")
            try sync.office.assign(3, to: "other")
        }
        try step(.correct(1), .conflictSeen, "an operation that is in conflict") { $0.outcome("conflict") != nil }
        try step(.accept(3), .refusedSeen, "an operation that is refused") { $0.outcome("refused") != nil }
        let isHeld = try step(.answer(2), .heldSeen, "an operation that is held") { $0.outcome("held") != nil }
        if isHeld {
            try expect(.acceptedLateSeen, "an operation that is accepted late") { $0.outcome("acceptedLate") != nil }
        } else {
            try sync.with { $0.judge.findings.excuse([.acceptedLateSeen, .decisionRead]) }
        }
        try sync.with { $0.closed = [] }
        try rest(from: mark)
        for appeal in [2, 3] {
            try expect(.receiptAfterLeave, "a receipt for the appeal \(ProbeOffice.index(appeal)), which left") {
                sync in
                sync.receipt(of: appeal) != nil
            }
            try check(.receiptKept, "kept is not the number of own operations that are not durable") { sync in
                sync.receipt(of: appeal)?["kept"]?.integer == sync.judge.operations(on: ProbeOffice.id(appeal))
            }
        }
        if isHeld { try decision() }
        try sync.with { try $0.office.backUp() }
        try greet()
        let worked = try sync.with { sync in
            [2, 3].filter { sync.judge.operations(on: ProbeOffice.id($0)) > 0 }
        }
        for appeal in worked {
            try expect(.secondReceipt, within: 40_000, "a second receipt, with tenure 0 and kept 0") { sync in
                sync.receipt(of: appeal, isSecond: true)?["kept"]?.integer == 0
            }
        }
        try outcomesNotSentAgain()
    }

    /// The office declines what waits; the author reads it in the stream of the node.
    private func decision() throws {
        let mark = try sync.with { sync in
            try sync.office.declineHeld(on: 2)
            return sync.exchanges.count
        }
        try expect(.decisionRead, "a pull of node:\(ProbeIdentity.node), whose head moved") { sync in
            sync.requests("pull", since: mark).contains {
                $0.stream == "node:" + ProbeIdentity.node && $0.isAnswered && !$0.replyLines.isEmpty
            }
        }
        try rest(from: mark)
    }

    /// What has an outcome is not sent again, but for the pushes that the script spoilt.
    private func outcomesNotSentAgain() throws {
        let named: [(String, Clause)] = [
            ("accepted", .acceptedSeen), ("conflict", .conflictSeen), ("refused", .refusedSeen), ("held", .heldSeen),
            ("acceptedLate", .acceptedLateSeen),
        ]
        try step(.note(1), .acceptedSeen, "a push behind all outcomes") { sync in
            sync.exchanges.last { $0.call == "push" }?.isAnswered == true
        }
        for (status, clause) in named where try sync.with({ $0.outcome(status) != nil }) {
            try check(clause, "an operation with the outcome \(status) was sent again") { sync in
                guard let last = sync.outcome(status), let number = last.number else { return false }
                let later = sync.requests("push", since: last.place + 1)
                return !later.contains { $0.request["origin"] == last.origin && ($0.firstNumber ?? 0) <= number }
            }
        }
    }

    // MARK: erasure

    /// An appeal is erased while the node has work on it that was not sent; another while it only says hello.
    func erasure() throws {
        let mark = try sync.with { sync in
            sync.closed = ["push"]
            return sync.exchanges.count
        }
        _ = try performer.perform(.note(4))
        try expect(.erasedWithoutContent, within: performer.patience, "a push with the note on the appeal") { sync in
            !sync.requests("push", since: mark).isEmpty
        }
        try sync.with { try $0.office.erase(4) }
        try expect(.erasureTold, "a pull from behind the erase") { sync in
            sync.judge.erased[ProbeOffice.id(4)] != nil
        }
        try sync.with { $0.closed = [] }
        try expect(.erasedWithoutContent, within: 20_000, "the operation without its content, after the erasure") {
            sync in
            sync.requests("push", since: mark).contains { push in
                push.isAnswered && push.lines.compactMap { $0 }.contains { $0["body"] == nil && $0["personal"] == nil }
            }
        }
        try check(.erasedWithoutContent, "the content of an operation on an erased appeal was sent") { sync in
            !sync.requests("push", since: mark).contains { push in
                push.isAnswered
                    && push.lines.compactMap { $0 }.contains {
                        $0["operation"]?["appeal"]?.string == ProbeOffice.id(4) && ($0["body"] ?? $0["personal"]) != nil
                    }
            }
        }
        try sync.with { try $0.office.erase(6) }
        let pages = try self.mark()
        try greet(.erasureTold)
        try check(.erasurePages, "no hello asked for the erasures after erasuresTo") { sync in
            let hellos = sync.requests("hello", since: pages)
            return zip(hellos, hellos.dropFirst()).contains { former, next in
                former.reply?["erasuresTo"] != nil && next.hello?["erasuresAfter"] == former.reply?["erasuresTo"]
            }
        }
        let place = try self.mark()
        try greet(.erasureLearnt)
        try check(.erasureLearnt, "an erasure that only a hello's reply had told is not in the next hello") { sync in
            sync.requests("hello", since: place).contains { hello in
                (hello.hello?["erasures"]?.array ?? []).contains { $0["erased"]?.string == ProbeOffice.id(6) }
            }
        }
    }

}

extension Exchange {
    /// The operations of a push.
    var operations: [JSON] { lines.compactMap { $0 }.filter { $0["operation"] != nil } }

    /// The number of the first operation of a push.
    var firstNumber: Int64? {
        for line in lines { if let number = line?["operation"]?["number"]?.integer { return number } }
        return nil
    }
}

extension Judge {
    /// The id of an operation by its line.
    func id(_ line: JSON) -> String { SHA256.hash(line["operation"]?.canonicalBytes() ?? []).hex }

    /// How many own operations on an appeal the office was sent.
    func operations(on appeal: String) -> Int64 {
        Int64(logs.values.flatMap(\.operations.values).filter { $0.appeal == appeal }.count)
    }
}
