import Commands
import Desk

/// Tables of pages: on a wide screen columns under their heads, on a phone a card for each row.
extension WebCall {
    /// A table with its heads; `nothing` in the place of one without rows.
    ///
    /// Each column is a head and a cell of each row; on a phone each row is a card.
    func listTable(_ caption: String, _ heads: [String], _ rows: [Markup], nothing: String) -> Markup {
        guard !rows.isEmpty else { return tag("p", ["class": "empty"]) { nothing } }
        return tag("table", ["class": "t cards"]) {
            tag("caption", ["class": "sr"]) { caption }
            tag("thead") { tag("tr") { for head in heads { tag("th", ["scope": "col"]) { head } } } }
            tag("tbody") { rows }
        }
    }

    /// A row of such a table: the first cell is its head, the others say under which head they stand on a phone.
    func listRow(_ heads: [String], _ first: Markup, _ cells: [Markup]) -> Markup {
        tag("tr") {
            tag("th", ["scope": "row"]) { first }
            for (head, cell) in zip(heads.dropFirst(), cells) {
                tag("td", ["data-l": head]) { cell.bytes.isEmpty ? tag("span", ["class": "soft"]) { "–" } : cell }
            }
        }
    }

    /// The foot of a page of a list: how much of it is shown, and the ways to its beginning and on.
    func listFoot(
        _ path: String,
        _ shown: Int,
        _ query: [(String, String)],
        next: String?,
        isFirst: Bool
    ) -> Markup {
        tag("footer") {
            tag("span") {
                next == nil && isFirst
                    ? say("Показано всі \(shown) з \(shown).", "All \(shown) of \(shown) shown.")
                    : say("Показано \(shown).", "\(shown) shown.")
            }
            if !isFirst { tag("a", ["href": Self.address(path, query)]) { say("З початку", "From the beginning") } }
            if let next {
                tag("a", ["href": Self.address(path, query + [("after", next)]), "rel": "next"]) { say("Далі", "Next") }
            }
        }
    }
}
