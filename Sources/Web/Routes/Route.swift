import Appeals
import Commands
import Desk

/// One place of the site: a method and a path, who may come in, and what is answered.
///
/// `/cards/{appeal}` takes any one segment as the parameter `appeal`, `/cards/{appeal+}` one or more, since an index has
/// a slash (`Б-57/2`); one of these at most. `Web.routes` has them all; nothing is answered that has no row there.
struct Route: Sendable {
    /// Who may come in.
    enum Entry: Sendable, Equatable {
        /// Anybody: the sign-in page, assets.
        case open
        /// Whoever is signed in; pages lead others to the sign-in page, the API refuses them. What changes something
        /// must prove that a page of the session asks (`SignedIn.mayAct`), and waits until a second proof is set up.
        case signedIn
        /// Whoever is signed in, by the cookie alone: what ends the session, or shows the password itself.
        case proving
        /// As `signedIn`, also for somebody who has to set up a second proof first.
        case settingUp
    }

    let method: String
    let path: String
    let lane: WebLane
    let entry: Entry
    /// Bytes of a body at most.
    let longest: Int
    /// Whether asking it prolongs a session; waiting for news does not.
    let isUse: Bool
    let answer: @Sendable (WebCall) throws -> WebReply

    init(
        _ method: String,
        _ path: String,
        lane: WebLane? = nil,
        entry: Entry = .signedIn,
        longest: Int = 0,
        isUse: Bool = true,
        _ answer: @escaping @Sendable (WebCall) throws -> WebReply
    ) {
        self.method = method
        self.path = path
        self.lane = lane ?? (method == "GET" ? .reading : .acting)
        self.entry = entry
        self.longest = longest
        self.isUse = isUse
        self.answer = answer
        segments = Self.segments(path)
    }

    private let segments: [Substring]
    /// Segments of the path.
    var length: Int { segments.count }

    /// A path as routes compare it; split once, whatever number of routes is asked.
    static func segments(_ path: String) -> [Substring] {
        path.split(separator: "/", omittingEmptySubsequences: false)
    }

    /// The parameters of a path that is one of this route; nil if it is none.
    func parameters(of path: [Substring]) -> [String: String]? {
        var given = path
        if let long = segments.firstIndex(where: { $0.hasSuffix("+}") }), given.count > segments.count {
            let last = long + given.count - segments.count
            given.replaceSubrange(long...last, with: [Substring(given[long...last].joined(separator: "/"))])
        }
        guard given.count == segments.count else { return nil }
        var parameters: [String: String] = [:]
        for (wanted, segment) in zip(segments, given) {
            if wanted.hasPrefix("{"), wanted.hasSuffix("}") {
                guard !segment.isEmpty else { return nil }
                parameters[String(wanted.dropFirst().prefix { $0 != "+" && $0 != "}" })] = String(segment)
            } else if wanted != segment {
                return nil
            }
        }
        return parameters
    }
}

/// One request on its way to an answer: where, from whom, in which language.
struct WebCall: PageMaking {
    let site: WebSite
    let request: WebRequest
    /// What the braces of the route's path took.
    let parameters: [String: String]
    /// Nil only where the route is open.
    let person: SignedIn?
    let language: Language
    /// Who asks still, while an answer goes on; it is no use of a session.
    var whoAsks: () throws -> SignedIn? = { nil }

    var now: Int64 { site.now }
    /// The use cases for who asks.
    var desk: Desk { Desk(site.context.place, person?.who ?? .anybody) }
    /// What commands need, for who asks.
    func context(_ asking: Asking = Asking()) -> CommandContext {
        site.context.asked(by: person?.who ?? .anybody, asking)
    }
}
