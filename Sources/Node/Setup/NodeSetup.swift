import Appeals
import CanonicalJSON
import Cryptography
import Desk
import Replication

/// Who administers a new office.
package struct Administrator: Sendable, Equatable {
    package let user: String
    package let name: String

    package init(user: String, name: String) {
        self.user = user
        self.name = name
    }
}

/// Makes nodes and brings them together.
package enum NodeSetup {
    /// The authority's certificate is valid for ten years.
    static let authorityDays = 3_650

    /// An hour back, for clocks that are behind.
    static func begin(_ now: Int64) -> Int64 { now / 1_000 - 3_600 }

    static func serial() -> [UInt8] {
        var serial = RandomBytes.bytes(16)
        serial[0] = serial[0] & 0x7F | 0x01
        return serial
    }

    /// Makes an office: keys, certificates, store, and its first administrator.
    ///
    /// An interrupted founding leaves a directory without configuration, which counts as not initialised and has to be
    /// removed.
    package static func initializeOffice(
        _ path: String,
        _ configuration: NodeConfiguration,
        name: String,
        administrator: Administrator,
        now: Int64
    ) throws {
        precondition(configuration.role == .office, "an office is made of an office's configuration")
        let doing = Label(
            uk: "створення Центру \(configuration.id) у \(path)",
            en: "making the office \(configuration.id) in \(path)"
        )
        try check(configuration.id, administrator, doing: doing)
        try check(configuration, doing: doing)
        let directory = DataDirectory(path)
        try directory.create(doing: doing)
        let authorityKey = try PrivateKey.generate()
        let authority = try CertificateAuthority.selfSigned(
            name: "Kartoteka \(configuration.id)",
            key: authorityKey,
            notBefore: begin(now),
            days: authorityDays,
            serial: serial()
        )
        let key = try PrivateKey.generate()
        try Files.write(directory.authorityKey, try authorityKey.pem(), doing: doing)
        try Files.write(directory.authority, try authority.pem(), doing: doing)
        try Files.write(directory.key, try key.pem(), doing: doing)
        try certifyOffice(
            directory,
            configuration,
            key: key,
            authority: authority,
            authorityKey: authorityKey,
            now: now
        )
        let node = try OpenedNode.make(directory, configuration, doing: doing)
        defer { node.close() }
        guard let office = node.office else { preconditionFailure("the configuration is an office's") }
        try office.initialize()
        try node.admissions.found(node.store, now: now)
        try appoint(administrator, office: office, name: name, now: now)
        try StartCode.keep(node)
        // Last: a directory without it counts as not initialised.
        try Files.write(directory.configuration, Array(configuration.text.utf8), doing: doing)
    }

    /// What would be refused at the first start is refused before anything is made.
    private static func check(_ configuration: NodeConfiguration, doing: Label) throws(NodeError) {
        do throws(ConfigurationRefusal) {
            _ = try NodeConfiguration(parsing: Array(configuration.text.utf8), file: "kartoteka.conf")
        } catch {
            throw NodeError(.usage, doing: doing, found: Label("\(error.key): ") + error.found, remedy: error.remedy)
        }
    }

    private static func check(_ id: String, _ administrator: Administrator, doing: Label) throws(NodeError) {
        guard Names.isIdentifier(id) else {
            throw NodeError(
                .usage,
                doing: doing,
                found: Label(uk: "«\(id)» — не назва вузла", en: "\"\(id)\" is not a node's name"),
                remedy: ConfigurationKey.identifierRule
            )
        }
        guard Names.isIdentifier(administrator.user), !administrator.name.isEmpty else {
            throw NodeError(
                .usage,
                doing: doing,
                found: Label(
                    uk: "«\(administrator.user)» — не код особи, або ім'я порожнє",
                    en: "\"\(administrator.user)\" is not a person's id, or the name is empty"
                ),
                remedy: ConfigurationKey.identifierRule
            )
        }
    }

    /// The office's own certificate, as client and server.
    static func certifyOffice(
        _ directory: DataDirectory,
        _ configuration: NodeConfiguration,
        key: PrivateKey,
        authority: Certificate,
        authorityKey: PrivateKey,
        now: Int64
    ) throws {
        let names = configuration.certificateNames
        let certificate = try CertificateAuthority.issue(
            request: try CertificateRequest.make(key: key, node: configuration.id),
            node: configuration.id,
            dnsNames: names.dns,
            addresses: names.addresses,
            authority: authority,
            key: authorityKey,
            notBefore: begin(now),
            days: configuration.certificateDays,
            serial: serial()
        )
        try Files.write(
            directory.certificate,
            try certificate.pem(),
            doing: Label(uk: "запис сертифіката Центру", en: "writing the office's certificate")
        )
    }

    /// Renews the office's own certificate once half of its time is over, when its time is yet to begin (the clock was
    /// ahead: no department would come until then), or when its names are no longer those of the configuration; its key
    /// stays.
    static func renewOffice(_ directory: DataDirectory, _ configuration: NodeConfiguration, now: Int64) throws -> Bool {
        let identity = try NodeIdentity(directory, id: configuration.id)
        let names = configuration.certificateNames
        let isNamed = identity.certificate.isNamed(dns: names.dns, addresses: names.addresses)
        let isInTime = !identity.certificate.isHalfOver(now: now) && !identity.certificate.isYetToBegin(now: now)
        guard !isNamed || !isInTime, Files.exists(directory.authorityKey), let authority = identity.authorities.first
        else { return false }
        let doing = Label(uk: "поновлення сертифіката Центру", en: "renewing the office's certificate")
        let authorityKey = try PrivateKey(pem: try Files.read(directory.authorityKey, limit: 65_536, doing: doing))
        try certifyOffice(
            directory,
            configuration,
            key: identity.key,
            authority: authority,
            authorityKey: authorityKey,
            now: now
        )
        return true
    }

    /// The office as a department of itself, its administrator, and the calendar every node starts with.
    private static func appoint(_ administrator: Administrator, office: Office, name: String, now: Int64) throws {
        let actor = Actor(user: administrator.user, role: "administrator", via: .owner)
        let drafts = [
            Draft(
                kind: "department.put",
                appeal: nil,
                actor: actor,
                body: ["department": .string(office.node), "name": .string(name)]
            ),
            Draft(
                kind: "person.put",
                appeal: nil,
                actor: actor,
                body: ["user": .string(administrator.user), "department": .string(office.node)],
                personal: ["name": .string(administrator.name)]
            ),
            Draft(
                kind: "role.granted",
                appeal: nil,
                actor: actor,
                body: [
                    "user": .string(administrator.user), "role": "administrator", "department": .string(office.node),
                ]
            ),
            Draft(kind: "calendar.put", appeal: nil, actor: actor, body: ["calendar": WorkingCalendar.initial.json]),
        ]
        let (outcomes, _) = try office.act(now: now, count: drafts.count) { _, place in drafts[place] }
        for (outcome, draft) in zip(outcomes, drafts) where outcome.status != .accepted {
            throw NodeError(
                .failed,
                doing: Label(uk: "заснування Центру: \(draft.kind)", en: "founding the office with \(draft.kind)"),
                found: outcome.label,
                remedy: Label(uk: "Видаліть каталог і почніть знову", en: "Remove the directory and begin again")
            )
        }
    }

    /// Makes a department's directory; it becomes a node by joining.
    package static func initializeDepartment(_ path: String, _ configuration: NodeConfiguration) throws {
        precondition(configuration.role == .department, "a department is made of a department's configuration")
        let doing = Label(
            uk: "створення підрозділу \(configuration.id) у \(path)",
            en: "making the department \(configuration.id) in \(path)"
        )
        guard Names.isIdentifier(configuration.id) else {
            throw NodeError(
                .usage,
                doing: doing,
                found: Label(
                    uk: "«\(configuration.id)» — не назва вузла",
                    en: "\"\(configuration.id)\" is not a node's name"
                ),
                remedy: ConfigurationKey.identifierRule
            )
        }
        try check(configuration, doing: doing)
        let directory = DataDirectory(path)
        try directory.create(doing: doing)
        try Files.write(directory.configuration, Array(configuration.text.utf8), doing: doing)
    }
}
