import Appeals
import Replication

/// Erasures that an office carried out, a line each, outside the backup set.
///
/// Appended durably when an office erases, and read at every start: erasure beats a restore (DESIGN.md, "Personal
/// data").
struct ErasureLog {
    let directory: DataDirectory
    /// Nothing that is longer is a list of erasures.
    static let limit: Int64 = 1 << 28

    init(_ directory: DataDirectory) { self.directory = directory }

    /// One write for all of them, durable when it returns; an appeal that stands there already does no harm.
    func append(_ appeals: [String]) throws(NodeError) {
        try Files.append(
            directory.erasures,
            Array(appeals.map { $0 + "\n" }.joined().utf8),
            doing: Label(uk: "запис про знищення", en: "recording an erasure")
        )
    }

    /// The appeals erased so far; none if there is no file.
    func read() throws(NodeError) -> [String] {
        guard Files.exists(directory.erasures) else { return [] }
        let bytes = try Files.read(
            directory.erasures,
            limit: Int(Self.limit),
            doing: Label(uk: "читання списку знищеного", en: "reading the erasures")
        )
        return bytes.split(separator: 10).map { String(decoding: $0, as: UTF8.self) }.filter(Names.isAppeal)
    }

    /// Carries out what a restored backup does not know of; before the office listens.
    func reapply(_ office: Office, _ store: any Store, now: Int64) throws {
        // What was committed when the process ended may not stand in the list yet.
        try office.recordErasures()
        let unknown = try store.read { reading in try read().filter { try !reading.isErased($0) } }
        guard !unknown.isEmpty else { return }
        try store.write { transaction in
            for appeal in unknown { try transaction.putErasure(appeal, at: now) }
        }
        try office.reapplyErasures(now: now)
    }
}
