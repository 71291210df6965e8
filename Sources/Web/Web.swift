import Appeals
import Commands
import Desk

/// The site of a node: finds the route of a request, looks who asks, and answers.
///
/// A value that several threads use at once; each request runs on the lane of its route.
package struct Web {
    private let site: WebSite
    private let whoAsks: (WebRequest) throws -> SignedIn?

    package init(_ site: WebSite) { self.init(site) { try SignedIn.of($0, site, isUse: Self.isUse($0)) } }

    /// With another way to tell who asks.
    init(_ site: WebSite, whoAsks: @escaping (WebRequest) throws -> SignedIn?) {
        self.site = site
        self.whoAsks = whoAsks
    }

    /// All places of the site.
    static let routes: [Route] =
        signingIn + codes + secondProof + account + people + TrustPage.routes + API.routes + [OpenAPI.route]

    /// What is known of a request before its body is read: where it will be worked on, and how long the body may be; nil if
    /// there is no such place.
    package static func place(of method: String, _ path: String) -> (lane: WebLane, longest: Int)? {
        route(method, path).map { ($0.route.lane, $0.route.longest) }
    }

    private static func route(_ method: String, _ path: String) -> (route: Route, parameters: [String: String])? {
        let method = method == "HEAD" ? "GET" : method
        for route in routes where route.method == method {
            if let parameters = route.parameters(of: path) { return (route, parameters) }
        }
        return nil
    }

    /// Whether a request prolongs the session; waiting for news does not.
    private static func isUse(_ request: WebRequest) -> Bool {
        route(request.method, request.path)?.route.isUse ?? true
    }

    /// Answers a request, on the lane that `place` gave; what cannot be answered is an answer too.
    package func answer(_ request: WebRequest) -> WebReply {
        guard let (route, parameters) = Self.route(request.method, request.path) else { return nowhere(request) }
        do {
            let person = try whoAsks(request)
            let call = WebCall(
                site: site,
                request: request,
                parameters: parameters,
                person: person,
                language: person?.language
                    ?? Language.asked(request.header("accept-language"), or: site.context.language)
            )
            if let refused = call.refusedEntry(of: route) { return refused }
            return try route.answer(call)
        } catch {
            site.report(error, route.path)
            return failed(500, "failed", request)
        }
    }

    /// There is no such place, or it takes other methods, which the answer names.
    private func nowhere(_ request: WebRequest) -> WebReply {
        let methods = Set(Self.routes.filter { $0.parameters(of: request.path) != nil }.map(\.method)).sorted()
        if methods.isEmpty { return failed(404, "noPlace", request) }
        var reply = failed(405, "wrongMethod", request)
        reply.headers.append(("allow", methods.joined(separator: ", ")))
        return reply
    }

    private func failed(_ status: Int, _ code: String, _ request: WebRequest) -> WebReply {
        if API.has(request.path) { return API.refusal(status, code, request, site) }
        return WebReply(status: status, contentType: "text/plain; charset=utf-8", body: Array("\(status)\n".utf8))
    }
}
