public import Cryptography

/// Tenures: which stream has or had which appeal.
///
/// One row for each stream and key, the newest tenure.
public protocol TenureReading: AnyObject {
    /// The newest tenure of an appeal in a stream, open or ended.
    func tenure(_ stream: String, key: String) throws -> TenureRecord?
    /// The newest tenure of every stream that has or had the appeal, in the order of streams: as many as departments
    /// ever had it, so that no page is needed.
    func tenures(key: String) throws -> [TenureRecord]
    /// At most `limit` open tenures with `key > after`, in the order of keys (the rows of a slice, at its publisher).
    func openTenures(_ stream: String, after: String, limit: Int) throws -> [TenureRecord]
    /// At most `limit` open tenures whose grounds have ended by time before `day` (`YYYY-MM-DD`), in order of `ends`,
    /// stream and key, beyond `after`.
    func tenures(endedBefore day: String, after: TenureRecord?, limit: Int) throws -> [TenureRecord]
    /// At most `limit` keys and digests of open tenures with `from <= key`, and `key < to` unless `to` is empty.
    func tenureDigests(
        _ stream: String,
        from: String,
        to: String,
        limit: Int
    ) throws -> [(key: String, digest: SHA256Digest)]
    /// Count and sum (modulo 2^256) of all digests of the same range.
    func tenureRange(_ stream: String, from: String, to: String) throws -> (count: Int64, sum: SHA256Digest)
}

/// Changes of tenures.
public protocol TenureWriting: TenureReading {
    /// Puts the newest tenure of its stream and key.
    func putTenure(_ tenure: TenureRecord) throws
}
