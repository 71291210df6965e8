/// Streams and their entries, at the publisher; at a reader the heads alone.
///
/// Sequences of a stream rise from 1 and have holes only where a prefix was deleted.
public protocol StreamReading: AnyObject {
    /// The head of a stream.
    func stream(_ name: String) throws -> StreamRecord?
    /// At most `limit` streams with `name > after`, in the order of names: an office has two for each node.
    func streams(after: String, limit: Int) throws -> [StreamRecord]
    /// At most `limit` entries with `sequence > after`, in order.
    func entries(_ stream: String, after: Int64, limit: Int) throws -> [EntryRecord]
    /// The entry with exactly this sequence (its mark), or the last one before it.
    func entry(_ stream: String, atOrBefore sequence: Int64) throws -> EntryRecord?
    /// At most `limit` entries about one key with `sequence > after`, in order.
    func entries(_ stream: String, key: String, after: Int64, limit: Int) throws -> [EntryRecord]
}

/// Changes of streams and their entries.
public protocol StreamWriting: StreamReading {
    /// Puts the head of a stream, in place of the one of its name or anew.
    func putStream(_ stream: StreamRecord) throws
    /// Adds an entry beyond all that the stream has; one at or below them is a mistake of the caller's, and stops it.
    func appendEntry(_ stream: String, _ entry: EntryRecord) throws
    /// Replaces an entry of the same sequence and key (scrub, compaction); one that is not there is not made anew.
    func replaceEntry(_ stream: String, _ entry: EntryRecord) throws
    /// Deletes the first `limit` entries at or below `sequence`; says how many went.
    func deleteEntries(_ stream: String, upTo sequence: Int64, limit: Int) throws -> Int
    /// Deletes every entry of a stream; its record, rows and tenures stay (a new epoch begins).
    func clearStream(_ stream: String) throws
}
