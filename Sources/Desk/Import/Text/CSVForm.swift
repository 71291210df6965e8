package import Appeals

/// How a CSV text is written, by its first lines: what stands between its fields, and where its header begins.
package struct CSVForm: Sendable {
    package let delimiter: CSVReader.Delimiter
    /// The byte at which the header begins: behind Excel's own line, if there is one.
    package let start: Int
    /// What a person should know of it.
    package let notice: Label?

    /// By Excel's line `sep=;`; else as `usual`, unless only another delimiter gives a header with all of `columns`.
    package init(of text: [UInt8], usual: CSVReader.Delimiter, columns: [String]) {
        let end = text.firstIndex(of: UInt8(ascii: "\n")) ?? text.count
        let first = String(decoding: text[..<end], as: UTF8.self).trimmed
        let bare = first.filter { $0 != "\"" }.lowercased()
        if bare.hasPrefix("sep="), bare.count <= 5, end < text.count {
            // The tab is trimmed away with the end of the line.
            let sign = bare.dropFirst(4).utf8.first ?? CSVReader.Delimiter.tab.rawValue
            delimiter = CSVReader.Delimiter(rawValue: sign) ?? usual
            start = end + 1
            notice = nil
            return
        }
        start = 0
        let fitting = CSVReader.Delimiter.allCases.first { delimiter in
            let lookup = NameLookup(Self.names(first, delimiter).map { ($0, $0) })
            return columns.allSatisfy { if case .one = lookup.find($0) { true } else { false } }
        }
        guard Self.names(first, usual).count == 1, let fitting, fitting != usual else {
            delimiter = usual
            notice = nil
            return
        }
        delimiter = fitting
        let (found, told) = (Self.word(fitting), Self.word(usual))
        notice = Label(
            uk: "у файлі між полями \(found.uk), а не \(told.uk); прочитано так",
            en: "the file has \(found.en) between fields, not \(told.en); it was read so"
        )
    }

    /// The columns that a line names.
    package static func names(_ line: String, _ delimiter: CSVReader.Delimiter) -> [String] {
        var reader = CSVReader(delimiter: delimiter)
        return ((reader.read(Array(line.utf8)) + reader.finish()).first?.content ?? []).map(\.trimmed)
    }

    private static func word(_ delimiter: CSVReader.Delimiter) -> Label {
        switch delimiter {
        case .comma: Label(uk: "кома", en: "a comma")
        case .semicolon: Label(uk: "крапка з комою", en: "a semicolon")
        case .tab: Label(uk: "табуляція", en: "a tab")
        }
    }
}
