import Glibc
import Replication
import Testing

@testable import Storage

/// What a store reads while nothing happens, and who waits for a long read.
@Suite("A store at rest, and beside long readers", .serialized)
struct RestTests {
    /// Bytes that this thread has read by calls of the system, whoever else reads in the process.
    static func bytesRead() -> Int64 {
        let text = String(decoding: contents("/proc/thread-self/io"), as: UTF8.self)
        let digits = text.drop { !$0.isNumber }.prefix { $0.isNumber }
        return Int64(digits) ?? -1
    }

    static func fill(_ store: SQLiteStore, rows: Int, length: Int = 4_000) throws {
        for batch in stride(from: 0, to: rows, by: 100) {
            try store.write { transaction in
                for number in batch..<min(rows, batch + 100) {
                    try transaction.putRow("s", generation: 0, row("k\(number)", String(repeating: "x", count: length)))
                }
            }
        }
    }

    @Test("reads next to nothing while nothing is written, in five minutes as in a year")
    func idle() throws {
        try withDirectory { directory in
            let store = try SQLiteStore.open(directory: directory, create: true)
            try Self.fill(store, rows: 2_000)
            #expect(try store.checkpoint())
            let size = store.fileSizes.database
            let before = Self.bytesRead()
            for _ in 0..<5 { _ = try store.checkpoint() }
            let read = Self.bytesRead() - before
            #expect(before >= 0)
            #expect(size > 8 << 20, "the file is worth a pass")
            // The figure that the installation promises: idle.bytesReadPerHour.
            #expect(read * 12 <= 1 << 20, "\(read) bytes in five minutes of a file of \(size)")
            try store.close()
        }
    }

    @Test("the writer does not wait for a reader that takes its time, and the log is emptied after it")
    func longReader() throws {
        try withDirectory { directory in
            let store = try SQLiteStore.open(directory: directory, create: true)
            let reader = Neighbour()
            reader.start {
                try store.read { reading throws in
                    _ = try reading.value("x")
                    for _ in 0..<2_000 where access(directory + "/written", F_OK) != 0 { usleep(10_000) }
                }
                return nil
            }
            usleep(100_000)
            var longest: UInt64 = 0
            for batch in 0..<40 {
                let begun = nanoseconds()
                try store.write { transaction in
                    for number in 0..<64 {
                        let text = String(repeating: "\(batch % 10)", count: 30_000)
                        try transaction.putRow("s", generation: 0, row("\(batch % 4)-\(number)", text))
                    }
                }
                longest = max(longest, (nanoseconds() - begun) / 1_000_000)
            }
            #expect(store.fileSizes.writeAheadLog > 32 << 20, "the test writes enough to matter")
            #expect(longest < 3_000, "a write took \(longest) ms beside a reader that waits for all of them")
            Glibc.close(Glibc.open(directory + "/written", O_WRONLY | O_CREAT, 0o600))
            _ = reader.wait()
            try Self.fill(store, rows: 3_000)
            #expect(store.fileSizes.writeAheadLog < 64 << 20)
            try store.close()
        }
    }

    private func nanoseconds() -> UInt64 {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
    }
}
