/// What people look for in a planted office: words of its own appeals, a sort after another.
struct Queries: Sendable {
    /// A sort of query, and what is typed.
    struct Query: Sendable {
        let sort: String
        let typed: String
    }

    private let plan: Plan
    private let citizens: Citizens

    init(_ plan: Plan, _ citizens: Citizens) {
        self.plan = plan
        self.citizens = citizens
    }

    /// The sorts follow one another; each query is drawn from another appeal.
    func query(_ number: Int) -> Query {
        let sorts: [(String, (Citizens.Card, Int) -> String)] = [
            ("name", Self.name), ("phone", { card, _ in String(card.phone.suffix(7)) }),
            ("address", { card, _ in "\(card.street) \(card.house)" }),
            ("two words", { card, _ in Self.words(card).prefix(2).joined(separator: " ") }),
            ("one word", { card, _ in Self.words(card).first ?? "вода" }), ("most common word", { _, _ in "прошу" }),
            ("rare word", rare), ("nothing", { card, place in (Self.words(card).first ?? "") + " зюзюкання\(place)" }),
            ("beginning", { card, _ in String((Self.words(card).first ?? "вода").prefix(4)) + "*" }),
            ("phrase", Self.phrase), ("far apart", { _, place in "відповідь прошу письмово \(place % 170 + 1)" }),
        ]
        let (sort, typed) = sorts[number % sorts.count]
        let ordinal = (number &* 7_919 + 13) % plan.appeals
        return Query(sort: sort, typed: typed(citizens.card(ordinal), number))
    }

    /// In another case where that is simple: a man of a name in -ко.
    private static func name(_ card: Citizens.Card, _ number: Int) -> String {
        let parts = card.name.split(separator: " ")
        guard let last = parts.first, last.hasSuffix("ко") else {
            return String(parts.prefix(2).joined(separator: " "))
        }
        return last.dropLast() + "ові " + String(parts[1].prefix(1)) + "."
    }

    /// The next appeal that has a number which few others have.
    private func rare(_ card: Citizens.Card, _ number: Int) -> String {
        for ordinal in number * 31..<number * 31 + 100 {
            let account = citizens.card(ordinal % plan.appeals).account
            if !account.isEmpty { return account }
        }
        return card.phone
    }

    /// Words of the text of more than four letters, but for what stands at its beginning.
    private static func words(_ card: Citizens.Card) -> [String] {
        card.text.split { " .,!?«»()—:;\"".contains($0) }.map(String.init).filter { $0.count > 4 }.suffix(4).map { $0 }
    }

    private static func phrase(_ card: Citizens.Card, _ number: Int) -> String {
        let sentence = card.text.split(separator: ".").first ?? "немає води"
        return "«" + sentence.split(separator: " ").prefix(3).joined(separator: " ") + "»"
    }
}
