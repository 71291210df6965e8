import Glibc

/// Where a node keeps everything: one directory, mode 0700, its files 0600.
public struct DataDirectory: Sendable, Equatable {
    public let path: String

    public init(_ path: String) { self.path = path }

    public var configuration: String { file("kartoteka.conf") }
    public var database: String { file("kartoteka.sqlite") }
    public var lock: String { file("kartoteka.lock") }
    public var socket: String { file("kartoteka.sock") }
    public var key: String { file("node.key") }
    public var certificate: String { file("node.pem") }
    public var authority: String { file("authority.pem") }
    public var authorityKey: String { file("authority.key") }
    /// Erasures that this office carried out; outside the backup set, so that a restore cannot undo them.
    public var erasures: String { file("erasures.log") }
    /// Written by a restore, taken away by its declaration: nothing is served while it is there.
    public var restored: String { file("restored") }

    public func file(_ name: String) -> String { Files.join(path, name) }

    /// Secrets, which nobody else may read.
    private var secrets: [String] { [key, authorityKey, database] }

    /// Makes an empty directory; one that is there must be empty and nobody else's.
    public func create(doing: String) throws(NodeError) {
        if let names = Files.list(path) {
            guard names.isEmpty else {
                throw NodeError(
                    .failed,
                    doing: doing,
                    found: "\(path) is not empty (\(names.prefix(3).joined(separator: ", ")))",
                    remedy: "Choose an empty directory, or one that does not exist yet"
                )
            }
            guard chmod(path, 0o700) == 0 else { throw Files.failure(doing, path, errno) }
        } else {
            try Files.createDirectory(path, doing: doing)
        }
        umask(0o077)
    }

    /// Refuses a directory that is not there, not this user's, or open to others.
    public func check() throws(NodeError) {
        let doing = "opening the data directory \(path)"
        guard let found = Files.status(path) else {
            throw NodeError(
                .notInitialised,
                doing: doing,
                found: "there is no such directory",
                remedy: "Make one: kartoteka init office (or department)"
            )
        }
        guard found.mode & S_IFMT == S_IFDIR else {
            throw NodeError(
                .notInitialised,
                doing: doing,
                found: "it is not a directory",
                remedy: "Give the directory that kartoteka init made"
            )
        }
        guard found.owner == geteuid() else {
            throw NodeError(
                .permission,
                doing: doing,
                found: "it belongs to the user \(found.owner), this is \(geteuid())",
                remedy: "Run as its owner, or chown it"
            )
        }
        guard found.mode & 0o077 == 0 else {
            throw NodeError(
                .permission,
                doing: doing,
                found: "its mode is \(Self.octal(found.mode)), others can enter",
                remedy: "Mend it: chmod 700 \(path)"
            )
        }
        guard Files.exists(configuration) else {
            throw NodeError(
                .notInitialised,
                doing: doing,
                found: "there is no \(configuration)",
                remedy: "Make a node: kartoteka init office (or department)"
            )
        }
        for secret in secrets {
            guard let file = Files.status(secret) else { continue }
            guard file.mode & 0o077 == 0 else {
                throw NodeError(
                    .permission,
                    doing: doing,
                    found: "the mode of \(secret) is \(Self.octal(file.mode)), others can read it",
                    remedy: "Mend it: chmod 600 \(secret)"
                )
            }
        }
        umask(0o077)
    }

    private static func octal(_ mode: UInt32) -> String { String(mode & 0o777, radix: 8) }
}
