import Appeals

/// What stores count while they write, so that whoever asks how many rows there are reads a number.
///
/// A row that bars somebody is counted under no name, since whether it counts depends on who asks: there are few, and they are
/// looked at.
package enum RowTally: Equatable {
    /// The rows under this name.
    case name(String)
    /// The rows under all names from the first through the second: a span of days.
    case names(from: String, through: String)

    /// All rows.
    package static let all = "all"
    /// Rows with an open case.
    package static let disputed = "disputed"
    /// Rows in this state.
    package static func state(_ state: String) -> String { "state/" + state }
    /// Rows whose main executor's department this is.
    package static func main(_ department: String) -> String { "main/" + department }
    /// The same, of those on control.
    package static func controlled(main department: String) -> String { "controlled/" + department }
    /// Rows with this mark of work, of whatever node.
    package static func work(_ mark: String) -> String { "work/" + mark }
    /// In the place of a node: any of them.
    package static let anyNode = "*"
    /// Rows with this mark of work of a node, or with any of these marks.
    package static func work(_ mark: String, of node: String) -> String { "work@\(node)/\(mark)" }
    /// Rows of which something is to be done, and due on this day.
    package static func term(_ day: String) -> String { "term/" + day }
    /// Rows that were registered on this day.
    package static func registered(_ day: String) -> String { "registered/" + day }
    /// Rows whose term a node has to keep (`WorkGroup.open`), and due on this day.
    package static func term(_ day: String, of node: String) -> String { "term@\(node)/\(day)" }
}

extension RowColumns {
    /// The names under which the row is counted.
    package var tallies: Set<String> {
        guard barred.isEmpty else { return [] }
        var names: Set<String> = [RowTally.all]
        if !state.isEmpty { names.insert(RowTally.state(state)) }
        if !main.isEmpty { names.insert(RowTally.main(main)) }
        if !registeredOn.isEmpty { names.insert(RowTally.registered(registeredOn)) }
        if isDisputed { names.insert(RowTally.disputed) }
        if !term.isEmpty, !work.isEmpty { names.insert(RowTally.term(term)) }
        for token in work { addTallies(of: token, to: &names) }
        return names
    }

    private func addTallies(of token: String, to names: inout Set<String>) {
        let parts = token.split(separator: "@", maxSplits: 1)
        guard parts.count == 2 else { return }
        let mark = String(parts[0]), node = String(parts[1].prefix { $0 != ":" })
        names.insert(RowTally.work(mark))
        names.insert(RowTally.work(mark, of: node))
        if mark == WorkMark.controlled.rawValue, !main.isEmpty { names.insert(RowTally.controlled(main: main)) }
        for group in WorkGroup.allCases where group.marks.contains(where: { $0.rawValue == mark }) {
            for node in [node, RowTally.anyNode] {
                if group != .open {
                    names.insert(RowTally.work(group.name, of: node))
                } else if !term.isEmpty {
                    names.insert(RowTally.term(term, of: node))
                }
            }
        }
    }
}

extension WorkGroup {
    /// As a tally calls it: apart from the marks, one of which has the same word.
    fileprivate var name: String { "any " + rawValue }
}

extension ListFilter {
    /// The count that this filter asks for, as far as rows bar nobody; nil where rows have to be looked at.
    package var tally: RowTally? {
        guard index.isEmpty, person.isEmpty, mains.isEmpty else { return nil }
        let wantsTerm = !termFrom.isEmpty || !termThrough.isEmpty
        let wantsDay = !registeredFrom.isEmpty || !registeredThrough.isEmpty
        let criteria = [!state.isEmpty, !main.isEmpty, disputed, !work.isEmpty, wantsTerm, wantsDay].count { $0 }
        if criteria == 2, wantsTerm, let node = node(of: .open) {
            return days(termFrom, termThrough) { RowTally.term($0, of: node) }
        }
        if criteria == 2, !main.isEmpty, work == [WorkToken.beginning(.controlled)] {
            return .name(RowTally.controlled(main: main))
        }
        guard criteria <= 1 else { return nil }
        if !state.isEmpty { return .name(RowTally.state(state)) }
        if !main.isEmpty { return .name(RowTally.main(main)) }
        if disputed { return .name(RowTally.disputed) }
        if wantsTerm { return days(termFrom, termThrough, RowTally.term) }
        if wantsDay { return days(registeredFrom, registeredThrough, RowTally.registered) }
        return work.isEmpty ? .name(RowTally.all) : workTally
    }

    /// Behind the last day stands what no day begins with.
    private func days(_ from: String, _ through: String, _ name: (String) -> String) -> RowTally {
        .names(from: name(from), through: name(through.isEmpty ? "~" : through))
    }

    private var workTally: RowTally? {
        for group in WorkGroup.allCases where group != .open {
            if let node = node(of: group) { return .name(RowTally.work(group.name, of: node)) }
        }
        guard work.count == 1, let parts = work.first?.split(separator: "@", omittingEmptySubsequences: false),
            parts.count == 2
        else { return nil }
        if parts[1].isEmpty { return .name(RowTally.work(String(parts[0]))) }
        // What ends behind the node names no person.
        guard parts[1].hasSuffix(":") else { return nil }
        return .name(RowTally.work(String(parts[0]), of: String(parts[1].dropLast())))
    }

    /// The node of which all marks of a group are wanted, and nothing else; `RowTally.anyNode` where it may be any.
    private func node(of group: WorkGroup) -> String? {
        guard work.count == group.marks.count, let first = work.first else { return nil }
        let node = first.hasSuffix(":") ? String(first.drop { $0 != "@" }.dropFirst().dropLast()) : nil
        return Set(work) == Set(group.marks.map { WorkToken.beginning($0, node: node) })
            ? node ?? RowTally.anyNode : nil
    }
}
