package import Appeals
package import Desk
import Replication

/// What a node's configuration file says (`kartoteka.conf`, INI): everything that is not data.
package struct NodeConfiguration: Sendable, Equatable {
    package var id: String
    package var role: NodeRole
    /// Of messages to whoever does not ask for another.
    package var language = Language.ukrainian
    /// The sync port as departments reach it; nil at a department means what its invitation said.
    package var officeURL: String?
    package var enrolURL: String?
    package var address = "127.0.0.1"
    package var port: UInt16 = 8443
    package var enrolPort: UInt16 = 8444
    package var names: [String] = []
    /// Connections at most at the sync port; nil: by the number of nodes on the allow-list.
    package var connections: Int?
    package var connectionsPerKey = 4
    /// Memory for all unfinished request bodies together, in MiB.
    package var bodiesMiB = 256
    package var web = WebConfiguration()
    package var backupDirectory: String?
    package var admissionsCopy: String?
    /// The operator's word that backups lie on another device although the system shows the same one.
    package var backupDeviceIsOther = false
    package var invitationMinutes = 10
    /// Days after which a reader that was not seen no longer keeps entries from being compacted.
    package var readerDays = 90
    package var certificateDays = 90
    /// How long a department lets its poll wait at the office (protocol.md section 7.3).
    package var waitSeconds = Int(ReplicationLimits.waitSeconds)
    package var idleSeconds = 60

    package init(id: String, role: NodeRole) {
        self.id = id
        self.role = role
    }

    /// A file of configuration is small; more is another file.
    package static let limit = 65_536

    /// Reads a file.
    package static func read(_ path: String) throws -> NodeConfiguration {
        let doing = Label(uk: "читання налаштувань \(path)", en: "reading the configuration \(path)")
        let bytes = try Files.read(path, limit: limit, doing: doing)
        do { return try NodeConfiguration(parsing: bytes, file: Files.name(path)) } catch {
            throw NodeError(.configuration, doing: doing, found: error.place + error.found, remedy: error.remedy)
        }
    }

    /// What a directory's configuration says of the language; nil if it cannot be read, which whoever opens it explains.
    package static func language(in directory: String) -> Language? {
        do { return try read(DataDirectory(directory).configuration).language } catch { return nil }
    }

    /// Host names and addresses of the office's certificate, in the order given.
    package var certificateNames: (dns: [String], addresses: [String]) {
        var all = names
        if address != "0.0.0.0", address != "::", !all.contains(address) { all.append(address) }
        return (all.filter { !Files.isAddress($0) }, all.filter(Files.isAddress))
    }

    /// The host under which others reach the office.
    package var publicHost: String {
        let host = names.first ?? (address == "0.0.0.0" || address == "::" ? "127.0.0.1" : address)
        return host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
    }
}

extension ConfigurationRefusal {
    var place: Label {
        (line > 0 ? Label(uk: "рядок \(line): ", en: "line \(line): ") : Label(""))
            + Label(key.isEmpty ? "" : key + ": ")
    }
}
