import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

/// Files with one odd row among good ones: each row is told once, and no good one is lost or doubled.
@Suite("A register with an odd row")
struct ImportMatrixTests {
    /// What stands between fields of the file.
    enum Delimiter: String, CaseIterable, Sendable {
        case comma = ","
        case semicolon = ";"
        case tab = "\t"
    }

    /// What stands at the end of each line.
    enum LineEnd: String, CaseIterable, Sendable {
        case lf = "\n"
        case crlf = "\r\n"
    }

    /// The odd row, and how many rows it counts for: cards that it brings, and refusals.
    enum Fault: String, CaseIterable, Sendable {
        case none, quoteWithin, textAfterQuote, openQuote, openQuoteBeforeQuoted, openQuoteOverLines
        case fewFields, manyFields, badByte, zeroByte, longField, loneReturn, wrongDate, emptyText, repeatedKey
        case linesWithinQuotes, emptyLines, doubledQuotes

        var imported: Int {
            switch self {
            case .linesWithinQuotes, .doubledQuotes: 1
            default: 0
            }
        }

        var rejected: Int {
            switch self {
            case .none, .linesWithinQuotes, .emptyLines, .doubledQuotes: 0
            case .openQuoteOverLines: 2
            default: 1
            }
        }

        /// Its bytes, with its line end.
        func row(_ delimiter: Delimiter, _ end: LineEnd) -> [UInt8] {
            let day = "03.02.2026"
            func line(_ fields: [String]) -> [UInt8] {
                Array((fields.joined(separator: delimiter.rawValue) + end.rawValue).utf8)
            }
            switch self {
            case .none: return []
            case .quoteWithin: return line(["x", day, "Кафе \"Росинка\" шумить", "Бойко"])
            case .textAfterQuote: return line(["x", day, "\"Кафе \"Росинка\" шумить\"", "Бойко"])
            case .openQuote, .openQuoteBeforeQuoted: return line(["x", day, "\"Кафе шумить", "Бойко"])
            case .openQuoteOverLines: return line(["x", day, "\"Кафе"]) + line(["шумить", "Бойко"])
            case .fewFields: return line(["x", day])
            case .manyFields: return line(["x", day, "Яма", "Бойко", "ще"])
            case .badByte: return line(["x", day, "Яма"]).dropLast(end.rawValue.utf8.count) + [0xFF] + line(["", "Б"])
            case .zeroByte: return line(["x", day, "Я\0ма", "Бойко"])
            case .longField: return line(["x", day, String(repeating: "ї", count: 40_000), "Бойко"])
            case .loneReturn: return line(["x", day, "Яма\rвелика", "Бойко"])
            case .wrongDate: return line(["x", "31.02.2026", "Яма", "Бойко"])
            case .emptyText: return line(["x", day, " ", "Бойко"])
            case .repeatedKey: return line(["1", day, "Яма", "Бойко"])
            case .linesWithinQuotes: return line(["x", day, "\"Яма\(end.rawValue)велика\"", "Бойко"])
            case .emptyLines: return Array((end.rawValue + end.rawValue).utf8)
            case .doubledQuotes: return line(["x", day, "\"Кафе \"\"Росинка\"\" шумить\"", "Бойко"])
            }
        }
    }

    static func mapping(_ delimiter: Delimiter) -> JSON {
        [
            "source": "csv", "key": "id", "delimiter": .string(delimiter.rawValue),
            "constants": [
                "channel": "post", "kind": "application", "subjectType": "individual", "deadlineBasis": "month",
            ],
            "fields": ["receivedAt": ["column": "when", "format": "dd.mm.yyyy"], "text": "what", "lastName": "who"],
        ]
    }

    /// Three good rows, the odd one, three good ones.
    static func file(_ fault: Fault, _ delimiter: Delimiter, _ end: LineEnd) -> [UInt8] {
        func line(_ fields: [String]) -> [UInt8] {
            Array((fields.joined(separator: delimiter.rawValue) + end.rawValue).utf8)
        }
        func good(_ key: Int) -> [UInt8] {
            let text = fault == .openQuoteBeforeQuoted ? "\"Яма \(key)\"" : "Яма \(key)"
            return line(["\(key)", "03.02.2026", text, "Коваль"])
        }
        var bytes = line(["id", "when", "what", "who"])
        for key in 1...3 { bytes += good(key) }
        bytes += fault.row(delimiter, end)
        for key in 4...6 { bytes += good(key) }
        return bytes
    }

    @Test("loses no other row and doubles none", arguments: Fault.allCases, Delimiter.allCases)
    func oddRow(_ fault: Fault, _ delimiter: Delimiter) throws {
        for end in LineEnd.allCases {
            let city = try CommandCity()
            let arguments: JSONObject = [
                "mapping": .string(Self.mapping(delimiter).canonicalText), "as": "koval", "source": "old",
            ]
            let bytes = Self.file(fault, delimiter, end)
            let first = try city.imported(bytes, arguments).json
            #expect(first["imported"]?.integer == Int64(6 + fault.imported), "\(fault) \(end)")
            #expect(first["rejected"]?.integer == Int64(fault.rejected), "\(fault) \(end)")
            #expect(first["total"]?.integer == Int64(6 + fault.imported + fault.rejected), "\(fault) \(end)")
            let second = try city.imported(bytes, arguments).json
            #expect(second["imported"] == 0 && second["existing"] == first["imported"], "\(fault) \(end)")
            #expect(second["rejected"] == first["rejected"], "\(fault) \(end)")
            let cards = try city.expect("appeal list", [:]).json["total"]?.integer
            #expect(cards == Int64(6 + fault.imported), "\(fault) \(end)")
        }
    }
}
