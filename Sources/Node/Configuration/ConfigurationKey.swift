package import Desk

/// A key of the configuration: where it stands, what it takes, and what it is for.
///
/// Reading, writing and the example in deploy/README.md follow this one table; a key that is not in it is refused.
package struct ConfigurationKey: Sendable {
    /// What a value looks like.
    package enum Form: Sendable, Equatable {
        case identifier
        case choice([String])
        /// A numeric IPv4 or IPv6 address.
        case address
        case port
        case number(ClosedRange<Int>)
        case url
        /// DNS names and numeric addresses, separated by commas.
        case names
        case path
    }

    package let section: String
    package let name: String
    package let form: Form
    /// Nil: there is none, the key is left out.
    package let standard: String?
    /// Nodes that may have it; at another it is refused, lest somebody believe that it acts.
    package let roles: [NodeRole]
    package let summary: String

    package var fullName: String { section + "." + name }

    private static let both = NodeRole.allCases

    /// All keys, in the order of the examples.
    package static let all: [ConfigurationKey] = [
        ConfigurationKey(
            section: "node",
            name: "id",
            form: .identifier,
            standard: nil,
            roles: both,
            summary: "The node's name in the city: lower-case letters, digits and dashes."
        ),
        ConfigurationKey(
            section: "node",
            name: "role",
            form: .choice(NodeRole.allCases.map(\.rawValue)),
            standard: nil,
            roles: both,
            summary: "office or department."
        ),
        ConfigurationKey(
            section: "node",
            name: "language",
            form: .choice(["uk", "en"]),
            standard: "uk",
            roles: both,
            summary: "The language of messages, unless --lang or the environment names another."
        ),
        ConfigurationKey(
            section: "office",
            name: "url",
            form: .url,
            standard: nil,
            roles: both,
            summary: "Where departments reach the office; a department that joined knows it from its invitation."
        ),
        ConfigurationKey(
            section: "office",
            name: "enrol_url",
            form: .url,
            standard: nil,
            roles: both,
            summary: "Where those who join or renew reach the office; a department knows it from its invitation."
        ),
        ConfigurationKey(
            section: "listen",
            name: "address",
            form: .address,
            standard: "127.0.0.1",
            roles: [.office],
            summary: "The numeric address to listen at; 0.0.0.0 or :: for all."
        ),
        ConfigurationKey(
            section: "listen",
            name: "port",
            form: .port,
            standard: "8443",
            roles: [.office],
            summary: "The port of the exchange with departments (both sides show certificates)."
        ),
        ConfigurationKey(
            section: "listen",
            name: "enrol_port",
            form: .port,
            standard: "8444",
            roles: [.office],
            summary: "The port for joining; open only while an invitation or an approved renewal is valid."
        ),
        ConfigurationKey(
            section: "listen",
            name: "names",
            form: .names,
            standard: nil,
            roles: [.office],
            summary: "Names and addresses of the office for its certificate, separated by commas."
        ),
        ConfigurationKey(
            section: "limits",
            name: "connections",
            form: .number(16...100_000),
            standard: nil,
            roles: [.office],
            summary: "Connections at most; without it 4 for each node on the allow-list and 256 more."
        ),
        ConfigurationKey(
            section: "limits",
            name: "connections_per_key",
            form: .number(2...64),
            standard: "4",
            roles: [.office],
            summary: "Connections of one node at most."
        ),
        ConfigurationKey(
            section: "limits",
            name: "bodies_mib",
            form: .number(8...65_536),
            standard: "256",
            roles: [.office],
            summary: "Memory for unfinished requests, in MiB."
        ),
        ConfigurationKey(
            section: "web",
            name: "enabled",
            form: .choice(["yes", "no"]),
            standard: "yes",
            roles: both,
            summary: "no: nobody works at this node in a browser, and the port stays closed."
        ),
        ConfigurationKey(
            section: "web",
            name: "address",
            form: .address,
            standard: "127.0.0.1",
            roles: both,
            summary: "The numeric address for browsers: without TLS at a loopback address, with TLS at any other."
        ),
        ConfigurationKey(
            section: "web",
            name: "port",
            form: .port,
            standard: "8440",
            roles: both,
            summary: "The port for browsers and programs (HTTP API)."
        ),
        ConfigurationKey(
            section: "web",
            name: "names",
            form: .names,
            standard: nil,
            roles: both,
            summary: "Names and addresses under which browsers ask for the node, the first as it calls itself."
        ),
        ConfigurationKey(
            section: "web",
            name: "certificate",
            form: .path,
            standard: nil,
            roles: both,
            summary: "The certificate for browsers with its chain (PEM); without it the node makes its own authority."
        ),
        ConfigurationKey(
            section: "web",
            name: "key",
            form: .path,
            standard: nil,
            roles: both,
            summary: "The private key of that certificate (PEM, readable for this user alone)."
        ),
        ConfigurationKey(
            section: "web",
            name: "totp",
            form: .choice(["all", "administrators"]),
            standard: "administrators",
            roles: both,
            summary: "Who must sign in with a one-time password as well; others may."
        ),
        ConfigurationKey(
            section: "backup",
            name: "directory",
            form: .path,
            standard: nil,
            roles: both,
            summary: "Where `backup create` writes when no directory is given."
        ),
        ConfigurationKey(
            section: "backup",
            name: "admissions",
            form: .path,
            standard: nil,
            roles: [.office],
            summary: "The file on another device that the log of admissions is copied to at every change."
        ),
        ConfigurationKey(
            section: "backup",
            name: "device_is_other",
            form: .choice(["yes", "no"]),
            standard: "no",
            roles: both,
            summary:
                "yes: the backup's directory is on another device, though the system cannot see it (a network share)."
        ),
        ConfigurationKey(
            section: "settings",
            name: "invitation_minutes",
            form: .number(1...Int(InputType.minutesOfPermission.upperBound)),
            standard: "10",
            roles: [.office],
            summary: "How long an invitation is valid, in minutes."
        ),
        ConfigurationKey(
            section: "settings",
            name: "reader_days",
            form: .number(1...3_650),
            standard: "90",
            roles: [.office],
            summary: "A department not seen for this many days gets its slice anew when it returns."
        ),
        ConfigurationKey(
            section: "settings",
            name: "certificate_days",
            form: .number(1...825),
            standard: "90",
            roles: [.office],
            summary: "How long certificates are valid; nodes renew them when half of that is over."
        ),
        ConfigurationKey(
            section: "settings",
            name: "wait_seconds",
            form: .number(1...25),
            standard: "25",
            roles: [.department],
            summary: "How long a department's question for news may wait at the office, in seconds."
        ),
        ConfigurationKey(
            section: "settings",
            name: "idle_seconds",
            form: .number(1...3_600),
            standard: "60",
            roles: [.department],
            summary: "How often a department with nothing to send looks whether it has, in seconds."
        ),
    ]

    /// Nil if there is no such key under this heading.
    static func named(_ section: String, _ name: String) -> ConfigurationKey? {
        all.first { $0.section == section && $0.name == name }
    }

    /// The known word that a mistyped one is nearest to, if one is near.
    static func suggestion(for word: String, among known: [String]) -> String? {
        let near = known.map { ($0, distance(word, $0)) }.filter { $0.1 <= max(2, word.utf8.count / 3) }
        return near.min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
    }

    /// How many letters must be changed, added or taken away; words from outside are at most a line long.
    private static func distance(_ a: String, _ b: String) -> Int {
        let a = Array(a.utf8)
        let b = Array(b.utf8)
        var row = Array(0...b.count)
        for (i, left) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, right) in b.enumerated() {
                let changed = diagonal + (left == right ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(changed, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }
}
