import Appeals
import CanonicalJSON
import Cryptography

/// The read lane: snapshots, pulls, repair, the long poll.
extension Link {
    /// The read lane's next request or sleep, by its state; throws what the store throws.
    ///
    /// Without a session the lane waits for the exchange lane's hello.
    mutating func nextReading(now: Int64) throws -> [LinkAction] {
        guard let session else {
            reading = .waitsForHello
            comparison = nil
            return [.sleep(.read, until: now + Self.waitForLane)]
        }
        switch reading {
        case .waitsForHello:
            beginReading()
            return try nextReading(now: now)
        case .pulling(let stream):
            let (position, hasFormer) = try department.store.read { reading in
                (try department.position(stream, reading), try department.hasFormerGeneration(of: stream, reading))
            }
            // Here as well as after the snapshot: a full disk or a power failure may have interrupted it.
            if department.rules.isToDrop(formerGeneration: hasFormer) {
                try department.dropFormerGeneration(of: stream, now: now)
                return again(.read, now: now)
            }
            guard department.rules.goesOn(from: position, in: session.epoch) else {
                try beginSnapshot(stream)
                return try nextReading(now: now)
            }
            return send(.read, pull(position, wait: false))
        case .waiting:
            let position = try department.store.read { try department.position(Space.slice(department.node), $0) }
            return send(.read, try waitingPull(position))
        case .snapshot(let stream, let begun, _, let after):
            // The exchange lane may have met another epoch meanwhile: a snapshot begun in the former one is worthless.
            if let begun, begun.epoch != session.epoch {
                try beginSnapshot(stream)
                return try nextReading(now: now)
            }
            let query = [
                ("stream", stream), ("epoch", session.epoch), ("after", after), ("limit", String(limit[.read] ?? 1)),
            ]
            return send(.read, WireRequest(.snapshot, query: query))
        case .probing(let stream, _, _) where try isOfAnotherEpoch(stream, session):
            return try pullAnew(stream, now: now)
        case .fetching(let stream, _) where try isOfAnotherEpoch(stream, session): return try pullAnew(stream, now: now)
        case .probing(let stream, let ranges, _):
            let lines = ranges.prefix(department.rules.sizes.probeRanges).flatMap { (range: String) -> [UInt8] in
                Array(range.utf8) + [10]
            }
            return send(.read, WireRequest(.probe, query: [("stream", stream)], body: lines))
        case .fetching(let stream, let ids):
            let lines = ids.prefix(limit[.read] ?? 1).flatMap { id -> [UInt8] in
                let line: JSON = ["id": .string(id)]
                return line.canonicalBytes() + [10]
            }
            return send(.read, WireRequest(.fetch, query: [("stream", stream)], body: lines))
        }
    }

    /// Whether a stream was read in an epoch that has ended, so that nothing can be compared.
    private func isOfAnotherEpoch(_ stream: String, _ session: Session) throws -> Bool {
        try !department.rules.isSameEpoch(
            department.store.read { try department.position(stream, $0).epoch },
            as: session.epoch
        )
    }

    /// Gives a comparison up because its epoch has ended, and pulls the stream.
    private mutating func pullAnew(_ stream: String, now: Int64) throws -> [LinkAction] {
        pull(again: stream)
        return try nextReading(now: now)
    }

    /// Goes back to pulling a stream; a comparison ends with that.
    private mutating func pull(again stream: String) {
        comparison = nil
        reading = .pulling(stream)
    }

    /// Starts at the first stream; heads and digests of all streams are compared before the lane waits.
    mutating func beginReading() {
        catchUp = nil
        unread = Set(streams)
        pull(again: streams[0])
    }

    /// The request for entries after a position; `wait` makes it a long poll of `waitSeconds`.
    private func pull(_ position: StreamRecord, wait: Bool) -> WireRequest {
        var query = [
            ("stream", position.name), ("epoch", position.epoch), ("after", String(position.head)),
            ("mark", position.mark),
            ("limit", String(limit[.read] ?? 1)),
        ]
        if !wait { query += department.rules.query(naming: catchUp) }
        if wait { query.append(("wait", String(waitSeconds))) }
        return WireRequest(.pull, query: query)
    }

    /// One long poll serves all streams of the node: it ends when any of them moves.
    private func waitingPull(_ position: StreamRecord) throws -> WireRequest {
        var request = pull(position, wait: waitSeconds > 0)
        try department.store.read { reading in
            request.query.append(("reference", String(try department.position(Space.reference, reading).head)))
            request.query.append(("node", String(try department.position(Space.node(department.node), reading).head)))
        }
        return request
    }

    /// Resumes a snapshot of this epoch where it was left, or begins a new one without the staged rows.
    mutating func beginSnapshot(_ stream: String) throws {
        catchUp = nil
        let epoch = session?.epoch ?? ""
        let resumed = try department.staged(of: stream, in: epoch)
        reading = .snapshot(stream, begun: resumed?.begun, commit: resumed?.commit ?? 0, after: resumed?.after ?? "")
    }

    /// Takes a verified reply to what the read lane asked, in one transaction of the store.
    ///
    /// Throws `Department.ReadProblem` if the reply is not this request's or not in form: then nothing of it was taken.
    /// Source: protocol.md "Rows and streams" and "Digest and repair".
    mutating func read(_ page: VerifiedReply, now: Int64) throws -> [LinkAction] {
        switch reading {
        case .waitsForHello: break
        case .snapshot(let stream, let begun, let commit, let after):
            try readSnapshot(page, stream, begun, commit, after: after, now: now)
        case .pulling(let stream): try readPage(page, stream, wasWaiting: false, now: now)
        case .waiting: try readPage(page, Space.slice(department.node), wasWaiting: true, now: now)
        case .probing(let stream, let ranges, let ids):
            let asked = Array(ranges.prefix(department.rules.sizes.probeRanges))
            guard let found = try department.compare(page, stream: stream, asked: asked) else {
                pull(again: stream)
                break
            }
            let left = Array(ranges.dropFirst(asked.count)) + found.ranges.map(\.canonicalText)
            let wanted = ids + found.ids
            reading = !left.isEmpty ? .probing(stream, ranges: left, ids: wanted) : .fetching(stream, ids: wanted)
            if left.isEmpty, wanted.isEmpty {
                try compared(stream, isMended: department.resum(stream: stream, now: now), now: now)
            }
        case .fetching(let stream, let ids):
            guard let repaired = try department.repair(page, stream: stream, asked: ids, now: now) else {
                pull(again: stream)
                break
            }
            comparison?.repaired += repaired
            let left = Array(ids.dropFirst(page.lines.count))
            reading = .fetching(stream, ids: left)
            if left.isEmpty { try compared(stream, isMended: comparison?.repaired != 0, now: now) }
        }
        if reading == .waiting, waitSeconds == 0 { return [.sleep(.read, until: now + idleSleep)] }
        return again(.read, now: now)
    }

    /// Stages a page of a snapshot; after the last one the stream is pulled from the position of the first.
    private mutating func readSnapshot(
        _ page: VerifiedReply,
        _ stream: String,
        _ begun: Position?,
        _ commit: Int64,
        after: String,
        now: Int64
    ) throws {
        guard let head = page.reply["head"]?.integer, let mark = page.reply["mark"]?.string,
            let epoch = page.reply["epoch"]?.string,
            let reached = page.reply["commit"]?.integer
        else { throw Department.ReadProblem.malformed("the last line of a snapshot lacks a field") }
        // A replayed reply from another epoch must not begin a snapshot.
        guard department.rules.isSameEpoch(epoch, as: session?.epoch) else { throw Department.ReadProblem.notMine }
        let begun = begun ?? Position(stream: stream, epoch: epoch, sequence: head, mark: mark)
        let commit = commit == 0 ? reached : commit
        if let next = try department.applySnapshot(
            page,
            stream: stream,
            after: after,
            begun: begun,
            commit: commit,
            now: now
        ) {
            reading = .snapshot(stream, begun: begun, commit: commit, after: next)
        } else {
            missedErasures = true
            reading = .pulling(stream)
        }
    }

    /// Ends the comparison; a difference that it did not mend is remembered, so that it is not probed again while it
    /// lasts.
    private mutating func compared(_ stream: String, isMended: Bool, now: Int64) throws {
        if !isMended, let difference = department.rules.lasting(comparison?.difference) {
            try department.remember(difference, of: stream, now: now)
        }
        pull(again: stream)
    }

    /// Applies a page of entries and chooses what is read next: a comparison, more of the stream, another stream, or
    /// the poll.
    private mutating func readPage(_ page: VerifiedReply, _ stream: String, wasWaiting: Bool, now: Int64) throws {
        let result = try department.apply(page, stream: stream, now: now)
        catchUp = CatchUp.after(catchUp, page.reply)
        if let difference = result.difference {
            let all: JSON = ["from": "", "to": "", "split": true]
            comparison = Comparison(difference: difference)
            reading = .probing(stream, ranges: [all.canonicalText], ids: [])
            return
        }
        guard result.isHead else {
            reading = .pulling(stream)
            return
        }
        unread.remove(stream)
        // Next is the first stream whose head has moved or has not been compared yet; if there is none, the long poll.
        let (behind, offeredUntil) = try department.store.read { store in
            let behind = try streams.first { name in
                let position = try department.position(name, store)
                return unread.contains(name) || position.epoch != session?.epoch
                    || position.head < result.heads[name]?.integer ?? 0
            }
            return (behind, try store.value(Values.offeredUntil))
        }
        reading = behind.map { .pulling($0) } ?? .waiting
        // All streams are at their heads: what was given back has been read again, as far as this node may see it.
        if behind == nil, let offeredUntil, let commit = page.reply["commit"]?.integer, offeredUntil <= commit {
            try department.forgetOffered()
        }
    }
}
