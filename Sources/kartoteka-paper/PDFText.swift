/// Texts as PDF writes them.
enum PDFText {
    /// A text string: UTF-16 with its mark, in hexadecimal digits.
    static func literal(_ text: String) -> String {
        let units = [0xFEFF] + Array(text.utf16)
        let digits = units.map { unit in
            let hex = String(unit, radix: 16, uppercase: true)
            return String(repeating: "0", count: 4 - hex.count) + hex
        }
        return "<" + digits.joined() + ">"
    }

    /// Text within XML.
    static func xml(_ text: String) -> String {
        String(
            text.unicodeScalars.map { scalar -> String in
                switch scalar {
                case "&": "&amp;"
                case "<": "&lt;"
                case ">": "&gt;"
                case "\"": "&quot;"
                // What XML 1.0 has no place for.
                case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: " "
                default: String(scalar)
                }
            }.joined()
        )
    }
}
