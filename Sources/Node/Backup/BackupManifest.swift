import Appeals
import CanonicalJSON
import Cryptography
import Desk

/// What a backup says about itself.
///
/// Written last into a backup: a directory without it is not one. It is not signed; it finds accidents, not forgery,
/// which the signatures of the operations are for.
struct BackupManifest: Sendable {
    static let file = "manifest.json"

    let node: String
    let role: NodeRole
    /// Unix milliseconds.
    let made: Int64
    let files: [(name: String, digest: FileDigest)]
    let content: BackupContent

    var operations: Int64 { content.operations }
    var rows: Int64 { content.rows }

    init(_ node: OpenedNode, _ content: BackupContent, _ directory: DataDirectory, made: Int64, doing: Label) throws {
        self.node = node.configuration.id
        role = node.configuration.role
        self.made = made
        self.content = content
        let there = Backup.copiedIfThere.filter { Files.exists(directory.file($0)) }
        files = try ([Backup.database] + Backup.copied + there).sorted().map {
            ($0, try FileDigest(directory.file($0), doing: doing))
        }
    }

    var json: JSON {
        let files = self.files.map {
            ($0.name, JSON.object(["size": .integer($0.digest.size), "sha256": .string($0.digest.hash.hex)]))
        }
        return [
            "version": 1, "node": .string(node), "role": .string(role.rawValue), "made": .integer(made),
            "files": .object(JSONObject(members: files)), "content": content.json,
        ]
    }

    /// At most 8 MiB; throws `integrity` for whatever is not a manifest of version 1.
    static func read(_ directory: DataDirectory, doing: Label) throws(NodeError) -> BackupManifest {
        let bytes = try Files.read(directory.file(file), limit: 8 << 20, doing: doing)
        guard let json = try? JSON(parsing: bytes), let manifest = BackupManifest(json) else {
            throw NodeError(
                .integrity,
                doing: doing,
                found: Label(uk: "\(file) — не опис копії версії 1", en: "\(file) is not a manifest of version 1"),
                remedy: Label(
                    uk: "Вкажіть каталог, який зробила команда backup create",
                    en: "Give the directory that backup create made"
                )
            )
        }
        return manifest
    }

    private init?(_ json: JSON) {
        guard json["version"]?.integer == 1, let node = json["node"]?.string, let made = json["made"]?.integer,
            let role = json["role"]?.string.flatMap(NodeRole.init),
            let content = json["content"].flatMap({ BackupContent($0) }),
            let members = json["files"]?.object?.members
        else { return nil }
        var files: [(name: String, digest: FileDigest)] = []
        for (name, value) in members {
            // A name of a manifest is a file of its directory, never a path elsewhere.
            guard ([Backup.database] + Backup.copied + Backup.copiedIfThere).contains(name),
                let size = value["size"]?.integer,
                let hash = value["sha256"]?.string.flatMap({ SHA256Digest(hex: $0) })
            else { return nil }
            files.append((name, FileDigest(size: size, hash: hash)))
        }
        guard files.contains(where: { $0.name == Backup.database }) else { return nil }
        self.node = node
        self.role = role
        self.made = made
        self.files = files
        self.content = content
    }
}
