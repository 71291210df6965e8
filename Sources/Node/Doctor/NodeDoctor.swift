import Appeals
package import Commands
import Cryptography
import Glibc
import Replication
import Web

/// Examines what only the node knows of itself: its file, its certificate, its disk, what stopped it.
///
/// Each check says what it found and, if that is bad, the command that mends it. Nothing is changed by looking.
package enum NodeDoctor {
    /// Less room than this on the disk is a problem, in bytes.
    static let room: Int64 = 268_435_456
    /// A certificate that ends sooner is a problem, in days; a shorter one when it has less than a third of its life.
    static let certificateDays: Int64 = 30

    /// Reads the whole database: minutes for a large one.
    package static func examine(_ node: OpenedNode, now: Int64) throws -> [Check] {
        [try database(node)] + (wiping(node.store).map { [$0] } ?? [])
            + [try logs(node), certificate(node, now: now), free(node.directory.path)] + (try stops(node))
            + (try AdmissionDoctor.examine(node)) + web(node, now: now) + papers(node)
    }

    private static func database(_ node: OpenedNode) throws -> Check {
        guard let examination = node.store.examination else {
            let found = Label(
                uk: "сховище не має файлів на цьому вузлі: їх перевіряє адміністратор бази",
                en: "the store has no files on this node: whoever runs the database examines them"
            )
            return Check("database", isOK: true, found: found)
        }
        let problems = try examination.integrityCheck()
        let words = problems.prefix(3).joined(separator: "; ")
        let found =
            problems.isEmpty
            ? Label(uk: "файл бази цілий", en: "the database's file is intact")
            : Label(uk: "файл бази зіпсовано", en: "the database's file is broken: \(words)")
        return Check(
            "database",
            isOK: problems.isEmpty,
            found: found,
            fix: "kartoteka restore BACKUP --keys FILE --data NEW-DIRECTORY",
            exit: .integrity
        )
    }

    /// Nothing to tell of a store that wipes what was deleted.
    static func wiping(_ store: any NodeStore) -> Check? {
        guard store.scrubbing == nil else { return nil }
        return Check(
            "wiping",
            isOK: false,
            found: Label(
                uk:
                    "сховище не вміє затирати видалене: вибулі звернення лишають сліди на диску, квитанцій про очищення немає",
                en: "the store cannot wipe what was deleted: appeals that left stay on the disk, no purge is receipted"
            ),
            fix: "",
            exit: .failed
        )
    }

    /// Nodes renew at half the time, so one that has less than a third left has failed for a while.
    static func certificate(_ node: OpenedNode, now: Int64) -> Check {
        let certificate = node.identity.certificate
        let left = certificate.notAfter - now / 1_000
        let days = left / 86_400
        let isOver = left < 0
        guard !certificate.isYetToBegin(now: now) else {
            let hours = (certificate.notBefore - now / 1_000) / 3_600 + 1
            return Check(
                "certificate",
                isOK: false,
                found: Label(
                    uk: "сертифікат почне діяти за \(hours) год.: порівняйте годинники цього вузла і Центру",
                    en:
                        "the certificate is not valid for \(hours) hours yet: compare the clocks of this node and the office"
                ),
                fix: node.office == nil ? "timedatectl" : "kartoteka serve",
                exit: .wrongKey
            )
        }
        return Check(
            "certificate",
            isOK: left >= min(certificateDays * 86_400, (certificate.notAfter - certificate.notBefore) / 3),
            found: isOver
                ? Label(
                    uk: "сертифікат прострочено на \(-days) дн.",
                    en: "the certificate expired \(-days) days ago"
                )
                : Label(
                    uk: "сертифікат діє ще \(days) дн.",
                    en: "the certificate ends in \(days) days"
                ),
            fix: fix(node, expiredDays: isOver ? -days : nil),
            exit: .wrongKey
        )
    }

    /// A node that runs and reaches its office renews by itself; an expired one needs the office's operator.
    private static func fix(_ node: OpenedNode, expiredDays: Int64?) -> String {
        guard node.office == nil else { return "kartoteka serve" }
        guard let expiredDays else { return "kartoteka sync status --data \(node.directory.path)" }
        return expiredDays <= Renewal.expiredDays
            ? "kartoteka node renew \(node.configuration.id) --as USER"
            : "kartoteka join --invitation FILE --data \(node.directory.path)"
    }

    /// Bytes that are free where the path is; as many as there can be where nobody knows.
    private static func freeBytes(_ path: String) -> Int64 {
        var found = statvfs()
        let isKnown = statvfs(path, &found) == 0
        let free = Int64(clamping: found.f_bavail).multipliedReportingOverflow(by: Int64(clamping: found.f_frsize))
        return isKnown && !free.overflow ? free.partialValue : .max
    }

    /// What the pages of a running node say of the machine under it.
    static func machine(_ node: OpenedNode) -> WebMachine {
        let path = node.directory.path, free = freeBytes(path)
        return WebMachine(
            certificateEnd: node.identity.certificate.notAfter.multipliedReportingOverflow(by: 1_000).partialValue,
            freeBytes: free == .max ? nil : free,
            databaseBytes: Files.status(node.directory.database)?.size,
            backupDirectory: node.configuration.backupDirectory
        )
    }

    /// Whether the disk of this directory has less room than a node should have.
    static func isShortOfRoom(_ path: String) -> Bool { freeBytes(path) < room }

    private static func free(_ path: String) -> Check {
        let bytes = freeBytes(path)
        return Check(
            "disk",
            isOK: bytes >= room,
            found: Label(uk: "на диску вільно \(bytes >> 20) МіБ", en: "\(bytes >> 20) MiB of the disk are free"),
            fix: "df -h \(path)"
        )
    }

    /// Whether the office has stopped since it lacks what it had acknowledged (protocol.md section 25); nothing if it
    /// has not.
    private static func stops(_ node: OpenedNode) throws -> [Check] {
        try node.store.read { reading in
            let stopped = try reading.value(Values.stopped)
            guard let stopped else { return [] }
            return [
                Check(
                    "officeBehind",
                    isOK: false,
                    found: Label(
                        uk: "Центр відстав від вузлів і не приймає дій",
                        en: "the office is behind its nodes: \(stopped)"
                    ),
                    fix: "kartoteka restore --declare --data \(node.directory.path)",
                    exit: .integrity
                )
            ]
        }
    }
}
