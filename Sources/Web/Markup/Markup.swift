/// HTML under construction: names of elements and attributes are written in code, all else is text and escaped.
///
/// There is no way in for markup that came from outside, so nothing that people type is ever more than words.
package struct Markup: Sendable, Equatable {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// Words, with every character that HTML could take for markup escaped.
    package init(_ text: String) { Self.escape(text, into: &bytes) }

    /// Pieces one after another.
    package init(_ parts: [Markup]) {
        bytes.reserveCapacity(parts.reduce(0) { $0 + $1.bytes.count })
        for part in parts { bytes += part.bytes }
    }

    package var isEmpty: Bool { bytes.isEmpty }
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Elements that have no end tag (HTML, "Void elements").
    private static let void: Set<String> = ["br", "hr", "img", "input", "link", "meta", "use", "path"]

    /// An element; an attribute whose value is nil is left out, one with an empty value stands without one.
    init(_ name: StaticString, _ attributes: [(StaticString, String?)], _ content: Markup) {
        let name = name.description
        bytes = Array("<\(name)".utf8)
        for (attribute, value) in attributes {
            guard let value else { continue }
            bytes += Array(" \(attribute)".utf8)
            if value.isEmpty { continue }
            bytes += Array("=\"".utf8)
            Self.escape(value, into: &bytes)
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: ">"))
        if Self.void.contains(name) { return }
        bytes += content.bytes
        bytes += Array("</\(name)>".utf8)
    }

    /// Controls are no words and bidirectional marks change the order of what stands beside them: both are left out.
    private static func escape(_ text: String, into bytes: inout [UInt8]) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": bytes += Array("&amp;".utf8)
            case "<": bytes += Array("&lt;".utf8)
            case ">": bytes += Array("&gt;".utf8)
            case "\"": bytes += Array("&quot;".utf8)
            case "'": bytes += Array("&#39;".utf8)
            case "\n", "\t": bytes.append(UInt8(scalar.value))
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{200E}",
                "\u{200F}", "\u{061C}":
                break
            default: bytes += Array(String(Character(scalar)).utf8)
            }
        }
    }
}

/// Puts texts and elements one after another: `tag("p") { "К-101"; link }`.
@resultBuilder
package enum MarkupBuilder {
    package static func buildExpression(_ text: String) -> Markup { Markup(text) }
    package static func buildExpression(_ markup: Markup) -> Markup { markup }
    package static func buildExpression(_ parts: [Markup]) -> Markup { Markup(parts) }
    package static func buildExpression(_ markup: Markup?) -> Markup { markup ?? Markup() }
    package static func buildBlock(_ parts: Markup...) -> Markup { Markup(parts) }
    package static func buildOptional(_ markup: Markup?) -> Markup { markup ?? Markup() }
    package static func buildEither(first: Markup) -> Markup { first }
    package static func buildEither(second: Markup) -> Markup { second }
    package static func buildArray(_ parts: [Markup]) -> Markup { Markup(parts) }
}

/// An element with what is in it.
package func tag(
    _ name: StaticString,
    _ attributes: KeyValuePairs<StaticString, String?> = [:],
    @MarkupBuilder _ content: () -> Markup = { Markup() }
) -> Markup { Markup(name, attributes.map { ($0.key, $0.value) }, content()) }
