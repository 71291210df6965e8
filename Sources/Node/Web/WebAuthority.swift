import Appeals
import Cryptography
import Desk
import Transport
import Web

/// A node's own authority for browsers: four files of its directory.
///
/// It has nothing to do with the authority of nodes. It is made at the first start that needs it, bound to the names that
/// `[web]` has then; a name that comes later needs a new authority, which every device must be taught to trust again, so
/// only a person makes that (`web trust --new`). Until then the node is served under the names that are permitted.
package struct WebAuthority: Sendable {
    /// Ten years: devices are taught once.
    static let days = 3_650

    private let directory: DataDirectory
    private let node: String
    private let wanted: BrowserNames
    private static let doing = Label(
        uk: "сертифікат для браузерів від власного засвідчувача",
        en: "the certificate for browsers of the node's own authority"
    )

    package init(_ directory: DataDirectory, _ configuration: NodeConfiguration) {
        self.directory = directory
        node = configuration.id
        let names = configuration.web.ownNames
        wanted = BrowserNames(dns: names.filter { !Files.isAddress($0) }, addresses: names.filter(Files.isAddress))
    }

    /// The authority's certificate; nil before it is made.
    func certificate() throws -> Certificate? {
        guard Files.exists(directory.webAuthority) else { return nil }
        return try Certificate(
            pem: try Files.read(directory.webAuthority, limit: WebCertificate.limit, doing: Self.doing)
        )
    }

    /// Of the authority's certificate, hexadecimal; nil before it is made.
    package func fingerprint() throws -> String? { try certificate()?.fingerprint.hex }

    /// What devices are taught; nil before it is made.
    func trust() throws -> WebTrust? {
        guard let certificate = try certificate() else { return nil }
        return WebTrust(certificate: try certificate.pem(), fingerprint: certificate.fingerprint.hex)
    }

    /// Names of `[web]` that the authority does not permit; empty before there is one.
    package func lacking() throws -> [String] {
        guard let authority = try certificate() else { return [] }
        let permitted = authority.permitted(of: wanted)
        return wanted.dns.filter { !permitted.dns.contains($0) }
            + wanted.addresses.filter { !permitted.addresses.contains($0) }
    }

    /// Makes an authority for the names of `[web]`, in place of the one that is there.
    ///
    /// The key first: a certificate without its key would be shown and could never be renewed.
    package func make(now: Int64) throws {
        let key = try PrivateKey.generate()
        let serial = NodeSetup.serial()
        let authority = try BrowserAuthority.make(
            name: "Kartoteka \(node) web \(Hex.encode(serial.prefix(2)))",
            names: wanted,
            key: key,
            notBefore: NodeSetup.begin(now),
            days: Self.days,
            serial: serial
        )
        try Files.write(directory.webAuthorityKey, try key.pem(), doing: Self.doing)
        try Files.write(directory.webAuthority, try authority.pem(), doing: Self.doing)
    }

    /// The certificate to serve with and its key: made if there is none, renewed when half of its time is over or its names
    /// are no longer those that are wanted and permitted.
    func material(now: Int64) throws -> TLSMaterial {
        if !Files.exists(directory.webAuthority) { try make(now: now) }
        guard let authority = try certificate() else { preconditionFailure("it was made or is there") }
        let names = authority.permitted(of: wanted)
        guard !names.isEmpty else { throw Self.failure(.configuration, Self.noName) }
        if let material = try standing(authority, names, now: now) { return material }
        guard Files.exists(directory.webAuthorityKey) else { throw Self.failure(.wrongKey, Self.noKey) }
        let authorityKey = try PrivateKey(
            pem: try Files.read(directory.webAuthorityKey, limit: WebCertificate.limit, doing: Self.doing)
        )
        let key = try PrivateKey.generate()
        let leaf = try BrowserAuthority.issue(
            name: node,
            names: names,
            key: key.publicKey,
            authority: authority,
            authorityKey: authorityKey,
            notBefore: NodeSetup.begin(now),
            days: BrowserAuthority.leafDays,
            serial: NodeSetup.serial()
        )
        let secret = try key.pem(), chain = try leaf.pem() + authority.pem()
        try Files.write(directory.webKey, secret, doing: Self.doing)
        try Files.write(directory.webCertificate, chain, doing: Self.doing)
        return TLSMaterial(certificates: chain, key: secret, authorities: [])
    }

    /// The one that was made before, if it still serves.
    private func standing(_ authority: Certificate, _ names: BrowserNames, now: Int64) throws -> TLSMaterial? {
        guard Files.exists(directory.webCertificate), Files.exists(directory.webKey) else { return nil }
        let chain = try Files.read(directory.webCertificate, limit: WebCertificate.limit, doing: Self.doing)
        let secret = try Files.read(directory.webKey, limit: WebCertificate.limit, doing: Self.doing)
        let leaf = try Certificate.list(pem: chain)[0]
        let key = try PrivateKey(pem: secret).publicKey
        guard leaf.isForBrowsers(of: names, key: key, authority: authority), !leaf.isHalfOver(now: now),
            !leaf.isYetToBegin(now: now)
        else { return nil }
        return TLSMaterial(certificates: chain, key: secret, authorities: [])
    }

    private static func failure(_ code: DeskError.Kind, _ found: Label) -> NodeError {
        NodeError(
            code,
            doing: doing,
            found: found,
            remedy: Label(
                uk: "Зробіть нового засвідчувача: kartoteka web trust --new; тоді кожен пристрій треба навчити наново",
                en: "Make a new authority: kartoteka web trust --new; then every device must be taught again"
            )
        )
    }

    private static let noName = Label(
        uk: "жодної назви з [web] цей засвідчувач не посвідчує",
        en: "this authority permits none of the names in [web]"
    )
    private static let noKey = Label(
        uk: "немає web-authority.key: новий сертифікат нічим підписати",
        en: "web-authority.key is missing: nothing can sign a new certificate"
    )
}
