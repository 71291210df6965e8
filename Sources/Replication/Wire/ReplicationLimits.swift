/// Limits of exchanges: constants of protocol version 1 where a peer depends on them, defaults elsewhere.
public enum ReplicationLimits {
    /// A page carries at least one record, whatever its size; else at most this many.
    public static let pageRecords = 500
    /// … or this many bytes.
    public static let pageBytes = 1_048_576
    /// A transaction that admits operations lasts no longer than this (ms) while anybody waits to write.
    public static let writerHeld: Int64 = 8
    /// Rows projected again in one transaction after an upgrade that changes who may see what.
    public static let reprojected = 16
    /// Entries that one page of a pull goes over at most; those without a line take no place in it.
    public static let entriesRead = 10_000
    /// A body of a request, in bytes: a page of the largest records and its frame.
    public static let requestBytes = 6_291_456
    /// A reply after inflation, in bytes.
    public static let replyBytes = 12_582_912
    /// The longest wait of a long poll, in seconds.
    public static let waitSeconds: Int64 = 25
    /// Erasures told in one hello, and in one reply to it; the next goes on after them.
    public static let helloErasures = 1_000
    /// Own logs that a hello names after a restore of the office, the newest ones.
    public static let helloLogs = 256
    /// Signed last lines that a hello shows as evidence, and the bytes of each.
    public static let helloEvidence = 8
    public static let evidenceBytes = 16_384
    /// New incarnations of a node that the office records in a day.
    public static let incarnationsADay: Int64 = 200
    /// Repeated misbehaviour of a peer raises one alarm in this time (ms).
    public static let alarmPause: Int64 = 86_400_000
    /// Ranges of one probe, and the size of a range below which its ids are compared one by one.
    public static let probeWays = 16
    public static let probeLeaf = 32
    public static let probeRanges = 256
    /// An unfinished snapshot pins the compaction floor while its last page is younger than this (ms).
    public static let snapshotPin: Int64 = 86_400_000
    /// Entries that a stream keeps above its readers at least.
    public static let entriesKept: Int64 = 10_000
    /// A reader that stands where it stood is noted again after this (ms): its absence is counted in days.
    public static let readerNoted: Int64 = 3_600_000
    /// A reader that has not been seen for longer than this (ms) no longer keeps entries from compaction.
    public static let readerAbsence: Int64 = 90 * 86_400_000
    /// Own operations of an appeal that left are kept at most this long (ms) before the operator must decide.
    public static let ownOperationsKept: Int64 = 90 * 86_400_000
    /// After a restore, acts are taken back only within this time (ms) of the declaration.
    public static let recoveryWindow: Int64 = 30 * 86_400_000
    /// Rows without a fitting seal that one peer may leave before the operator after a restore, and their bytes.
    public static let unsealedRows = 1_000
    public static let unsealedBytes = 67_108_864
    /// A reader that tells of one difference of its rows after another is heard once in this time (ms).
    public static let differenceTold: Int64 = 86_400_000
    /// A node whose receipts cannot be true is reported once in this time (ms).
    public static let receiptAlarm: Int64 = 86_400_000
    /// Held operations without a place on an appeal that one node may leave before the office's people.
    public static let waitingWork = 5_000
    /// Rows deleted in one transaction, so that the writer is never held long.
    public static let chunk = 500
}
