package import Appeals

/// In which encoding the text of a register is written.
package enum TextEncoding: String, CaseIterable, Sendable {
    case utf8
    /// Windows' Cyrillic, as an older Excel saves.
    case cp1251
    /// Two bytes a letter, the low one first, or the high one.
    case utf16le
    case utf16be

    package var label: Label {
        switch self {
        case .utf8: Label(uk: "Юнікод, UTF-8", en: "Unicode, UTF-8")
        case .cp1251: Label(uk: "Windows-1251, старий Excel", en: "Windows-1251, an older Excel")
        case .utf16le: Label(uk: "Юнікод, UTF-16, молодший байт перший", en: "Unicode, UTF-16, little-endian")
        case .utf16be: Label(uk: "Юнікод, UTF-16, старший байт перший", en: "Unicode, UTF-16, big-endian")
        }
    }

    /// The text in UTF-8, without a byte order mark.
    ///
    /// A letter that is none becomes a byte that is not UTF-8, so that its row is refused and no other.
    package func utf8(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .utf8: return Array(bytes.dropFirst(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0))
        case .cp1251:
            var text: [UInt8] = []
            text.reserveCapacity(bytes.count * 2)
            for byte in bytes {
                if byte < 0x80 { text.append(byte) } else { text += Self.high[Int(byte) - 0x80] }
            }
            return text
        case .utf16le: return Self.utf8(bytes) { UInt16($1) << 8 | UInt16($0) }
        case .utf16be: return Self.utf8(bytes) { UInt16($0) << 8 | UInt16($1) }
        }
    }

    private static func utf8(_ bytes: [UInt8], _ unit: (UInt8, UInt8) -> UInt16) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var units = stride(from: 0, to: bytes.count - 1, by: 2).map { unit(bytes[$0], bytes[$0 + 1]) }[...]
        if units.first == 0xFEFF { units = units.dropFirst() }
        while let first = units.popFirst() {
            if let scalar = UnicodeScalar(first) {
                text += Array(String(scalar).utf8)
            } else if let low = units.first, UTF16.isLeadSurrogate(first), UTF16.isTrailSurrogate(low),
                let scalar = UnicodeScalar((UInt32(first & 0x3FF) << 10 | UInt32(low & 0x3FF)) + 0x10000)
            {
                units = units.dropFirst()
                text += Array(String(scalar).utf8)
            } else {
                text.append(Self.none)
            }
        }
        if bytes.count % 2 == 1 { text.append(Self.none) }
        return text
    }

    /// A byte that no UTF-8 has.
    private static let none: UInt8 = 0xFF

    /// The letters of Windows-1251 from 0x80 on, in UTF-8.
    private static let high: [[UInt8]] = letters.map { UnicodeScalar($0).map { Array(String($0).utf8) } ?? [none] }
    // swift-format-ignore
    private static let letters: [UInt32] = [
        0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021,
        0x20AC, 0x2030, 0x0409, 0x2039, 0x040A, 0x040C, 0x040B, 0x040F,
        0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x0098, 0x2122, 0x0459, 0x203A, 0x045A, 0x045C, 0x045B, 0x045F,
        0x00A0, 0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6, 0x00A7,
        0x0401, 0x00A9, 0x0404, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x0407,
        0x00B0, 0x00B1, 0x0406, 0x0456, 0x0491, 0x00B5, 0x00B6, 0x00B7,
        0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457,
        0x0410, 0x0411, 0x0412, 0x0413, 0x0414, 0x0415, 0x0416, 0x0417,
        0x0418, 0x0419, 0x041A, 0x041B, 0x041C, 0x041D, 0x041E, 0x041F,
        0x0420, 0x0421, 0x0422, 0x0423, 0x0424, 0x0425, 0x0426, 0x0427,
        0x0428, 0x0429, 0x042A, 0x042B, 0x042C, 0x042D, 0x042E, 0x042F,
        0x0430, 0x0431, 0x0432, 0x0433, 0x0434, 0x0435, 0x0436, 0x0437,
        0x0438, 0x0439, 0x043A, 0x043B, 0x043C, 0x043D, 0x043E, 0x043F,
        0x0440, 0x0441, 0x0442, 0x0443, 0x0444, 0x0445, 0x0446, 0x0447,
        0x0448, 0x0449, 0x044A, 0x044B, 0x044C, 0x044D, 0x044E, 0x044F,
    ]
}

extension TextEncoding {
    /// In what a text is written by its first bytes; nil where they say nothing.
    package init?(mark bytes: [UInt8]) {
        if bytes.starts(with: [0xFF, 0xFE]) {
            self = .utf16le
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            self = .utf16be
        } else if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            self = .utf8
        } else {
            return nil
        }
    }

    /// In what a text without a mark is most likely written.
    ///
    /// UTF-8 unless its first line, or half of its lines with other than Latin letters, are not: then Windows-1251; many
    /// zero bytes are UTF-16.
    package init(guess bytes: [UInt8]) {
        let head = bytes.prefix(4_096)
        let zeros = head.indices.filter { head[$0] == 0 }
        if zeros.count * 5 > head.count {
            self = zeros.filter { $0 % 2 == 1 }.count * 2 > zeros.count ? .utf16le : .utf16be
            return
        }
        var (foreign, wrong, isFirst) = (0, 0, true)
        for line in bytes.prefix(1 << 20).split(separator: UInt8(ascii: "\n")).dropLast(bytes.count > 1 << 20 ? 1 : 0) {
            defer { isFirst = false }
            guard line.contains(where: { $0 >= 0x80 }) else { continue }
            foreign += 1
            guard String(validating: line, as: UTF8.self) == nil else { continue }
            wrong += 1
            // A header is short, and wrong bytes in it are no accident.
            if isFirst { wrong += foreign + 1_000_000 }
        }
        self = wrong > 1 && wrong * 2 > foreign ? .cp1251 : .utf8
    }
}
