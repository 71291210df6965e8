import CanonicalJSON
import Testing

/// The directory as it is, an act on it, and what comes of the act: a row each.
struct DirectoryRow: CustomTestStringConvertible, Sendable {
    let what: String
    /// What was done before, each act accepted.
    var before: [DirectoryAct] = []
    let act: DirectoryAct
    let comes: String

    init(_ what: String, before: [DirectoryAct] = [], _ act: DirectoryAct, _ comes: String) {
        self.what = what
        self.before = before
        self.act = act
        self.comes = comes
    }

    var testDescription: String { what }
}

/// An act of the administrator on the directory, as short as it can be said.
enum DirectoryAct: Sendable {
    case department(String, name: String = "Назва", code: String? = nil)
    case person(String, at: String, keep: [String] = [], basis: String? = nil)
    case leaves(String)
    case grant(String, String, at: String, basis: String? = nil)
    case revoke(String, String, at: String)
    case calendar(String, from: String, through: String, hours: String = "17:00")

    var kind: String {
        switch self {
        case .department: "department.put"
        case .person: "person.put"
        case .leaves: "person.left"
        case .grant: "role.granted"
        case .revoke: "role.revoked"
        case .calendar: "calendar.put"
        }
    }

    var body: JSONObject {
        switch self {
        case .department(let id, let name, let code):
            var body: JSONObject = ["department": .string(id), "name": .string(name)]
            body["code"] = code.map(JSON.string)
            return body
        case .person(let user, let department, let keep, let basis):
            var body: JSONObject = ["user": .string(user), "department": .string(department)]
            if !keep.isEmpty { body["keep"] = .array(keep.map(Self.kept)) }
            body["basis"] = basis.map(JSON.string)
            return body
        case .leaves(let user): return ["user": .string(user), "reason": "Звільнення"]
        case .grant(let user, let role, let department, let basis):
            var body: JSONObject = ["user": .string(user), "role": .string(role), "department": .string(department)]
            body["substitution"] = basis.map(JSON.string)
            return body
        case .revoke(let user, let role, let department):
            return [
                "user": .string(user), "role": .string(role), "department": .string(department), "reason": "Наказ",
            ]
        case .calendar(let version, let from, let through, let hours):
            return [
                "calendar": [
                    "version": .string(version), "validFrom": .string(from), "validThrough": .string(through),
                    "weekend": ["sat", "sun"], "workingHoursEnd": .string(hours), "holidays": [], "martialLaw": [],
                    "extraDaysOff": [], "extraWorkingDays": [],
                ]
            ]
        }
    }

    /// `roads/head` → a role that is kept.
    private static func kept(_ text: String) -> JSON {
        let parts = text.split(separator: "/").map { JSON.string(String($0)) }
        return ["department": parts[0], "role": parts[1]]
    }

    var personal: JSONObject? {
        if case .person = self { ["name": "Коваль Анна"] } else { nil }
    }
}
