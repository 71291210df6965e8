import Appeals

/// What stores count while they write, so that whoever asks how many rows there are reads a number.
///
/// A row that bars somebody is counted under no name, since whether it counts depends on who asks: there are few, and they are
/// looked at.
package enum RowTally: Equatable {
    /// The rows under this name.
    case name(String)
    /// The rows of which something is to be done and due from the first name through the second.
    case names(from: String, through: String)

    /// All rows.
    package static let all = "all"
    /// Rows with an open case.
    package static let disputed = "disputed"
    /// Rows in this state.
    package static func state(_ state: String) -> String { "state/" + state }
    /// Rows whose main executor's department this is.
    package static func main(_ department: String) -> String { "main/" + department }
    /// Rows with this mark of work, of whatever node.
    package static func work(_ mark: String) -> String { "work/" + mark }
    /// Rows of which something is to be done, and due on this day.
    package static func term(_ day: String) -> String { "term/" + day }
}

extension RowColumns {
    /// The names under which the row is counted.
    package var tallies: Set<String> {
        guard barred.isEmpty else { return [] }
        var names: Set<String> = [RowTally.all]
        if !state.isEmpty { names.insert(RowTally.state(state)) }
        if !main.isEmpty { names.insert(RowTally.main(main)) }
        if isDisputed { names.insert(RowTally.disputed) }
        if !term.isEmpty, !work.isEmpty { names.insert(RowTally.term(term)) }
        for token in work { names.insert(RowTally.work(String(token.prefix { $0 != "@" }))) }
        return names
    }
}

extension ListFilter {
    /// The count that this filter asks for, as far as rows bar nobody; nil where rows have to be looked at.
    package var tally: RowTally? {
        guard index.isEmpty, person.isEmpty, mains.isEmpty else { return nil }
        let wantsTerm = !termFrom.isEmpty || !termThrough.isEmpty
        let criteria = [!state.isEmpty, !main.isEmpty, disputed, !work.isEmpty, wantsTerm].count { $0 }
        guard criteria <= 1 else { return nil }
        if !state.isEmpty { return .name(RowTally.state(state)) }
        if !main.isEmpty { return .name(RowTally.main(main)) }
        if disputed { return .name(RowTally.disputed) }
        if wantsTerm {
            // Behind the last day stands what no day begins with.
            return .names(
                from: RowTally.term(termFrom),
                through: RowTally.term(termThrough.isEmpty ? "~" : termThrough)
            )
        }
        guard let token = work.first else { return .name(RowTally.all) }
        guard work.count == 1, token.hasSuffix("@") else { return nil }
        return .name(RowTally.work(String(token.dropLast())))
    }
}
