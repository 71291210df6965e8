import CanonicalJSON

extension Kind {
    /// The writes that a body names in its fields of that type, each once, sorted.
    ///
    /// What a decision is about (`held`) is no ground that it stands on.
    func writes(namedIn body: JSONObject) -> [WriteName] {
        var found: Set<WriteName> = []
        Self.collect(.object(body), .object(fields.filter { $0.name != "held" }), into: &found)
        return found.sorted()
    }

    private static func collect(_ value: JSON, _ type: FieldType, into found: inout Set<WriteName>) {
        switch type {
        case .write:
            if let name = value.string.flatMap({ WriteName($0) }) { found.insert(name) }
        case .array(let element):
            for value in value.array ?? [] { collect(value, element, into: &found) }
        case .object(let fields):
            for field in fields { if let value = value[field.name] { collect(value, field.type, into: &found) } }
        case .text, .string, .bool, .identifier, .date, .moment, .integer, .code, .party, .address, .corrections, .any:
            break
        }
    }
}

extension Aggregate {
    /// Whether something of this write is in force: then what names it has what it needs.
    func shows(_ write: String) -> Bool {
        holds(.registers, by: write) || holds(.facts, by: write)
    }
}
