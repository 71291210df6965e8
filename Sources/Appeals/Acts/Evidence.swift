import CanonicalJSON

/// What of an operation a reader of its appeal sees: a part is withheld unless the view shows all that the part says.
///
/// Asked of the operation's effects and the policy: what no view shows, no evidence shows.
public struct Evidence: Sendable {
    /// Whether the line goes out with its body.
    public let showsBody: Bool
    /// Whether it goes out with its personal part.
    public let showsPersonal: Bool

    public init(
        of operation: Operation,
        status: OutcomeStatus?,
        on appeal: Aggregate,
        for view: View,
        world: any JudgeLookups
    ) {
        let write = operation.write.description
        let own = view.own(on: appeal)
        var shown = Leaves()
        guard operation.origin.node != view.department else {
            (showsBody, showsPersonal) = (true, true)
            return
        }
        // What waits is shown as the appeal keeps it.
        if status == .held, view.shows(.held, write, own: own), let item = appeal[.held, write] {
            shown.add(item.value)
            showsBody = shown.cover(operation.body)
            showsPersonal = operation.personal.map(shown.cover) ?? true
            return
        }
        guard [.accepted, .acceptedLate, .conflict].contains(status), let kind = Kinds.named(operation.kind) else {
            (showsBody, showsPersonal) = (false, false)
            return
        }
        let context = KindContext(
            operation: operation,
            write: write,
            appeal: appeal,
            world: world,
            standing: .none
        )
        do {
            for effect in try kind.effects(context) {
                shown.add(effect, of: kind, status, write: write) { view.shows($0, $1, own: own) }
            }
        } catch { shown = Leaves() }
        showsBody = shown.cover(operation.body)
        showsPersonal = operation.personal.map(shown.cover) ?? true
    }
}

/// The values that a view shows of an operation's effects, each as its canonical text.
private struct Leaves {
    private var texts: Set<String> = []

    mutating func add(
        _ effect: Effect,
        of kind: Kind,
        _ status: OutcomeStatus?,
        write: String,
        _ shows: (Section, String) -> Bool
    ) {
        switch effect {
        case .register(let full, let value), .settled(let full, let value):
            // What lost a clash stands beside the value in force.
            guard status == .conflict ? shows(.conflicts, "\(full) \(write)") : shows(.registers, full) else { return }
            add(value)
            if let entity = Names.entity(full) { add(.string(entity)) }
        case .fact(let name, let entity, let value):
            guard !(kind.isAtomic && status == .conflict), shows(.facts, FactName.text(name, entity, write)) else {
                return
            }
            add(.object(value))
            if let entity { add(.string(entity)) }
        case .decided(let name, let value):
            guard status != .conflict, shows(name.section, name.name) else { return }
            add(value)
            add(.string(name.name))
        }
    }

    mutating func add(_ value: JSON) {
        switch value {
        case .object(let object): for (_, member) in object.members { add(member) }
        case .array(let elements): for element in elements { add(element) }
        case .null, .bool, .integer, .double, .string: texts.insert(value.canonicalText)
        }
    }

    /// Whether every value of a part is shown; its salt tells nothing.
    func cover(_ part: JSONObject) -> Bool {
        part.members.allSatisfy { $0.key == "salt" || cover($0.value) }
    }

    private func cover(_ value: JSON) -> Bool {
        switch value {
        case .object(let object): object.members.allSatisfy { cover($0.value) }
        case .array(let elements): elements.allSatisfy(cover)
        case .null, .bool, .integer, .double, .string: texts.contains(value.canonicalText)
        }
    }
}
