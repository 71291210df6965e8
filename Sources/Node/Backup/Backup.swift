import Appeals
package import CanonicalJSON
package import Commands
import Cryptography
import Desk
import Replication

/// A backup of a node: a directory with a consistent copy of its database, configuration and certificates.
///
/// A manifest holds the hashes. Private keys are never in it; on demand they go to a file of their own beside it.
package struct Backup: Sendable {
    package let directory: String
    let manifest: BackupManifest
    /// Whether what it holds counts as durable: it lies on another device.
    package let isElsewhere: Bool
    /// The file with the private keys, if one was asked for.
    package let keys: String?

    package var json: JSON {
        [
            "directory": .string(directory), "made": .integer(manifest.made),
            "operations": .integer(manifest.operations),
            "rows": .integer(manifest.rows), "durable": .bool(isElsewhere), "keys": keys.map(JSON.string) ?? .null,
        ]
    }

    /// The name of a backup made at this time: `2026-05-14T083000Z`, without what a file system may refuse.
    static func name(_ now: Int64) -> String {
        NodeLog.time(now).split { $0 == ":" || $0 == "." }.prefix(3).joined() + "Z"
    }

    /// The directory that was given, or a new one under the configured directory, named by the time.
    ///
    /// A path that was given is taken as it is: the caller has made it absolute. Throws `usage` if nobody says where.
    package static func target(_ given: String?, _ node: OpenedNode, now: Int64) throws(NodeError) -> String {
        if let given { return given }
        if let directory = node.configuration.backupDirectory { return Files.join(directory, name(now)) }
        throw NodeError(
            .usage,
            doing: Label(uk: "резервне копіювання", en: "making a backup"),
            found: Label(
                uk: "ні команда, ні backup.directory не кажуть, куди",
                en: "neither the command nor backup.directory says where"
            ),
            remedy: Label(
                uk: "Вкажіть каталог: kartoteka backup create /media/backup/2026-05-14",
                en: "Give a directory: kartoteka backup create /media/backup/2026-05-14"
            )
        )
    }

    /// Files of a backup, under the names that they have in a node's directory: it can be opened as a store.
    static let database = "kartoteka.sqlite"
    static let copied = ["kartoteka.conf", "node.pem", "authority.pem"]
    /// Those that not every node has.
    static let copiedIfThere = ["web-authority.pem"]

    /// Makes a backup of an open node, reads it back, and notes at an office what is durable by it.
    ///
    /// Throws `integrity` if what was read back is not what was written; the directory is then left as it is, and no
    /// restore takes it, since that verifies first. At an office only a backup on another device counts as durable
    /// (protocol.md section 16), so the departments keep what they sent until there is one. One that nobody waits for any
    /// more is removed.
    package static func create(
        _ node: OpenedNode,
        into target: String,
        withKeys: Bool = false,
        now: Int64,
        _ progress: any Onlooker = Unwatched()
    ) throws -> Backup {
        let doing = Label(
            uk: "резервне копіювання вузла \(node.configuration.id) у \(target)",
            en: "making a backup of \(node.configuration.id) in \(target)"
        )
        guard let backups = node.store.backups else {
            throw NodeError(
                .failed,
                doing: doing,
                found: Label(
                    uk: "сховище цього вузла не має файлів, які можна скопіювати",
                    en: "the store of this node has no files to copy"
                ),
                remedy: Label(
                    uk: "Копії бази робить її адміністратор її власними засобами",
                    en: "Whoever runs the database makes its backups, by its own means"
                )
            )
        }
        let directory = DataDirectory(target)
        if withKeys { try RegularFile.checkTarget(target + ".keys", doing: doing) }
        try directory.create(doing: doing)
        let manifest: BackupManifest
        do { manifest = try fill(directory, node, backups, now: now, doing: doing, progress) } catch let error
            as DeskError
            where error.kind == .interrupted
        {
            for name in Files.list(directory.path) ?? [] { Files.remove(directory.file(name)) }
            Files.removeDirectory(directory.path)
            throw error
        }
        let keys = withKeys ? try writeKeys(node.directory, beside: target, doing: doing) : nil
        let isElsewhere =
            node.configuration.backupDeviceIsOther
            || Files.status(target)?.device != Files.status(node.directory.path)?.device
        if isElsewhere, let office = node.office {
            let numbers = manifest.content.chains.map { ($0.origin, $0.last) }
            try office.markDurable(Dictionary(numbers, uniquingKeysWith: max))
        }
        let backup = Backup(directory: target, manifest: manifest, isElsewhere: isElsewhere, keys: keys)
        try node.store.write { try $0.setValue(Values.lastBackup, backup.note.json) }
        return backup
    }

    /// What the node remembers of it, for whoever asks how old the last one is.
    private var note: BackupNote {
        BackupNote(made: manifest.made, directory: directory, isElsewhere: isElsewhere, operations: manifest.operations)
    }

    /// Copies what belongs into a backup, reads it back and writes what is in it; throws `interrupted` if nobody waits.
    private static func fill(
        _ directory: DataDirectory,
        _ node: OpenedNode,
        _ backups: any Backups,
        now: Int64,
        doing: Label,
        _ progress: any Onlooker
    ) throws -> BackupManifest {
        try progress.tell(Label(uk: "копіюється база", en: "copying the database"), 0)
        try backups.backUp(into: directory.path)
        let there = copiedIfThere.filter { Files.exists(node.directory.file($0)) }
        for name in copied + there {
            try Files.copy(node.directory.file(name), to: directory.file(name), doing: doing)
        }
        let content = try BackupContent.read(directory, doing: doing, progress)
        let manifest = try BackupManifest(node, content, directory, made: now, doing: doing)
        try progress.tell(Label(uk: "перевіряються файли", en: "checking the files"), 0)
        try Files.write(directory.file(BackupManifest.file), manifest.json.canonicalBytes() + [10], doing: doing)
        try checkFiles(directory, manifest, doing: doing)
        return manifest
    }

    /// Reads a backup back whole: hashes, the database's own check, counts, and the chain of every origin.
    package static func verify(_ path: String, _ progress: any Onlooker = Unwatched()) throws -> JSON {
        let doing = Label(uk: "перевірка резервної копії \(path)", en: "verifying the backup \(path)")
        let directory = DataDirectory(path)
        let manifest = try BackupManifest.read(directory, doing: doing)
        try progress.tell(Label(uk: "перевіряються файли", en: "checking the files"), 0)
        try checkFiles(directory, manifest, doing: doing)
        let content = try BackupContent.read(directory, doing: doing, progress)
        guard content == manifest.content else {
            throw NodeError(
                .integrity,
                doing: doing,
                found:
                    Label(
                        uk: "у базі операцій \(content.operations), рядків \(content.rows), "
                            + "а в manifest.json — \(manifest.operations) і \(manifest.rows)",
                        en: "the database holds \(content.operations) operations and \(content.rows) rows, "
                            + "the manifest says \(manifest.operations) and \(manifest.rows)"
                    ),
                remedy: Label(
                    uk: "Не використовуйте цю копію; зробіть іншу",
                    en: "Do not use this backup; make another one"
                )
            )
        }
        return [
            "node": .string(manifest.node), "made": .integer(manifest.made),
            "operations": .integer(manifest.operations),
            "rows": .integer(manifest.rows), "files": .integer(Int64(manifest.files.count)),
        ]
    }

    /// Every file of the manifest against its size and hash; a longer file is not read to its end.
    private static func checkFiles(
        _ directory: DataDirectory,
        _ manifest: BackupManifest,
        doing: Label
    ) throws(NodeError) {
        for (name, expected) in manifest.files {
            let found = try FileDigest(directory.file(name), enough: expected.size, doing: doing)
            guard found == expected else {
                throw NodeError(
                    .integrity,
                    doing: doing,
                    found: Label(
                        uk: "\(name) не такий, як у manifest.json (байтів \(found.size), має бути \(expected.size))",
                        en: "\(name) differs from the manifest (\(found.size) bytes, \(expected.size) expected)"
                    ),
                    remedy: Label(
                        uk: "Не використовуйте цю копію; зробіть іншу й перевірте диск",
                        en: "Do not use this backup; make another one and check the disk"
                    )
                )
            }
        }
    }

    /// Writes the private keys into `TARGET.keys`, mode 0600, beside the backup and never into it; gives the path.
    private static func writeKeys(_ node: DataDirectory, beside target: String, doing: Label) throws -> String {
        var keys = JSONObject()
        for path in node.backedUpKeys where Files.exists(path) {
            keys[Files.name(path)] = .string(
                String(decoding: try Files.read(path, limit: 65_536, doing: doing), as: UTF8.self)
            )
        }
        let path = target + ".keys"
        try RegularFile.write(path, JSON.object(keys).canonicalBytes() + [10], doing: doing)
        return path
    }
}
