import Papers

/// A paper as HTML for the browser's printer.
extension PaperBlock {
    var markup: Markup {
        switch self {
        case .heading(1, let words, let isSeen): tag("h1", ["class": isSeen ? nil : "sr"]) { words }
        case .heading(_, let words, _): tag("h2") { words }
        case .lines(let lines, let style): tag("p", ["class": style.name]) { Self.inner(lines) }
        case .sides(let left, let right):
            tag("p", ["class": "a4-top"]) {
                tag("span") { Self.inner(left) }
                tag("span") { Self.inner(right) }
            }
        case .keys(let keys):
            tag("div", ["class": "a4-k"]) {
                for key in keys {
                    tag("p") {
                        tag("small") { key.name }
                        tag("b") { Self.inner(key.lines) }
                    }
                }
            }
        case .fields(let caption, let rows, let isTall):
            tag("table", ["class": isTall ? "a4-sig" : nil]) {
                Self.caption(caption)
                tag("tbody") { for row in rows { Self.row(row) } }
            }
        case .table(let table): Self.table(table)
        case .signature(let position, let name, let place):
            Markup([
                tag("p", ["class": "a4-sign"]) {
                    tag("span") { position }
                    tag("span", ["class": "a4-line"])
                    tag("span") { name }
                }, tag("p", ["class": "a4-place"]) { place },
            ])
        case .foot(let words): tag("p", ["class": "a4-foot"]) { tag("span") { words } }
        }
    }

    /// What a table is called by whoever does not see it; on paper its place says that.
    private static func caption(_ words: String) -> Markup { tag("caption", ["class": "sr"]) { words } }

    private static func row(_ fields: [PaperField]) -> Markup {
        tag("tr") {
            for field in fields {
                tag("th", ["scope": "row"]) { field.name }
                tag("td", ["colspan": fields.count == 1 ? "3" : nil]) { inner(field.lines) }
            }
        }
    }

    private static func table(_ table: PaperTable) -> Markup {
        tag("table", ["class": "a4-list"]) {
            caption(table.caption)
            tag("thead") { tag("tr") { for head in table.heads { tag("th", ["scope": "col"]) { head.words } } } }
            tag("tbody") {
                for row in table.rows { tag("tr") { for cell in row { tag("td") { inner(cell) } } } }
            }
        }
    }

    private static func inner(_ words: [String]) -> Markup { inner(words.map { PaperLine($0) }) }

    /// Lines one under another.
    private static func inner(_ lines: [PaperLine]) -> Markup {
        Markup(
            lines.enumerated().flatMap { place, line in
                let words = line.isStrong ? tag("b") { line.words } : Markup(line.words)
                return place == 0 ? [words] : [tag("br"), words]
            }
        )
    }
}

extension PaperStyle {
    fileprivate var name: String? {
        switch self {
        case .plain: nil
        case .words: "a4-words"
        case .small: "a4-small"
        case .letterhead: "a4-head"
        case .addressee: "a4-to"
        case .draft: "a4-draft"
        }
    }
}
