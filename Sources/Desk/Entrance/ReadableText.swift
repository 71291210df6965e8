import Appeals

/// What a reader sees of a text from outside, without what nobody can see.
package enum ReadableText {
    /// One line: every run of spaces, tabs and line ends is a space, none stands at the ends, and no mark or control
    /// character is left that cannot be seen; joiners and variants within, which make one sign of several, stay.
    package static func line(_ text: String) -> String {
        var seen = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if Sameness.isSpace(scalar.value) {
                if seen.last != " " { seen.append(" ") }
            } else if isJoiner(scalar.value) || !Sameness.isInvisible(scalar.value) {
                seen.append(scalar)
            }
        }
        return trimmed(seen)
    }

    /// Words of any number of lines, as they were written: line ends are U+000A, control characters and byte order marks are
    /// gone, and nothing at the ends is unseen.
    ///
    /// Within the words spaces and marks of direction stay: what a citizen wrote is evidence.
    package static func words(_ text: String) -> String {
        var seen = String.UnicodeScalarView()
        var isAfterReturn = false
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A where isAfterReturn: break
            case 0x0A...0x0D, 0x85, 0x2028, 0x2029: seen.append("\n")
            case 0x09: seen.append(scalar)
            case 0x00...0x1F, 0x7F...0x9F, 0xFEFF: break
            default: seen.append(scalar)
            }
            isAfterReturn = scalar.value == 0x0D
        }
        return trimmed(seen)
    }

    /// Whether there is nothing to see.
    package static func isBlank(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy {
            Sameness.isSpace($0.value) || Sameness.isInvisible($0.value) || blanks.contains($0.value)
        }
    }

    /// Letters of other scripts that are printed as nothing.
    private static let blanks: Set<UInt32> = [0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0]

    private static func isJoiner(_ point: UInt32) -> Bool {
        point == 0x200C || point == 0x200D || isVariant(point)
    }

    /// What says how the sign before it looks.
    private static func isVariant(_ point: UInt32) -> Bool { (0xFE00...0xFE0F).contains(point) }

    private static func trimmed(_ seen: String.UnicodeScalarView) -> String {
        func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
            Sameness.isSpace(scalar.value) || Sameness.isInvisible(scalar.value)
        }
        var rest = seen[...]
        while let first = rest.first, isUnseen(first) { rest.removeFirst() }
        while let last = rest.last, isUnseen(last), !isVariant(last.value) { rest.removeLast() }
        return String(String.UnicodeScalarView(rest))
    }
}
