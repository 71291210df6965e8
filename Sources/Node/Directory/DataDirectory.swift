package import Appeals
import Desk
import Glibc

/// Where a node keeps everything: one directory, mode 0700, its files 0600.
///
/// Names of all files stand here. Which of them a backup holds is said by `Backup`; what lies outside it, and why, is
/// said at each.
package struct DataDirectory: Sendable, Equatable {
    package let path: String

    package init(_ path: String) { self.path = path }

    package var configuration: String { file("kartoteka.conf") }
    package var database: String { file("kartoteka.sqlite") }
    /// Held by whoever has the directory open; its text is that process's number.
    package var lock: String { file("kartoteka.lock") }
    /// The local socket of a running node; a killed one leaves it, and the next start replaces it.
    package var socket: String { file("kartoteka.sock") }
    package var key: String { file("node.key") }
    package var certificate: String { file("node.pem") }
    package var authority: String { file("authority.pem") }
    package var authorityKey: String { file("authority.key") }
    /// Private keys that a backup's file of keys and a restore carry, if they are there.
    package var backedUpKeys: [String] { [key, authorityKey, webAuthorityKey] }
    /// The authority for browsers and the certificate that it made, where the node makes its own.
    package var webAuthority: String { file("web-authority.pem") }
    package var webAuthorityKey: String { file("web-authority.key") }
    var webCertificate: String { file("web.pem") }
    var webKey: String { file("web.key") }
    /// The code that opens the first run, while nobody has an account; `kartoteka open` carries it to the browser.
    package var startCode: String { file("start-code") }
    /// The page that carries it, for as long as a browser needs to read it.
    package var startPage: String { file("start.html") }
    /// The style and the scripts of pages, a directory for each version of them; made anew when they are lost.
    var assets: String { file("assets") }
    /// Erasures that this office carried out; outside the backup set, so that a restore cannot undo them.
    package var erasures: String { file("erasures.log") }
    /// Every change of who is admitted; outside the backup set, so that a restore lets nobody in again.
    package var admissions: String { file("admissions.log") }
    /// What this office had acknowledged last; outside the backup set, so that a store that was put back is found.
    package var acknowledged: String { file("acknowledged") }
    /// Written by a restore, taken away by its declaration: nothing is served while it is there.
    package var restored: String { file("restored") }

    /// The path of a file of the directory.
    package func file(_ name: String) -> String { Files.join(path, name) }

    /// Secrets, which nobody else may read.
    private var secrets: [String] { [key, authorityKey, webAuthorityKey, webKey, startCode, database, admissions] }

    /// Makes an empty directory; one that is there must be empty and nobody else's.
    package func create(doing: Label) throws(NodeError) {
        if let names = Files.list(path) {
            guard names.isEmpty else {
                throw NodeError(
                    .failed,
                    doing: doing,
                    found: Label(
                        uk: "\(path) не порожній (\(names.prefix(3).joined(separator: ", ")))",
                        en: "\(path) is not empty (\(names.prefix(3).joined(separator: ", ")))"
                    ),
                    remedy: Label(
                        uk: "Виберіть порожній каталог або такий, якого ще немає",
                        en: "Choose an empty directory, or one that does not exist yet"
                    )
                )
            }
            guard chmod(path, 0o700) == 0 else { throw Files.failure(doing, path, errno) }
        } else {
            try checkParent(doing: doing)
            try Files.createDirectory(path, doing: doing)
        }
    }

    /// Refuses with the first directory on the way that is not there.
    ///
    /// It is not made: a medium that is not mounted would be taken for an empty one.
    private func checkParent(doing: Label) throws(NodeError) {
        let pieces = path.split(separator: "/").dropLast()
        let root = path.hasPrefix("/") ? "/" : ""
        let ways = pieces.indices.map { root + pieces[...$0].joined(separator: "/") }
        guard let missing = ways.first(where: { Files.status($0) == nil }), let parent = ways.last else { return }
        throw NodeError(
            .notFound,
            doing: doing,
            found: Label(uk: "каталогу \(missing) немає", en: "there is no directory \(missing)"),
            remedy: Label(
                uk: "Під'єднайте носій, якщо це він, або створіть: mkdir -p \(parent)",
                en: "Mount the medium, if it is one, or make it: mkdir -p \(parent)"
            )
        )
    }

    /// Refuses a directory that is not there, not this user's, or open to others.
    package func check() throws(NodeError) {
        let doing = Label(uk: "відкриття каталогу даних \(path)", en: "opening the data directory \(path)")
        guard let found = Files.status(path) else {
            throw NodeError(
                .notInitialised,
                doing: doing,
                found: Label(uk: "такого каталогу немає", en: "there is no such directory"),
                remedy: Label(
                    uk: "Створіть: kartoteka init office (або init department)",
                    en: "Make one: kartoteka init office (or department)"
                )
            )
        }
        guard found.mode & S_IFMT == S_IFDIR else {
            throw NodeError(
                .notInitialised,
                doing: doing,
                found: Label(uk: "це не каталог", en: "it is not a directory"),
                remedy: Label(
                    uk: "Вкажіть каталог, який створила команда kartoteka init",
                    en: "Give the directory that kartoteka init made"
                )
            )
        }
        guard found.owner == geteuid() else {
            throw NodeError(
                .permission,
                doing: doing,
                found: Label(
                    uk: "він належить користувачеві \(found.owner), а це \(geteuid())",
                    en: "it belongs to the user \(found.owner), this is \(geteuid())"
                ),
                remedy: Label(
                    uk: "Виконайте від імені його власника або змініть власника: chown",
                    en: "Run as its owner, or chown it"
                )
            )
        }
        guard found.mode & 0o077 == 0 else {
            throw NodeError(
                .permission,
                doing: doing,
                found: Label(
                    uk: "його права \(Self.octal(found.mode)): туди можуть зайти інші",
                    en: "its mode is \(Self.octal(found.mode)), others can enter"
                ),
                remedy: Label(uk: "Виправте: chmod 700 \(path)", en: "Mend it: chmod 700 \(path)")
            )
        }
        try checkFiles(doing: doing)
    }

    /// The configuration is there, and secrets are nobody else's.
    private func checkFiles(doing: Label) throws(NodeError) {
        guard Files.exists(configuration) else {
            throw NodeError(
                .notInitialised,
                doing: doing,
                found: Label(uk: "немає \(configuration)", en: "there is no \(configuration)"),
                remedy: Label(
                    uk: "Створіть вузол: kartoteka init office (або init department)",
                    en: "Make a node: kartoteka init office (or department)"
                )
            )
        }
        for secret in secrets {
            guard let file = Files.status(secret) else { continue }
            guard file.mode & 0o077 == 0 else {
                throw NodeError(
                    .permission,
                    doing: doing,
                    found: Label(
                        uk: "права \(secret) — \(Self.octal(file.mode)): його можуть прочитати інші",
                        en: "the mode of \(secret) is \(Self.octal(file.mode)), others can read it"
                    ),
                    remedy: Label(uk: "Виправте: chmod 600 \(secret)", en: "Mend it: chmod 600 \(secret)")
                )
            }
        }
    }

    private static func octal(_ mode: UInt32) -> String { String(mode & 0o777, radix: 8) }
}
