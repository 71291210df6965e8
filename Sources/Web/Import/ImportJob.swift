import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication

/// One register that somebody imports, and nobody else sees: all of it is gone fourteen days after it was begun.
struct ImportJob: Equatable {
    /// How long a register lies at the node at most, whatever becomes of it.
    static let days: Int64 = 14
    /// Registers of a node at a time, and of one person.
    static let most = 10, mostOfPerson = 3

    /// Where an import stands; its raw value is kept.
    enum Phase: String, CaseIterable {
        /// Its file comes up, or waits for the rest of it.
        case receiving
        /// Its file is here; its mapping is looked at.
        case mapping
        /// Its rows are checked, and nothing is written.
        case trying
        /// All rows were checked.
        case tried
        /// Its rows become cards.
        case running
        /// Somebody stopped it, or something is in its way: it goes on where it was.
        case stopped
        /// All rows were looked at, those that became no card wait to be mended.
        case done
        /// Its file is not here any more: why is in `trouble`.
        case broken

        var isAtWork: Bool { self == .trying || self == .running }
    }

    /// A UUID.
    let id: String
    /// What the file is called, for people alone.
    let file: String
    /// When it was last changed, as its browser says: another file of that name is not gone on with.
    let modified: String
    /// Bytes of the file, and those of them that are here.
    let size: Int
    var received = 0
    /// Who brought it, through what they act.
    let user: String
    let via: String
    /// In which they are told what is wrong with rows.
    let language: Language
    /// From when on nothing of it is here, unix milliseconds.
    let until: Int64
    var phase = Phase.receiving
    /// What a stopped one goes on with: checking, or importing.
    var resumes = Phase.running
    /// Of the text of the file, and what stands between its fields; empty: as its first bytes say.
    var encoding = "", delimiter = ""
    /// The text of the mapping; empty while there is none.
    var mapping = ""
    /// Who decided, where rows have an executor or an end; empty: the only leader.
    var author = ""
    /// The columns of a table, as its first row has them; none of a JSON text.
    var columns: [String] = []
    /// Rows that were looked at since the last beginning, and all of them as the last check counted.
    var rows = 0, total = 0
    /// What they came to, by the names that the command gives.
    var counts: [String: Int64] = [:]
    /// Records that name the cards made of it (`ImportFile.isWhole`).
    var marks = 0
    /// What is in its way; empty while nothing is.
    var trouble = ""

    /// Its own key, and what the keys of its pieces, marks and rows begin with.
    static func key(_ id: String) -> String { "job/" + id }
    var parts: String { "part/" + id + "/" }
    var cards: String { "card/" + id + "/" }
    var rejects: String { "row/" + id + "/" }

    /// The key of a part, of a mark or of a row by its number, in whose order they stand.
    static func key(_ beginning: String, _ number: Int) -> String {
        beginning + Digits.fixed(number, to: 10)
    }

    /// A record that goes when the whole import goes.
    func record(_ key: String, appeals: [String] = [], _ bytes: [UInt8]) -> LocalRecord {
        LocalRecord(.register, key, appeals: appeals, until: until, bytes: bytes)
    }

    /// From the first row on, with nothing counted.
    mutating func begin(_ phase: Phase) {
        (self.phase, rows, counts, trouble) = (phase, 0, [:], "")
    }

    /// The id of the card that a row with this key is; nil where the mapping names no source.
    func card(_ key: String) -> String? {
        guard !key.isEmpty, let source = read?.name else { return nil }
        return CardImport.id(source: source, key: key)
    }

    /// Its mapping; nil while there is none.
    var read: ImportMapping? {
        do { return try ImportMapping(bytes: Array(mapping.utf8)) } catch { return nil }
    }
}

extension ImportJob {
    /// As the store keeps it.
    var record: LocalRecord {
        let words: [(String, String)] = [
            ("file", file), ("modified", modified), ("user", user), ("via", via),
            ("language", language.rawValue), ("phase", phase.rawValue),
            ("resumes", resumes.rawValue), ("encoding", encoding), ("delimiter", delimiter), ("mapping", mapping),
            ("author", author), ("trouble", trouble),
        ]
        let numbers = [("size", size), ("received", received), ("rows", rows), ("total", total), ("marks", marks)]
        var members = words.map { ($0.0, JSON.string($0.1)) } + numbers.map { ($0.0, JSON.integer(Int64($0.1))) }
        members.append(("columns", .array(columns.map(JSON.string))))
        let sorted = counts.sorted { $0.key < $1.key }.map { ($0.key, JSON.integer($0.value)) }
        members.append(("counts", .object(JSONObject(members: sorted))))
        return record(Self.key(id), JSON.object(JSONObject(members: members)).canonicalBytes())
    }

    /// Of a record as `record` makes it; nil of one that another version wrote.
    init?(_ record: LocalRecord) throws {
        let value = try JSON(parsing: record.bytes, limits: .general)
        func text(_ name: String) -> String { value[name]?.string ?? "" }
        func number(_ name: String) -> Int { Int(value[name]?.integer ?? 0) }
        guard record.key.hasPrefix("job/"), let phase = Phase(rawValue: text("phase")) else { return nil }
        id = String(record.key.dropFirst("job/".count))
        until = record.until
        (file, modified, user, via) = (text("file"), text("modified"), text("user"), text("via"))
        language = Language(rawValue: text("language")) ?? .ukrainian
        (size, received, rows, total, marks) = (
            number("size"), number("received"), number("rows"), number("total"), number("marks")
        )
        (self.phase, resumes) = (phase, Phase(rawValue: text("resumes")) ?? .running)
        (encoding, delimiter, mapping) = (text("encoding"), text("delimiter"), text("mapping"))
        (author, trouble) = (text("author"), text("trouble"))
        columns = (value["columns"]?.array ?? []).compactMap(\.string)
        for (name, count) in value["counts"]?.object?.members ?? [] { counts[name] = count.integer }
    }
}

extension ImportJob.Phase {
    var label: Label {
        switch self {
        case .receiving: Label(uk: "файл надходить", en: "the file is coming")
        case .mapping: Label(uk: "відповідність полів", en: "the mapping")
        case .trying: Label(uk: "перевіряється", en: "being checked")
        case .tried: Label(uk: "перевірено, нічого не записано", en: "checked, nothing was written")
        case .running: Label(uk: "імпортується", en: "being imported")
        case .stopped: Label(uk: "зупинено", en: "stopped")
        case .done: Label(uk: "імпортовано", en: "imported")
        case .broken: Label(uk: "файлу тут уже немає", en: "the file is not here any more")
        }
    }
}

extension WebCall {
    /// Whether whoever looks may import, by the rules' own table; only the office takes registers.
    func mayImport(_ roles: some Sequence<String>) -> Bool { desk.isOffice && UseCase.importCards.isFor(Set(roles)) }

    /// The imports of whoever looks, and how many all people have.
    func importJobs() throws -> (own: [ImportJob], all: Int) {
        let all = try site.context.store.read { try ImportJob.all($0) }
        return (all.filter { $0.user == person?.user }, all.count)
    }

    /// The import that the address names: their own, and nobody else's; nil if there is none, and for whom importing is not.
    func importAsked() throws -> ImportJob? {
        guard try mayImport(ownRoles()), let id = parameters["job"], Names.isAppeal(id),
            let job = try site.context.store.read({ try $0.local(.register, ImportJob.key(id)) }).flatMap({
                try ImportJob($0)
            }), job.user == person?.user
        else { return nil }
        return job
    }

    /// Keeps what changed of an import.
    func keep(_ job: ImportJob) throws { try site.context.store.write { try $0.putLocal(job.record) } }
}

extension ImportJob {
    /// All imports of a node.
    static func all(_ reading: any StoreReading) throws -> [ImportJob] {
        try reading.locals(.register, beginning: "job/", after: "", limit: most).compactMap { try ImportJob($0) }
    }
}
