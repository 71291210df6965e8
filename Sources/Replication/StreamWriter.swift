import Appeals
import CanonicalJSON
import Cryptography

/// Publishes what a commit did: entries in every stream that it concerns, with tenures and digests (sync.md section 6).
///
/// One writer serves one transaction: it keeps the records of the streams that it touched and puts them back once.
final class StreamWriter {
    private let transaction: any StoreTransaction
    private let office: String
    private let epoch: String
    private let rules: Rules
    private var touched: [String: StreamRecord] = [:]

    init(_ transaction: any StoreTransaction, office: String, epoch: String, rules: Rules) {
        self.transaction = transaction
        self.office = office
        self.epoch = epoch
        self.rules = rules
    }

    /// Names of the streams that got entries, sorted.
    var streams: [String] { touched.keys.sorted() }

    /// Writes the touched streams' records back.
    func flush() throws {
        for name in streams { if let record = touched[name] { try transaction.putStream(record) } }
    }

    private func record(_ name: String) throws -> StreamRecord {
        try touched[name] ?? transaction.stream(name) ?? StreamRecord(name: name, epoch: epoch)
    }

    // MARK: appeals

    /// Publishes a changed appeal to every department that has or had it.
    func publish(_ appeal: Appeals.Aggregate, changed: [ItemName], commit: Int64, today: CivilDate) throws {
        let views = Slice.views(of: appeal, today: today, office: office)
        var open: [String: TenureRecord] = [:]
        var last: [String: Int64] = [:]
        for tenure in try transaction.tenures(key: appeal.id) {
            last[tenure.stream] = tenure.tenure
            if tenure.isOpen { open[tenure.stream] = tenure }
        }
        let departments = Set(views.keys).union(
            open.keys.compactMap { $0.hasPrefix("slice:") ? String($0.dropFirst(6)) : nil }
        )
        for department in departments.sorted() {
            let stream = Space.slice(department)
            let view = views[department]
            if let tenure = open[stream], tenure.view != view?.text { try leave(tenure, commit: commit) }
            guard let view else { continue }
            let digest = SHA256.hash(view.project(appeal).bytes)
            if let tenure = open[stream], tenure.view == view.text {
                try put(tenure, digest: digest, changed: view.visible(changed, of: appeal), commit: commit)
            } else {
                try enter(
                    stream,
                    appeal.id,
                    tenure: (last[stream] ?? 0) + 1,
                    view: view.text,
                    digest: digest,
                    commit: commit
                )
            }
        }
    }

    private func enter(
        _ stream: String,
        _ key: String,
        tenure: Int64,
        view: String,
        digest: SHA256Digest,
        commit: Int64
    ) throws {
        let sequence = try append(stream, .enter, key: key, tenure: tenure, commit: commit, changed: []) { record in
            record.digest.add(digest)
            record.rows += 1
        }
        try transaction.putTenure(
            TenureRecord(
                stream: stream,
                key: key,
                tenure: tenure,
                view: view,
                isOpen: true,
                opened: sequence,
                digest: digest
            )
        )
    }

    private func put(_ tenure: TenureRecord, digest: SHA256Digest, changed: [ItemName], commit: Int64) throws {
        guard !changed.isEmpty else { return }
        _ = try append(tenure.stream, .put, key: tenure.key, tenure: tenure.tenure, commit: commit, changed: changed) {
            record in
            record.digest.subtract(tenure.digest)
            record.digest.add(digest)
        }
        var tenure = tenure
        tenure.digest = digest
        try transaction.putTenure(tenure)
    }

    /// Closes a tenure: what it had in the stream becomes `leave`, so that who was offline never receives it.
    private func leave(_ tenure: TenureRecord, commit: Int64) throws {
        if rules.scrubOnLeave {
            for var entry in try transaction.entries(tenure.stream, key: tenure.key)
            where entry.tenure == tenure.tenure && (entry.kind == .enter || entry.kind == .put) {
                entry.kind = rules.scrubToLeave ? .leave : .none
                entry.changed = []
                try transaction.replaceEntry(tenure.stream, entry)
            }
        }
        _ = try append(
            tenure.stream,
            rules.leaveEntry ? .leave : .none,
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
    }

    /// Erases an appeal everywhere it is: open tenures end with `erase`, which goes before everything.
    ///
    /// Departments that wrote about it hear of it too: a restored office may not know that they ever held it.
    func erase(_ key: String, authors: Set<String>, commit: Int64) throws {
        var streams: Set<String> = []
        for tenure in try transaction.tenures(key: key) {
            if tenure.isOpen { try leave(tenure, commit: commit) }
            streams.insert(tenure.stream)
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
