import Appeals
import CanonicalJSON
import Commands
import Desk
import Locks

/// The import that is at work, with its place in the file: what was read need not be read again a moment later.
///
/// One at a time. After a restart the file is read from its beginning, and rows that were looked at are passed over.
final class ImportRun: Sendable {
    private struct Reading {
        let id: String
        let phase: ImportJob.Phase
        var pieces: ImportPieces
        /// What stands before the rows of a piece: the columns of the table.
        var head: [JSON] = []
        /// Rows of the last piece that wait for their turn.
        var waiting: ArraySlice<JSON> = []
        /// Rows that were given out.
        var given = 0
    }

    private struct State {
        var reading: Reading?
        var slice = 25
    }

    /// Rows of a slice at most, and the milliseconds that one is to take: nobody else acts meanwhile.
    static let slice = 200, moment: Int64 = 100

    private let state = Locked(State())

    /// The next rows of an import as a command takes them; nil at the end.
    ///
    /// Throws what reading the file refuses.
    ///
    /// - Parameter bytes: the file, asked for when it has to be read from its beginning.
    func next(of job: ImportJob, _ bytes: () throws -> [UInt8]) throws -> (piece: [JSON], columns: [String])? {
        // Taken out, so that nothing of it is copied when it goes on.
        let (known, slice) = state.withLock { state in
            defer { state.reading = nil }
            return (state.reading, state.slice)
        }
        var current: Reading
        if let known, known.id == job.id, known.phase == job.phase, known.given == job.rows {
            current = known
        } else {
            current = try Self.begun(job, bytes())
        }
        guard try !current.waiting.isEmpty || Self.fill(&current) else { return nil }
        let rows = current.waiting.prefix(slice)
        current.waiting = current.waiting.dropFirst(rows.count)
        current.given += rows.count
        let (piece, columns) = (current.head + rows, current.pieces.columns)
        let left = current
        state.withLock { $0.reading = left }
        return (piece, columns)
    }

    /// So long so many rows took: as many more or fewer are given out next.
    func took(_ milliseconds: Int64, rows: Int) {
        state.withLock { state in
            let fitting = milliseconds > 0 ? Int(Int64(rows) * Self.moment / milliseconds) : state.slice * 2
            state.slice = min(Self.slice, max(1, fitting))
        }
    }

    /// Lets the file go.
    func forget() { state.withLock { $0.reading = nil } }

    /// From the beginning, up to the row at which the import stands.
    private static func begun(_ job: ImportJob, _ bytes: [UInt8]) throws -> Reading {
        let encoding = TextEncoding(rawValue: job.encoding)
        let pieces = try ImportPieces(bytes, mapping: job.mapping, encoding: encoding)
        var reading = Reading(id: job.id, phase: job.phase, pieces: pieces)
        while reading.given < job.rows, try fill(&reading) {
            let passed = min(reading.waiting.count, job.rows - reading.given)
            reading.waiting = reading.waiting.dropFirst(passed)
            reading.given += passed
        }
        return reading
    }

    /// Reads on until there are rows; false at the end.
    private static func fill(_ reading: inout Reading) throws -> Bool {
        guard let piece = try reading.pieces.next()?.array else { return false }
        reading.head = piece.filter { $0["columns"] != nil }
        reading.waiting = piece.filter { $0["columns"] == nil }[...]
        return !reading.waiting.isEmpty
    }
}
