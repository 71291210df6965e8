package import Appeals
package import Replication

/// What people ask and do at a node: who asks, at which node; every question and every act is a function that takes
/// values and gives values.
///
/// No text for a terminal, no HTTP, no files, no clock of its own. A question is asked in a snapshot of the store
/// (`read`), an act is decided in one transaction (`act`).
package struct Desk {
    package let place: Workplace
    package let who: Who
    package let asking: Asking

    package init(_ place: Workplace, _ who: Who, asking: Asking = Asking()) {
        self.place = place
        self.who = who
        self.asking = asking
    }

    /// What is only counted (work that waits, items of the tray) is counted up to this number.
    package static let countedAtMost = 1_000

    package var isOffice: Bool { place.role == .office }
    /// Unix milliseconds.
    package var now: Int64 { place.now() }
    /// The day in Kyiv.
    package var today: CivilDate { Today.date(now) }
    /// What text from outside comes through here.
    package var entrance: Entrance { Entrance(today: today) }

    /// One snapshot of the store; bodies read and give values, and have no other effect.
    package func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result {
        try place.store.read(body)
    }
}

/// How an act is asked for, beside by whom: what makes a repetition known, and what was on the screen.
package struct Asking: Sendable, Equatable {
    /// A UUID, small letters: an act that is asked for again under it is not done again.
    package var command: String?
    /// Of each register that the card on the screen showed the write of its value (`ShownAppeal.writes`); nil: what the
    /// node shows at the moment of the act.
    package var shown: [String: String]?

    package init(command: String? = nil, shown: [String: String]? = nil) {
        self.command = command
        self.shown = shown
    }
}
