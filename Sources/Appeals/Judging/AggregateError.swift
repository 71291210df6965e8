/// A row that cannot be read: a corrupted disk or a peer that does not keep the protocol.
public struct AggregateError: Error, Equatable, Sendable, CustomStringConvertible {
    public let reason: String
    public init(reason: String) { self.reason = reason }
    public var description: String { reason }
}
