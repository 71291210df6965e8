import CPlatform

/// Why a server cannot start: what was being done, what was found, what to do.
public struct ServerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A sentence for whoever starts the node.
    public let description: String

    init(_ description: String) { self.description = description }

    static func system(_ doing: String, errno: Int32, advice: String = "") -> ServerError {
        var text = [CChar](repeating: 0, count: 128)
        let words = kartoteka_error_text(errno, &text, text.count).map { String(cString: $0) } ?? "error \(errno)"
        return ServerError("\(doing): \(words)" + (advice.isEmpty ? "" : ". " + advice))
    }
}
