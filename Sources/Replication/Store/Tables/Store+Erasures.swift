/// What is left of appeals that went: stubs of those that left, names of those that were erased.
public protocol ErasureReading: AnyObject {
    /// What is left of an appeal that left.
    func stub(_ appeal: String) throws -> StubRecord?
    /// At most `limit` stubs with `appeal > after`, in the order of appeals.
    func stubs(after: String, limit: Int) throws -> [StubRecord]
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
    /// `seal` is the office's on it, as a reader keeps it; empty at the office, which can make it again.
    func putErasure(_ appeal: String, seal: String, at: Int64) throws
}

extension ErasureWriting {
    /// An erasure that needs no seal: the office's own.
    public func putErasure(_ appeal: String, at: Int64) throws { try putErasure(appeal, seal: "", at: at) }
}
