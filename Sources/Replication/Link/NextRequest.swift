import Appeals
import CanonicalJSON
import Cryptography

/// What a lane will ask next, so that a node may ask it while it still applies the reply to `request`.
///
/// A guess is never needed: it is used only if the link then asks the same, word for word. Its reply was not verified
/// yet: whoever forged it only makes a page in vain, and a page that is sent twice has the outcomes of the first time.
extension Department {
    /// The request that will follow `request` if the reply holds and nothing else happens; nil if that cannot be told.
    ///
    /// Only for pages of a snapshot, a pull or a push. `body` need not be verified. Throws what the store throws.
    public func predictNextRequest(after request: WireRequest, reply body: [UInt8]) throws -> WireRequest? {
        guard let line = Lines.last(body), let last = SignedReply(Array(line)) else { return nil }
        switch request.path {
        case "/sync/v1/snapshot":
            return last.reply["next"]?.string.map { Self.request(request, setting: ["after": $0]) }
        case "/sync/v1/pull":
            guard request["wait"] == nil, let to = last.reply["to"]?.integer, let mark = last.reply["mark"]?.string,
                let catchUp = CatchUp.after(CatchUp(request), last.reply)
            else { return nil }
            var next = Self.request(request, setting: ["after": String(to), "mark": mark])
            next.query.removeAll { name, _ in name == "since" || name == "until" }
            if rules.catchUpNamed { next.query += catchUp.query }
            return next
        case "/sync/v1/push":
            return try push(after: request, last.reply, chain: SHA256.hash(Array(line)).hex)
        default: return nil
        }
    }

    /// Only after a full page, since what is added meanwhile would make the guess a wrong one.
    private func push(after request: WireRequest, _ reply: JSONObject, chain: String) throws -> WireRequest? {
        let isFull =
            Lines.split(request.body).count == rules.sizes.pageRecords
            || request.body.count > rules.sizes.pageBytes - Limits.operation
        // After a restore of the office former outcomes go along with a page: what they are the link alone knows.
        let isOwnEpoch = try store.read { try $0.value("epoch") } == request["epoch"]
        guard isFull, isOwnEpoch, let origin = request["origin"].flatMap({ Origin($0) }),
            let stored = reply["stored"]?.integer,
            let page = try page(of: origin, after: stored, limit: rules.sizes.pageRecords, resends: false)
        else { return nil }
        var next = Self.request(request, setting: ["chain": chain])
        next.body = page.body
        return next
    }

    private static func request(_ request: WireRequest, setting values: [String: String]) -> WireRequest {
        var next = request
        next.query = request.query.map { ($0.0, values[$0.0] ?? $0.1) }
        return next
    }
}
