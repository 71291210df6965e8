/// What every reply says to the browser beside its contents.
///
/// A page may load what this node has and nothing else, nobody may frame it, and no text becomes script: there is no inline
/// code, and markup is made by the one policy `kartoteka` of `swap.js` alone. Nothing is kept by the browser or on the way,
/// but for assets, whose address changes when they do.
extension WebReply {
    private static let pages = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
        form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
        require-trusted-types-for 'script'; trusted-types kartoteka
        """

    private static let others = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"

    /// The headers of a reply of this type, without those that it brings itself.
    private static func headers(of contentType: String?, isSecure: Bool) -> [(String, String)] {
        let isPage = contentType?.hasPrefix("text/html") ?? false
        // Not `no-referrer`: for it browsers send the origin of a form as `null`, which no change is taken from.
        var headers = [
            ("content-security-policy", isPage ? pages : others), ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"), ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"), ("cache-control", "no-store"),
        ]
        // Other ports of the machine may speak without TLS: subdomains are not spoken for.
        if isSecure { headers.append(("strict-transport-security", "max-age=63072000")) }
        return headers
    }

    /// The same reply with all that each has to say.
    package func dressed(isSecure: Bool) -> WebReply {
        var reply = self
        let own = Set(headers.map(\.0))
        reply.headers += Self.headers(of: contentType, isSecure: isSecure).filter { !own.contains($0.0) }
        return reply
    }
}
