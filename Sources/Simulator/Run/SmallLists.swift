public import Replication

/// Lists as a whole: a simulated city is small, and a judge wants to see all of it at once.
extension StoreReading {
    /// All streams, by name.
    public func streams() throws -> [StreamRecord] { try streams(after: "", limit: .max) }
    /// All readers of a stream, by node.
    public func readers(stream: String) throws -> [ReaderRecord] {
        try readers(stream: stream, after: "", limit: .max)
    }
}
