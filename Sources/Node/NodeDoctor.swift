import Appeals
import Cryptography
import Glibc
import Replication

/// Examines what only the node knows of itself: its file, its certificate, its disk, what stopped it.
public enum NodeDoctor {
    /// Less room than this on the disk is a problem, in bytes.
    static let room: Int64 = 268_435_456
    /// A certificate that ends sooner is a problem, in days.
    static let certificateDays: Int64 = 30

    /// Reads the whole database: minutes for a large one.
    public static func examine(_ node: OpenedNode, now: Int64) throws -> [Check] {
        [try database(node), certificate(node, now: now), free(node.directory.path)] + (try stops(node))
    }

    private static func database(_ node: OpenedNode) throws -> Check {
        let problems = try node.store.integrityCheck()
        let words = problems.prefix(3).joined(separator: "; ")
        let found =
            problems.isEmpty
            ? Label(uk: "файл цілий", en: "the file is whole")
            : Label(uk: "файл зіпсовано: \(words)", en: "the file is broken: \(words)")
        return Check(
            "database",
            isOK: problems.isEmpty,
            found: found,
            fix: "kartoteka restore BACKUP --keys FILE --data NEW-DIRECTORY",
            exit: .integrity
        )
    }

    private static func certificate(_ node: OpenedNode, now: Int64) -> Check {
        let days = (node.identity.certificate.notAfter - now / 1_000) / 86_400
        let fix =
            node.office == nil ? "kartoteka join --invitation FILE --data \(node.directory.path)" : "kartoteka serve"
        return Check(
            "certificate",
            isOK: days >= certificateDays,
            found: Label(
                uk: "сертифікат діє ще \(days) дн.",
                en: "the certificate ends in \(days) days"
            ),
            fix: fix,
            exit: .wrongKey
        )
    }

    private static func free(_ path: String) -> Check {
        var found = statvfs()
        let isKnown = statvfs(path, &found) == 0
        let free = Int64(clamping: found.f_bavail).multipliedReportingOverflow(by: Int64(clamping: found.f_frsize))
        let bytes = isKnown && !free.overflow ? free.partialValue : .max
        return Check(
            "disk",
            isOK: bytes >= room,
            found: Label(uk: "вільно \(bytes >> 20) МіБ", en: "\(bytes >> 20) MiB are free"),
            fix: "df -h \(path)"
        )
    }

    private static func stops(_ node: OpenedNode) throws -> [Check] {
        try node.store.read { reading in
            let stopped = try reading.value("stopped")
            guard let stopped else { return [] }
            return [
                Check(
                    "officeBehind",
                    isOK: false,
                    found: Label(
                        uk: "Центр відстав від вузлів: \(stopped)",
                        en: "the office is behind its nodes: \(stopped)"
                    ),
                    fix: "kartoteka restore --declare --data \(node.directory.path)",
                    exit: .integrity
                )
            ]
        }
    }
}
