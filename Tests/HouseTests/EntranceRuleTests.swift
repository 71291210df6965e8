import Appeals
import Commands
import Desk
import Testing

/// No text from outside gets past the entrance.
@Suite("One entrance")
struct EntranceRuleTests {
    private let entrance = Entrance(today: CivilDate("2026-05-14"))

    /// Types of which every byte is the value: paths, marks of pages, and files that say themselves what they are.
    private static func isVerbatim(_ type: InputType) -> Bool {
        switch type {
        case .mark, .register, .file, .directory, .program: true
        case .contents(let longest): longest > Limits.text
        default: false
        }
    }

    @Test("no input of any command takes a text of which nothing can be seen")
    func inputs() {
        var count = 0
        for row in Commands.rows {
            for input in row.inputs where input.form != .flag && !Self.isVerbatim(input.type) {
                count += 1
                #expect(throws: DeskError.self, "\(row.name) \(input.name)") {
                    try entrance.enter("\u{feff}\u{200b} \u{2060}", in: input)
                }
            }
        }
        #expect(count > 150)
    }

    @Test("no text of any input keeps a mark that cannot be seen")
    func marks() throws {
        for row in Commands.rows {
            for input in row.inputs {
                switch input.type {
                case .text, .personName, .place, .appeal, .person, .department, .actor, .complainedAgainst, .index,
                    .host:
                    #expect(
                        try entrance.enter("\u{feff}а\u{0}б\u{1b} \u{200b}", in: input) == "аб",
                        "\(row.name) \(input.name)"
                    )
                default: break
                }
            }
        }
    }

    @Test("every field of an import is of a type, and its texts come in as those that people type")
    func imports() {
        for field in ImportField.allCases {
            #expect(!Self.isVerbatim(field.input), "\(field)")
            #expect(throws: DeskError.self, "\(field)") {
                try entrance.enter("\u{200b}", as: field.input, into: .named(field.rawValue))
            }
        }
    }

    @Test("every field of the card that is corrected has a type of input")
    func corrections() {
        for register in Policy.registers where register.corrected != nil {
            #expect(CorrectedField.type(register.name) != nil, "\(register.name)")
        }
    }

    /// What reads a text as a value, and where it may stand.
    private static let readers = [
        "PhoneNumber(typed": ["Sources/Desk/Entrance/", "Sources/Desk/Import/"],
        "EmailAddress(typed": ["Sources/Desk/Entrance/", "Sources/Desk/Import/"],
        "PersonName(typed": ["Sources/Desk/Entrance/", "Sources/Desk/Acting/Import/"],
        "CivilDate(dotted": ["Sources/Desk/Entrance/", "Sources/Desk/Import/"],
        "parse(kyivLocal": ["Sources/Desk/Entrance/", "Sources/Desk/Import/", "Sources/Appeals/Law/"],
    ]

    private static func past(_ source: SwiftSource) -> [Violation] {
        source.code.indices.flatMap { line in
            readers.filter { reader, rooms in
                source.code[line].contains(reader) && !rooms.contains { source.path.hasPrefix($0) }
            }.map { reader, _ in
                Violation(source.path, line + 1, "\(reader)…) reads text", remedy: "Let it come through Desk/Entrance")
            }
        }
    }

    @Test("telephones, addresses, names and days of people are read at the entrance alone")
    func readings() { expectNone(Project.sources.flatMap(Self.past)) }

    @Test("the judge sees a telephone that a command reads by itself")
    func judged() {
        let planted = SwiftSource(
            "Sources/Commands/Planted.swift",
            "let phone = call.text(\"phone\").flatMap { PhoneNumber(typed: $0) }\n"
        )
        #expect(Self.past(planted).map(\.line) == [1])
    }
}
