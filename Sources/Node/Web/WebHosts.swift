import Transport

/// The names under which the port may be asked: the configured ones and loopback literals, with the node's port.
///
/// A page of another site whose name was pointed at this machine has another `Host` (DNS rebinding), and gets nothing.
struct WebHosts: Sendable {
    let isSecure: Bool
    let port: UInt16
    /// Names and addresses, the first as the node calls itself.
    let names: [String]

    var scheme: String { isSecure ? "https" : "http" }

    /// As `Host` has them: browsers leave the usual port out.
    var hosts: [String] { names.map { Self.bracketed($0) + (port == usualPort ? "" : ":\(port)") } }

    /// The address that people open.
    var address: String { scheme + "://" + (hosts.first ?? "127.0.0.1:\(port)") }

    private var usualPort: UInt16 { isSecure ? 443 : 80 }

    private static func bracketed(_ name: String) -> String {
        name.utf8.contains(UInt8(ascii: ":")) ? "[\(name)]" : name
    }

    /// The host that a head is for, in small letters; nil if it is not one of this node's.
    ///
    /// The target's own host, which only proxies and programs send, must say the same.
    func host(of head: HTTPHead) -> String? {
        guard let host = head.header("host")?.lowercased(), admits(host) else { return nil }
        if let authority = head.authority, authority.lowercased() != host { return nil }
        return host
    }

    func admits(_ host: String) -> Bool {
        let bytes = host.utf8
        // The port begins at the last colon, unless that stands in the brackets of an address.
        let colon = bytes.last == UInt8(ascii: "]") ? nil : bytes.lastIndex(of: UInt8(ascii: ":"))
        let name = String(host[..<(colon ?? host.endIndex)])
        let digits = colon.map { String(host[host.index(after: $0)...]) } ?? String(usualPort)
        guard digits == String(port) else { return false }
        if names.contains(where: { Self.bracketed($0) == name }) { return true }
        return name == "[::1]" || (name != "::1" && Server.isLoopback(name))
    }

    /// Whether a request that changes something was sent by a page of this node.
    ///
    /// A program that shows a token and no cookie is no page: no page of another site can make a browser send one.
    func isOwn(_ head: HTTPHead, host: String) -> Bool {
        if let origin = head.header("origin") { return origin == scheme + "://" + host }
        return head.header("authorization") != nil && head.header("cookie") == nil
    }
}
