import Replication

/// What befalls a connection beyond loss: it dies at any byte, its key is revoked in the middle.
extension City {
    /// The office's reply, if its key is let in for as long as that takes.
    func answer(_ request: WireRequest, _ site: Site) throws -> WireResponse? {
        if fourth.chance(faults.revocation / 4) {
            count("revoked before its request")
            try revoke(site)
        }
        let response = try serve(request, site, inPieces: request.call == .push)
        if fourth.chance(faults.revocation / 4) {
            count("revoked between request and reply")
            try revoke(site)
        }
        return response
    }

    /// What is to happen in a department's process happens when it runs: one that stands still finds all of it later.
    func whenAwake(_ site: Site, _ run: @escaping Run) throws {
        guard site.sleepsUntil > now else { return try run(self) }
        after(site.sleepsUntil - now, in: site, run)
    }

    /// A department's process stands still: a debugger, a machine that is moved, a disk that does not answer.
    func pause(_ site: Site) {
        let length: Int64 = fifth.pick([50, 2_000, 9_500, 10_500, 60_000, 600_000]) ?? 0
        count(length < 10_000 ? "pause" : "pause beyond a request")
        note("\(site.name) stands still for \(length) ms")
        site.sleepsUntil = now + length
    }

    /// What a hotel's network, a proxy or a wrong server says instead of the office, which hears nothing.
    private static let pages: [WireResponse] = [
        WireResponse(status: 200, body: Array("<html><body>Увійдіть до мережі</body></html>".utf8)),
        WireResponse(status: 200, body: []),
        WireResponse(status: 200, body: Array(#"{"reply":{"epoch":"#.utf8)),
        WireResponse(status: 302, body: Array("<a href=\"http://login.example/\">".utf8)),
        WireResponse(status: 407, body: []), WireResponse(status: 502, body: Array("Bad Gateway\n".utf8)),
        WireResponse(status: 404, body: Array(#"{"error":"noSuchPage"}"#.utf8)),
    ]

    /// The reply comes from somebody who is not the office.
    func portal(_ finish: @escaping Finish) {
        guard let page = fifth.pick(Self.pages) else { return }
        count("foreign page")
        after(1 + Int64(fifth.below(Int(faults.delay)))) { try finish($0, page) }
    }

    /// A request of which only the first bytes arrive: the client sees its connection die, the office hears nothing
    /// that is whole.
    ///
    /// Of a push it may get the first lines, as from a server that takes what came for all of it.
    func cut(_ request: WireRequest, _ site: Site, _ finish: @escaping Finish) {
        count("request cut")
        let length = fourth.below(request.body.count + 1)
        after(1 + Int64(fourth.below(Int(faults.delay)))) { city in
            if request.call == .push, let end = request.body[..<length].lastIndex(of: 10) {
                city.count("push of the first lines")
                var first = request
                first.body = Array(request.body[...end])
                _ = try city.serve(first, site)
            }
            try finish(city, nil)
        }
    }

    /// A reply of which only the first bytes arrive.
    ///
    /// Mostly the client knows how many there should be, and gives none of them to the link; a proxy may have said a
    /// smaller number.
    func cut(_ response: WireResponse, _ finish: @escaping Finish) {
        count("reply cut")
        let length = fourth.below(response.body.count)
        let isKnown = fourth.chance(0.6)
        after(1 + Int64(fourth.below(Int(faults.delay)))) {
            try finish($0, isKnown ? nil : WireResponse(status: response.status, body: Array(response.body[..<length])))
        }
    }
}
