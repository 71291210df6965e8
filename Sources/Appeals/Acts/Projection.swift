public import CanonicalJSON

/// Who may see what, as a table of its own: the privacy of every register and fact, with the version of the table.
///
/// An office keeps the one in force in its store: what it shows is what that and its own both allow.
public struct Projection: Sendable, Equatable {
    /// The version of this program's table.
    ///
    /// NB: raised with every change of a `privacy` in `Policy`; a test holds the digest of each version.
    public static let version: Int64 = 2

    /// Of this table: a greater one goes before a smaller one, and never back.
    public let version: Int64
    private let registers: [String: Privacy]
    private let facts: [String: Privacy]
    /// Canonical, as it is stored.
    public let text: String

    /// That of this program.
    public static let own = Projection(version: version, registers: Policy.registers, facts: Policy.facts)

    /// Of rows of the policy table, in which some registers and facts may have another privacy.
    public init(
        version: Int64,
        registers: [RegisterPolicy],
        facts: [FactPolicy],
        setting others: [String: Privacy] = [:]
    ) {
        var shown: [String: Privacy] = [:]
        for row in registers { shown[row.name] = others[row.name] ?? row.privacy }
        var added: [String: Privacy] = [:]
        for row in facts { added[row.name] = others[row.name] ?? row.privacy }
        self.init(version: version, registers: shown, facts: added)
    }

    private init(version: Int64, registers: [String: Privacy], facts: [String: Privacy]) {
        (self.version, self.registers, self.facts) = (version, registers, facts)
        func json(_ table: [String: Privacy]) -> JSON {
            var object = JSONObject()
            for (name, privacy) in table { object[name] = .string(privacy.rawValue) }
            return .object(object)
        }
        let all: JSON = ["facts": json(facts), "registers": json(registers), "version": .integer(version)]
        text = all.canonicalText
    }

    /// Nil if it is anything else; what has a privacy that this program does not know is shown to nobody.
    public init?(_ json: JSON) {
        guard let version = json["version"]?.integer, let registers = json["registers"]?.object,
            let facts = json["facts"]?.object
        else { return nil }
        func table(_ object: JSONObject) -> [String: Privacy] {
            var table: [String: Privacy] = [:]
            for (name, value) in object.members { table[name] = value.string.flatMap(Privacy.init) }
            return table
        }
        self.init(version: version, registers: table(registers), facts: table(facts))
    }

    public func register(_ name: String) -> Privacy? { registers[name] }
    public func fact(_ name: String) -> Privacy? { facts[name] }
}
