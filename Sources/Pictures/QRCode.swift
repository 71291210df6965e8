import CQrencode

/// A QR code (ISO/IEC 18004) of a text: a square of dark and light modules, of which 15 % may be unreadable (level M).
public struct QRCode: Sendable, Equatable {
    /// Bytes of UTF-8 that fit at most.
    public static let longest = 2_331
    /// The light modules around it, which a camera needs.
    public static let margin = 4

    /// Modules a side, without the margin.
    public let size: Int
    private let dark: [Bool]

    /// Nil for an empty text and for one longer than `longest`.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count <= Self.longest,
            let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_M)
        else { return nil }
        defer { QRcode_free(code) }
        size = Int(code.pointee.width)
        // The lowest bit of each byte says whether the module is dark.
        dark = UnsafeBufferPointer(start: code.pointee.data, count: size * size).map { $0 & 1 == 1 }
    }

    /// Light outside of the square.
    public func isDark(_ row: Int, _ column: Int) -> Bool {
        (0..<size).contains(row) && (0..<size).contains(column) && dark[row * size + column]
    }

    /// Lines for a terminal, two rows of modules in each, light on dark as terminals are.
    public var lines: [String] {
        stride(from: -Self.margin, to: size + Self.margin, by: 2).map { row in
            (-Self.margin..<(size + Self.margin)).reduce(into: "") { line, column in
                switch (isDark(row, column), isDark(row + 1, column)) {
                case (true, true): line += " "
                case (true, false): line += "▄"
                case (false, true): line += "▀"
                case (false, false): line += "█"
                }
            }
        }
    }

    /// The side of the picture with its margin, in modules.
    public var side: Int { size + 2 * Self.margin }

    /// The dark modules as the data of an SVG path in a picture of `side` × `side`.
    public var path: String {
        var path = ""
        for row in 0..<size {
            var column = 0
            while column < size {
                guard isDark(row, column) else {
                    column += 1
                    continue
                }
                let start = column
                while isDark(row, column) { column += 1 }
                path += "M\(start + Self.margin) \(row + Self.margin)h\(column - start)v1h-\(column - start)z"
            }
        }
        return path
    }
}
