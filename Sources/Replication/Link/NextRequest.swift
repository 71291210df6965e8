import Appeals
import CanonicalJSON
import Cryptography

/// Predicts a lane's next request, so that a node can send it while it is still applying the reply to `request`.
///
/// A prediction is optional: it is used only if the link then makes exactly the same request. The reply it is based on
/// is not verified yet: a forger could only cause a page to be fetched in vain, and a page that is pushed twice gets
/// the outcomes of the first time.
extension Department {
    /// The request that will follow `request` if the reply holds and nothing else happens; nil if that cannot be told.
    ///
    /// Only for pages of a snapshot, a pull or a push. `body` need not be verified. Throws what the store throws.
    public func predictNextRequest(after request: WireRequest, reply body: [UInt8]) throws -> WireRequest? {
        guard let line = Lines.last(body), let last = SignedReply(Array(line)) else { return nil }
        switch request.call {
        case .snapshot:
            return last.reply["next"]?.string.map { Self.request(request, setting: ["after": $0]) }
        case .pull:
            guard request["wait"] == nil, let to = last.reply["to"]?.integer, let mark = last.reply["mark"]?.string,
                let catchUp = CatchUp.after(CatchUp(request), last.reply)
            else { return nil }
            var next = Self.request(request, setting: ["after": String(to), "mark": mark])
            next.query.removeAll { name, _ in name == "since" || name == "until" }
            next.query += rules.query(naming: catchUp)
            return next
        case .push:
            return try push(after: request, last.reply, chain: SHA256.hash(Array(line)).hex)
        case .hello, .probe, .fetch, .receipts, .recovered, .operations, .outcomes, nil: return nil
        }
    }

    /// Only after a full page: operations added meanwhile would make the prediction wrong.
    private func push(after request: WireRequest, _ reply: JSONObject, chain: String) throws -> WireRequest? {
        let isFull =
            Lines.split(request.body).count == rules.sizes.pageRecords
            || request.body.count > rules.sizes.pageBytes - Limits.operation
        // After a restore of the office former outcomes accompany a page, and only the link knows which.
        let isOwnEpoch = try store.read { try $0.value(Values.epoch) } == request["epoch"]
        guard isFull, isOwnEpoch, let origin = request["origin"].flatMap({ Origin($0) }),
            let stored = reply["stored"]?.integer,
            let page = try page(of: origin, after: stored, limit: rules.sizes.pageRecords, resends: false)
        else { return nil }
        var next = Self.request(request, setting: ["chain": chain])
        next.body = page.body
        return next
    }

    /// The same request with other values of some parameters.
    private static func request(_ request: WireRequest, setting values: [String: String]) -> WireRequest {
        var next = request
        next.query = request.query.map { ($0.0, values[$0.0] ?? $0.1) }
        return next
    }
}
