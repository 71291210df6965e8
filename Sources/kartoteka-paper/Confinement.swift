import CPango
import Glibc
import Papers

/// What the process denies itself before it reads anything.
///
/// Under systemd the unit may refuse to let limits be set; then the unit's own hold, and the node's clock.
enum Confinement {
    /// Bytes of memory, files at once, seconds of a processor and of the clock.
    private static let memory: rlim_t = 512 << 20
    private static let files: rlim_t = 32
    private static let computing: rlim_t = 15
    private static let seconds: UInt32 = 30

    /// What is refused is passed over: then whoever started the process holds it.
    static func enter() {
        _ = paper_confine()
        for (resource, most) in [
            (RLIMIT_AS, memory), (RLIMIT_NOFILE, files), (RLIMIT_CPU, computing), (RLIMIT_FSIZE, 0), (RLIMIT_CORE, 0),
        ] as [(__rlimit_resource, rlim_t)] {
            var limit = rlimit(rlim_cur: most, rlim_max: most)
            setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
        }
        // A library that tries to write a file is refused, and goes on.
        signal(SIGXFSZ, SIG_IGN)
        alarm(seconds)
    }
}

/// Standard input and output, whole.
enum Streams {
    /// All of standard input.
    /// - Throws: `PaperTrouble.tooLong` beyond the limit.
    static func read(limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(STDIN_FILENO, &piece, piece.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw PaperTrouble.failed("standard input: errno \(errno)") }
            if count == 0 { return bytes }
            bytes += piece[..<count]
            guard bytes.count <= limit else { throw PaperTrouble.tooLong }
        }
    }

    /// All of these bytes to standard output, however many each writing takes.
    static func write(_ bytes: [UInt8]) throws {
        var place = 0
        while place < bytes.count {
            let count = bytes[place...].withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw PaperTrouble.failed("standard output: errno \(errno)") }
            place += count
        }
    }
}

/// Why there is no PDF.
enum PaperTrouble: Error, CustomStringConvertible {
    case tooLong
    case noFont(String)
    case failed(String)

    var exit: PaperExit {
        switch self {
        case .tooLong: .tooLong
        case .noFont: .noFonts
        case .failed: .failed
        }
    }

    var description: String {
        switch self {
        case .tooLong: "more than \(Paper.sheets) sheets, or \(Paper.longest) bytes"
        case .noFont(let path): "there is no font \(path); Debian has it in fonts-liberation and fonts-dejavu-core"
        case .failed(let cause): cause
        }
    }
}
