/// A request as the web port gives it on: its framing and its host are checked already.
package struct WebRequest: Sendable {
    package let method: String
    /// Percent-decoded, without the query.
    package let path: String
    /// Percent-decoded, in the order of the request; each name once.
    package let query: [(String, String)]
    /// Names in small letters.
    package let headers: [(String, String)]
    package let body: [UInt8]
    /// Whether it came over TLS.
    package let isSecure: Bool
    /// Of the peer, without its port.
    package let address: String

    package init(
        method: String,
        path: String,
        query: [(String, String)] = [],
        headers: [(String, String)] = [],
        body: [UInt8] = [],
        isSecure: Bool = false,
        address: String = "127.0.0.1"
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.isSecure = isSecure
        self.address = address
    }

    /// The first of this name, which is given in small letters.
    package func header(_ name: String) -> String? { headers.first { $0.0 == name }?.1 }
    package func parameter(_ name: String) -> String? { query.first { $0.0 == name }?.1 }

    /// The value of a cookie; nil if it is not sent, or sent twice: then nobody knows whose it is.
    package func cookie(_ name: String) -> String? {
        let lines = headers.filter { $0.0 == "cookie" }.map(\.1)
        let values = lines.flatMap { line in
            line.split(separator: ";").compactMap { part -> String? in
                let cookie = part.drop { $0 == " " }
                return cookie.hasPrefix(name + "=") ? String(cookie.dropFirst(name.count + 1)) : nil
            }
        }
        return values.count == 1 ? values[0] : nil
    }
}

/// What is answered.
package struct WebReply: Sendable {
    package var status: Int
    package var contentType: String?
    package var headers: [(String, String)]
    package var body: [UInt8]
    /// What goes on being said instead of a body; nil for an answer that is whole.
    package var stream: WebStream?

    package init(status: Int, contentType: String? = nil, headers: [(String, String)] = [], body: [UInt8] = []) {
        self.status = status
        self.contentType = contentType
        self.headers = headers
        self.body = body
    }

    /// See other: the way on after a form.
    package static func seeOther(_ place: String, headers: [(String, String)] = []) -> WebReply {
        WebReply(status: 303, headers: [("location", place)] + headers)
    }
}

/// Where a request is worked on: what reads waits for nobody, acts follow one another, what takes long (an import) runs apart,
/// passwords, which take a third of a second each, have a thread of the lowest priority, and papers, which another program
/// draws, are made one after another.
package enum WebLane: Sendable, CaseIterable {
    case reading, acting, long, passwords, papers
}
