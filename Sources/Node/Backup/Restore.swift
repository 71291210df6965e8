import Appeals
import CanonicalJSON
package import Commands
import Desk
import Replication

/// Brings a node back from a backup: into a new directory, which serves nothing until somebody declares it.
package enum Restore {
    /// Where the private keys come from: a file that `backup create --with-keys` wrote, or the former directory.
    package enum Keys: Sendable, Equatable {
        case file(String)
        case directory(String)
    }

    /// Copies a verified backup into a new directory.
    ///
    /// `erasures` and `admissions` are the former node's erasures.log and admissions.log, if they are left.
    /// The backup is verified whole before anything is written. Whatever interrupts it leaves a directory that no node
    /// opens: the mark of the restore comes first, the configuration last. Throws `wrongKey` if the keys are not those
    /// of the certificate.
    package static func restore(
        _ backup: String,
        into path: String,
        keys: Keys,
        erasures: String?,
        admissions: String?,
        now: Int64,
        _ progress: any Onlooker = Unwatched()
    ) throws {
        let doing = Label(uk: "відновлення \(backup) у \(path)", en: "restoring \(backup) into \(path)")
        _ = try Backup.verify(backup, progress)
        let source = DataDirectory(backup)
        let manifest = try BackupManifest.read(source, doing: doing)
        let files = try readKeys(keys, doing: doing)
        let directory = DataDirectory(path)
        try directory.create(doing: doing)
        // First: whatever happens from here on, nothing is served before the declaration.
        let marker: JSON = ["backup": .integer(manifest.made), "restored": .integer(now)]
        try Files.write(directory.restored, marker.canonicalBytes() + [10], doing: doing)
        for (name, bytes) in files { try Files.write(directory.file(name), bytes, doing: doing) }
        if let erasures { try Files.copy(erasures, to: directory.erasures, limit: ErasureLog.limit, doing: doing) }
        if let admissions {
            try Files.copy(admissions, to: directory.admissions, limit: AdmissionLog.limit, doing: doing)
        }
        let names = Backup.copied.filter { $0 != Files.name(directory.configuration) }
        let there = Backup.copiedIfThere.filter { Files.exists(source.file($0)) }
        for name in [Backup.database] + names + there {
            try Files.copy(source.file(name), to: directory.file(name), doing: doing)
        }
        // Last: a directory without it counts as not initialised.
        try Files.copy(source.file(Files.name(directory.configuration)), to: directory.configuration, doing: doing)
        try Files.syncDirectory(of: directory.configuration, doing: doing)
        _ = try NodeIdentity(directory, id: manifest.node)
    }

    /// The node's key and those of its authorities, each under its name in a directory; other members of a file are
    /// passed over.
    private static func readKeys(_ keys: Keys, doing: Label) throws -> [(String, [UInt8])] {
        switch keys {
        case .directory(let path):
            let former = DataDirectory(path)
            return try former.backedUpKeys.filter(Files.exists).map {
                (Files.name($0), try Files.read($0, limit: 65_536, doing: doing))
            }
        case .file(let path):
            let bytes = try Files.read(path, limit: 262_144, doing: doing)
            guard let members = (try? JSON(parsing: bytes))?.object?.members else {
                throw NodeError(
                    .wrongKey,
                    doing: doing,
                    found: Label(uk: "\(path) — не файл ключів", en: "\(path) is not a file of keys"),
                    remedy: Label(
                        uk: "Вкажіть файл, який записала команда backup create --with-keys",
                        en: "Give the file that backup create --with-keys wrote"
                    )
                )
            }
            let known = DataDirectory(path).backedUpKeys.map(Files.name)
            return members.compactMap { name, value in
                guard known.contains(name), let text = value.string else { return nil }
                return (name, Array(text.utf8))
            }
        }
    }

    /// When the backup was made that a directory was restored from; nil if it was not.
    private static func backupMade(_ directory: DataDirectory) throws -> Int64? {
        guard Files.exists(directory.restored) else { return nil }
        let doing = Label(uk: "читання позначки відновлення", en: "reading the mark of the restore")
        return try JSON(parsing: try Files.read(directory.restored, limit: 4_096, doing: doing))["backup"]?.integer
    }

    /// Declares a restored directory: a new epoch at an office, a new incarnation at a department; then it may serve.
    ///
    /// Gives how many nodes are not admitted until the operator has confirmed them.
    /// The mark is removed last, so that an interrupted declaration is made again.
    @discardableResult
    package static func declare(_ path: String, now: Int64) throws -> Int {
        let directory = DataDirectory(path)
        let node = try OpenedNode.open(path, allowsRestored: true)
        defer { node.close() }
        let isStopped = try node.store.read { try $0.value(Values.stopped) } != nil
        guard Files.exists(directory.restored) || isStopped else {
            throw NodeError(
                .failed,
                doing: Label(uk: "оголошення відновлення \(path)", en: "declaring the restore of \(path)"),
                found: Label(uk: "тут нічого не відновлювали", en: "nothing was restored here"),
                remedy: Label(
                    uk: "Спершу відновіть: kartoteka restore BACKUP --keys FILE --data NEW-DIRECTORY",
                    en: "Restore first: kartoteka restore BACKUP --keys FILE --data NEW-DIRECTORY"
                )
            )
        }
        if let office = node.office {
            try office.declareRestore(now: now)
            try ErasureLog(directory).reapply(office, node.store, now: now)
            try node.recoverAdmissions(backupMade: backupMade(directory), now: now)
            try AcknowledgedMark(directory).keep(office)
        }
        try node.department?.declareRestore()
        Files.remove(directory.restored)
        try Files.syncDirectory(
            of: directory.restored,
            doing: Label(uk: "оголошення відновлення \(path)", en: "declaring the restore of \(path)")
        )
        return try node.store.read { try UnconfirmedNodes.page($0, limit: Desk.countedAtMost).count }
    }
}
