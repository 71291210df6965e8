import CanonicalJSON

/// What a line of a push's reply says of an operation that has no outcome: `answer`.
enum PushAnswer: String, Sendable, CaseIterable {
    /// Numbers before it are missing.
    case gap
    /// The office has another operation under its number.
    case fork
    /// It cannot be read as an operation.
    case unreadable

    var json: JSON { .string(rawValue) }
}
