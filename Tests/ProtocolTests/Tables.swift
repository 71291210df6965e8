import CanonicalJSON
import Replication

@testable import Appeals

/// The tables of `deploy/protocol/`, made from the tables of the code: a row a line.
enum Tables {
    static func write(_ book: VectorBook) throws {
        book.rows("kinds", Kinds.all.map(kind))
        book.rows("effects", try EffectTable.rows())
        book.rows("registers", Policy.registers.map(register))
        book.rows("facts", Policy.facts.map(fact))
        book.rows("views", ViewTable.rows())
        book.rows("reasons", reasons() + outcomes() + errors())
        book.rows("limits", limits())
        book.rows("foldings", Samenesses.rows())
    }

    static func names(_ parties: Set<Party>) -> JSON {
        .array(Party.allCases.filter(parties.contains).map { .string($0.rawValue) })
    }

    private static func kind(_ kind: Kind) -> JSON {
        let parties = Party.allCases.compactMap { party in
            kind.parties[party].map { (party.rawValue, JSON.array($0.sorted().map(JSON.string))) }
        }
        return [
            "kind": .string(kind.name), "parties": .object(JSONObject(members: parties)), "whole": .bool(kind.isAtomic),
            "reference": .bool(kind.isReference), "late": .string(kind.late?.rawValue ?? "policy"),
            "body": .array(kind.fields.map(field)), "personal": .array(kind.personal.map(field)),
        ]
    }

    static func field(_ field: Field) -> JSON {
        var row: JSONObject = ["name": .string(field.name), "required": .bool(field.required)]
        for (key, value) in type(field.type).members { row[key] = value }
        return .object(row)
    }

    static func type(_ type: FieldType) -> JSONObject {
        switch type {
        case .text: ["type": "text"]
        case .string: ["type": "string"]
        case .bool: ["type": "boolean"]
        case .identifier: ["type": "id"]
        case .date: ["type": "date"]
        case .moment: ["type": "moment"]
        case .integer(let range):
            ["type": "integer", "least": .integer(range.lowerBound), "greatest": .integer(range.upperBound)]
        case .code(let codes): ["type": "code", "codes": .array(codes.sorted().map(JSON.string))]
        case .write: ["type": "name"]
        case .party: ["type": "party"]
        case .address: ["type": "address"]
        case .array(let element): ["type": "array", "element": .object(Self.type(element))]
        case .object(let fields): ["type": "object", "fields": .array(fields.map(field))]
        case .corrections(let personal): ["type": "corrections", "personal": .bool(personal)]
        case .any: ["type": "any"]
        }
    }

    private static func register(_ row: RegisterPolicy) -> JSON {
        [
            "register": .string(row.name), "writes": names(row.writes), "proposes": names(row.proposes),
            "clash": .string(row.clash.rawValue), "late": .string(row.late.rawValue),
            "privacy": .string(row.privacy.rawValue), "settles": .bool(row.settles),
            "corrected": row.corrected.map { .object(type($0)) } ?? .null, "personal": .bool(row.personal),
            "folds": .bool(row.folds),
        ]
    }

    private static func fact(_ row: FactPolicy) -> JSON {
        [
            "fact": .string(row.name), "adds": names(row.adds), "late": .string(row.late.rawValue),
            "privacy": .string(row.privacy.rawValue),
        ]
    }

    private static func reasons() -> [JSON] {
        Reason.allCases.map {
            ["reason": .string($0.rawValue), "uk": .string($0.ukrainian), "en": .string($0.english)]
        }
    }

    private static func outcomes() -> [JSON] {
        OutcomeStatus.allCases.map {
            ["outcome": .string($0.rawValue), "uk": .string($0.ukrainian), "en": .string($0.english)]
        }
    }

    private static func errors() -> [JSON] {
        ErrorCode.allCases.map { ["error": .string($0.rawValue), "remedy": .string($0.remedy)] }
    }
}

/// Who is shown what: every privacy in every view, as the code decides it.
enum ViewTable {
    /// What an item is, besides its privacy.
    private static let items = ["appeal", "ownIssue", "otherIssue", "ownAssignment", "otherAssignment", "ownWrite"]

    private static let ownIssue = "office#00000000:1/1"

    static func rows() -> [JSON] {
        let views: [(String, View)] = [
            ("home", view(.home, nil)), ("main", view(.main, nil)), ("co", view(.co, nil)),
            ("co:issues", view(.co, [ownIssue])), ("inform", view(.inform, nil)),
            ("inform:issues", view(.inform, [ownIssue])),
        ]
        let privacies: [Privacy] = [.open, .words, .issue, .assignment, .identity, .sensitive, .internalNote]
        return privacies.map { privacy in
            let shown = views.map { name, view -> (String, JSON) in
                let found = items.filter { shows(view, privacy, $0) }
                return (name, found == items ? "all" : .array(found.map(JSON.string)))
            }
            return ["privacy": .string(privacy.rawValue), "shown": .object(JSONObject(members: shown))]
        }
    }

    private static func view(_ role: Party, _ issues: Set<String>?) -> View {
        View(department: "roads", role: role, issues: issues)
    }

    /// By a fact, whose name says what it is about and whose write it is.
    private static func shows(_ view: View, _ privacy: Privacy, _ item: String) -> Bool {
        let entity = [
            "ownIssue": ownIssue, "otherIssue": "office#00000000:1/2",
            "ownAssignment": "office#00000000:2/1", "otherAssignment": "office#00000000:2/2",
        ][item]
        let write = item == "ownWrite" ? "roads#00000000:3" : "office#00000000:3"
        let name = FactName.text("note", entity, write)
        let projection = Projection(
            version: 1,
            registers: [],
            facts: Policy.facts.filter { $0.name == "note" },
            setting: ["note": privacy]
        )
        return view.shows(.facts, name, own: ["office#00000000:2/1"], by: projection)
    }
}
