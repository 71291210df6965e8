package import Replication

/// The node at which somebody works: what it keeps, what decides there, and what comes in from outside.
///
/// A value that several threads may use at once for reading; acts belong to the lane that writes.
package struct Workplace {
    package let role: NodeRole
    /// The node's id.
    package let node: String
    package let store: any Store
    /// What decides, at an office; nil at a department.
    package let office: Office?
    /// The node's own log and copy, at a department; nil at an office.
    package let department: Department?
    let calendar = KnownCalendar()
    /// Unix milliseconds.
    package let now: () -> Int64
    /// Random bytes as hexadecimal digits, two for each byte; from outside, so that a test can repeat itself.
    package let draw: (Int) -> String
    /// Wakes whoever waits for these streams at the office.
    package let changed: ([String]) -> Void
    /// Wakes the link of a department: something was added to its log.
    package let acted: () -> Void

    package init(
        office: Office,
        store: any Store,
        now: @escaping () -> Int64,
        draw: @escaping (Int) -> String,
        changed: @escaping ([String]) -> Void
    ) {
        role = .office
        node = office.node
        self.store = store
        self.office = office
        department = nil
        self.now = now
        self.draw = draw
        self.changed = changed
        acted = {}
    }

    package init(
        department: Department,
        store: any Store,
        now: @escaping () -> Int64,
        draw: @escaping (Int) -> String,
        acted: @escaping () -> Void
    ) {
        role = .department
        node = department.node
        self.store = store
        office = nil
        self.department = department
        self.now = now
        self.draw = draw
        changed = { _ in }
        self.acted = acted
    }
}
