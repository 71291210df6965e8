import CanonicalJSON

/// What was met and the limit that it breaks: bytes of a text, elements of a list, a number.
public struct Size: Hashable, Sendable {
    /// What was met: bytes, elements, or the number itself.
    public let value: Int64
    /// The most that is taken; for a number below its range, the least.
    public let limit: Int64

    public init(_ value: some BinaryInteger, limit: some BinaryInteger) {
        self.value = Int64(clamping: value)
        self.limit = Int64(clamping: limit)
    }
}

extension Size {
    var json: JSON { ["limit": .integer(limit), "value": .integer(value)] }

    /// Reads the member `size` of an outcome; nil if it is none.
    init?(_ json: JSON) {
        guard let value = json["value"]?.integer, let limit = json["limit"]?.integer else { return nil }
        self.init(value, limit: limit)
    }
}
