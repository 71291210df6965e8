import Appeals
package import Finding
import Replication

/// One appeal that was found.
package struct FoundCard {
    package let card: ListedCard
    package let listed: ListedAppeal
    /// The words of it that were asked for; nil where they stand in what a list shows, or in its number.
    package let quote: Quote?
}

/// A page of what was found, the newest first.
///
/// There is no total: to count is to look at everything, and how many there are would tell of those that are kept from the reader.
package struct FoundPage {
    package let query: SearchQuery
    package let cards: [FoundCard]
    /// Where the next page begins; nil when everything was looked at.
    package let next: AppealMark?
    /// False while the index is made anew after an upgrade: there may be more.
    package let isWhole: Bool
}

extension Desk {
    /// Appeals by number, name in any grammatical case, telephone, address, words in any form: all that the reader may know of.
    ///
    /// At most `limit` of them, and so many looked at as `RowSearch.looks` says: a page may have less and go on all the same.
    /// Refused: a query of nothing that can be looked for, one that is too long.
    package func search(_ typed: String, after mark: AppealMark? = nil, limit: Int) throws -> FoundPage {
        let query = try Self.query(typed)
        return try read { reading in
            let (found, next) = try listed(reading).find(query, ListFilter(), self, after: mark, limit: limit)
            var view = try CardView(self, reading)
            return FoundPage(
                query: query,
                cards: try found.compactMap { listed in
                    guard let shown = try shown(listed, reading) else { return nil }
                    let card = try view.card(listed, shown)
                    return FoundCard(
                        card: card,
                        listed: try listedAppeal(listed, shown.appeal, reading),
                        quote: Quote(query, SearchedText(shown.appeal), beside: card)
                    )
                },
                next: next,
                isWhole: try reading.indexing() == nil
            )
        }
    }

    /// What was typed as a query; refused with the field that it was typed into.
    package static func query(_ typed: String) throws(DeskError) -> SearchQuery {
        guard !SearchQuery.isTooLong(typed) else {
            throw .usage(
                "longQuery",
                field: "query",
                value: String(typed.prefix(40)),
                uk:
                    "запит задовгий: до \(SearchQuery.mostCharacters) знаків і \(SearchQuery.mostWords) слів",
                en:
                    "the query is too long: up to \(SearchQuery.mostCharacters) characters and \(SearchQuery.mostWords) words"
            )
        }
        guard let query = SearchQuery(typed) else {
            throw .usage(
                "emptyQuery",
                field: "query",
                value: typed,
                uk: "немає чого шукати: введіть номер, прізвище, адресу, телефон або слова звернення",
                en: "nothing to look for: type a number, a name, an address, a telephone or words of the appeal"
            )
        }
        return query
    }
}

extension ListedRows {
    /// Appeals that a query finds and a filter wants beyond a mark, the newest first, own work drawn over them; and the mark of the
    /// next page.
    func find(
        _ query: SearchQuery,
        _ filter: ListFilter,
        _ desk: Desk,
        after mark: AppealMark?,
        limit: Int
    ) throws -> (found: [Listed], next: AppealMark?) {
        let order = RowSearch.order, filter = hiding(filter)
        let stored = try reading.find(
            spaces.appeals,
            generation: spaces.appealsGeneration,
            RowSearch(query, filter: filter),
            after: mark?.place,
            limit: limit
        )
        func place(_ listed: Listed) -> RowPlace { order.place(listed.id, listed.columns) }
        let over = try drawn.filter { listed in
            let place = place(listed)
            guard filter.fits(listed.columns), mark.map({ order.isBefore($0.place, place) }) ?? true,
                stored.next.map({ !order.isBefore($0, place) }) ?? true,
                let appeal = try desk.shown(listed.id, reading)?.appeal
            else { return false }
            return query.isMet(by: SearchedText(appeal))
        }
        let found = (stored.rows.filter { !covered.contains($0.key) }.map { Listed($0) } + over)
            .sorted { order.isBefore(place($0), place($1)) }
        guard found.count > limit else { return (found, stored.next.map { AppealMark($0) }) }
        return (Array(found.prefix(limit)), AppealMark(place(found[limit - 1])))
    }
}
