import CanonicalJSON

/// The type of a field in a body.
public indirect enum FieldType: Sendable {
    case text, string, bool
    /// `[a-z][a-z0-9-]{0,31}`
    case identifier
    /// `YYYY-MM-DD`
    case date
    /// RFC 3339 with the offset that clocks in Kyiv have at that moment.
    case moment
    case integer(ClosedRange<Int64>)
    case code(Set<String>)
    /// The name of a write or of an entity.
    case write
    /// Whom a complaint is about: `{"department":…}`, `{"person":…}`, `{"outside":…}` or `{"unresolved":…}`.
    case party
    /// An address: the typed text, or an object with the place that was found in it (`Address`).
    case address
    case array(FieldType)
    case object([Field])
    /// Register full name → value, each of the type that the policy table gives it.
    case corrections(personal: Bool)
    /// Any JSON within the limits (an aggregate that is recovered).
    case any
}

/// One field of a body or of its personal part.
public struct Field: Sendable {
    /// The key in the object.
    public let name: String
    /// What its value must be.
    public let type: FieldType
    /// Whether an object without it is refused.
    public let required: Bool

    /// A field that must be there.
    public static func required(_ name: String, _ type: FieldType) -> Field {
        Field(name: name, type: type, required: true)
    }
    /// A field that may be left out; null is no way of leaving it out.
    public static func optional(_ name: String, _ type: FieldType) -> Field {
        Field(name: name, type: type, required: false)
    }
}

/// Checks a part of an operation against its kind's fields: closed, typed, within the limits.
enum Schema {
    static func check(_ object: JSONObject, fields: [Field], path: @autoclosure () -> String) throws(Refusal) {
        for (key, value) in object.members where key != "salt" {
            guard let field = fields.first(where: { $0.name == key }) else {
                throw Refusal(.unknownField, path: path() + "." + key)
            }
            try check(value, field.type, path: path() + "." + key)
        }
        for field in fields where field.required && object[field.name] == nil {
            throw Refusal(.missingField, path: path() + "." + field.name)
        }
    }

    /// 16 random bytes as 32 hexadecimal digits: what keeps a digest from telling what an erased part said.
    static func salt(_ object: JSONObject, path: String) throws(Refusal) {
        guard let salt = object["salt"]?.string, Names.isHex(salt, count: 32) else {
            throw Refusal(.wrongType, path: path + ".salt")
        }
    }

    static func check(_ value: JSON, _ type: FieldType, path: @autoclosure () -> String) throws(Refusal) {
        let fits: Bool
        switch type {
        case .text: return try text(value, within: Limits.text, path: path())
        case .string: return try text(value, within: Limits.string, path: path())
        case .identifier: return try identifier(value, path: path())
        case .integer(let range): return try integer(value, in: range, path: path())
        case .any: return try any(value, path: path())
        case .bool: fits = value.bool != nil
        case .date: fits = value.string.map { CivilDate($0) != nil } ?? false
        case .moment: fits = value.string.map(KyivTime.isKyivs) ?? false
        case .code(let codes): fits = value.string.map(codes.contains) ?? false
        case .write: fits = value.string.map { WriteName($0) != nil } ?? false
        case .party:
            guard let object = value.object, object.count == 1, let (name, party) = object.members.first else {
                throw Refusal(.wrongType, path: path())
            }
            guard let field = Self.parties.first(where: { $0.name == name }) else {
                throw Refusal(.unknownField, path: path() + "." + name)
            }
            return try check(party, field.type, path: path() + "." + name)
        case .address: return try address(value, path: path())
        case .array(let element):
            guard let array = value.array else { throw Refusal(.wrongType, path: path()) }
            try count(array.count, path: path())
            for (place, value) in array.enumerated() { try check(value, element, path: "\(path())[\(place)]") }
            return
        case .object(let fields):
            guard let object = value.object, object["salt"] == nil else { throw Refusal(.wrongType, path: path()) }
            return try check(object, fields: fields, path: path())
        case .corrections(let personal):
            return try corrections(value, personal: personal, path: path())
        }
        guard fits else { throw Refusal(.wrongType, path: path()) }
    }

    private static let parties: [Field] = [
        .required("department", .identifier), .required("person", .identifier), .required("outside", .string),
        .required("unresolved", .string),
    ]

    private static let address: [Field] = [
        .required("typed", .string), .required("street", .identifier), .optional("house", .string),
        .optional("block", .string), .optional("flat", .string), .optional("more", .string),
        .optional("district", .string),
    ]

    /// The numbers of a place have one spelling each, so that they can be compared.
    private static func address(_ value: JSON, path: @autoclosure () -> String) throws(Refusal) {
        guard let object = value.object else { return try text(value, within: Limits.string, path: path()) }
        try check(object, fields: address, path: path())
        for name in ["house", "block", "flat"] {
            guard let number = object[name]?.string, !ResolvedAddress.isNumber(number) else { continue }
            throw Refusal(.wrongType, path: path() + "." + name)
        }
    }

    private static func corrections(_ value: JSON, personal: Bool, path: @autoclosure () -> String) throws(Refusal) {
        guard let object = value.object else { throw Refusal(.wrongType, path: path()) }
        try count(object.count, path: path())
        for (full, value) in object.members {
            guard let policy = Policy.register(Names.bare(full)), let type = policy.corrected,
                policy.personal == personal
            else {
                throw Refusal(.notCorrectable, path: path() + "." + full)
            }
            if !value.isNull { try check(value, type, path: path() + "." + full) }
        }
    }
}
