package import Appeals
import Finding
import Replication

/// A former appeal that may concern whoever calls.
package struct KnownAppeal {
    /// What a registrar may find it to be.
    package enum Suspicion {
        /// The matter was decided, or its term is over.
        case repeated
        /// The same matter is being considered.
        case duplicate
    }

    package let listed: ListedAppeal
    /// As far as this node shows it, to be compared side by side.
    package let appeal: Aggregate
    package let reasons: [Likeness]
    package let suspicion: Suspicion?
}

/// What is known here of somebody who calls and of what they tell.
package struct KnownAppeals {
    /// What may be the same matter of the same person.
    package var suspected: [KnownAppeal] = []
    /// Other appeals of the person.
    package var others: [KnownAppeal] = []
    /// Of people of the same surname, of whom nothing more is the same.
    package var namesakes: [KnownAppeal] = []
    /// What others told lately of the same house or street.
    package var near: [KnownAppeal] = []
    /// False while the index of words is made anew: there may be more.
    package var isWhole = true

    package var isEmpty: Bool { suspected.isEmpty && others.isEmpty && namesakes.isEmpty && near.isEmpty }
}

extension Desk {
    /// So many days back what is near counts.
    package static let nearDays = 30
    /// Of each question so many of the newest appeals are compared.
    private static let compared = 25
    private static let shownAtMost = 8

    /// Former appeals of whoever calls, and what is near.
    ///
    /// Over the whole register at the office, over the slice at a department, without what is kept from the reader. Nothing is
    /// linked by itself. `dismissed` are ids that the reader has said to be something else.
    package func known(_ typed: TypedAppeal, dismissed: Set<String> = []) throws -> KnownAppeals {
        try read { reading in
            let rows = try listed(reading), matter = TypedMatter(typed)
            var seen: Set<String> = dismissed, known = KnownAppeals()
            known.isWhole = try reading.indexing() == nil
            for (query, filter) in questions(matter) {
                for listed in try rows.find(query, filter, self, after: nil, limit: Self.compared).found
                where seen.insert(listed.id).inserted {
                    guard let shown = try shown(listed, reading) else { continue }
                    let comparison = Comparison(matter, shown.appeal)
                    guard !comparison.reasons.isEmpty else { continue }
                    let told = try listedAppeal(listed, shown.appeal, reading)
                    known.add(comparison, told, shown.appeal, today: today)
                }
            }
            known.cut(to: Self.shownAtMost)
            return known
        }
    }

    /// Addresses as they are typed, each with its place where one street fits; nil for an empty one.
    package func typedAddresses(_ typed: [String]) throws -> [Address?] {
        guard typed.contains(where: { !$0.isEmpty }) else { return typed.map { _ in nil } }
        let lookup = try addressLookup()
        return typed.map { $0.isEmpty ? nil : lookup.address($0) }
    }

    /// What the index is asked: first who it is, then where it is, of the last days.
    private func questions(_ matter: TypedMatter) -> [(query: SearchQuery, filter: ListFilter)] {
        let typed = matter.typed
        let texts = [typed.phone?.number, typed.email.map { "\"\($0.address)\"" }].compactMap(\.self)
        let people = texts.compactMap { SearchQuery($0) } + matter.name.queries
        var questions = people.map { (query: $0, filter: ListFilter()) }
        var lately = ListFilter()
        lately.registeredFrom = today.adding(days: -Self.nearDays)?.description ?? ""
        for place in matter.places {
            // Without the house: what is told of the street is near too.
            if let query = SearchQuery(place.streetWords) { questions.append((query, lately)) }
        }
        return questions
    }
}

extension Address {
    /// The words of the street as they were typed, before the number of the house.
    fileprivate var streetWords: String {
        let words = typed.split { $0 == "," || $0 == " " }
        return words.prefix { !($0.first?.isNumber ?? false) }.joined(separator: " ")
    }
}

extension KnownAppeals {
    /// Puts it where it belongs; what is neither of the person nor near is nothing.
    fileprivate mutating func add(
        _ comparison: Comparison,
        _ listed: ListedAppeal,
        _ appeal: Aggregate,
        today: CivilDate
    ) {
        func known(_ suspicion: KnownAppeal.Suspicion?) -> KnownAppeal {
            KnownAppeal(listed: listed, appeal: appeal, reasons: comparison.reasons, suspicion: suspicion)
        }
        if comparison.isSamePerson, comparison.isSameMatter {
            let state = AppealState(rawValue: listed.state)
            let isConsidered = state == .registered || state == .assigned || state == .answered
            suspected.append(known(isConsidered && !listed.isOverdue(on: today) ? .duplicate : .repeated))
        } else if comparison.isOfPerson {
            others.append(known(nil))
        } else if comparison.reasons.contains(.surname) {
            namesakes.append(known(nil))
        } else if comparison.isNear,
            listed.registeredOn >= today.adding(days: -Desk.nearDays)?.description ?? ""
        {
            near.append(known(nil))
        }
    }

    /// The newest of each; of what is near the same house first.
    fileprivate mutating func cut(to most: Int) {
        func isNewer(_ one: KnownAppeal, _ other: KnownAppeal) -> Bool {
            (one.listed.registeredOn, one.listed.id) > (other.listed.registeredOn, other.listed.id)
        }
        suspected = Array(suspected.sorted(by: isNewer).prefix(most))
        // Where the caller is known, few of those who are called alike.
        let namesakesShown = suspected.isEmpty && others.isEmpty ? most : min(most, 2)
        namesakes = Array(namesakes.sorted(by: isNewer).prefix(namesakesShown))
        others = Array(others.sorted(by: isNewer).prefix(most))
        let sorted = near.sorted(by: isNewer)
        near = Array(
            (sorted.filter { $0.reasons.contains(.place) } + sorted.filter { !$0.reasons.contains(.place) }).prefix(
                most
            )
        )
    }
}
