import Glibc

/// What the kernel tells of time, memory and files.
enum Machine {
    /// Nanoseconds that all processes of this machine share.
    static func nanoseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Since a value of `nanoseconds()`, also one that another process of this machine took.
    static func milliseconds(since start: Int64) -> Double { Double(nanoseconds() - start) / 1_000_000 }

    /// Unix milliseconds.
    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// A line of `/proc/…/status` in KiB: `VmHWM`, `VmRSS`.
    ///
    /// The kernel separates name and value by a tab, the value and its unit by a space; 0 if there is no such process
    /// or line.
    static func memory(_ field: String, of process: pid_t) -> Int64 {
        for line in TextFile.lines("/proc/\(process)/status") where line.hasPrefix(field + ":") {
            return line.split(separator: " ").dropFirst().first.flatMap { Int64($0) } ?? line.split(separator: "\t")
                .dropFirst().first
                .flatMap { Int64($0.split(separator: " ").first ?? "") } ?? 0
        }
        return 0
    }

    /// Bytes of a file; 0 if there is none, as of a write-ahead log that was removed at a clean end.
    static func size(_ path: String) -> Int64 {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }

    static func sleep(milliseconds: Int) { usleep(UInt32(milliseconds) * 1_000) }
}

/// Small text files.
enum TextFile {
    static func read(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "r") else { return [] }
        defer { fclose(file) }
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            if count == 0 { return text }
            text += buffer[..<count]
        }
    }

    static func lines(_ path: String) -> [String] {
        String(decoding: read(path), as: UTF8.self).split(separator: "\n").map { String($0) }
    }

    static func write(_ path: String, _ text: [UInt8]) throws {
        guard let file = fopen(path, "w") else { throw Failure("\(path) cannot be written") }
        defer { fclose(file) }
        guard fwrite(text, 1, text.count, file) == text.count else { throw Failure("\(path) cannot be written") }
    }
}

/// What a person or a script reads.
enum Console {
    /// A line at once: whoever reads it waits for the next figure.
    static func say(_ line: String) {
        print(line)
        fflush(nil)
    }

    static func complain(_ sentence: String) {
        let line = Array("benchmark: \(sentence)\n".utf8)
        _ = write(2, line, line.count)
    }
}
