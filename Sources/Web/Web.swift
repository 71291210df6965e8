import Appeals
import Commands
import Desk

/// The site of a node: finds the route of a request, looks who asks, and answers.
///
/// A value that several threads use at once; each request runs on the lane of its route.
package struct Web {
    private let site: WebSite

    package init(_ site: WebSite) { self.site = site }

    /// All places of the site.
    static let routes: [Route] = []

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

    /// Answers a request, on the lane that `place` gave; what cannot be answered is an answer too.
    package func answer(_ request: WebRequest) -> WebReply {
        guard let (route, parameters) = Self.route(request.method, request.path) else {
            return WebReply(status: 404, contentType: "text/plain; charset=utf-8", body: Array("404\n".utf8))
        }
        do {
            let person = try SignedIn.of(request, site)
            let call = WebCall(
                site: site,
                request: request,
                parameters: parameters,
                person: person,
                language: site.context.language
            )
            guard person != nil || route.entry == .open else { return .seeOther("/sign-in") }
            return try route.answer(call)
        } catch {
            return WebReply(status: 500, contentType: "text/plain; charset=utf-8", body: Array("500\n".utf8))
        }
    }
}
