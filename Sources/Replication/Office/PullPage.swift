import Appeals
import CanonicalJSON

/// How far a reader's catch-up reaches: what stands in (`since`, `after`] was sent with all that changed up to `until`.
struct CatchUp: Equatable {
    /// The position where the catch-up began.
    let since: Int64
    /// The head that its first reply named.
    let until: Int64

    /// What the next pull says after a reply; nil at the head, where the next catch-up begins with nothing.
    ///
    /// A page that reaches beyond `until` carried all that its appeals changed up to its own head: from there on the
    /// catch-up is a new one.
    static func after(_ former: CatchUp?, from: Int64, to: Int64, head: Int64) -> CatchUp? {
        guard to < head else { return nil }
        guard let former else { return CatchUp(since: from, until: head) }
        return to < former.until ? former : CatchUp(since: former.until, until: head)
    }

    /// The same, from the last line of a reply that the reader has applied.
    static func after(_ former: CatchUp?, _ reply: JSONObject) -> CatchUp? {
        guard let from = reply["from"]?.integer, let to = reply["to"]?.integer, let head = reply["head"]?.integer else {
            return nil
        }
        return after(former, from: from, to: to, head: head)
    }

    /// As a request names it beside its position.
    var query: [(String, String)] { [("since", String(since)), ("until", String(until))] }

    /// A catch-up in which every change of (`since`, `until`] is sent once.
    init(since: Int64, until: Int64) { (self.since, self.until) = (since, until) }

    /// Nil without both.
    init?(_ request: WireRequest) {
        guard let since = request.number("since"), let until = request.number("until") else { return nil }
        self.init(since: since, until: until)
    }
}

/// Writes one page of a pull, in which every change goes out once.
///
/// A line at the first `enter` or `put` of an appeal carries all that changed up to the head, also beyond the page. What
/// has such a line before it in the catch-up needs none up to `until`; beyond it only what changed there is sent.
struct PullPage {
    let office: Office
    let record: StreamRecord
    let reading: any StoreReading
    let after: Int64
    let catchUp: CatchUp
    let projection: ProjectionInForce
    private let seal: Seal?
    /// What is known about the groups on this page; each is looked up once.
    private var groups: [Group: State] = [:]

    /// Entries that one line can stand for: of an appeal, in one tenure, with one effect at the reader.
    private struct Group: Hashable {
        let key: String
        let tenure: Int64
        let effect: Effect
    }

    /// What an entry does at its reader; entries of one effect can be sent as one.
    private enum Effect { case row, outcome, leave, erase }

    /// Where the line stands that covers a group's entries.
    private enum State {
        /// The catch-up sent nothing of it before this page.
        case fresh
        /// Already sent, with everything up to `until`.
        case sent
        /// This page already has its line.
        case told
    }

    /// A hint that is missing or cannot be true is ignored: the page stands on its own.
    init(_ office: Office, _ record: StreamRecord, _ reading: any StoreReading, after: Int64, hint: CatchUp?) throws {
        self.office = office
        self.record = record
        self.reading = reading
        self.after = after
        seal = try Seal(reading)
        projection = try ProjectionInForce(office, reading)
        catchUp = office.rules.catchUp(hint, before: after)
    }

    /// The page, and the last entry that it covers; nil if there is none beyond `after`.
    ///
    /// A full page moves on over numbers without a line; how many it reads is bounded.
    mutating func write(limit: Int) throws -> (page: PageWriter, reached: EntryRecord?) {
        var page = PageWriter(limit: limit, office.rules.sizes)
        var reached: EntryRecord?
        var read = 0
        while read < office.rules.sizes.entriesRead {
            let entries = try reading.entries(
                record.name,
                after: reached?.sequence ?? after,
                limit: office.rules.sizes.pageRecords
            )
            try reading.hint { hints(of: entries) }
            for entry in entries {
                if try needsLine(entry) {
                    if page.isFull { return (page, reached) }
                    if let line = try line(for: entry) { page.append(line) }
                }
                reached = entry
            }
            read += entries.count
            guard entries.count == office.rules.sizes.pageRecords else { break }
        }
        return (page, reached)
    }

    /// What the lines of these entries are made of.
    private func hints(of entries: [EntryRecord]) -> [StoreHint] {
        let isSlice = record.name.hasPrefix("slice:")
        let space = isSlice ? Space.appeals : record.name
        return Set(entries.filter { $0.kind != .none }.map(\.key)).sorted().flatMap { key in
            (isSlice ? [StoreHint.tenure(stream: record.name, key: key)] : []) + [.row(space: space, key: key)]
        }
    }

    /// The group of an entry; nil for a number whose entry was compacted away.
    private func group(of entry: EntryRecord) -> Group? {
        let effect: Effect
        switch entry.kind {
        case .none: return nil
        case .enter, .put: effect = .row
        case .outcome: effect = .outcome
        case .leave: effect = .leave
        case .erase: effect = .erase
        }
        return Group(key: entry.key, tenure: entry.tenure, effect: effect)
    }

    /// Whether an entry gets a line of its own on this page.
    private mutating func needsLine(_ entry: EntryRecord) throws -> Bool {
        guard let group = group(of: entry) else { return false }
        let state = try groups[group] ?? (wasSent(group) ? .sent : .fresh)
        groups[group] = state
        switch state {
        case .fresh: return true
        case .sent: return entry.sequence > catchUp.until
        case .told: return false
        }
    }

    /// Whether an entry of the group stands in the part of the catch-up that was read.
    private func wasSent(_ group: Group) throws -> Bool {
        guard catchUp.since < after else { return false }
        return try first(of: group, after: catchUp.since, upTo: after) { _ in true }
    }

    /// The line of a group at its first entry that needs one.
    private mutating func line(for entry: EntryRecord) throws -> [UInt8]? {
        guard let group = group(of: entry) else { return nil }
        let begin = groups[group] == .sent ? max(after, catchUp.until) : after
        groups[group] = .told
        var entry = entry
        switch entry.kind {
        case .put: entry.changed = try changed(group, after: begin)
        case .leave: entry.commit = try departure(group, entry)
        case .none, .enter, .outcome, .erase: break
        }
        return try office.line(entry, stream: record.name, seal, by: projection.all, reading)
    }

    /// Names of all that the group's puts changed up to the head.
    private func changed(_ group: Group, after begin: Int64) throws -> [ItemName] {
        var names: Set<ItemName> = []
        let end = office.rules.lastChange(in: record, after: after)
        _ = try first(of: group, after: begin, upTo: end) {
            names.formUnion($0.changed)
            return false
        }
        return names.sorted()
    }

    /// The commit with which a tenure ended; entries scrubbed before it carry that commit too.
    private func departure(_ group: Group, _ entry: EntryRecord) throws -> Int64 {
        var commit = entry.commit
        _ = try first(of: group, after: entry.sequence, upTo: record.head) {
            commit = $0.commit
            return false
        }
        return commit
    }

    /// Visits a group's entries in (`after`, `last`] until the body returns true.
    private func first(
        of group: Group,
        after: Int64,
        upTo last: Int64,
        _ isFound: (EntryRecord) -> Bool
    ) throws -> Bool {
        var after = after
        while true {
            let entries = try reading.entries(
                record.name,
                key: group.key,
                after: after,
                limit: office.rules.sizes.chunk
            )
            for entry in entries {
                guard entry.sequence <= last else { return false }
                if self.group(of: entry) == group, isFound(entry) { return true }
            }
            guard entries.count == office.rules.sizes.chunk, let end = entries.last else { return false }
            after = end.sequence
        }
    }
}
