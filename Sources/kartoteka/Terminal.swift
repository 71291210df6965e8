import Appeals
import Glibc
import Node

/// The process's streams and files.
enum Terminal {
    /// What the local socket takes at most.
    static let longest = 60 << 20

    /// What was asked for; gives the error of the system that kept it from being written, or 0.
    static func out(_ text: String) -> Int32 { write(text + "\n", to: STDOUT_FILENO) ? 0 : errno }
    static func err(_ text: String) { write(text + "\n", to: STDERR_FILENO) }
    static func progress(_ text: String) { if isatty(STDERR_FILENO) == 1 { write("\r" + text, to: STDERR_FILENO) } }

    static func variable(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }

    /// A path as a running node must get it: the node stands in another directory than who asks.
    static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), let here = getcwd(nil, 0) else { return path }
        defer { free(here) }
        let directory = String(cString: here)
        return directory == "/" ? "/" + path : directory + "/" + path
    }

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

    /// The text of a file; `-` is the standard input.
    static func read(_ path: String) throws(CommandError) -> String {
        let file = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw trouble(path, "не вдалося відкрити", "cannot be opened") }
        defer { if path != "-" { close(file) } }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw trouble(path, "не вдалося прочитати", "cannot be read") }
            guard count > 0 else { break }
            bytes += buffer[..<count]
            guard bytes.count <= longest else {
                throw CommandError(
                    .usage,
                    "tooLarge",
                    uk: "«\(path)» більший за 60 МіБ; поділіть його",
                    en: "\"\(path)\" is larger than 60 MiB; divide it"
                )
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandError(
                .usage,
                "wrongEncoding",
                uk: "«\(path)» — не UTF-8; перекодуйте: iconv -f CP1251 -t UTF-8",
                en: "\"\(path)\" is not UTF-8; convert it: iconv -f CP1251 -t UTF-8"
            )
        }
        return text
    }

    /// Writes a file that only its owner reads.
    static func save(_ text: String, to path: String) throws(CommandError) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw trouble(path, "не вдалося створити", "cannot be made") }
        let isWritten = write(text, to: file)
        guard close(file) == 0, isWritten else { throw trouble(path, "не вдалося записати", "cannot be written") }
    }

    private static func trouble(_ path: String, _ uk: String, _ en: String) -> CommandError {
        let code = errno
        let reason = Label(errno: code)
        let exit: ExitCode = code == EACCES ? .permission : code == ENOENT ? .notFound : .failed
        return CommandError(
            exit,
            "file",
            uk: "файл «\(path)» \(uk): \(reason.uk)",
            en: "the file \"\(path)\" \(en): \(reason.en)"
        )
    }
}
