/// The fields of a form as a browser sends them (`application/x-www-form-urlencoded`).
package struct WebForm: Sendable, Equatable {
    /// Fields at most; one more and the form is none.
    static let longest = 500

    /// In the order of the form; a name may stand several times.
    package private(set) var fields: [Field] = []

    package struct Field: Sendable, Equatable {
        package let name: String
        package let value: String
    }

    package init() {}

    /// Nil for what is no such form, and for one of too many fields or with bytes that are no UTF-8.
    package init?(_ body: [UInt8]) {
        if body.isEmpty { return }
        let pairs = body.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true)
        guard pairs.count <= Self.longest else { return nil }
        for pair in pairs {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(parts[0]), let value = Self.decoded(parts.count == 2 ? parts[1] : []) else {
                return nil
            }
            fields.append(Field(name: name, value: value))
        }
    }

    /// The first of this name.
    package subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }
    /// All of this name, in the order of the form.
    package func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    private static func decoded(_ text: ArraySlice<UInt8>) -> String? {
        var bytes: [UInt8] = [], rest = text
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                    return nil
                }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? { Character(UnicodeScalar(byte)).hexDigitValue.map(UInt8.init) }
}

extension WebRequest {
    /// The fields of its body; nil if it carries no form.
    package var form: WebForm? {
        guard header("content-type")?.hasPrefix("application/x-www-form-urlencoded") == true else { return nil }
        return WebForm(body)
    }
}
