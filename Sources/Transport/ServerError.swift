import CPlatform

/// Why a server cannot start: what was being done, what was found, what to do.
public struct ServerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A sentence for whoever starts the node.
    public let description: String
    /// What the system said; 0 where it said nothing.
    public let code: Int32

    init(_ description: String, code: Int32 = 0) {
        self.description = description
        self.code = code
    }

    static func system(_ doing: String, errno: Int32, advice: String = "") -> ServerError {
        var text = [CChar](repeating: 0, count: 128)
        let words = kartoteka_error_text(errno, &text, text.count).map { String(cString: $0) } ?? "error \(errno)"
        return ServerError("\(doing): \(words)" + (advice.isEmpty ? "" : ". " + advice), code: errno)
    }
}
