import Replication

/// A department with its disk and its link to the office.
public final class Site {
    /// The department's id, which is its node's.
    public let name: String
    /// Its disk.
    var medium: Medium
    var store: any Store { medium.store }
    /// Its program, made anew whenever its process begins.
    var department: Department
    /// Its side of the conversation, which ends with the process.
    var link: Link
    /// Counts lives of the process: what belonged to a former one is void.
    var life = 0
    /// Nothing goes through in either direction.
    var isCut = false
    /// Its requests do not arrive.
    var isMute = false
    /// Replies do not arrive.
    var isDeaf = false
    /// How far its clock is ahead, in milliseconds, and how fast it moves away from `driftsFrom` on, in parts of a million.
    var skew: Int64 = 0
    var drift: Int64 = 0
    var driftsFrom: Int64 = 0
    /// How many requests it sent, and the newest of them that arrived.
    var sent = 0
    var arrived = 0
    /// Its process stands still until then.
    var sleepsUntil: Int64 = 0
    /// Appeals that inspectors took along, with the assignment under which they were given out.
    var packages: [(appeal: String, assignment: String)] = []
    /// Another process of the same department, on a copy of its disk.
    var isClone = false
    /// Copies of its disk that may be put back, or run beside it.
    var backups: [Medium.Backup] = []
    /// The last replies to each call, which a broken proxy may give again.
    var formerReplies: [String: [(restores: Int, response: WireResponse)]] = [:]
    /// How often its disk was put back.
    var putBacks = 0
    /// Where its reading was seen, for I6.
    var positions = Positions()
    /// In long partitions lanes wake millions of times.
    private var timers = (exchange: 0, read: 0)
    /// What the catch-up that it is making with its slice has cost.
    var catchUp: CatchUpCost.Meter?
    /// What its lanes have asked without a pause.
    var storms = StormWatch()
    /// Lanes whose request is under way.
    var asking: Set<Lane> = []
    /// Whether the process has ended and does not begin again by itself.
    var isStopped = false

    init(name: String, medium: Medium, department: Department, link: Link) {
        self.name = name
        self.medium = medium
        self.department = department
        self.link = link
    }

    /// The rows of its slice that the office confirmed and that it shows, 500 at most.
    func shownRows() throws -> [Row] {
        try store.read { reading in
            guard let stream = try reading.stream(Space.slice(name)) else { return [] }
            return try reading.rows(stream.name, generation: stream.generation, after: "", limit: 500)
        }
    }

    /// A new timer of a lane; the former ones are void.
    func timer(_ lane: Lane) -> Int {
        switch lane {
        case .exchange:
            timers.exchange += 1
            return timers.exchange
        case .read:
            timers.read += 1
            return timers.read
        }
    }

    /// Whether a timer that rings is still the one that the lane waits for.
    func isCurrent(_ lane: Lane, _ timer: Int) -> Bool {
        switch lane {
        case .exchange: timers.exchange == timer
        case .read: timers.read == timer
        }
    }
    /// What its own clock shows at a moment of the city.
    func clock(_ now: Int64) -> Int64 { now + skew + (now - driftsFrom) * drift / 1_000_000 }
}
