/// A JSON value as the protocol knows it: whole numbers apart from fractions, members in canonical order.
public enum JSON: Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case double(Double)
    case string(String)
    case array([JSON])
    case object(JSONObject)
}

extension JSON: Equatable {
    /// Compares strings by their UTF-8 bytes: "é" of one scalar and "é" of two are different values.
    public static func == (left: JSON, right: JSON) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.double(let left), .double(let right)): left == right
        case (.string(let left), .string(let right)): ByteOrder.areSame(left, right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        case (.null, _), (.bool, _), (.integer, _), (.double, _), (.string, _), (.array, _), (.object, _): false
        }
    }
}

extension JSON {
    /// The text of a string, nil for any other value.
    public var string: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    /// The number of an integer, nil for any other value, fractions too.
    public var integer: Int64? {
        guard case .integer(let value) = self else { return nil }
        return value
    }

    /// Nil unless it is true or false; 0 and 1 are not.
    public var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// Nil unless it is an array.
    public var array: [JSON]? {
        guard case .array(let value) = self else { return nil }
        return value
    }

    /// Nil unless it is an object.
    public var object: JSONObject? {
        guard case .object(let value) = self else { return nil }
        return value
    }

    /// Whether it says null, which is not the same as a member that is not there.
    public var isNull: Bool {
        guard case .null = self else { return false }
        return true
    }

    /// The member with this key, nil where there is none or the value is no object.
    public subscript(_ key: String) -> JSON? {
        guard case .object(let value) = self else { return nil }
        return value[key]
    }
}

// NB: not ExpressibleByNilLiteral: `json["k"] == nil` must mean that the member is missing, never that it is null.
extension JSON: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .double(value) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }

    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(JSONObject(members: elements))
    }
}
