import Appeals
import CanonicalJSON
import Cryptography

/// How something is written as the text of a value, and read back.
///
/// Strict: what is read is written as the same text, and anything else is not read.
package struct ValueForm<Content>: Sendable {
    let read: @Sendable (String) -> Content?
    let text: @Sendable (Content) -> String
}

extension ValueForm where Content == String {
    static var text: Self { Self(read: { $0 }, text: { $0 }) }
}

extension ValueForm where Content == Bool {
    /// There or not: what is there is true.
    static var flag: Self { Self(read: { $0 == "1" ? true : nil }, text: { $0 ? "1" : "0" }) }
}

extension ValueForm where Content == Int64 {
    static var number: Self { Self(read: { ValueText.number($0) }, text: { String($0) }) }
}

extension ValueForm where Content == (Int64, Int64) {
    /// Two numbers.
    static var pair: Self {
        Self(
            read: { text in
                guard let parts = ValueText.parts(text, 2), let first = ValueText.number(parts[0]),
                    let second = ValueText.number(parts[1])
                else { return nil }
                return (first, second)
            },
            text: { "\($0.0) \($0.1)" }
        )
    }
}

extension ValueForm where Content == (epoch: String, sequence: Int64) {
    /// A place in a stream.
    static var position: Self {
        Self(
            read: { text in
                guard let parts = ValueText.parts(text, 2), let sequence = ValueText.number(parts[1]) else {
                    return nil
                }
                return (parts[0], sequence)
            },
            text: { "\($0.epoch) \($0.sequence)" }
        )
    }
}

extension ValueForm where Content == (at: Int64, text: String) {
    /// A time, unix milliseconds, and what was said then.
    static var timed: Self {
        Self(
            read: { text in
                let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2, let at = ValueText.number(String(parts[0])) else { return nil }
                return (at, String(parts[1]))
            },
            text: { "\($0.at) \($0.text)" }
        )
    }
}

extension ValueForm where Content == (stream: String, key: String) {
    /// A row of a stream, on two lines.
    static var place: Self {
        Self(
            read: { text in
                let parts = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
                return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
            },
            text: { "\($0.stream)\n\($0.key)" }
        )
    }
}

extension ValueForm where Content == (origin: Origin, after: Int64, upTo: Int64) {
    /// Numbers of a log: after which, and up to which.
    static var refetching: Self {
        Self(
            read: { text in
                guard let parts = ValueText.parts(text, 3), let origin = Origin(parts[0]),
                    let after = ValueText.number(parts[1]), let upTo = ValueText.number(parts[2])
                else { return nil }
                return (origin, after, upTo)
            },
            text: { "\($0.origin) \($0.after) \($0.upTo)" }
        )
    }
}

extension ValueForm where Content == [String] {
    /// Words between spaces; none of them is empty.
    static var words: Self {
        Self(
            read: { text in
                if text.isEmpty { return [] }
                let words = ValueText.words(text)
                return words.contains("") ? nil : words
            },
            text: { $0.joined(separator: " ") }
        )
    }
}

extension ValueForm where Content == [UInt8] {
    /// Base64.
    static var bytes: Self { Self(read: { Base64.decode($0) }, text: { Base64.encode($0) }) }
}

extension ValueForm where Content == SHA256Digest {
    static var digest: Self { Self(read: { SHA256Digest(hex: $0) }, text: { $0.hex }) }
}

extension ValueForm where Content == HybridClock {
    static var clock: Self { Self(read: { HybridClock($0) }, text: { $0.description }) }
}

extension ValueForm where Content == JSON {
    /// The canonical text.
    static var json: Self {
        Self(
            read: { text in
                do { return try JSON(parsing: Array(text.utf8)) } catch { return nil }
            },
            text: { $0.canonicalText }
        )
    }
}

/// Pieces of the text of a value.
enum ValueText {
    static func number(_ text: some StringProtocol) -> Int64? {
        guard let number = Int64(text), String(number) == text else { return nil }
        return number
    }

    /// Bytes are compared: a split by characters would take a combining mark behind a space for a part of it.
    static func words(_ text: String) -> [String] {
        text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false).map { String($0) ?? "" }
    }

    /// So many words, or nil.
    static func parts(_ text: String, _ count: Int) -> [String]? {
        let parts = words(text)
        return parts.count == count ? parts : nil
    }
}
