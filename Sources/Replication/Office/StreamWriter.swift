import Appeals
import CanonicalJSON
import Cryptography

/// Publishes what a commit did: entries in every stream that it concerns, with tenures and digests (DESIGN.md "Slices").
///
/// One writer serves one transaction: it keeps the records of the streams that it touched and puts them back once.
final class StreamWriter {
    private let transaction: any StoreTransaction
    private let office: String
    private let epoch: String
    private let rules: Rules
    /// The projection on which the digests of tenures are based.
    let projection: Projection
    private let now: Int64
    private var touched: [String: StreamRecord] = [:]

    /// A writer for one transaction, at `now` (unix ms); `projection` is the one on which the stored digests are based.
    init(
        _ transaction: any StoreTransaction,
        office: String,
        epoch: String,
        rules: Rules,
        projection: Projection,
        now: Int64
    ) {
        self.projection = projection
        self.transaction = transaction
        self.office = office
        self.epoch = epoch
        self.rules = rules
        self.now = now
    }

    /// Names of the streams that got entries, sorted.
    var streams: [String] { touched.keys.sorted() }

    /// Writes the touched streams' records back.
    func flush() throws {
        for name in streams { if let record = touched[name] { try transaction.putStream(record) } }
    }

    /// A stream's record as this writer has it, begun in this epoch if there is none.
    private func record(_ name: String) throws -> StreamRecord {
        try touched[name] ?? transaction.stream(name) ?? StreamRecord(name: name, epoch: epoch)
    }

    // MARK: appeals

    /// Publishes a changed appeal to every department that has or had it.
    func publish(_ appeal: Appeals.Aggregate, changed: [ItemName], commit: Int64, today: CivilDate) throws {
        let views = Slice.views(of: rules.givingGrounds(appeal), today: today, office: office)
        var open: [String: TenureRecord] = [:]
        var last: [String: Int64] = [:]
        for tenure in try transaction.tenures(key: appeal.id) {
            last[tenure.stream] = tenure.tenure
            if tenure.isOpen { open[tenure.stream] = tenure }
        }
        try leaveParty(appeal, views, Set(last.keys), commit: commit)
        let departments = Set(views.keys).union(
            open.keys.compactMap { $0.hasPrefix("slice:") ? String($0.dropFirst(6)) : nil }
        )
        for department in departments.sorted() {
            let stream = Space.slice(department)
            let view = views[department]
            guard let view else {
                if let tenure = open[stream] { try leave(tenure, commit: commit) }
                continue
            }
            let next = TenureRecord(
                stream: stream,
                key: appeal.id,
                tenure: (last[stream] ?? 0) + 1,
                view: view.text,
                isOpen: true,
                opened: 0,
                digest: SHA256.hash(view.project(appeal, by: [projection]).bytes),
                ends: Slice.lastDay(of: appeal)?.description ?? "",
                projection: projection.version
            )
            guard let former = open[stream] else {
                try enter(next, commit: commit)
                continue
            }
            if former.view == view.text, former.projection == projection.version {
                let visible = view.visible(changed, of: appeal, by: [projection])
                try put(former, as: next, changed: visible, commit: commit)
            } else {
                try replace(former, with: next, commit: commit)
            }
        }
    }

    /// A department that registered a complaint about itself still has its own record of it; the appeal leaves it at
    /// once, like any other.
    private func leaveParty(
        _ appeal: Appeals.Aggregate,
        _ views: [String: View],
        _ known: Set<String>,
        commit: Int64
    ) throws {
        guard let home = appeal.register("home")?.string, home != office, views[home] == nil else { return }
        let stream = Space.slice(home)
        guard !known.contains(stream) else { return }
        let tenure = TenureRecord(
            stream: stream,
            key: appeal.id,
            tenure: 1,
            view: Party.home.rawValue,
            isOpen: true,
            opened: 0,
            digest: .zero,
            projection: projection.version
        )
        try enter(tenure, commit: commit)
        if let tenure = try transaction.tenure(stream, key: appeal.id) { try leave(tenure, commit: commit) }
    }

    private func enter(_ tenure: TenureRecord, commit: Int64) throws {
        var tenure = tenure
        tenure.opened = try append(
            tenure.stream,
            .enter,
            key: tenure.key,
            tenure: tenure.tenure,
            commit: commit,
            changed: []
        ) { record in
            record.digest.add(tenure.digest)
            record.rows += 1
        }
        try dropPurge(of: tenure.key, in: tenure.stream)
        try transaction.putTenure(tenure)
    }

    /// Begins the next tenure of a department that keeps a ground.
    private func replace(_ former: TenureRecord, with next: TenureRecord, commit: Int64) throws {
        try rules.inOneEntry {
            try enter(next, after: former, commit: commit)
        } insteadOf: {
            try leave(former, commit: commit)
            try enter(next, commit: commit)
        }
    }

    /// An `enter` alone, whose row replaces the former whole.
    ///
    /// Entries of the former tenure are removed from the stream: nobody is to receive them any more.
    private func enter(_ next: TenureRecord, after former: TenureRecord, commit: Int64) throws {
        try scrub(former, to: .none)
        var next = next
        next.opened = try append(
            next.stream,
            .enter,
            key: next.key,
            tenure: next.tenure,
            commit: commit,
            changed: []
        ) { record in
            record.digest.subtract(former.digest)
            record.digest.add(next.digest)
        }
        try transaction.putTenure(next)
        try owePurge(of: former, commit: commit, sequence: next.opened)
    }

    /// Publishes the named changes within a tenure, with its new digest; without any, no entry is written.
    private func put(_ former: TenureRecord, as tenure: TenureRecord, changed: [ItemName], commit: Int64) throws {
        var tenure = tenure
        (tenure.tenure, tenure.opened) = (former.tenure, former.opened)
        guard !changed.isEmpty else {
            // The day on which the grounds end is not visible to the reader.
            tenure.digest = former.digest
            if tenure != former { try transaction.putTenure(tenure) }
            return
        }
        _ = try append(tenure.stream, .put, key: tenure.key, tenure: tenure.tenure, commit: commit, changed: changed) {
            record in
            record.digest.subtract(former.digest)
            record.digest.add(tenure.digest)
        }
        try transaction.putTenure(tenure)
    }

    /// Begins the next tenure of a row of a former projection, if its reader is now to see something different.
    ///
    /// `isDirect`: no other projection was in force since. Otherwise the row may have been sent with fewer items,
    /// though it looks the same now.
    func reproject(
        _ former: TenureRecord,
        of appeal: Appeals.Aggregate,
        isDirect: Bool,
        commit: () -> Int64
    ) throws {
        guard let view = View(department: String(former.stream.dropFirst(6)), text: former.view) else { return }
        var next = former
        next.projection = projection.version
        next.digest = SHA256.hash(view.project(appeal, by: [projection]).bytes)
        guard next.digest != former.digest || !isDirect else { return try transaction.putTenure(next) }
        next.tenure += 1
        try replace(former, with: next, commit: commit())
    }

    /// Turns every `enter` and `put` of a tenure into `kind`, so that no later reader receives its rows.
    private func scrub(_ tenure: TenureRecord, to kind: EntryRecord.Kind) throws {
        var after = tenure.opened - 1
        while true {
            let entries = try transaction.entries(
                tenure.stream,
                key: tenure.key,
                after: after,
                limit: rules.sizes.chunk
            )
            for var entry in entries where rules.isScrubbed(entry, with: tenure) {
                entry.kind = kind
                entry.changed = []
                try transaction.replaceEntry(tenure.stream, entry)
            }
            guard entries.count == rules.sizes.chunk, let last = entries.last else { return }
            after = last.sequence
        }
    }

    /// Closes a tenure: its entries in the stream become `leave`, so that a reader that was offline never receives
    /// them.
    private func leave(_ tenure: TenureRecord, commit: Int64) throws {
        try scrub(tenure, to: rules.scrubbed)
        let sequence = try append(
            tenure.stream,
            rules.departure,
            key: tenure.key,
            tenure: tenure.tenure,
            commit: commit,
            changed: []
        ) { record in
            record.digest.subtract(tenure.digest)
            record.rows -= 1
        }
        var closed = tenure
        closed.isOpen = false
        closed.digest = .zero
        try transaction.putTenure(closed)
        try owePurge(of: tenure, commit: commit, sequence: sequence)
    }

    /// Opens the node's debt of a receipt for an ended tenure; of several, the newest is enough.
    private func owePurge(of tenure: TenureRecord, commit: Int64, sequence: Int64) throws {
        try dropPurge(of: tenure.key, in: tenure.stream)
        var debt = DebtRecord(.purge, node: Space.reader(of: tenure.stream), subject: tenure.key, at: now)
        debt.tenure = tenure.tenure
        debt.epoch = epoch
        debt.commit = commit
        debt.sequence = sequence
        try transaction.openDebt(debt)
    }

    /// Closes the node's earlier debt because it gets the appeal again or must erase it.
    private func dropPurge(of key: String, in stream: String) throws {
        for kind in [DebtRecord.Kind.purge, .secondReceipt] {
            try transaction.settleDebt(kind, node: Space.reader(of: stream), subject: key, as: .dropped, at: now)
        }
    }

    /// Ends every open tenure of an appeal that is hidden until a person decides.
    func withdraw(_ key: String, commit: Int64) throws {
        for tenure in try transaction.tenures(key: key) where tenure.isOpen { try leave(tenure, commit: commit) }
    }

    /// Erases an appeal everywhere it is: open tenures end with `erase`, which goes before everything.
    ///
    /// Departments that wrote about it are told too: a restored office may not know that they ever held it.
    func erase(_ key: String, authors: Set<String>, commit: Int64) throws {
        var streams: Set<String> = []
        for tenure in try transaction.tenures(key: key) {
            if tenure.isOpen { try leave(tenure, commit: commit) }
            streams.insert(tenure.stream)
            try dropPurge(of: key, in: tenure.stream)
            _ = try append(tenure.stream, .erase, key: key, tenure: tenure.tenure, commit: commit, changed: []) { _ in }
        }
        for stream in authors.map(Space.slice).sorted() where !streams.contains(stream) {
            _ = try append(stream, .erase, key: key, tenure: 0, commit: commit, changed: []) { _ in }
        }
    }

    // MARK: streams without projection

    /// Publishes a row of `reference` or of a `node:` stream, whose space holds it as it is.
    func publish(_ row: Row, in stream: String, kind: EntryRecord.Kind, changed: [ItemName], commit: Int64) throws {
        let former = try transaction.row(stream, generation: 0, key: row.key)
        try transaction.putRow(stream, generation: 0, row)
        let entry: EntryRecord.Kind = former == nil || kind == .outcome ? (kind == .outcome ? .outcome : .enter) : .put
        _ = try append(stream, entry, key: row.key, tenure: 1, commit: commit, changed: changed) { record in
            if let former { record.digest.subtract(former.digest) } else { record.rows += 1 }
            record.digest.add(row.digest)
        }
    }

    // MARK: numbers

    /// Gives the next sequence inside the committing transaction, with its mark.
    private func append(
        _ stream: String,
        _ kind: EntryRecord.Kind,
        key: String,
        tenure: Int64,
        commit: Int64,
        changed: [ItemName],
        _ change: (inout StreamRecord) -> Void
    ) throws -> Int64 {
        var record = try record(stream)
        record.head += 1
        record.mark = StreamMark.next(record.mark, commit: commit, key: key)
        record.commit = commit
        change(&record)
        touched[stream] = record
        try transaction.appendEntry(
            stream,
            EntryRecord(
                sequence: record.head,
                kind: kind,
                key: key,
                tenure: tenure,
                commit: commit,
                mark: record.mark,
                changed: changed
            )
        )
        return record.head
    }
}

/// Marks: what makes a position more than a number.
public enum StreamMark {
    /// First 16 hex digits of SHA-256(former mark, commit, key), each followed by a line feed.
    public static func next(_ former: String, commit: Int64, key: String) -> String {
        String(SHA256.hash(Array("\(former)\n\(commit)\n\(key)\n".utf8)).hex.prefix(16))
    }
}
