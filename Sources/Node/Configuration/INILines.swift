import CInih

/// The keys of an INI text as libinih reads them, each with its line.
struct INILines {
    struct Entry {
        let section: String
        let name: String
        let value: String
        let line: Int
    }

    private(set) var entries: [Entry] = []
    /// Headings of sections, with or without keys.
    private(set) var sections: [(name: String, line: Int)] = []
    /// The first line that is neither a key, a heading nor a comment.
    private(set) var brokenLine: Int?
    /// The first line that is longer than libinih takes.
    private(set) var longLine: Int?

    /// Reads all of it, also behind a broken line, and judges nothing: names and values are as they stand, without
    /// space around.
    init(_ text: [UInt8]) {
        let reader = Reader(text)
        // NB: libinih tells its handler no line; it asks us for each, so we count.
        let result = ini_parse_stream(
            { buffer, size, reader in INILines.reader(reader).next(into: buffer, size: Int(size)) },
            Unmanaged.passUnretained(reader).toOpaque(),
            { reader, section, name, value in INILines.reader(reader).take(section, name, value) },
            Unmanaged.passUnretained(reader).toOpaque()
        )
        entries = reader.entries
        sections = reader.sections
        longLine = reader.longLine
        brokenLine = result > 0 ? Int(result) : nil
    }

    private static func reader(_ pointer: UnsafeMutableRawPointer?) -> Reader {
        guard let pointer else { preconditionFailure("libinih gives back the pointer it was given") }
        return Unmanaged<Reader>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// Gives libinih line after line and takes what it found.
    private final class Reader {
        private var lines: [ArraySlice<UInt8>]
        private var line = 0
        var entries: [Entry] = []
        var sections: [(name: String, line: Int)] = []
        var longLine: Int?

        init(_ text: [UInt8]) { lines = text.split(separator: 10, omittingEmptySubsequences: false) }

        /// The next line with its line feed and a NUL, cut to what libinih's buffer holds; nil at the end.
        func next(into buffer: UnsafeMutablePointer<CChar>?, size: Int) -> UnsafeMutablePointer<CChar>? {
            guard let buffer, size > 1, line < lines.count else { return nil }
            let bytes = lines[line]
            line += 1
            if bytes.count > size - 3, longLine == nil { longLine = line }
            noteSection(bytes)
            // A NUL would hide the rest of the line from C.
            let kept = bytes.prefix(size - 3).map { $0 == 0 ? UInt8(ascii: "?") : $0 } + [10]
            for (place, byte) in kept.enumerated() { buffer[place] = CChar(bitPattern: byte) }
            buffer[kept.count] = 0
            return buffer
        }

        /// libinih passes over the heading of a section without keys.
        private func noteSection(_ bytes: ArraySlice<UInt8>) {
            let trimmed = bytes.drop { $0 == 32 || $0 == 9 }
            guard trimmed.first == UInt8(ascii: "["), let end = trimmed.firstIndex(of: UInt8(ascii: "]")) else {
                return
            }
            sections.append((String(decoding: trimmed[(trimmed.startIndex + 1)..<end], as: UTF8.self), line))
        }

        func take(
            _ section: UnsafePointer<CChar>?,
            _ name: UnsafePointer<CChar>?,
            _ value: UnsafePointer<CChar>?
        ) -> Int32 {
            func text(_ pointer: UnsafePointer<CChar>?) -> String { pointer.map { String(cString: $0) } ?? "" }
            entries.append(Entry(section: text(section), name: text(name), value: text(value), line: line))
            return 1
        }
    }
}
