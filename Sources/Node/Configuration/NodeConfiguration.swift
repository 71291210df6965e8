public import Appeals
import Replication

/// What a node's configuration file says (`kartoteka.conf`, INI): everything that is not data.
public struct NodeConfiguration: Sendable, Equatable {
    public var id: String
    public var role: NodeRole
    /// Of messages to whoever does not ask for another.
    public var language = Language.ukrainian
    public var officeURL: String?
    public var enrolURL: String?
    public var address = "127.0.0.1"
    public var port: UInt16 = 8443
    public var enrolPort: UInt16 = 8444
    public var names: [String] = []
    public var connections: Int?
    public var connectionsPerKey = 4
    public var bodiesMiB = 256
    public var backupDirectory: String?
    public var admissionsCopy: String?
    public var backupDeviceIsOther = false
    public var invitationMinutes = 10
    public var readerDays = 90
    public var certificateDays = 90
    public var waitSeconds = Int(ReplicationLimits.waitSeconds)
    public var idleSeconds = 60

    public init(id: String, role: NodeRole) {
        self.id = id
        self.role = role
    }

    /// A file of configuration is small; more is another file.
    public static let limit = 65_536

    /// Reads a file.
    public static func read(_ path: String) throws -> NodeConfiguration {
        let doing = Label(uk: "читання налаштувань \(path)", en: "reading the configuration \(path)")
        let bytes = try Files.read(path, limit: limit, doing: doing)
        do { return try NodeConfiguration(parsing: bytes, file: Files.name(path)) } catch {
            throw NodeError(.configuration, doing: doing, found: error.place + error.found, remedy: error.remedy)
        }
    }

    /// What a directory's configuration says of the language; nil if it cannot be read, which whoever opens it explains.
    public static func language(in directory: String) -> Language? {
        do { return try read(DataDirectory(directory).configuration).language } catch { return nil }
    }

    /// Host names and addresses of the office's certificate, in the order given.
    public var certificateNames: (dns: [String], addresses: [String]) {
        var all = names
        if address != "0.0.0.0", address != "::", !all.contains(address) { all.append(address) }
        return (all.filter { !Files.isAddress($0) }, all.filter(Files.isAddress))
    }

    /// The host under which others reach the office.
    public var publicHost: String {
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
