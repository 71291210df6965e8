import Appeals
import CanonicalJSON
import Commands
import Cryptography
import Desk
import Replication
import Transport

extension NodeSetup {
    /// Makes an invitation for a department; the token is not kept and cannot be shown again.
    ///
    /// `url` is the enrolment port as others reach it. A department that reference does not know is put there under
    /// `name`, by `actor`, who must be an administrator.
    static func invite(
        _ department: String,
        name: String?,
        actor: String,
        minutes: Int?,
        url: String,
        node: OpenedNode,
        now: Int64
    ) throws -> (token: String, expires: Int64, changed: [String]) {
        let doing = Label(uk: "запрошення підрозділу \(department)", en: "inviting the department \(department)")
        guard let office = node.office else {
            throw NodeError(
                .usage,
                doing: doing,
                found: Label(
                    uk: "\(node.configuration.id) — підрозділ",
                    en: "\(node.configuration.id) is a department"
                ),
                remedy: Label(uk: "Запрошує лише Центр: виконайте там", en: "Only the office invites: run it there")
            )
        }
        guard Names.isIdentifier(department), department != office.node else {
            throw NodeError(
                .usage,
                doing: doing,
                found: Label(uk: "це не назва підрозділу", en: "it is not a department's name"),
                remedy: ConfigurationKey.identifierRule
            )
        }
        guard let authority = node.identity.authorities.first else {
            preconditionFailure("an office has its authority's certificate")
        }
        let changed = try introduce(
            department,
            name: name,
            actor: actor,
            office: office,
            node: node,
            doing: doing,
            now: now
        )
        let minutes = Int(InputType.minutesOfPermission.nearest(Int64(minutes ?? node.configuration.invitationMinutes)))
        let token = InvitationToken(
            node: department,
            secret: RandomBytes.bytes(16),
            authority: authority.fingerprint,
            url: url
        )
        let invitation = Invitation(node: department, secret: token.secret, expires: now + Int64(minutes) * 60_000)
        try node.store.write { transaction in
            try requireRoom(department, transaction, doing: doing)
            try node.admissions.invited(invitation, transaction, now: now)
        }
        return (token.text, invitation.expires, changed)
    }

    /// Who has too many copies that nobody has accounted for gets no further key.
    private static func requireRoom(_ department: String, _ reading: any StoreReading, doing: Label) throws {
        let copies = try AdmissionStanding(department, reading).copies.count
        guard copies < AdmissionStanding.copiesAtMost else {
            throw NodeError(
                .failed,
                doing: doing,
                found: Label(
                    uk: "копій зі скасованими ключами, про які ніхто не сказав, що їх знищено: \(copies)",
                    en: "copies of revoked keys that nobody has said to be destroyed: \(copies)"
                ),
                remedy: Label(
                    uk: "Знищіть їх і засвідчіть це: kartoteka node wiped \(department) --key HEX --as USER",
                    en: "Destroy them and say so: kartoteka node wiped \(department) --key HEX --as USER"
                )
            )
        }
    }

    /// The same on a stopped office: its port for joining opens when it serves.
    package static func invite(
        _ department: String,
        name: String?,
        actor: String,
        minutes: Int?,
        office node: OpenedNode,
        now: Int64
    ) throws -> (token: String, expires: Int64) {
        let configuration = node.configuration
        guard configuration.enrolURL != nil || configuration.enrolPort != 0 else {
            throw NodeError(
                .configuration,
                doing: Label(uk: "запрошення підрозділу \(department)", en: "inviting the department \(department)"),
                found: Label(
                    uk: "listen.enrol_port = 0: порт відомий, лише коли Центр працює",
                    en: "listen.enrol_port is 0: the port is known only while the office runs"
                ),
                remedy: Label(uk: "Запустіть Центр або задайте порт", en: "Start the office, or set a port")
            )
        }
        let url = configuration.enrolURL ?? "https://\(configuration.publicHost):\(configuration.enrolPort)"
        let invited = try invite(
            department,
            name: name,
            actor: actor,
            minutes: minutes,
            url: url,
            node: node,
            now: now
        )
        return (invited.token, invited.expires)
    }

    /// Puts a department into reference unless it is there; gives the streams that changed, which wake who waits for
    /// them.
    private static func introduce(
        _ department: String,
        name: String?,
        actor: String,
        office: Office,
        node: OpenedNode,
        doing: Label,
        now: Int64
    ) throws -> [String] {
        let isKnown = try node.store.read {
            try $0.row(Space.reference, generation: 0, key: "department/" + department) != nil
        }
        if isKnown { return [] }
        guard let name, !name.isEmpty else {
            throw NodeError(
                .notFound,
                doing: doing,
                found: Label(uk: "у довіднику немає такого підрозділу", en: "reference knows no such department"),
                remedy: Label(
                    uk: "Дайте його назву, і він там з'явиться: --name \"…\"",
                    en: "Give its name, and it is put there: --name \"…\""
                )
            )
        }
        let (outcome, changed) = try office.act(now: now) { _ in
            Draft(
                kind: "department.put",
                appeal: nil,
                actor: Actor(user: actor, role: "administrator", via: .owner),
                body: ["department": .string(department), "name": .string(name)]
            )
        }
        guard outcome.status == .accepted else {
            throw NodeError(
                .permission,
                doing: doing,
                found: Label(
                    uk: "\(actor) не може додати підрозділ: ",
                    en: "\(actor) may not add a department: "
                ) + outcome.label,
                remedy: Label(uk: "Дійте як адміністратор", en: "Act as an administrator")
            )
        }
        return changed
    }

    /// Uses an invitation: makes a key, gets its certificate, founds the department.
    ///
    /// Safe to repeat.
    /// The key is made once and kept, so that a lost reply is asked for again with the same one (protocol.md section
    /// 4). The directory becomes a node when its certificate is there and its store is founded; each step before that
    /// may be interrupted.
    package static func join(_ path: String, token text: String, now: Int64) throws -> (node: String, office: String) {
        let token = try InvitationToken(text)
        let directory = DataDirectory(path)
        try directory.check()
        let configuration = try NodeConfiguration.read(directory.configuration)
        let doing = Label(uk: "приєднання як \(token.node)", en: "joining as \(token.node)")
        guard configuration.role == .department, configuration.id == token.node else {
            throw NodeError(
                .configuration,
                doing: doing,
                found: Label(
                    uk: "\(path) — каталог вузла \(configuration.id) (\(configuration.role.rawValue))",
                    en: "\(path) is of the \(configuration.role.rawValue) \(configuration.id)"
                ),
                remedy: Label(
                    uk: "Використайте запрошення в каталозі підрозділу \(token.node)",
                    en: "Use the invitation in the directory of the department \(token.node)"
                )
            )
        }
        guard !LocalClient.isServed(path) else {
            throw NodeError(
                .locked,
                doing: doing,
                found: Label(uk: "вузол у \(path) працює", en: "the node in \(path) is running"),
                remedy: Label(
                    uk: "Зупиніть його, приєднайтеся, тоді знову запустіть",
                    en: "Stop it, join, then start it again"
                )
            )
        }
        let key = try ownKey(directory, doing: doing)
        let grant = try ask(token, key: key, doing: doing)
        let certificate = try Certificate(pem: grant.certificate)
        guard certificate.publicKey == key.publicKey, certificate.uriNames == ["urn:node:" + token.node] else {
            throw NodeError(
                .wrongKey,
                doing: doing,
                found: Label(
                    uk: "отриманий сертифікат не для ключа цього вузла",
                    en: "the certificate that came is not for this node's key"
                ),
                remedy: Label(uk: "Повідомте оператора Центру", en: "Tell the office's operator")
            )
        }
        try Files.write(directory.authority, grant.authority, doing: doing)
        try Files.write(directory.certificate, grant.certificate, doing: doing)
        let node = try OpenedNode.make(directory, configuration, doing: doing)
        defer { node.close() }
        try found(node, grant, doing: doing)
        // Where an expired certificate is renewed, once the office's operator has approved it.
        try node.store.write { try $0.setValue(Values.enrolURL, token.url) }
        try StartCode.keep(node)
        return (token.node, grant.office)
    }

    private static func found(_ node: OpenedNode, _ grant: Enrolment.Grant, doing: Label) throws {
        guard let department = node.department else { preconditionFailure("the configuration is a department's") }
        let (name, office, key) = try node.store.read {
            (try $0.value(Values.node), try $0.value(Values.office), try $0.value(Values.officeKey))
        }
        if name == nil {
            try department.initialize(office: grant.office, officeKey: grant.officeKey)
        } else if office != grant.office || key != grant.officeKey {
            throw NodeError(
                .wrongKey,
                doing: doing,
                found:
                    Label(
                        uk: "цей підрозділ належить Центру «\(office ?? "")»; "
                            + "запрошення від іншого, або його ключ змінився",
                        en: "this department belongs to the office \(office ?? ""); "
                            + "the invitation is of another one, or its key changed"
                    ),
                remedy: Label(
                    uk: "До іншого Центру приєднуйтеся в новому каталозі",
                    en: "Join another office in a new directory"
                )
            )
        }
        try node.store.write { try $0.setValue(Values.officeURL, grant.url) }
    }

    /// The node's key, made here at the first try and never sent.
    private static func ownKey(_ directory: DataDirectory, doing: Label) throws -> PrivateKey {
        if Files.exists(directory.key) {
            return try PrivateKey(pem: try Files.read(directory.key, limit: 65_536, doing: doing))
        }
        let key = try PrivateKey.generate()
        try Files.write(directory.key, try key.pem(), doing: doing)
        return key
    }

    /// The exchange itself: trusts the authority that the invitation pins and nothing else.
    private static func ask(_ token: InvitationToken, key: PrivateKey, doing: Label) throws -> Enrolment.Grant {
        let body = try Enrolment.request(token, key: key)
        let response: ClientResponse
        do throws(ClientError) {
            let client = try HTTPSClient(.fingerprint(token.authority))
            response = try client.request(
                method: "POST",
                url: trimmed(token.url) + Enrolment.path,
                headers: [("content-type", "application/x-ndjson")],
                body: body,
                maxBytes: 65_536
            )
        } catch {
            throw NodeError(
                error.kind == .tls ? .wrongKey : .unreachable,
                doing: doing,
                found: Label(cause: error),
                remedy: Label(
                    uk: "Перевірте мережу й чи працює Центр; запрошення діє лише кілька хвилин",
                    en: "Check the network and that the office runs; an invitation is open for a few minutes only"
                )
            )
        }
        guard response.status == 200 else {
            let refusal = WireResponse(status: response.status, body: response.body)
            throw NodeError(
                .permission,
                doing: doing,
                found: refusal.errorCode.map {
                    Label(
                        uk: $0 == .notAllowed
                            ? "Центр не прийняв запрошення: невідоме, прострочене або вже використане"
                            : "Центр відмовив: " + $0.label.uk,
                        en: refusal.errorMessage ?? $0.label.en
                    )
                }
                    ?? Label(
                        uk: "Центр відповів \(response.status)",
                        en: "the office answered \(response.status)"
                    ),
                remedy: Label(uk: "Попросіть у Центру нове запрошення", en: "Ask the office for a new invitation")
            )
        }
        guard let peer = response.peer, let grant = Enrolment.grant(response.body, peer: peer, token: token) else {
            throw NodeError(
                .wrongKey,
                doing: doing,
                found: Label(uk: "відповідь не підписана Центром", en: "the reply is not signed by the office"),
                remedy: Label(
                    uk: "Звірте адресу в запрошенні з оператором Центру",
                    en: "Check the address in the invitation with the office's operator"
                )
            )
        }
        return grant
    }

    static func trimmed(_ url: String) -> String { url.utf8.last == UInt8(ascii: "/") ? String(url.dropLast()) : url }
}
