package import Appeals
package import Replication

/// The lists of what is to be done, each for whom it is, made of marks of the rows (`WorkMark`) and of days.
package enum WorkList: String, CaseIterable, Sendable {
    case new, inWork, unappointed, returned, declined, onCheck, soon, overdue, onControl, toRemove, letters, decisions,
        unread, departed

    /// A department that has not read for so many hours what was given to it is a matter for the office.
    package static let unreadHours: Int64 = 24

    package var label: Label {
        switch self {
        case .new: Label(uk: "Нові", en: "New")
        case .inWork: Label(uk: "У роботі", en: "In work")
        case .unappointed: Label(uk: "Без виконавця в підрозділі", en: "Nobody named in the department")
        case .returned: Label(uk: "Повернуто на доопрацювання", en: "Returned for more work")
        case .declined: Label(uk: "Відмова: не в компетенції", en: "Declined: not in competence")
        case .onCheck: Label(uk: "Відповідь на перевірці", en: "Answer under review")
        case .soon: Label(uk: "Строк за три робочі дні або ближче", en: "Due within three working days")
        case .overdue: Label(uk: "Прострочено", en: "Overdue")
        case .onControl: Label(uk: "На контролі", en: "On control")
        case .toRemove: Label(uk: "Виконано, зняти з контролю", en: "Done, to be removed from control")
        case .letters: Label(uk: "Винні виправний лист", en: "A corrective letter is owed")
        case .decisions: Label(uk: "Чекають рішення", en: "Wait for a decision")
        case .unread:
            Label(
                uk: "Не прочитано понад \(Self.unreadHours) год",
                en: "Not read for more than \(Self.unreadHours) hours"
            )
        case .departed: Label(uk: "Вибули з підрозділу", en: "Left the department")
        }
    }

    /// For whom it is at the office, or in a department; empty where there is no such list.
    package func roles(isOffice: Bool) -> Set<String> {
        let (registrars, heads): (Set<String>, Set<String>) = (
            ["registrar", "specialist"], ["head", "deputy", "clerk"]
        )
        let executing = heads.union(["executor"])
        return switch self {
        case .new: isOffice ? registrars.union(["leader"]) : heads
        case .inWork, .returned: isOffice ? [] : executing
        case .unappointed: isOffice ? [] : heads
        case .declined, .onCheck: isOffice ? registrars.union(["leader"]) : heads
        case .soon, .overdue: isOffice ? registrars.union(["leader", "inspector"]) : executing.union(["inspector"])
        case .onControl: isOffice ? registrars.union(["leader", "inspector"]) : heads.union(["inspector"])
        case .toRemove, .decisions: isOffice ? registrars.union(["leader"]) : heads
        case .letters: isOffice ? registrars.union(["leader"]) : executing
        case .unread: isOffice ? registrars.union(["leader"]) : []
        case .departed: isOffice ? [] : executing
        }
    }

    /// Of which marks a row is on it; nil for lists that are not made of rows, and for those that go by days alone.
    private func marks(isOffice: Bool) -> [WorkMark]? {
        switch self {
        case .new: isOffice ? [.unassigned] : WorkGroup.new.marks
        case .inWork: [.working]
        case .unappointed: [.unappointed]
        case .returned: [.returned]
        case .declined: isOffice ? [.declined] : WorkGroup.declined.marks
        case .onCheck: isOffice ? [.submitted] : WorkGroup.onCheck.marks
        case .soon, .overdue: isOffice ? nil : WorkGroup.open.marks
        case .onControl: [.controlled]
        case .toRemove: [.done]
        case .letters: [.letter]
        case .decisions: [.decision]
        case .unread, .departed: nil
        }
    }

    /// Whether it is made of rows: the others are counted elsewhere.
    package var isOfRows: Bool { self != .unread && self != .departed }

    /// The rows of the list at a node on a day; at a department those of its own work, without a node of whatever department's.
    ///
    /// `soon`: the last day that is near.
    package func filter(node: String?, isOffice: Bool, today: CivilDate, soon: CivilDate) -> ListFilter {
        var filter = ListFilter()
        filter.work = (marks(isOffice: isOffice) ?? []).map { WorkToken.beginning($0, node: isOffice ? nil : node) }
        switch self {
        case .overdue: filter.termThrough = today.adding(days: -1)?.description ?? ""
        case .soon:
            filter.termFrom = today.description
            filter.termThrough = soon.description
        case .new, .inWork, .unappointed, .returned, .declined, .onCheck, .onControl, .toRemove, .letters,
            .decisions, .unread, .departed:
            break
        }
        return filter
    }
}
