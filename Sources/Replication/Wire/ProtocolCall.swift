import CanonicalJSON

/// The calls of the sync port: the one table of their names, methods, paths and lanes.
///
/// A call's name is the last part of its path, and `call` of the signed last line of its reply.
public enum ProtocolCall: String, Sendable, CaseIterable {
    case hello, push, pull, snapshot, probe, fetch, receipts, recovered, operations, outcomes

    /// What all paths of the sync port begin with.
    public static let prefix = "/sync/v1/"

    /// The call at a path, whatever the method; nil if there is none.
    public init?(path: String) {
        // Bytes are compared: a combining mark behind the slash belongs to the name.
        guard path.utf8.starts(with: Self.prefix.utf8) else { return nil }
        self.init(rawValue: String(decoding: path.utf8.dropFirst(Self.prefix.utf8.count), as: UTF8.self))
    }

    public var path: String { Self.prefix + rawValue }

    public var method: String {
        switch self {
        case .hello, .push, .snapshot, .probe, .fetch, .receipts, .recovered: "POST"
        case .pull, .operations, .outcomes: "GET"
        }
    }

    /// The largest body of a request, in bytes.
    public var bodyLimit: Int { ReplicationLimits.requestBytes }

    /// The lane in which a department asks.
    public var lane: Lane {
        switch self {
        case .hello, .push, .receipts, .recovered, .operations, .outcomes: .exchange
        case .pull, .snapshot, .probe, .fetch: .read
        }
    }

    /// How an office takes a call in.
    public enum Queue: Sendable, Equatable {
        /// With those that wait for news.
        case pulling
        /// With those that read at length; a snapshot also notes where it began.
        case copying
        /// With the pushes that share the next transaction.
        case pushing
        /// With everything else that writes.
        case writing
    }

    public var queue: Queue {
        switch self {
        case .pull: .pulling
        case .snapshot, .probe, .fetch, .operations, .outcomes: .copying
        case .push: .pushing
        case .hello, .receipts, .recovered: .writing
        }
    }

    /// Whether replies are pages of rows: long enough to be compressed, and judged by what a reader may see.
    public var repliesWithRows: Bool {
        switch self {
        case .pull, .snapshot, .fetch: true
        case .hello, .push, .probe, .receipts, .recovered, .operations, .outcomes: false
        }
    }

    /// As a reply names it.
    var json: JSON { .string(rawValue) }

    /// Whether a signed last line is of a reply to this call.
    func isNamed(in reply: JSONObject) -> Bool { reply["call"] == json }
}

extension WireRequest {
    /// A request of this call, with its method and path.
    public init(_ call: ProtocolCall, query: [(String, String)] = [], body: [UInt8] = []) {
        self.init(call.method, call.path, query: query, body: body)
    }

    /// The call at the request's path, whatever its method; nil if there is none.
    public var call: ProtocolCall? { ProtocolCall(path: path) }
}
