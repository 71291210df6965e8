package import Appeals

/// One act or reading at the desk: what it is called, who may, what it takes and what it writes.
///
/// Every face is made of these rows and of nothing else (`UseCase.all`). What only the program at the machine can do has
/// rows of the same type beside that program.
package struct UseCase: Sendable {
    /// Where it is done.
    package enum Place: Sendable, Equatable {
        /// On a node's store, whether the node runs or not.
        case store
        /// In the running node only: it needs its links.
        case running
        /// Around the store: making it, serving it, saving and restoring it.
        case withoutNode
    }

    /// How a running node does it: beside all others, after the acts before it, or apart since it takes long.
    package enum Lane: Sendable, CaseIterable {
        case reading, acting, long
    }

    /// `appeal register`.
    package let name: String
    package let summary: Label
    /// Which kinds of operation it writes, and who may run it.
    package let writes: UseCaseWrites
    package let place: Place
    package let lane: Lane
    /// What stands without a name, in order.
    package let operands: [Input]
    package let options: [Input]
    /// Values of inputs in the order in which a person gives them; empty for a flag.
    package var example: [(input: String, value: String)]

    package init(
        _ name: String,
        uk: String,
        en: String,
        writes: UseCaseWrites,
        place: Place = .store,
        lane: Lane? = nil,
        operands: [Input] = [],
        options: [Input] = [],
        example: KeyValuePairs<String, String> = [:]
    ) {
        self.name = name
        summary = Label(uk: uk, en: en)
        self.writes = writes
        self.place = place
        // Who has to say who acts, acts.
        self.lane = lane ?? (options.contains { $0.name == Input.actor.name && $0.isRequired } ? .acting : .reading)
        self.operands = operands
        self.options = options
        self.example = example.map { (input: $0.key, value: $0.value) }
    }

    /// `appeal`; the whole name of a row that stands alone.
    package var group: String { String(name.prefix { $0 != " " }) }
    package var inputs: [Input] { operands + options }
}

extension UseCase {
    /// All acts and readings at a node, by topic.
    package static let all: [UseCase] =
        ofAdmission + ofRegistration + ofAppeals + ofAssignments + ofAnswers + ofControl + ofEndings + ofDirectory
        + ofAccess + ofStreets
        + ofNodeState
}
