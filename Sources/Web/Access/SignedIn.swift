import Appeals
import Desk

/// Somebody who proved who they are, in the request at hand.
struct SignedIn: Sendable, Equatable {
    /// The id in the directory.
    let user: String
    /// The role in which they act this time; nil if they have only one.
    let role: String?
    /// The session or the token, as operations name it.
    let via: Via

    var who: Who { .proven(user: user, role: role, via: via) }
}

extension SignedIn {
    /// Who sent the request; nil for nobody, and for a session that is over.
    static func of(_ request: WebRequest, _ site: WebSite) throws -> SignedIn? { nil }
}
