package import Appeals
import CanonicalJSON
import Cryptography
package import Desk
package import Replication

/// What a command needs of a node: made by a running node, or by the command line on a stopped node's directory.
///
/// Several threads may read with it at once; acts belong to one lane at a time (`UseCase.Lane`).
package final class CommandContext {
    /// The node at which it is given.
    package let place: Workplace
    /// Of answers to whoever names none.
    package let language: Language
    /// What only a running node can do; nil on a stopped node's directory.
    package let running: (any RunningNode)?
    /// What the node's own process, or the stopped node's directory, sees beside the store.
    package let checks: () throws -> [Check]
    /// Who is admitted, at an office.
    package let admissions: any AdmissionBook
    /// Whoever waits for the command.
    package let progress: any Onlooker
    /// Who asks, where that is proven; nil: whom `--as` names.
    package let who: Who?
    package let asking: Asking

    package var role: NodeRole { place.role }
    package var node: String { place.node }
    package var store: any Store { place.store }
    package var office: Office? { place.office }
    package var department: Department? { place.department }

    package init(
        office: Office,
        store: any Store,
        language: Language = .ukrainian,
        now: @escaping () -> Int64,
        changed: @escaping ([String]) -> Void = { _ in },
        admissions: any AdmissionBook,
        running: (any RunningNode)? = nil,
        checks: @escaping () throws -> [Check] = { [] },
        draw: @escaping (Int) -> String = { RandomBytes.hex($0) }
    ) {
        place = Workplace(office: office, store: store, now: now, draw: draw, changed: changed)
        self.language = language
        self.admissions = admissions
        self.running = running
        self.checks = checks
        progress = Unwatched()
        who = nil
        asking = Asking()
    }

    package init(
        department: Department,
        store: any Store,
        language: Language = .ukrainian,
        now: @escaping () -> Int64,
        acted: @escaping () -> Void = {},
        running: (any RunningNode)? = nil,
        checks: @escaping () throws -> [Check] = { [] },
        draw: @escaping (Int) -> String = { RandomBytes.hex($0) }
    ) {
        place = Workplace(department: department, store: store, now: now, draw: draw, acted: acted)
        self.language = language
        admissions = NobodyAdmitted()
        self.running = running
        self.checks = checks
        progress = Unwatched()
        who = nil
        asking = Asking()
    }

    private init(_ context: CommandContext, _ progress: any Onlooker, _ who: Who?, _ asking: Asking) {
        self.who = who
        self.asking = asking
        place = context.place
        language = context.language
        running = context.running
        checks = context.checks
        admissions = context.admissions
        self.progress = progress
    }

    /// The same for a command whose waiting somebody shows.
    package func watched(by progress: any Onlooker) -> CommandContext {
        CommandContext(self, progress, who, asking)
    }

    /// The same for somebody who proved who they are: `--as` decides nothing then.
    package func asked(by who: Who, _ asking: Asking = Asking()) -> CommandContext {
        CommandContext(self, progress, who, asking)
    }
}
