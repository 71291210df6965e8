import Glibc
package import Papers
package import Web

/// The program that draws papers: a process for each, which gets the paper on standard input and nothing else.
package struct PaperProgram: Draughtsman {
    /// Bytes of a PDF at most, and milliseconds until the process is ended.
    private static let longest = 32 << 20
    private static let patience: Int64 = 20_000

    /// Where the program is.
    package let path: String
    private let patience: Int64

    package init(path: String, patience: Int64 = patience) {
        self.path = path
        self.patience = patience
    }

    /// The one that was installed beside the program of this process.
    static let beside: PaperProgram = {
        var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = bytes.withUnsafeMutableBytes {
            $0.baseAddress.map { readlink("/proc/self/exe", $0, Int(PATH_MAX)) } ?? 0
        }
        let own = String(decoding: bytes[..<max(0, count)], as: UTF8.self)
        let directory = own.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        return PaperProgram(path: directory + "/kartoteka-paper")
    }()

    /// Whether it may be run.
    package var isHere: Bool { access(path, X_OK) == 0 }

    /// Blocks for as long as the program works: milliseconds, `patience` at most.
    package func draw(_ paper: Paper) -> DrawnPaper {
        guard isHere else { return .absent }
        let given = paper.encoded()
        guard given.count <= Paper.longest else { return .tooLong }
        guard let child = Child(path) else { return .failed("\(path) cannot be started: errno \(errno)") }
        let end = Clock.monotonic() + patience
        let said = child.exchange(given, limit: Self.longest, until: end)
        guard case .all(let output) = said else {
            _ = child.wait(until: 0)
            return .failed("\(path) " + (said == .late ? "took more than \(patience) ms" : "gave too much"))
        }
        let status = child.wait(until: end)
        guard status & 0x7F == 0 else { return .failed("\(path) was ended by signal \(status & 0x7F)") }
        switch PaperExit(rawValue: (status >> 8) & 0xFF) {
        case .drawn: return output.starts(with: "%PDF-".utf8) ? .pdf(output) : .failed("\(path) gave no PDF")
        case .tooLong: return .tooLong
        case .noFonts: return .failed("\(path): a font is missing (fonts-liberation, fonts-dejavu-core)")
        case .unreadable: return .failed("\(path) is of another release")
        case .usage, .failed, nil: return .failed("\(path) ended with \((status >> 8) & 0xFF)")
        }
    }
}

/// A process with two pipes, no environment but the language, and no signal that is blocked here.
///
/// Open files of this one are closed by it before it reads anything, if they were not before.
private struct Child {
    /// What came of reading it.
    enum Said: Equatable {
        case all([UInt8])
        /// Its time is over.
        case late
        /// More than the limit.
        case tooMuch
    }

    private let process: pid_t
    private let input: Int32
    private let output: Int32

    /// Nil if the system does not start it; `errno` says why.
    init?(_ path: String) {
        var given: [Int32] = [-1, -1], taken: [Int32] = [-1, -1]
        guard pipe(&given) == 0 else { return nil }
        guard pipe(&taken) == 0 else {
            given.forEach { _ = close($0) }
            return nil
        }
        for end in given + taken { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t(), attributes = posix_spawnattr_t(), none = sigset_t(),
            all = sigset_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
            close(given[0])
            close(taken[1])
        }
        posix_spawn_file_actions_adddup2(&actions, given[0], STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, taken[1], STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var words = [strdup(path), nil], process: pid_t = 0
        var environment = [strdup("LC_ALL=C.UTF-8"), strdup("SWIFT_BACKTRACE=enable=no"), nil]
        defer { (words + environment).forEach { free($0) } }
        let failure = posix_spawn(&process, path, &actions, &attributes, &words, &environment)
        guard failure == 0 else {
            close(given[1])
            close(taken[0])
            errno = failure
            return nil
        }
        (self.process, input, output) = (process, given[1], taken[0])
        // What it does not take must not hold this thread.
        _ = fcntl(input, F_SETFL, O_NONBLOCK)
        _ = fcntl(output, F_SETFL, O_NONBLOCK)
    }

    /// Writes all and reads all, until the time is over or it gives more than the limit.
    ///
    /// Both pipes are closed then.
    func exchange(_ given: [UInt8], limit: Int, until end: Int64) -> Said {
        var written = 0, isWriting = true
        var found: [UInt8] = [], piece = [UInt8](repeating: 0, count: 65_536)
        defer {
            if isWriting { close(input) }
            close(output)
        }
        while true {
            if isWriting, written == given.count {
                close(input)
                isWriting = false
            }
            let left = end - Clock.monotonic()
            guard left > 0 else { return .late }
            var ends = [pollfd(fd: output, events: Int16(POLLIN), revents: 0)]
            if isWriting { ends.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
            guard poll(&ends, nfds_t(ends.count), Int32(left)) > 0 else { continue }
            if isWriting, ends[1].revents != 0 {
                let count = given[written...].withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
                if count > 0 { written += count }
                // It reads no more: what it says is read on.
                if count < 0, errno == EPIPE { written = given.count }
            }
            guard ends[0].revents != 0 else { continue }
            let count = read(output, &piece, piece.count)
            if count == 0 { return .all(found) }
            guard count > 0 else { continue }
            found += piece[..<count]
            guard found.count <= limit else { return .tooMuch }
        }
    }

    /// What `waitpid` says; ended already, as a rule, and killed when its time is over.
    func wait(until end: Int64) -> Int32 {
        var status: Int32 = 0
        while true {
            let ended = waitpid(process, &status, WNOHANG)
            if ended == process || (ended < 0 && errno != EINTR) { return status }
            if Clock.monotonic() >= end { kill(process, SIGKILL) }
            usleep(1_000)
        }
    }
}
