import Desk
import Finding

extension WebCall {
    /// A text in which the words that were asked for are marked.
    func marked(_ text: String, _ query: SearchQuery) -> Markup { marked(text, query.marks(in: text)) }

    /// The same of byte ranges that are known.
    func marked(_ text: String, _ marks: [Range<Int>]) -> Markup {
        let bytes = Array(text.utf8)
        func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        var parts: [Markup] = [], last = 0
        for mark in marks where mark.lowerBound >= last && mark.upperBound <= bytes.count {
            parts.append(Markup(part(last..<mark.lowerBound)))
            parts.append(tag("mark") { part(mark) })
            last = mark.upperBound
        }
        parts.append(Markup(part(last..<bytes.count)))
        return Markup(parts)
    }
}
