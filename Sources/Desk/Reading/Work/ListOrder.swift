package import Appeals
import CanonicalJSON
import Replication

/// In which order a list of appeals is wanted.
///
/// By the next due date a list of any length is read page by page; any other order is made of a list that is short enough to be
/// looked at whole.
package struct ListOrder: Sendable, Equatable {
    /// By what; equal ones follow one another by their ids.
    package enum Field: String, CaseIterable, Sendable {
        case due, registered, index, state, main

        package var label: Label {
            switch self {
            case .due: Label(uk: "за строком", en: "by due date")
            case .registered: Label(uk: "за днем реєстрації", en: "by the day of registration")
            case .index: Label(uk: "за реєстраційним індексом", en: "by registration index")
            case .state: Label(uk: "за станом", en: "by state")
            case .main: Label(uk: "за відповідальним підрозділом", en: "by the main executor's department")
            }
        }
    }

    /// Appeals that are put in another order at most.
    package static let longest = Int(InputType.rowsOfPage.upperBound)

    package let field: Field
    package let isDescending: Bool

    package init(_ field: Field = .due, isDescending: Bool = false) {
        self.field = field
        self.isDescending = isDescending
    }

    /// Whether stores read pages in this order.
    var isOfStore: Bool { self == ListOrder() }

    /// What of an appeal counts, as a mark keeps it.
    fileprivate func value(_ columns: RowColumns) -> String {
        switch field {
        case .due: columns.due
        case .registered: columns.registeredOn
        case .index: columns.index
        case .state: columns.state
        case .main: columns.main
        }
    }

    /// Whether one place stands before another.
    fileprivate func isBefore(_ a: (value: [UInt32], id: String), _ b: (value: [UInt32], id: String)) -> Bool {
        let (first, second) = isDescending ? (b, a) : (a, b)
        if first.value == second.value { return first.id < second.id }
        return first.value.lexicographicallyPrecedes(second.value)
    }
}

extension ListedRows {
    /// As `page`, in any order; refused as `tooManyToSort` if more fit than are put in another order than the store's.
    func page(
        _ filter: ListFilter,
        in order: ListOrder,
        after mark: AppealMark?,
        limit: Int
    ) throws -> (found: [Listed], next: AppealMark?) {
        if order.isOfStore { return try page(filter, after: mark, limit: limit) }
        let (all, more) = try page(filter, after: nil, limit: ListOrder.longest)
        guard more == nil else { throw Self.tooMany }
        let begin = mark.map { (value: Alphabet.key($0.due), id: $0.key) }
        let sorted = all.map { (place: (value: Alphabet.key(order.value($0.columns)), id: $0.id), listed: $0) }
            .sorted { order.isBefore($0.place, $1.place) }
            .drop { each in begin.map { !order.isBefore($0, each.place) } ?? false }.map(\.listed)
        let page = Array(sorted.prefix(limit))
        let next = sorted.count > limit ? page.last : nil
        return (page, next.map { AppealMark(due: order.value($0.columns), key: $0.id) })
    }

    private static var tooMany: DeskError {
        DeskError(
            .usage,
            "tooManyToSort",
            uk: "інакше, ніж за строком, впорядковують списки до \(ListOrder.longest) звернень",
            en: "in another order than by due date stand lists of up to \(ListOrder.longest) appeals",
            remedy: Sentence(
                uk: "Звузьте список фільтром, наприклад \(.input("state")) або \(.input("main"))",
                en: "Narrow the list by a filter, such as \(.input("state")) or \(.input("main"))"
            ),
            details: ["field": "sort", "limit": .integer(Int64(ListOrder.longest))]
        )
    }
}
