/// What is left of appeals that went: stubs of those that left, names of those that were erased.
public protocol ErasureReading: AnyObject {
    /// What is left of an appeal that left.
    func stub(_ appeal: String) throws -> StubRecord?
    /// At most `limit` stubs with `appeal > after`, in the order of appeals.
    func stubs(after: String, limit: Int) throws -> [StubRecord]
    /// What is left of the appeal that had this registration index, the one that left last; nil for an empty one.
    func stub(index: String) throws -> StubRecord?
    /// At most `limit` stubs that left before `(at, appeal)`, the last one first; the first page is before nothing.
    func departed(before: (at: Int64, appeal: String)?, limit: Int) throws -> [StubRecord]
    /// The erasure of the appeal that had this registration index; nil for an empty one.
    func erasure(index: String) throws -> ErasureRecord?
    /// When an appeal was erased, unix milliseconds; nil if it was not.
    func erasedAt(_ appeal: String) throws -> Int64?
    /// Whether an appeal was erased.
    func isErased(_ appeal: String) throws -> Bool
    /// At most `limit` erasures with `appeal > after`, in the order of appeals.
    func erasures(after: String, limit: Int) throws -> [ErasureRecord]
}

/// Changes of stubs and erasures.
public protocol ErasureWriting: ErasureReading {
    /// Puts a stub, in place of the one of its appeal or anew.
    func putStub(_ stub: StubRecord) throws
    /// Deletes a stub; one that is not there changes nothing.
    func deleteStub(_ appeal: String) throws
    /// Notes an erasure at a time (unix milliseconds).
    ///
    /// Its `seal` is the office's on it, as a reader keeps it; empty at the office, which can make it again. An index that
    /// is known stays known.
    func putErasure(_ erasure: ErasureRecord, at: Int64) throws
}

extension ErasureWriting {
    /// An erasure of which only that is known.
    public func putErasure(_ appeal: String, seal: String = "", at: Int64) throws {
        try putErasure(ErasureRecord(appeal: appeal, seal: seal), at: at)
    }
}
