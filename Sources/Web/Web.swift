import Appeals
import Commands
import Desk

/// The site of a node: finds the route of a request, looks who asks, and answers.
///
/// A value that several threads use at once; each request runs on the lane of its route.
package struct Web {
    let site: WebSite
    /// Who sent a request; whether that prolongs a session.
    private let whoAsks: (WebRequest, _ isUse: Bool) throws -> SignedIn?

    package init(_ site: WebSite) { self.init(site) { try SignedIn.of($0, site, isUse: $1) } }

    /// With another way to tell who asks.
    init(_ site: WebSite, whoAsks: @escaping (WebRequest, _ isUse: Bool) throws -> SignedIn?) {
        self.site = site
        self.whoAsks = whoAsks
    }

    /// All places of the site, the longer paths first: an index with a slash and a word behind it are told apart by that.
    static let routes: [Route] =
        (Assets.routes + Screens.routes + signingIn + codes + secondProof + account + tokens + people
        + DirectoryPages.routes + ImportPages.routes + HelpPages.routes + AccessibilityPage.routes + TrustPage.routes
        + FormPages.routes + SetupPage.routes + API.routes + [OpenAPI.route, ChangeStream.route])
        .sorted { $0.length > $1.length }

    /// What is known of a request before its body is read: where it will be worked on, and how long the body may be; nil if
    /// there is no such place.
    package static func place(of method: String, _ path: String) -> (lane: WebLane, longest: Int)? {
        route(method, path).map { ($0.route.lane, $0.route.longest) }
    }

    private static func route(_ method: String, _ path: String) -> (route: Route, parameters: [String: String])? {
        let method = method == "HEAD" ? "GET" : method
        let path = Route.segments(path)
        for route in routes where route.method == method {
            if let parameters = route.parameters(of: path) { return (route, parameters) }
        }
        return nil
    }

    /// Answers a request, on the lane that `place` gave; what cannot be answered is an answer too.
    package func answer(_ request: WebRequest) -> WebReply {
        var reply = answered(request)
        if let language = Tongue.chosen(in: request) {
            reply.headers.append(Tongue.keeping(language, isSecure: request.isSecure))
        }
        return reply.dressed(isSecure: request.isSecure)
    }

    private func answered(_ request: WebRequest) -> WebReply {
        let found = Self.route(request.method, request.path)
        do {
            var call = call(request, found?.parameters ?? [:], try whoAsks(request, found?.route.isUse ?? true))
            call.whoAsks = { [whoAsks] in try whoAsks(request, false) }
            guard let route = found?.route else { return nowhere(call) }
            if let refused = call.refusedEntry(of: route) { return refused }
            do { return try route.answer(call) } catch let error as DeskError where !API.has(request.path) {
                return call.refusalPage(error)
            }
        } catch {
            site.report(error, found?.route.path ?? "")
            return API.has(request.path)
                ? API.refusal(500, "failed", request, site) : call(request, [:], nil).troubled()
        }
    }

    private func call(_ request: WebRequest, _ parameters: [String: String], _ person: SignedIn?) -> WebCall {
        WebCall(
            site: site,
            request: request,
            parameters: parameters,
            person: person,
            language: Tongue.chosen(in: request) ?? person?.language
                ?? Tongue.language(of: request, else: site.context.language)
        )
    }

    /// There is no such place, or it takes other methods, which the answer names.
    private func nowhere(_ call: WebCall) -> WebReply {
        let path = call.request.path
        let segments = Route.segments(path)
        let methods = Set(Self.routes.filter { $0.parameters(of: segments) != nil }.map(\.method)).sorted()
        let (status, code) = methods.isEmpty ? (404, "noPlace") : (405, "wrongMethod")
        var reply =
            API.has(path) ? API.refusal(status, code, call.request, site) : call.nothingHere(status: status)
        if !methods.isEmpty { reply.headers.append(("allow", methods.joined(separator: ", "))) }
        return reply
    }
}
