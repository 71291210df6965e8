import Appeals
import CanonicalJSON
import Glibc
import Node
import Replication

/// A node that is put back to an old copy of its disk.
extension Play {
    /// What cannot be seen of a node whose disk nobody can copy.
    private static let needsCopies: Set<Clause> = [
        .looksBack, .newIncarnation, .takesBack, .reissues, .numbersOfOldLog, .earlierFirst, .oldestFirst,
    ]

    /// Stops the node, does something with its disk, starts it; false if that cannot be done.
    private func restarted(_ between: Step, isPutBack: Bool, closing: Set<String> = []) throws -> Bool {
        guard try performer.perform(.stop, confirms: true) == .yes,
            try performer.perform(between, confirms: true) == .yes
        else {
            try sync.with { $0.judge.findings.excuse(Self.needsCopies) }
            say(
                Label(
                    uk: "вузол цього не вміє: пункти про це не перевірено",
                    en: "the node cannot: its clauses are not seen"
                )
            )
            _ = try performer.perform(.start)
            return false
        }
        let mark = try sync.with { sync in
            if isPutBack { sync.judge.putBack() } else { sync.judge.beginsSession = true }
            sync.closed = closing
            return sync.exchanges.count
        }
        try step(.start, .helloFirst, "a hello after the start") { !$0.requests("hello", since: mark).isEmpty }
        if closing.isEmpty, !isPutBack { try rest(from: mark) }
        return true
    }

    /// The node's disk is put back to a copy that does not know what was pushed since; it works on that copy before it
    /// hears so.
    func rollback() throws {
        guard try restarted(.copy, isPutBack: false) else { return }
        let former = try sync.with { $0.judge.origins.last ?? "" }
        var mark = try self.mark()
        try step(.note(1), .acceptedSeen, "a push that the copy of the disk does not know") { sync in
            sync.requests("push", since: mark).contains(where: \.isAnswered)
        }
        try rest()
        mark = try self.mark()
        guard try restarted(.putBack, isPutBack: true, closing: ["hello"]) else { return }
        _ = try performer.perform(.note(5), confirms: true)
        try sync.with { $0.closed = [] }
        try expect(.looksBack, within: 20_000, "operations of \(former), to find the last common one") { sync in
            sync.requests("operations", since: mark).contains { $0.request["origin"] == former }
        }
        try expect(.newIncarnation, within: 20_000, "a hello of a new incarnation") { sync in
            sync.requests("hello", since: mark).contains { sync.isNew($0, former) }
        }
        let began = try sync.with { sync in
            sync.judge.isPutBack = false
            return sync.requests("hello", since: mark).first { sync.isNew($0, former) }?.number ?? mark
        }
        try expect(.takesBack, "outcomes of \(former) for what the node had lost") { sync in
            sync.requests("outcomes", since: mark).contains { $0.request["origin"] == former && $0.isAnswered }
                && sync.requests("operations", since: mark).count >= 2
        }
        try expect(.reissues, within: 20_000, "a push of the new incarnation with what was issued again") { sync in
            sync.requests("push", since: began).contains { push in
                push.isAnswered
                    && push.lines.contains { Names.isHex($0?["operation"]?["reissues"]?.string ?? "", count: 64) }
            }
        }
        try rest(from: began)
        try check(.numbersOfOldLog, "an operation of \(former) was pushed after its branch") { sync in
            !sync.requests("push", since: began).contains { $0.request["origin"] == former }
        }
    }

    /// The log fits, but the token is older than both that the office knows.
    func staleToken() throws {
        guard try restarted(.copy, isPutBack: false) else { return }
        for _ in 0..<2 { try greet() }
        let former = try sync.with { $0.judge.origins.last ?? "" }
        let mark = try self.mark()
        guard try restarted(.putBack, isPutBack: true) else { return }
        let isStale = try wait(within: Self.soon) { sync in
            sync.requests("hello", since: mark).contains { $0.reply?["log"]?["state"]?.string == "tokenStale" }
        }
        if isStale {
            try expect(.tokenStaleDraws, within: 20_000, "a hello of a new incarnation, after tokenStale") { sync in
                sync.requests("hello", since: mark).contains { sync.isNew($0, former) }
            }
            try check(.tokenStaleKept, "the new incarnation does not show the token of tokenStale") { sync in
                let first = sync.requests("hello", since: mark).first { sync.isNew($0, former) }
                let stale = sync.requests("hello", since: mark).last {
                    $0.reply?["log"]?["state"]?.string == "tokenStale"
                }
                return first?.hello?["token"] == stale?.reply?["token"]
            }
        }
        try sync.with { $0.judge.isPutBack = false }
        try rest(from: mark)
    }
}

extension SyncHandler {
    /// Whether a hello is of an origin that was drawn after this one.
    func isNew(_ exchange: Exchange, _ former: String) -> Bool {
        guard let origin = exchange.hello?["origin"]?.string, let place = judge.origins.firstIndex(of: origin),
            let before = judge.origins.firstIndex(of: former)
        else { return false }
        return place > before
    }
}
