import Appeals
import CanonicalJSON
import Commands
import Desk
import Glibc
import Node

/// The process's streams and files.
///
/// What is printed has been through `PlainText`: a citizen's words may hold escape sequences that would rewrite an
/// operator's screen.
enum Terminal {
    /// What the local socket takes at most.
    static let longest = 60 << 20
    /// A register that is imported: it is read once, kept here, and goes to the node in pieces.
    static let longestRegister = 1 << 30

    /// What was asked for, without what a terminal would obey; gives the error of the system that kept it from being
    /// written, or 0.
    static func out(_ text: String) -> Int32 {
        let plain = PlainText.text(text)
        return write((hasColours ? coloured(plain) : plain) + "\n", to: STDOUT_FILENO) ? 0 : errno
    }

    /// How many characters a line holds: as many as `COLUMNS` says, else the terminal; `LineBreaks.width` where the output
    /// goes elsewhere.
    static var width: Int {
        if let asked = variable("COLUMNS").flatMap({ Int($0) }), asked >= 20 { return min(1_000, asked) }
        var size = winsize()
        guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 20 else {
            return LineBreaks.width
        }
        return min(1_000, Int(size.ws_col))
    }

    /// On a terminal alone, unless `NO_COLOR` says no.
    private static var hasColours: Bool {
        isatty(STDOUT_FILENO) == 1 && variable("NO_COLOR") == nil && variable("TERM") != "dumb"
    }

    /// What a mark says is overdue is red up to the next column; words say it too.
    private static func coloured(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard let mark = line.firstRange(of: Overdue.mark) else { return String(line) }
            let end = line[mark.lowerBound...].firstRange(of: "  ")?.lowerBound ?? line.endIndex
            return line[..<mark.lowerBound] + "\u{1B}[31m" + line[mark.lowerBound..<end] + "\u{1B}[0m" + line[end...]
        }.joined(separator: "\n")
    }

    static func out(json: JSON) -> Int32 {
        write(PlainText.json(json.canonicalText) + "\n", to: STDOUT_FILENO) ? 0 : errno
    }
    /// Nothing can be done about an error that cannot be printed; the exit code still tells.
    static func err(_ text: String) { write(PlainText.text(text) + "\n", to: STDERR_FILENO) }
    /// Over the same line again and again, only for a person who watches.
    static func progress(_ text: String) { if isatty(STDERR_FILENO) == 1 { write("\r" + text, to: STDERR_FILENO) } }

    /// A variable of the environment; one that is empty counts as unset, as POSIX has it for the locale.
    static func variable(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }

    /// An absolute path: the running node's working directory is not the caller's.
    static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), let here = getcwd(nil, 0) else { return path }
        defer { free(here) }
        let directory = String(cString: here)
        return directory == "/" ? "/" + path : directory + "/" + path
    }

    /// Writes all of it, or leaves the reason in `errno` and gives false.
    @discardableResult
    private static func write(_ text: String, to file: Int32) -> Bool {
        let bytes = Array(text.utf8)
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }

    static let writing = Label(uk: "запис файлу", en: "writing the file")
    private static let reading = Label(uk: "читання файлу", en: "reading the file")

    /// The bytes of a regular file; `-` is the standard input.
    static func bytes(_ path: String, longest: Int) throws(DeskError) -> [UInt8] {
        path == "-" ? try input(longest) : try file(path, longest)
    }

    /// The text of a file without its byte order mark, in UTF-8 or, where its mark says so, in UTF-16.
    static func read(_ path: String, longest: Int = longest) throws(DeskError) -> String {
        let bytes = try bytes(path, longest: longest)
        let encoding = TextEncoding(mark: bytes) ?? .utf8
        guard let text = String(validating: encoding.utf8(bytes), as: UTF8.self) else {
            throw DeskError(
                .usage,
                "wrongEncoding",
                uk: "«\(path)» — не UTF-8; збережіть файл як UTF-8 або перекодуйте: iconv -f CP1251 -t UTF-8",
                en: "\"\(path)\" is not UTF-8; save it as UTF-8, or convert it: iconv -f CP1251 -t UTF-8"
            )
        }
        return text
    }

    /// A regular file of at most `longest` bytes; a pipe or a device by name is refused, unlike the standard input.
    private static func file(_ path: String, _ longest: Int) throws(DeskError) -> [UInt8] {
        do throws(NodeError) { return try RegularFile.read(path, limit: longest, doing: reading) } catch {
            throw DeskError(error)
        }
    }

    /// The standard input to its end; reading stops with `tooLarge` at the first byte too many, not after all of it.
    private static func input(_ longest: Int) throws(DeskError) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                let reason = Label(errno: errno)
                throw DeskError(
                    .failed,
                    "file",
                    uk: "не вдалося прочитати: \(reason.uk)",
                    en: "the input cannot be read: \(reason.en)"
                )
            }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= longest else {
                throw DeskError(
                    .usage,
                    "tooLarge",
                    uk: "більше за \(longest >> 20) МіБ; поділіть це",
                    en: "it is larger than \(longest >> 20) MiB; divide it"
                )
            }
        }
    }

    /// Writes a file that only its owner reads: a fresh one, in the place of the former.
    static func save(_ text: String, to path: String) throws(NodeError) {
        try RegularFile.write(path, Array(text.utf8), doing: writing)
    }
}
