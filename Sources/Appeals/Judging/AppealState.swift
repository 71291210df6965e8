import CanonicalJSON

/// Where an appeal stands, derived from its registers for lists and counts (DESIGN.md "Life of an appeal").
public enum AppealState: String, Sendable, CaseIterable {
    case registered, assigned, answered, done, removed
    /// Off control without a department's answer; `endedAs` says how.
    case ended

    /// By the assignments that count: those told for information do not.
    public init(of appeal: Aggregate) {
        if appeal.register("control")?.string == "removed" {
            self = appeal.register("endedAs") == nil ? .removed : .ended
            return
        }
        let informed = Set(appeal.entities(with: "role", being: "inform"))
        let states = appeal.items(.registers, beginning: "state@").filter {
            informed.isEmpty || !informed.contains(Names.entity($0.name) ?? "")
        }.compactMap { $0.item.value.string.flatMap(AssignmentState.init) }.filter(\.isGround)
        if states.isEmpty {
            self = .registered
        } else if states.allSatisfy({ $0 == .done }) {
            self = .done
        } else if states.contains(.submitted) || states.contains(.done) {
            self = .answered
        } else {
            self = .assigned
        }
    }

    /// The word on lists.
    public var ukrainian: String {
        switch self {
        case .registered: "Зареєстровано"
        case .assigned: "У роботі"
        case .answered: "На перевірці"
        case .done: "Виконано"
        case .removed: "Знято з контролю"
        case .ended: "Завершено без виконавця"
        }
    }
}
