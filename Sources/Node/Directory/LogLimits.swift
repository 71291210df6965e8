/// How many lines one cause may write into the log: an attacker, or a broken neighbour, must not fill the disk or hide others.
struct LogLimits {
    /// Milliseconds in which lines are counted.
    static let window: Int64 = 60_000
    /// Lines of one cause and one peer in a window, and of one cause by whomever.
    static let ofPeer = 20
    static let ofCause = 200
    /// Peers remembered for a cause; those beyond share a count.
    static let peers = 1_024

    private struct Cause {
        var since: Int64
        var lines = 0
        var ofPeer: [String: Int] = [:]
        var leftOut = 0
    }

    /// What was left out of a window that is over.
    struct LeftOut: Equatable {
        let code: String
        let lines: Int
        let peers: Int
    }

    /// By code words, of which the program has a fixed number.
    private var causes: [String: Cause] = [:]

    /// Whether a line may be written.
    mutating func admits(_ code: String, _ peer: String, now: Int64) -> Bool {
        var cause = causes[code] ?? Cause(since: now)
        defer { causes[code] = cause }
        let who = cause.ofPeer[peer] != nil || cause.ofPeer.count < Self.peers ? peer : ""
        cause.ofPeer[who, default: 0] += 1
        guard cause.lines < Self.ofCause, cause.ofPeer[who, default: 0] <= Self.ofPeer else {
            cause.leftOut += 1
            return false
        }
        cause.lines += 1
        return true
    }

    /// Ends the windows that are over; gives what was left out in them.
    mutating func ended(now: Int64) -> [LeftOut] {
        var left: [LeftOut] = []
        for (code, cause) in causes where now - cause.since >= Self.window || now < cause.since {
            causes[code] = nil
            if cause.leftOut > 0 { left.append(LeftOut(code: code, lines: cause.leftOut, peers: cause.ofPeer.count)) }
        }
        return left.sorted { $0.code < $1.code }
    }
}
