/// Why a text was refused as JSON, and at which byte.
public struct JSONError: Error, Equatable, CustomStringConvertible, Sendable {
    /// The first byte that is wrong; the length of the text where it ends too early.
    public let offset: Int
    /// In English, for logs; peers compare offsets, not words.
    public let reason: String

    public init(offset: Int, reason: String) {
        self.offset = offset
        self.reason = reason
    }

    public var description: String { "JSON refused at byte \(offset): \(reason)" }
}
