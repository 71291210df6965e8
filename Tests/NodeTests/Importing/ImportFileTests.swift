import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

/// What people do with files: mend and import again, save in other ways, stop in the middle.
@Suite("A register as people save it")
struct ImportFileTests {
    private static let head = "номер;прізвище;дата;зміст"
    private static let mapping: JSONObject = [
        "source": "csv", "delimiter": ";", "key": "номер",
        "constants": [
            "channel": "mayorPhone", "kind": "application", "subjectType": "individual", "deadlineBasis": "month",
        ],
        "fields": [
            "lastName": "прізвище", "receivedAt": ["column": "дата", "format": "dd.mm.yyyy"], "text": "зміст",
        ],
    ]

    private static func arguments(_ change: (inout JSONObject) -> Void = { _ in }) -> JSONObject {
        var mapping = mapping
        change(&mapping)
        return ["mapping": .string(JSON.object(mapping).canonicalText), "as": "koval", "source": "old"]
    }

    private static func fields(_ more: JSONObject, kind: String = "application") -> JSONObject {
        arguments { mapping in
            var fields = mapping["fields"]?.object ?? JSONObject()
            for (name, rule) in more.members { fields[name] = rule }
            mapping["fields"] = .object(fields)
            mapping["constants"] = [
                "channel": "mayorPhone", "kind": .string(kind), "subjectType": "individual", "deadlineBasis": "month",
            ]
        }
    }

    private func indices(_ city: CommandCity) throws -> [String] {
        (try city.expect("appeal list", [:]).json["appeals"]?.array ?? []).compactMap { $0["index"]?.string }.sorted()
    }

    @Test("a row is taken wholly or not at all, and its mended form as a whole")
    func wholeRows() throws {
        let city = try CommandCity()
        let arguments = Self.fields(["complainedAgainst": "на кого", "department": "кому"], kind: "complaint")
        func file(_ department: String) -> [UInt8] {
            Array(
                (Self.head + ";на кого;кому\n1;Бойко;01.05.2026;Яма;;zhkg\n2;Щур;01.05.2026;Скарга;zhkg;\(department)\n"
                    + "3;Бойко;01.05.2026;Яма;;drim\n").utf8
            )
        }
        let first = try city.imported(file("zhkg"), arguments)
        #expect(first.json["imported"] == 2 && first.json["rejected"] == 1, "\(first.text)")
        #expect(first.exit == .skipped)
        #expect(try indices(city) == ["Б-1", "Б-2"])
        let second = try city.imported(file("drim"), arguments)
        #expect(second.json["imported"] == 1 && second.json["existing"] == 2, "\(second.text)")
        #expect(try city.expect("appeal show", ["appeal": "Щ-1"]).json["state"] == "assigned")
        #expect(try city.imported(file("drim"), arguments).exit == .ok)
    }

    @Test("a repetition gives a card what its row says by now, and only if nobody decided anything")
    func missingSteps() throws {
        let city = try CommandCity()
        let arguments = Self.fields(["department": "кому"])
        func file(_ first: String, _ second: String) -> [UInt8] {
            Array((Self.head + ";кому\n1;Бойко;01.05.2026;Яма;\(first)\n2;Щур;01.05.2026;Яма;\(second)\n").utf8)
        }
        try #require(try city.imported(file("", "zhkg"), arguments).json["imported"] == 2)
        let again = try city.imported(file("drim", "drim"), arguments)
        #expect(again.json["completed"] == 1 && again.json["existing"] == 1, "\(again.text)")
        #expect(again.exit == .ok && again.text.contains("доповнено 1"))
        #expect(try city.expect("appeal show", ["appeal": "Б-1"]).json["state"] == "assigned")
        #expect(try city.imported(file("drim", "drim"), arguments).json["existing"] == 2)
    }

    @Test("a mapping that was mended doubles nothing, and a source without a name is asked for it")
    func source() throws {
        let city = try CommandCity()
        let file = Array((Self.head + ";вид\n1;Бойко;01.05.2026;Яма;заява\n2;Бойко;01.05.2026;Яма;скарга\n").utf8)
        func arguments(_ map: JSON) -> JSONObject {
            Self.arguments { mapping in
                mapping["constants"] = [
                    "channel": "post", "subjectType": "individual", "deadlineBasis": "month",
                ]
                var fields = mapping["fields"]?.object ?? JSONObject()
                fields["kind"] = ["column": "вид", "map": map]
                mapping["fields"] = .object(fields)
                mapping["name"] = "журнал"
            }
        }
        var unnamed = Self.arguments()
        unnamed["source"] = .none
        #expect(try city.imported(file, unnamed).json["error"]?["code"] == "sourceMissing")
        var first = arguments(["заява": "application"])
        first["source"] = .none
        #expect(try city.imported(file, first).json["imported"] == 1)
        var mended = arguments(["заява": "application", "скарга": "complaint"])
        mended["source"] = .none
        let second = try city.imported(file, mended)
        #expect(second.json["imported"] == 1 && second.json["existing"] == 1)
        let nothing = Array((Self.head + ";вид\n1;Бойко;31.02.2026;Яма;заява\n").utf8)
        #expect(try city.imported(nothing, unnamed).json["rejected"] == 1)
        unnamed["dry-run"] = true
        #expect(try city.imported(file, unnamed).json["imported"] == 2)
    }

    @Test("the same cards come of every way of saving the file")
    func ways() throws {
        let text = Self.head + "\r\n1;Ґудзь;01.05.2026;Яма\r\n2;Їжак;01.05.2026;Немає «води»\r\n"
        let cp1251 = Array(text.unicodeScalars.compactMap { Self.cp1251[$0] })
        func utf16(_ isBig: Bool, mark: Bool = true) -> [UInt8] {
            ((mark ? "\u{FEFF}" : "") + text).utf16.flatMap { unit -> [UInt8] in
                isBig ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
            }
        }
        func swapped(_ sign: Character) -> String { String(text.map { $0 == ";" ? sign : $0 }) }
        let files: [(String, [UInt8], String?)] = [
            ("utf-8", Array(text.utf8), nil), ("utf-8 with a mark", Array(("\u{FEFF}" + text).utf8), nil),
            ("utf-16le", utf16(false), nil), ("utf-16be", utf16(true), nil),
            ("utf-16le without a mark", utf16(false, mark: false), "utf16le"), ("cp1251", cp1251, "cp1251"),
            ("Excel's line", Array(("sep=;\r\n" + text).utf8), nil),
            ("Excel's line of a comma", Array(("\u{FEFF}sep=,\r\n" + swapped(",")).utf8), nil),
            ("commas", Array(swapped(",").utf8), nil), ("tabs", Array(swapped("\t").utf8), nil),
        ]
        for (name, bytes, encoding) in files {
            let city = try CommandCity()
            var arguments = Self.arguments()
            arguments["encoding"] = encoding.map(JSON.string)
            let result = try city.imported(bytes, arguments)
            #expect(result.json["imported"] == 2 && result.json["rejected"] == 0, "\(name): \(result.text)")
            let shown = try city.expect("appeal show", ["appeal": "Ї-1"]).json["registers"]?["text"]
            #expect(shown == "Немає «води»", "\(name)")
            #expect(try indices(city) == ["Ї-1", "Ґ-1"], "\(name)")
        }
        let city = try CommandCity()
        let guessed = try city.imported(cp1251, Self.arguments())
        #expect(guessed.exit == .usage && guessed.text.contains("--encoding cp1251"), "\(guessed.text)")
        let wide = try city.imported(utf16(true, mark: false), Self.arguments())
        #expect(wide.exit == .usage && wide.text.contains("--encoding utf16be"), "\(wide.text)")
        #expect(try indices(city).isEmpty)
    }

    /// The letters of the file above.
    private static let cp1251: [UnicodeScalar: UInt8] = {
        var table: [UnicodeScalar: UInt8] = ["Ґ": 0xA5, "Ї": 0xAF, "є": 0xBA, "і": 0xB3, "«": 0xAB, "»": 0xBB]
        for code in UInt8(0)..<0x80 { table[UnicodeScalar(code)] = code }
        for (place, code) in (UInt32(0x410)...0x44F).enumerated() {
            table[UnicodeScalar(code) ?? "?"] = UInt8(0xC0 + place)
        }
        return table
    }()

    @Test("rejected rows come whole, with reasons, safe for a spreadsheet, and are imported as they are once mended")
    func rejectedFile() throws {
        let city = try CommandCity()
        let rows = [
            "=cmd;Бойко;31.02.2026;Яма", "+1;Бойко;31.02.2026;\"=A1; та \"\"ще\"\"\"", "'-1;Бойко;31.02.2026;- Яма",
            "4;Бойко;01.02.2026;Кафе \"Росинка\" шумить", "5;Бойко;01.02.2026;Яма",
        ]
        let file = Array((Self.head + "\n" + rows.joined(separator: "\n") + "\n").utf8)
        let first = try city.imported(file, Self.arguments())
        #expect(first.json["imported"] == 1 && first.json["rejected"] == 4)
        #expect(first.text.contains("  3 × receivedAt \"31.02.2026\""), "\(first.text)")
        let text = RejectedFile.text(first.json, .ukrainian)
        let lines = text.split(separator: "\n")
        #expect(text.hasPrefix("\u{FEFF}kartoteka: рядок;kartoteka: причини;номер;прізвище;дата;зміст\n"))
        #expect(lines[2].hasSuffix(";'+1;Бойко;31.02.2026;\"'=A1; та \"\"ще\"\"\""), "\(lines[2])")
        // As it is: the dates are still wrong, and the quotes are read as a person reads them.
        let same = try city.imported(Array(text.utf8), Self.arguments())
        #expect(same.json["imported"] == 1 && same.json["rejected"] == 3, "\(same.text)")
        #expect(same.json["unnamed"] == [])
        let again = RejectedFile.text(same.json, .english)
        #expect(again.hasPrefix("\u{FEFF}kartoteka: row;kartoteka: reasons;номер;"), "\(again)")
        let mended = again.split(separator: "31.02.2026", omittingEmptySubsequences: false).joined(
            separator: "28.02.2026"
        )
        let last = try city.imported(Array(mended.utf8), Self.arguments())
        #expect(last.json["imported"] == 3 && last.json["rejected"] == 0, "\(last.text)")
        #expect(try city.expect("appeal show", ["appeal": "Б-4"]).json["registers"]?["text"] == "=A1; та \"ще\"")
        // The rows are those of the source: all of it is here.
        let all = try city.imported(
            Array(
                (Self.head + "\n"
                    + rows.map {
                        $0.split(separator: "31.02", omittingEmptySubsequences: false).joined(separator: "28.02")
                    }
                    .joined(separator: "\n") + "\n").utf8
            ),
            Self.arguments()
        )
        #expect(all.json["existing"] == 4 && all.json["imported"] == 0, "\(all.text)")
    }

    @Test("rejected items of JSON come in the list that the mapping names")
    func rejectedItems() throws {
        let city = try CommandCity()
        let mapping: JSON = [
            "source": "json", "items": "data.list", "key": "id", "name": "api",
            "constants": [
                "channel": "post", "kind": "application", "subjectType": "unknown", "deadlineBasis": "month",
            ],
            "fields": ["receivedAt": "at", "text": "what", "phone": "who.phone"],
        ]
        let good: JSON = ["id": 1, "at": "2026-05-01T10:00:00+03:00", "what": "Яма", "extra": ["a": 1]]
        let bad: JSON = ["id": 2, "at": "вчора", "what": "Яма"]
        let arguments: JSONObject = ["mapping": .string(mapping.canonicalText), "as": "koval"]
        let first = try city.imported(
            Array(JSON.object(["data": ["list": [good, bad]]]).canonicalText.utf8),
            arguments
        )
        // No item has a phone today: that is no reason to refuse the day.
        #expect(first.json["imported"] == 1 && first.json["rejected"] == 1, "\(first.text)")
        #expect(first.text.contains("\"who.phone\" (fields.phone)") && first.json["unnamed"] == ["extra.a"])
        let text = RejectedFile.text(first.json, .ukrainian)
        let json = try JSON(parsing: Array(text.utf8), limits: .general)
        #expect(json["data"]?["list"]?.array?.first?["kartoteka"]?["row"] == 2)
        let mended = text.split(separator: "вчора").joined(separator: "2026-05-02T10:00:00+03:00")
        let second = try city.imported(Array(mended.utf8), arguments)
        #expect(second.json["imported"] == 1 && second.json["unnamed"] == [], "\(second.text)")
    }

    @Test("columns that nobody named are told; whoever stops is told how far it came")
    func told() throws {
        let city = try CommandCity()
        let rows = (1...2_500).map { "\($0);Бойко;01.05.2026;Яма;x;y" }
        let file = Array((Self.head + ";широта;довгота\n" + rows.joined(separator: "\n")).utf8)
        var looks = 0
        let command = try #require(Commands.named("import"))
        let stopped = try Commands.inPieces(
            file,
            Self.arguments(),
            .ukrainian,
            isInterrupted: {
                looks += 1
                return looks == 2
            },
            once: { command.run(try city.context(), $0) }
        )
        #expect(stopped.exit == .interrupted && stopped.json["imported"] == 2_000)
        #expect(stopped.text.hasSuffix("Перервано: записано 2000 із 2500; повторіть ту саму команду"))
        let rest = try city.imported(file, Self.arguments())
        #expect(rest.json["imported"] == 500 && rest.json["existing"] == 2_000 && rest.exit == .ok)
        #expect(rest.text.contains("не називає (не взято): широта, довгота"), "\(rest.text)")
    }
}
