import Appeals
import Cryptography
import Desk

/// What a card on a screen showed, small enough for a header or a hidden field of a form: of each register the write of its
/// value.
///
/// An act is based on it (`Asking.shown`), so that the operation says what its author saw and never what came after. A register
/// is six bytes of the digest of its name: an act needs only those that are on the card today, and one that was not there
/// then is one that nobody saw.
struct CardMark: Equatable, Sendable {
    /// Characters at most; a card with more registers has no mark, and acts on it are based on what the node shows then.
    static let longest = 8_192
    private static let nameLength = 6
    private static let version: UInt8 = 1

    let text: String

    /// Nil if it would be longer than `longest`.
    init?(_ shown: ShownAppeal) {
        var bytes = [Self.version] + Self.name(shown.id)
        let byWrite = Dictionary(grouping: shown.writes, by: \.value).mapValues { $0.map { Self.name($0.key) } }
        for (write, names) in byWrite.sorted(by: { $0.key < $1.key }) {
            bytes += Self.number(write.utf8.count) + Array(write.utf8) + Self.number(names.count)
            for name in names.sorted(by: { $0.lexicographicallyPrecedes($1) }) { bytes += name }
        }
        text = Base64URL.encode(bytes)
        if text.utf8.count > Self.longest { return nil }
    }

    /// What was shown of an appeal, by the registers that it has now; nil if the text is no mark, or one of another appeal.
    static func writes(_ text: String, of shown: ShownAppeal) -> [String: String]? {
        guard text.utf8.count <= longest, let bytes = Base64URL.decode(text) else { return nil }
        var rest = bytes[...]
        guard rest.popFirst() == version, take(nameLength, from: &rest) == name(shown.id) else { return nil }
        var writes: [[UInt8]: String] = [:]
        while !rest.isEmpty {
            guard let length = number(from: &rest), let write = take(length, from: &rest),
                let count = number(from: &rest), count <= rest.count / nameLength
            else { return nil }
            let text = String(decoding: write, as: UTF8.self)
            guard WriteName(text) != nil else { return nil }
            for _ in 0..<count {
                guard let name = take(nameLength, from: &rest) else { return nil }
                writes[name] = text
            }
        }
        return Dictionary(
            uniqueKeysWithValues: shown.writes.keys.compactMap { key in writes[name(key)].map { (key, $0) } }
        )
    }

    private static func name(_ text: String) -> [UInt8] {
        Array(SHA256.hash(Array(text.utf8)).array.prefix(nameLength))
    }

    /// Two bytes, the greater first.
    private static func number(_ value: Int) -> [UInt8] { [UInt8(value >> 8 & 0xff), UInt8(value & 0xff)] }

    private static func number(from rest: inout ArraySlice<UInt8>) -> Int? {
        take(2, from: &rest).map { Int($0[0]) << 8 | Int($0[1]) }
    }

    private static func take(_ count: Int, from rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }
}
