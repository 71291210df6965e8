public import CanonicalJSON

/// The form of an act: what its kind's table of fields and the limits say of its parts.
///
/// Asked before an act becomes an operation, so that one that nobody would read again gets no number, and by the judge.
public enum Form {
    /// Checks the parts of an act, with or without their salts; a kind that is not known here is for the judge.
    public static func check(kind name: String, body: JSONObject, personal: JSONObject?) throws(Refusal) {
        guard let kind = Kinds.named(name) else { return }
        do throws(Refusal) {
            try Schema.check(body, fields: kind.fields, path: "body")
            if let personal {
                try Schema.check(personal, fields: kind.personal, path: "personal")
            } else if kind.personal.contains(where: \.required) {
                throw Refusal(.missingField, path: "personal")
            }
        } catch { throw Refusal(error.reason, path: error.path, size: error.size, kind: name) }
    }
}

extension Schema {
    /// A text of at most the given number of bytes in UTF-8.
    static func text(_ value: JSON, within limit: Int, path: @autoclosure () -> String) throws(Refusal) {
        guard let text = value.string else { throw Refusal(.wrongType, path: path()) }
        let bytes = text.utf8.count
        guard bytes <= limit else { throw Refusal(.tooLong, path: path(), size: Size(bytes, limit: limit)) }
    }

    static func identifier(_ value: JSON, path: @autoclosure () -> String) throws(Refusal) {
        try text(value, within: Limits.identifier, path: path())
        guard value.string.map(Names.isIdentifier) == true else { throw Refusal(.wrongType, path: path()) }
    }

    static func integer(_ value: JSON, in range: ClosedRange<Int64>, path: @autoclosure () -> String) throws(Refusal) {
        guard let number = value.integer else { throw Refusal(.wrongType, path: path()) }
        guard range.contains(number) else {
            let limit = number < range.lowerBound ? range.lowerBound : range.upperBound
            throw Refusal(.outOfRange, path: path(), size: Size(number, limit: limit))
        }
    }

    static func count(_ count: Int, path: @autoclosure () -> String) throws(Refusal) {
        guard count <= Limits.elements else {
            throw Refusal(.tooMany, path: path(), size: Size(count, limit: Limits.elements))
        }
    }

    /// Any JSON, within what a line of an operation can hold; `depth` counts what it lies in.
    static func any(_ value: JSON, depth: Int = 2, path: @autoclosure () -> String) throws(Refusal) {
        switch value {
        case .null, .bool: return
        case .integer:
            let greatest = JSONLimits.greatestInteger
            try integer(value, in: -greatest...greatest, path: path())
        case .double: throw Refusal(.wrongType, path: path())
        case .string: try text(value, within: Limits.text, path: path())
        case .array(let elements):
            try nest(depth, path: path())
            for element in elements { try any(element, depth: depth + 1, path: path()) }
        case .object(let object):
            try nest(depth, path: path())
            for (key, element) in object.members {
                try text(.string(key), within: Limits.key, path: path())
                try any(element, depth: depth + 1, path: path())
            }
        }
    }

    private static func nest(_ depth: Int, path: @autoclosure () -> String) throws(Refusal) {
        guard depth < Limits.depth else {
            throw Refusal(.tooDeep, path: path(), size: Size(depth + 1, limit: Limits.depth))
        }
    }
}
