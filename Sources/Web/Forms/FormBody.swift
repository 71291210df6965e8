/// What a form in a browser sent: names with values, in the order of the form.
struct FormBody: Sendable {
    /// Bytes of a body at most, and fields: a card has a text of 48 KiB, a few lists, and what was shown of it.
    static let longest = 262_144
    static let mostFields = 600

    private let pairs: [(name: String, value: String)]
    var all: [(name: String, value: String)] { pairs }

    init(_ pairs: [(name: String, value: String)] = []) { self.pairs = pairs }

    /// Reads `application/x-www-form-urlencoded`; nil for another type, for what is no UTF-8, and for more fields than there are.
    init?(_ request: WebRequest) {
        let type = request.header("content-type")?.split(separator: ";").first
        guard type?.lowercased() == "application/x-www-form-urlencoded" else { return nil }
        self.init(urlencoded: request.body)
    }

    init?(urlencoded body: [UInt8]) {
        var pairs: [(name: String, value: String)] = []
        for part in body.split(separator: UInt8(ascii: "&")) {
            let sides = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard pairs.count < Self.mostFields, let name = sides.first.flatMap({ Self.decoded($0) }),
                let value = sides.count == 2 ? Self.decoded(sides[1]) : ""
            else { return nil }
            pairs.append((name, value))
        }
        self.pairs = pairs
    }

    /// The first of this name.
    func value(_ name: String) -> String? { pairs.first { $0.name == name }?.value }
    /// All of this name, in order.
    func values(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }
    func has(_ name: String) -> Bool { pairs.contains { $0.name == name } }

    /// All of it as a form would send it again: what a draft keeps.
    var urlencoded: [UInt8] {
        Array(pairs.map { WebCall.encoded($0.name) + "=" + WebCall.encoded($0.value) }.joined(separator: "&").utf8)
    }

    /// Percent-decoded, `+` as a space, line ends as one character; nil if it is no UTF-8.
    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var rest = bytes
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): text.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                    return nil
                }
                text.append(high << 4 | low)
            default: text.append(byte)
            }
        }
        return String(validating: text, as: UTF8.self).map { text in
            String(
                text.split(omittingEmptySubsequences: false) { $0 == "\r\n" || $0 == "\n" || $0 == "\r" }
                    .joined(separator: "\n")
            )
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
