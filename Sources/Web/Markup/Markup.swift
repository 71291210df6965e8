/// HTML under construction: names of elements and attributes are written in code, all else is text and escaped.
///
/// There is no way in for markup that came from outside, so nothing that people type is ever more than words.
package struct Markup: Sendable, Equatable {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// Words, with every character that HTML could take for markup escaped.
    package init(_ text: String) { Self.escape(text, into: &bytes) }

    /// What somebody typed, to be typed on and sent again: its marks of direction stay.
    init(typed text: String) { Self.escape(text, isTyped: true, into: &bytes) }

    /// Pieces one after another.
    package init(_ parts: [Markup]) {
        bytes.reserveCapacity(parts.reduce(0) { $0 + $1.bytes.count })
        for part in parts { bytes += part.bytes }
    }

    package var isEmpty: Bool { bytes.isEmpty }
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Elements that have no end tag (HTML, "Void elements").
    private static let void: Set<String> = ["br", "hr", "img", "input", "link", "meta", "use", "path"]

    /// Of these the ones of SVG, which end themselves.
    private static let foreign: Set<String> = ["use", "path"]

    /// An element; an attribute whose value is nil is left out, one with an empty value stands without one.
    init(_ name: StaticString, _ attributes: [(StaticString, String?)], _ content: Markup) {
        let name = name.description
        bytes = Array("<\(name)".utf8)
        for (attribute, value) in attributes {
            guard let value else { continue }
            bytes += Array(" \(attribute)".utf8)
            if value.isEmpty { continue }
            bytes += Array("=\"".utf8)
            // What a field holds comes back.
            Self.escape(value, isTyped: attribute.description == "value", into: &bytes)
            bytes.append(UInt8(ascii: "\""))
        }
        if Self.void.contains(name) {
            bytes += Array((Self.foreign.contains(name) ? "/>" : ">").utf8)
            return
        }
        bytes.append(UInt8(ascii: ">"))
        bytes += content.bytes
        bytes += Array("</\(name)>".utf8)
    }

    /// A file of the program itself, as it lies there: markup that nobody typed.
    init(_ file: Assets.File) { bytes = file.bytes }

    /// Controls are no words and bidirectional marks change the order of what stands beside them: both are left out.
    ///
    /// Looks at bytes: of a letter beyond ASCII nothing needs to be escaped, and marks are told by their first bytes.
    private static func escape(_ text: String, isTyped: Bool = false, into bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { utf8 in
            bytes.reserveCapacity(bytes.count + utf8.count)
            var place = 0
            while place < utf8.count {
                let byte = utf8[place]
                switch byte {
                case UInt8(ascii: "&"): bytes += Self.ampersand
                case UInt8(ascii: "<"): bytes += Self.less
                case UInt8(ascii: ">"): bytes += Self.more
                case UInt8(ascii: "\""): bytes += Self.quote
                case UInt8(ascii: "'"): bytes += Self.apostrophe
                case 0x0A, 0x09: bytes.append(byte)
                case 0..<0x20, 0x7F: break
                case 0xC2, 0xD8, 0xE2:
                    let length = harmful(utf8, at: place)
                    // NB: 0xC2 begins the controls alone.
                    if length > 0, !isTyped || byte == 0xC2 {
                        place += length
                        continue
                    }
                    bytes.append(byte)
                default: bytes.append(byte)
                }
                place += 1
            }
        }
    }

    private static let ampersand = Array("&amp;".utf8)
    private static let less = Array("&lt;".utf8)
    private static let more = Array("&gt;".utf8)
    private static let quote = Array("&quot;".utf8)
    private static let apostrophe = Array("&#39;".utf8)

    /// How many bytes a control or a mark of direction takes that begins here; 0 if none does.
    private static func harmful(_ utf8: UnsafeBufferPointer<UInt8>, at place: Int) -> Int {
        func byte(_ offset: Int) -> UInt8 { place + offset < utf8.count ? utf8[place + offset] : 0 }
        switch (byte(0), byte(1), byte(2)) {
        case (0xC2, 0x80...0x9F, _), (0xD8, 0x9C, _): return 2
        case (0xE2, 0x80, 0x8E...0x8F), (0xE2, 0x80, 0xAA...0xAE), (0xE2, 0x81, 0xA6...0xA9): return 3
        default: return 0
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
    @MarkupBuilder _ content: () throws -> Markup
) rethrows -> Markup { Markup(name, attributes.map { ($0.key, $0.value) }, try content()) }

/// An element with nothing in it.
package func tag(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:]) -> Markup {
    Markup(name, attributes.map { ($0.key, $0.value) }, Markup())
}
