/// What the node keeps for the people who work at it and never sends.
public protocol LocalReading: AnyObject {
    /// What stands under a key; nil if nothing does, whether its time is up or not.
    func local(_ space: LocalRecord.Space, _ key: String) throws -> LocalRecord?
    /// At most `limit` records of a space whose keys begin with `prefix`, with `key > after`, in the order of keys.
    func locals(
        _ space: LocalRecord.Space,
        beginning prefix: String,
        after: String,
        limit: Int
    ) throws -> [LocalRecord]
    /// At most `limit` records of a space whose time is up at `now` (unix milliseconds), the earliest first.
    func locals(_ space: LocalRecord.Space, endedBy now: Int64, limit: Int) throws -> [LocalRecord]
    /// How many records a space has, counted up to `limit`.
    func localCount(_ space: LocalRecord.Space, beginning prefix: String, limit: Int) throws -> Int
}

/// Changes of what the node keeps for its people.
public protocol LocalWriting: LocalReading {
    /// Puts a record, in place of the one of its space and key or anew.
    func putLocal(_ record: LocalRecord) throws
    /// Deletes a record; one that is not there changes nothing.
    func deleteLocal(_ space: LocalRecord.Space, _ key: String) throws
    /// Deletes all that holds content of an appeal, in the transaction in which the appeal goes.
    func deleteLocals(of appeal: String) throws
}

extension LocalWriting {
    /// Deletes what has had its time at `now` (unix milliseconds): at most `limit` records of each space.
    public func sweepLocals(endedBy now: Int64, limit: Int) throws {
        for space in LocalRecord.Space.allCases where space.endsWithItsTime {
            for record in try locals(space, endedBy: now, limit: limit) { try deleteLocal(space, record.key) }
        }
    }
}
