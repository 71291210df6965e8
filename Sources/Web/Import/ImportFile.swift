import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication

/// The bytes of a register, sent up by offset and kept in parts: what came of a request that was cut stays.
enum ImportFile {
    /// Bytes of a register at most: some hundred thousand rows.
    static let longest = 32 << 20
    /// Bytes of a part, which a page sends in one request.
    static let part = 256 << 10
    /// Appeals that a record names at most.
    private static let named = 100

    /// The first bytes of a file that is here whole, so many parts of it; nil otherwise.
    static func head(of job: ImportJob, parts: Int, _ reading: any StoreReading) throws -> [UInt8]? {
        guard try isWhole(job, reading) else { return nil }
        let first = try reading.locals(.register, beginning: job.parts, after: "", limit: parts).flatMap(\.bytes)
        return first.count == min(job.size, parts * part) ? first : nil
    }

    /// All bytes of a file that is here whole; nil otherwise.
    static func bytes(of job: ImportJob, _ reading: any StoreReading) throws -> [UInt8]? {
        guard try isWhole(job, reading) else { return nil }
        var bytes: [UInt8] = [], after = ""
        bytes.reserveCapacity(job.size)
        while true {
            let parts = try reading.locals(.register, beginning: job.parts, after: after, limit: 16)
            for part in parts { bytes += part.bytes }
            guard parts.count == 16, let last = parts.last else { break }
            after = last.key
        }
        return bytes.count == job.size ? bytes : nil
    }

    /// Takes the next part of a file; one that is here already changes nothing, so that a page may send it again.
    ///
    /// Nil if it begins beyond what is here, or is not as long as a part is.
    static func take(
        _ bytes: [UInt8],
        at offset: Int,
        of job: ImportJob,
        _ transaction: any StoreTransaction
    ) throws
        -> ImportJob?
    {
        guard offset >= 0, offset.isMultiple(of: part), offset <= job.received, offset < job.size,
            bytes.count == min(part, job.size - offset)
        else { return nil }
        guard offset == job.received else { return job }
        var job = job
        job.received = offset + bytes.count
        try transaction.putLocal(job.record(ImportJob.key(job.parts, offset / part), bytes))
        if job.received == job.size { job.phase = .mapping }
        try transaction.putLocal(job.record)
        return job
    }

    // MARK: erasure

    /// Names the cards that were made of these rows: a record of them goes with the first of its appeals that is erased.
    static func mark(_ ids: [String], _ job: inout ImportJob, _ transaction: any StoreTransaction) throws {
        for start in stride(from: 0, to: ids.count, by: named) {
            let some = Array(ids[start..<min(start + named, ids.count)])
            try transaction.putLocal(job.record(ImportJob.key(job.cards, job.marks), appeals: some, []))
            job.marks += 1
        }
    }

    /// Whether no appeal that was made of the file was erased since: if one was, the file holds what has to be gone.
    static func isWhole(_ job: ImportJob, _ reading: any StoreReading) throws -> Bool {
        try reading.localCount(.register, beginning: job.cards, limit: job.marks + 1) == job.marks
    }

    /// Forgets the bytes of a file and its marks, and its rows where they are asked for; the job itself stays.
    static func forget(_ job: inout ImportJob, rows: Bool, _ transaction: any StoreTransaction) throws {
        try forget(job.parts, transaction)
        try forget(job.cards, transaction)
        job.marks = 0
        if rows { try forget(job.rejects, transaction) }
    }

    /// Forgets all of an import.
    static func forget(_ job: ImportJob, _ transaction: any StoreTransaction) throws {
        var job = job
        try forget(&job, rows: true, transaction)
        try transaction.deleteLocal(.register, ImportJob.key(job.id))
    }

    /// Forgets what stands under keys with this beginning.
    static func forget(_ beginning: String, _ transaction: any StoreTransaction) throws {
        while true {
            let records = try transaction.locals(.register, beginning: beginning, after: "", limit: 100)
            for record in records { try transaction.deleteLocal(.register, record.key) }
            if records.count < 100 { return }
        }
    }
}
