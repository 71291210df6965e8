import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication

/// What was found in a copy of a database by reading all of it that must not be lost.
struct BackupContent: Equatable, Sendable {
    /// An origin's log: its last number, and how many of its operations are there.
    struct Chain: Equatable, Sendable {
        let origin: Origin
        let last: Int64
        let count: Int64
    }

    var rows: Int64 = 0
    var chains: [Chain] = []
    var operations: Int64 { chains.reduce(0) { $0 + $1.count } }

    init() {}

    init?(_ json: JSON) {
        guard let rows = json["rows"]?.integer, let chains = json["chains"]?.array else { return nil }
        self.rows = rows
        for chain in chains {
            guard let origin = chain["origin"]?.string.flatMap({ Origin($0) }), let last = chain["last"]?.integer,
                let count = chain["count"]?.integer, count >= 0, count <= last
            else { return nil }
            self.chains.append(Chain(origin: origin, last: last, count: count))
        }
    }

    var json: JSON {
        [
            "rows": .integer(rows),
            "chains": .array(
                chains.map {
                    ["origin": .string($0.origin.description), "last": .integer($0.last), "count": .integer($0.count)]
                }
            ),
        ]
    }

    /// Opens a copy of the copy, lets the database check itself, and follows every chain to its end.
    ///
    /// Takes as much room again as the database, for its time, in the backup's directory; the copy is removed whatever
    /// happens.
    static func read(
        _ directory: DataDirectory,
        doing: Label,
        _ progress: any Onlooker = Unwatched()
    ) throws -> BackupContent {
        // A store that is opened is changed a little; the backup must stay as its manifest says.
        let scratch = DataDirectory(directory.file("reading"))
        discard(scratch)
        try Files.createDirectory(scratch.path, doing: doing)
        defer { discard(scratch) }
        try Files.copy(directory.database, to: scratch.database, doing: doing)
        let store = try openStore(scratch, create: false, doing: doing)
        do {
            let content = try read(store, doing: doing, progress)
            try store.close()
            return content
        } catch {
            // The first failure is the one to tell.
            try? store.close()
            throw error
        }
    }

    private static func discard(_ scratch: DataDirectory) {
        for name in Files.list(scratch.path) ?? [] { Files.remove(scratch.file(name)) }
        Files.removeDirectory(scratch.path)
    }

    private static func read(
        _ store: any NodeStore,
        doing: Label,
        _ progress: any Onlooker
    ) throws -> BackupContent {
        try progress.tell(Label(uk: "база перевіряє себе", en: "the database checks itself"), 0)
        // A backup of ours is a directory of files, and its store one over files.
        let problems = try store.examination?.integrityCheck() ?? []
        guard problems.isEmpty else {
            throw NodeError(
                .integrity,
                doing: doing,
                found: Label(uk: "власна перевірка бази каже: ", en: "the database's own check says: ")
                    + Label(problems.prefix(3).joined(separator: "; ")),
                remedy: Label(
                    uk: "Перевірте диск; зробіть іншу резервну копію",
                    en: "Check the disk; make another backup"
                )
            )
        }
        return try store.read { reading in
            var content = BackupContent()
            for origin in try LogWalk.origins(reading) {
                let former = content.operations
                let chain = try follow(origin, reading, doing: doing) {
                    try progress.tell(Label(uk: "перевірено дій", en: "operations checked"), former + $0)
                }
                content.chains.append(chain)
            }
            let isOffice = try reading.value(Values.role) == NodeRole.office.rawValue
            let node = try reading.value(Values.node) ?? ""
            let space = isOffice ? Space.appeals : Space.slice(node)
            let generation = isOffice ? 0 : try reading.stream(space)?.generation ?? 0
            content.rows = try reading.count(space, generation: generation, filter: ListFilter())
            return content
        }
    }

    /// Throws `integrity` with the operation at which the chain breaks, or what the store threw.
    private static func follow(
        _ record: OriginRecord,
        _ reading: any StoreReading,
        doing: Label,
        _ tell: (Int64) throws -> Void
    ) throws -> Chain {
        var walk = LogWalk(record.origin), isMore = true
        while isMore {
            isMore = try page(of: &walk, reading, doing: doing)
            try tell(walk.count)
        }
        return Chain(origin: record.origin, last: record.last, count: walk.count)
    }

    private static func page(of walk: inout LogWalk, _ reading: any StoreReading, doing: Label) throws -> Bool {
        do throws(BrokenLog) { return try walk.page(reading) } catch {
            if let cause = error.cause { throw cause }
            throw NodeError(
                .integrity,
                doing: doing,
                found: error.label,
                remedy: Label(
                    uk: "Перевірте диск; зробіть іншу резервну копію",
                    en: "Check the disk; make another backup"
                )
            )
        }
    }
}
