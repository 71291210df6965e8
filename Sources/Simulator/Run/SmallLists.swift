public import Replication

/// Lists as a whole: a simulated city is small, and a judge wants to see all of it at once.
extension StoreReading {
    public func streams() throws -> [StreamRecord] { try streams(after: "", limit: .max) }
    public func readers(stream: String) throws -> [ReaderRecord] {
        try readers(stream: stream, after: "", limit: .max)
    }
}
