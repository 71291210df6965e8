import Appeals
import Cryptography
import Desk
import Locks
import Replication

/// Every change of who is admitted, a line each, outside the backup set: a restore cannot give back what was taken since.
///
/// A line is durable before its change is committed and answered. The store notes the number of its last change; a log
/// that ends before it is not the log of this store. The writer's transactions take turns, so does the log.
/// An append happens inside the transaction that it goes with: if that then fails, the log has a line more than the
/// store, and the next opening carries it out. The other order could lose a revocation.
final class AdmissionLog: Sendable {
    /// Where the log ends.
    struct End: Equatable {
        var number: Int64 = 0
        var sum: SHA256Digest
        /// Bytes up to the end of the last whole line.
        var length: Int64 = 0
    }

    /// What was read of a file.
    struct Content {
        var end: End
        /// The last line of each node; as many as there are nodes.
        var last: [String: AdmissionLine] = [:]
        /// Bytes of a line that was not finished lie behind the end.
        var isTorn = false
        /// A line in the middle is not what was written, and so nothing after it counts.
        var isBroken = false
    }

    /// A log that is longer is written anew with the last line of each node.
    static let compactedFrom: Int64 = 1 << 20
    /// Nothing that is longer is a log.
    static let limit: Int64 = 1 << 26

    let path: String
    /// The copy on another device, if one is configured.
    let copy: String?
    /// What the first line follows: the log of another office does not verify.
    private let seed: SHA256Digest
    private let end = Locked<End?>(nil)
    private let compacted = Locked<Int64>(0)
    private let trouble = Locked<NodeError?>(nil)

    private static let doing = Label(uk: "запис про допуск", en: "recording an admission")

    init(path: String, copy: String?, officeKey: SHA256Digest) {
        self.path = path
        self.copy = copy
        seed = SHA256.hash(Array("kartoteka admissions 1\n".utf8) + officeKey.array)
    }

    /// Why the copy could not be written last; nil if it was.
    var copyTrouble: NodeError? { trouble.withLock { $0 } }

    // MARK: reading

    /// Reads a log by pages; nil if there is none.
    func read(_ path: String) throws(NodeError) -> Content? {
        guard Files.exists(path) else { return nil }
        let reader = try FileLines(path, limit: Self.limit, longest: AdmissionLine.limit, doing: Self.doing)
        defer { reader.close() }
        var content = Content(end: End(sum: seed))
        while let bytes = try reader.next() {
            guard !content.isTorn else {
                content.isBroken = true
                content.isTorn = false
                break
            }
            guard bytes.count <= AdmissionLine.limit else {
                content.isBroken = true
                break
            }
            guard reader.isWhole, let (line, sum) = AdmissionLine.read(bytes, after: content.end.sum),
                line.number > content.end.number
            else {
                content.isTorn = true
                continue
            }
            content.end = End(number: line.number, sum: sum, length: content.end.length + Int64(bytes.count) + 1)
            if line.change != .founded { content.last[line.node] = line }
        }
        return content
    }

    // MARK: writing

    /// Begins a log with these lines, whole or not at all.
    func begin(_ lines: [AdmissionLine]) throws(NodeError) {
        var begun = End(sum: seed)
        var bytes: [UInt8] = []
        for line in lines {
            let (text, sum) = line.line(after: begun.sum)
            bytes += text
            begun = End(number: line.number, sum: sum, length: begun.length + Int64(text.count))
        }
        try Files.write(path, bytes, doing: Self.doing)
        let written = begun
        end.withLock { $0 = written }
        compacted.withLock { $0 = written.length }
        writeCopy()
    }

    /// Goes on where a log that was read ends.
    func goOn(_ content: Content, now: Int64) throws(NodeError) {
        if content.isTorn { try Files.truncate(path, to: content.end.length, doing: Self.doing) }
        end.withLock { $0 = content.end }
        if content.end.length >= Self.compactedFrom { return try compact(content, now: now) }
        writeCopy()
    }

    /// Appends a change; gives its number, durable.
    func append(
        _ change: AdmissionLine.Change,
        _ node: String,
        _ standing: AdmissionStanding,
        now: Int64
    ) throws(NodeError) -> Int64 {
        var former = try current(now: now)
        let (size, floor) = (former.length, compacted.withLock { $0 })
        if size >= max(Self.compactedFrom, 2 * floor), let content = try read(path) {
            try compact(content, now: now)
            former = try current(now: now)
        }
        let line = AdmissionLine(number: former.number + 1, at: now, change: change, node: node, standing: standing)
        let (bytes, sum) = line.line(after: former.sum)
        try Files.append(path, bytes, at: former.length, doing: Self.doing)
        let next = End(number: line.number, sum: sum, length: former.length + Int64(bytes.count))
        end.withLock { $0 = next }
        writeCopy()
        return line.number
    }

    /// Where to append; read from the file the first time, and refused if that does not verify.
    private func current(now: Int64) throws(NodeError) -> End {
        if let known = end.withLock({ $0 }) { return known }
        guard let content = try read(path), !content.isBroken else {
            throw NodeError(
                .integrity,
                doing: Self.doing,
                found: Label(uk: "\(path) немає або зіпсовано", en: "\(path) is missing or broken"),
                remedy: Label(uk: "Перезапустіть вузол: kartoteka serve", en: "Restart the node: kartoteka serve")
            )
        }
        try goOn(content, now: now)
        return content.end
    }

    /// Writes the log anew with the last line of each node under their numbers, so that the store's mark stays true.
    private func compact(_ content: Content, now: Int64) throws(NodeError) {
        let kept = content.last.values.sorted { $0.number < $1.number }
        let founded = AdmissionLine(
            number: kept.first.map { $0.number - 1 } ?? content.end.number,
            at: now,
            change: .founded,
            node: "",
            standing: AdmissionStanding()
        )
        try begin([founded] + kept)
    }

    /// The copy is for the day on which the disk dies; today's changes do not wait for it, `doctor` tells that it is missing.
    private func writeCopy() {
        guard let copy else { return }
        do throws(NodeError) {
            let bytes = try Files.read(path, limit: Int(Self.limit), doing: Self.doing)
            try RegularFile.write(copy, bytes, doing: Self.doing)
            trouble.withLock { $0 = nil }
        } catch {
            let found = error
            trouble.withLock { $0 = found }
        }
    }
}
