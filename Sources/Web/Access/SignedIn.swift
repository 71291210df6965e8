import Appeals
import Cryptography
import Desk

/// Somebody who proved who they are, in the request at hand.
struct SignedIn: Sendable, Equatable {
    /// The id in the directory.
    let user: String
    /// The role in which they act this time; nil if they chose none: then the one that fits the act.
    let role: String?
    /// The session or the token, as operations name it.
    let via: Via
    /// The printed name.
    var name = ""
    /// In force at this node, in the order of their names.
    var roles: [String] = []
    /// The whole hash of the session or the token.
    var hash = ""
    /// In which they read; nil: as their browser says.
    var language: Language?
    /// A new start that they were given, as long as they approve nothing because of it.
    var reset: Account.Reset?
    /// Whether they have an authenticator.
    var hasSecondProof = false
    /// Whether they have to set up a second proof before anything else.
    var isToSetUp = false
    /// What their token may; nil of a session, which may what they may.
    var token: TokenScope?
    /// Whether the request proves, beside the cookie, that a page of the session sent it: what only reads need not.
    var mayAct = true
    /// What a form of this page carries in the field `SignedIn.field`; nil where a form alone proves nothing (loopback).
    var formToken: String?

    var who: Who { .proven(user: user, role: role, via: via, departments: token?.departments ?? []) }
    /// Whether approvals are barred for now.
    var isBarred: Bool { reset != nil }
}

extension SignedIn {
    /// The header, and the field of a form, that carries the second secret of a session.
    static let header = "x-kartoteka-session", field = "kt-session"

    /// Who sent the request; nil for nobody, and for a session that is over.
    ///
    /// - Parameter isUse: whether it prolongs the session; waiting for news does not.
    static func of(_ request: WebRequest, _ site: WebSite, isUse: Bool = true) throws -> SignedIn? {
        if let given = request.header("authorization") {
            let parts = given.split(separator: " ", maxSplits: 1).map(String.init)
            guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
            return try site.access.person(ofToken: parts[1]).map { SignedIn($0) }
        }
        guard let secret = request.cookie(site.cookie(isSecure: request.isSecure)),
            let person = try site.access.person(ofSession: secret, isUse: isUse),
            let second = try site.access.second(of: secret)
        else { return nil }
        var signedIn = SignedIn(person)
        signedIn.isToSetUp =
            !person.hasSecondProof && site.access.wantsSecondProof(person.roles, ofAll: site.isTOTPForAll)
        // On loopback whoever listens at another port gets the cookie, and could read a page: no page has the second secret.
        let shown = [request.header(header), request.isSecure ? FormBody(request)?.value(field) : nil]
        signedIn.mayAct = shown.compactMap(\.self).contains {
            ConstantTime.equal(Array($0.utf8), Array(second.utf8))
        }
        signedIn.formToken = request.isSecure ? second : nil
        return signedIn
    }

    private init(_ person: AccessPerson) {
        self.init(
            user: person.user,
            role: person.role,
            via: person.via,
            name: person.name,
            roles: person.roles,
            hash: person.hash,
            language: person.language,
            reset: person.reset,
            hasSecondProof: person.hasSecondProof,
            token: person.token
        )
    }
}

extension WebSite {
    /// The cookie of a session: on loopback, where all ports share their cookies, it is named after the node and its port.
    func cookie(isSecure: Bool) -> String { isSecure ? "__Host-kt" : "kt-\(node)-\(port)" }

    /// Sets the cookie of a session, or takes it away.
    func setCookie(_ secret: String?, isSecure: Bool) -> (String, String) {
        let end = secret == nil ? "; Max-Age=0" : ""
        let name = cookie(isSecure: isSecure)
        return (
            "set-cookie",
            "\(name)=\(secret ?? "")\(end); Path=/; HttpOnly; SameSite=Strict\(isSecure ? "; Secure" : "")"
        )
    }
}
