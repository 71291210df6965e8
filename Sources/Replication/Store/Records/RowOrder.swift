import Appeals

/// In which order rows are listed: each is kept by the stores, so that a page of a list of any length is read by itself.
public struct RowOrder: Sendable, Equatable {
    /// By what; equal ones follow one another by their keys.
    public enum Field: String, Sendable, CaseIterable {
        /// The statutory due date; rows without one come first.
        case due
        /// The day of registration.
        case registered
        /// The registration index, by the alphabet and then by its number.
        case index
        /// The state, as an appeal goes through them, then the due date.
        case state
    }

    public let field: Field
    /// The same list from its end.
    public let isDescending: Bool

    /// By due date from the beginning, unless something else is said.
    public init(_ field: Field = .due, isDescending: Bool = false) {
        self.field = field
        self.isDescending = isDescending
    }

    /// What of a row its place in the list is made of.
    public func place(_ key: String, _ columns: RowColumns) -> RowPlace {
        RowPlace(value: columns.value(field), key: key)
    }

    /// Whether one place stands before another.
    public func isBefore(_ a: RowPlace, _ b: RowPlace) -> Bool {
        let (first, second) = isDescending ? (b, a) : (a, b)
        if SortedTable<Row>.isSame(first.value, second.value) {
            return SortedTable<Row>.isBefore(first.key, second.key)
        }
        return SortedTable<Row>.isBefore(first.value, second.value)
    }
}

/// Where a row stands in a list: by what the list is ordered, then by its key; both in the order of their bytes.
public struct RowPlace: Sendable, Equatable {
    public let value: String
    public let key: String

    /// The value as `RowOrder.place` makes it; no place has to have a row.
    public init(value: String, key: String) {
        self.value = value
        self.key = key
    }
}

extension RowColumns {
    /// What rows are compared by in an order.
    package func value(_ field: RowOrder.Field) -> String {
        switch field {
        case .due: due
        case .registered: registeredOn
        case .index: Alphabet.place(index)
        case .state: stage
        }
    }

    /// The place of the state in the life of an appeal, and the due date; those of a newer version's states come last.
    private var stage: String {
        guard !state.isEmpty else { return "" }
        let stages = AppealState.allCases
        let place = AppealState(rawValue: state).flatMap(stages.firstIndex) ?? stages.count
        return "\(place) \(due)"
    }
}

extension ListFilter {
    /// Whether it wants every row, but for those that are kept from somebody.
    package var isOfAll: Bool {
        var other = self
        other.hiddenFrom = []
        return other == ListFilter()
    }

    /// Whether only a part of a number is asked for: of all rows, or of those that a reader is shown.
    package var isOfNumberAlone: Bool {
        var other = self
        other.index = []
        other.isOpenToAll = false
        return digits != nil && other.isOfAll
    }
}
