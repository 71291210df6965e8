import Replication

/// What befalls a connection beyond loss: it dies at any byte, its key is revoked in the middle.
extension City {
    /// The office's reply, if its key is let in for as long as that takes.
    func answer(_ request: WireRequest, _ site: Site) throws -> WireResponse? {
        if fourth.chance(faults.revocation / 4) {
            count("revoked before its request")
            try revoke(site)
        }
        let response = try serve(request, site)
        if fourth.chance(faults.revocation / 4) {
            count("revoked between request and reply")
            try revoke(site)
        }
        return response
    }

    /// A request of which only the first bytes arrive: the client sees its connection die, the office hears nothing
    /// that is whole.
    ///
    /// Of a push it may get the first lines, as from a server that takes what came for all of it.
    func cut(_ request: WireRequest, _ site: Site, _ failed: @escaping () throws -> Void) {
        count("request cut")
        let length = fourth.below(request.body.count + 1)
        after(1 + Int64(fourth.below(Int(faults.delay)))) { [unowned self] in
            if request.path == "/sync/v1/push", let end = request.body[..<length].lastIndex(of: 10) {
                count("push of the first lines")
                var first = request
                first.body = Array(request.body[...end])
                _ = try serve(first, site)
            }
            try failed()
        }
    }

    /// A reply of which only the first bytes arrive.
    ///
    /// Mostly the client knows how many there should be, and gives none of them to the link; a proxy may have said a
    /// smaller number.
    func cut(_ response: WireResponse, _ arrived: @escaping (WireResponse?) throws -> Void) {
        count("reply cut")
        let length = fourth.below(response.body.count)
        let isKnown = fourth.chance(0.6)
        after(1 + Int64(fourth.below(Int(faults.delay)))) {
            try arrived(isKnown ? nil : WireResponse(status: response.status, body: Array(response.body[..<length])))
        }
    }
}
