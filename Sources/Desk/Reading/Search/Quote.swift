import Finding

/// The words of an appeal around those that were asked for.
package struct Quote: Equatable {
    package let text: String
    /// Which bytes of `text` are the words that were asked for; in order, none in another.
    package let marks: [Range<Int>]

    /// So many bytes before the first word that was asked for, and so many in all, are enough to see what it is about.
    private static let before = 60
    private static let most = 240

    /// The first text that has what was asked for; nil where none has, and where a list shows it anyhow.
    init?(_ query: SearchQuery, _ searched: SearchedText, beside card: ListedCard) {
        let shown = [card.index, card.question, card.address, card.applicant].compactMap(\.self)
        for text in searched.texts + searched.addresses + searched.phones where !shown.contains(text) {
            let marks = query.marks(in: text)
            guard let first = marks.first else { continue }
            self.init(text, marks, around: first)
            return
        }
        return nil
    }

    /// Cuts at spaces, with an ellipsis where something is left out.
    private init(_ text: String, _ marks: [Range<Int>], around first: Range<Int>) {
        let bytes = Array(text.utf8)
        var begin = 0, end = bytes.count
        if first.lowerBound > Self.before {
            begin =
                bytes[..<first.lowerBound].dropLast(Self.before).lastIndex(of: UInt8(ascii: " ")).map { $0 + 1 } ?? 0
            if first.lowerBound - begin > 2 * Self.before { begin = first.lowerBound }
        }
        if end - begin > Self.most {
            let least = max(first.upperBound, begin + 1)
            end = bytes[..<(begin + Self.most)].lastIndex(of: UInt8(ascii: " ")).map { max($0, least) } ?? least
        }
        let head = begin > 0 ? "… " : "", tail = end < bytes.count ? " …" : ""
        let shift = head.utf8.count - begin
        self.text = head + String(decoding: bytes[begin..<end], as: UTF8.self) + tail
        self.marks = marks.filter { $0.lowerBound >= begin && $0.upperBound <= end }
            .map { ($0.lowerBound + shift)..<($0.upperBound + shift) }
    }
}
