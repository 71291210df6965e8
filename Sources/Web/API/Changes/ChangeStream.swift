import Appeals
import Commands
import Desk
import Replication

/// One answer that tells news for as long as its listener is signed in.
///
/// Waiting is no use of a session, and each time it is asked who listens, and what they may read. Between two calls it keeps a
/// position and the request: less than 32 KiB.
///
/// Unchecked: it is asked by one thread at a time.
final class ChangeStream: @unchecked Sendable {
    static let path = Endpoint.prefix + "/changes"
    static let route = Route("GET", path, isUse: false) { call in
        let stream = try ChangeStream(call)
        var reply = WebReply(status: 200, contentType: "text/event-stream", headers: API.headers)
        reply.stream = WebStream { stream.next($0) }
        return reply
    }

    private let call: WebCall
    private let user: String
    private let seal: PositionSeal
    private var position: ChangePosition?

    /// After how many milliseconds a browser comes again.
    private static let retry = 3_000

    init(_ call: WebCall) throws {
        self.call = call
        user = call.person?.user ?? ""
        // Sessions have it, so that whoever is signed in finds one.
        let key = try call.site.context.store.read { try $0.value(Values.accessKey) }
        seal = PositionSeal(key: key ?? [], node: call.site.node, user: user)
        position = try call.request.header("last-event-id").flatMap { try ChangePosition($0, seal) }
    }

    /// What to send now; nil at the end of the session, and where the store fails.
    func next(_ cause: WebStream.Cause) -> [UInt8]? {
        do {
            guard let person = try call.whoAsks(), person.user == user else { return nil }
            switch cause {
            case .begun: return Array("retry: \(Self.retry)\n\n".utf8) + (try begun(person))
            case .changed: return try news(person)
            case .time:
                let news = try news(person)
                return news.isEmpty ? Array(":\n\n".utf8) : news
            }
        } catch {
            call.site.report(error, Self.path)
            return nil
        }
    }

    /// Who comes for the first time hears where the node stands; who comes again what they missed.
    private func begun(_ person: SignedIn) throws -> [UInt8] {
        guard position == nil else { return try news(person) }
        let desk = Desk(call.site.context.place, person.who)
        let now = try desk.read { try ChangePosition(now: desk, $0) }
        position = now
        // Of a position that is not this listener's nothing is known: what they show may be old.
        return (call.request.header("last-event-id") == nil ? [] : Self.reload) + (try told(now))
    }

    private func news(_ person: SignedIn) throws -> [UInt8] {
        guard let position else { return try begun(person) }
        let desk = Desk(call.site.context.place, person.who)
        let news = try desk.read { try News(after: position, desk, $0) }
        self.position = news.position
        guard let events = news.events else { return try Self.reload + told(news.position) }
        // What they may not read leaves no trace, not even another position.
        return events.isEmpty ? [] : try events.flatMap(\.bytes) + told(news.position)
    }

    private static let reload = Array("event: reload\ndata: {}\n\n".utf8)

    private func told(_ position: ChangePosition) throws -> [UInt8] {
        Array("id: \(try position.text(seal))\n\n".utf8)
    }
}
