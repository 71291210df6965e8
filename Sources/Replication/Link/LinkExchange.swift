import Appeals
import CanonicalJSON
import Cryptography

/// The exchange lane: which request is next, and what its reply changes.
extension Link {
    /// The exchange lane's next request or sleep, by its state; throws what the store throws.
    ///
    /// A state that has nothing to ask passes on to the next one within the same step.
    mutating func nextExchange(now: Int64) throws -> [LinkAction] {
        switch exchange {
        case .hello:
            if let left = try department.unadopted() {
                exchange = .refetching(left.origin, after: left.after, upTo: left.upTo)
                return try nextExchange(now: now)
            }
            missedErasures = false
            return send(.exchange, try hello(now: now))
        case .comparingLogs(let origin, let after, _, _), .refetching(let origin, let after, _):
            return send(.exchange, ownLog(.operations, of: origin, after: after))
        case .refreshing(let origin, let after, _):
            return send(.exchange, ownLog(.outcomes, of: origin, after: after))
        case .waitsForSnapshots:
            guard try isRead() else { return [.sleep(.exchange, until: now + Self.waitForLane)] }
            exchange = .recovering(upTo: 0)
            return try nextExchange(now: now)
        case .recovering: return try recover(now: now)
        case .pushing, .idle: return try push(now: now)
        case .receipts: return try receipts(now: now)
        }
    }

    private func ownLog(_ call: ProtocolCall, of origin: Origin, after: Int64) -> WireRequest {
        /// A page of the office's copy of an own log, or of its outcomes (protocol.md section 7.8).
        WireRequest(
            call,
            query: [
                ("origin", origin.description), ("after", String(after)), ("limit", String(limit[.exchange] ?? 1)),
            ]
        )
    }

    /// Whether every stream has a position in the session's epoch, and what a former generation held is in the tray.
    func isRead() throws -> Bool {
        guard let session else { return false }
        return try department.store.read { reading in
            try streams.allSatisfy { name in
                try department.position(name, reading).epoch == session.epoch
                    && reading.value(Values.setAside(name)) == nil
            }
        }
    }

    /// Takes a verified reply to what the exchange lane asked; `body` is the whole reply, kept as evidence of its
    /// outcomes.
    ///
    /// Throws `Department.ReadProblem` if the reply is not this request's or not in form: then nothing of it was taken.
    mutating func exchanged(_ page: VerifiedReply, _ body: [UInt8], now: Int64) throws -> [LinkAction] {
        switch exchange {
        case .hello: try greeted(page, now: now)
        case .comparingLogs(let origin, _, _, _) where page.reply["epoch"]?.string != lookedBack[origin]:
            // The office was restored meanwhile: what was found to be common is in a log that it may no longer have.
            endSession()
        case .comparingLogs(let origin, let after, let known, let former):
            try lookBack(page, origin, after: after, known: known, former: former, now: now)
        case .refetching(let origin, _, let upTo):
            guard let last = try department.adopt(page, origin: origin, now: now) else {
                try department.endRefetching()
                endSession()
                break
            }
            if last > 0, last < upTo {
                exchange = .refetching(origin, after: last, upTo: upTo)
            } else {
                // Their outcomes are this node's evidence too: a restored office will ask for it.
                exchange = try department.unadopted().map { .refreshing(origin, after: $0.after, upTo: upTo) } ?? .hello
            }
        case .refreshing(let origin, _, let upTo):
            let last = try department.refresh(page, body: body, origin: origin, now: now)
            let isOver = last == 0 || last >= upTo
            exchange = isOver ? try refreshed() : .refreshing(origin, after: last, upTo: upTo)
        case .recovering(let upTo): try keepOffered(upTo: upTo)
        case .pushing(let origin, let first, let last):
            let result = try department.apply(page, body: body, origin: origin, first: first, last: last)
            try pushed(result, of: origin, now: now)
        case .receipts(let upTo, let told):
            try department.receiptsTold(upTo: upTo, differences: told, now: now)
            // The list of what is owed was full, or a receipt did not count, having been signed in another epoch: the
            // next hello names what is missing.
            exchange = owesMore || page.reply["uncounted"]?.integer ?? 0 > 0 ? .hello : .idle
        case .waitsForSnapshots, .idle: break
        }
        return again(.exchange, now: now)
    }

    /// The fetched operations have their outcomes now; or, after a restore, those whose outcomes may differ now.
    private func refreshed() throws -> Exchange {
        guard try department.unadopted() != nil else { return .waitsForSnapshots }
        try department.endRefetching()
        return .hello
    }
}

extension Link.Exchange {
    /// Whether the lane is offering rows that the office had published and lost.
    var isRecovering: Bool {
        if case .recovering = self { return true }
        return false
    }
}
