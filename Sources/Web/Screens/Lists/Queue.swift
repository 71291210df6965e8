import Appeals
import Desk
import Replication

/// A queue of the rail: a list of work of the roles of whoever looks, or what is theirs, or due today.
enum Queue: Equatable {
    case work(WorkList)
    case mine
    case today

    /// By the last part of its path.
    init?(_ name: String) {
        switch name {
        case "mine": self = .mine
        case "today": self = .today
        default:
            guard let list = WorkList(rawValue: name) else { return nil }
            self = .work(list)
        }
    }

    var path: String {
        switch self {
        case .work(let list): "/queues/" + list.rawValue
        case .mine: "/queues/mine"
        case .today: "/queues/today"
        }
    }

    /// What the desk is asked for; nil of what is not made of appeals that are here.
    func filter(of user: String) -> AppealFilter? {
        var filter = AppealFilter()
        switch self {
        case .work(let list):
            guard list.isOfRows else { return nil }
            filter.list = list
        case .mine: filter.person = user
        case .today: filter.isDueToday = true
        }
        return filter
    }
}

/// A queue with how many are on it.
struct CountedQueue {
    let queue: Queue
    let count: Int64
}

extension WebCall {
    /// The queues of whoever looks, in the order of the rail; executors see their own work alone, as the desk counts it.
    func queues(_ reading: any StoreReading) throws -> [CountedQueue] {
        let rows = try desk.listed(reading), user = person?.user ?? ""
        var queues = try desk.work(first: 0, rows, reading).lists.map {
            CountedQueue(queue: .work($0.list), count: $0.count)
        }
        func add(_ queue: Queue, before list: WorkList) throws {
            guard let filter = queue.filter(of: user) else { return }
            let place = queues.firstIndex { $0.queue == .work(list) } ?? queues.endIndex
            queues.insert(CountedQueue(queue: queue, count: try desk.count(filter, rows, reading)), at: place)
        }
        if queues.contains(where: { $0.queue == .work(.soon) }) { try add(.today, before: .soon) }
        if !desk.isOffice { try add(.mine, before: .inWork) }
        return queues
    }
}

extension Queue {
    /// As its page calls it.
    var label: Label {
        switch self {
        case .work(let list): list.label
        case .mine: Label(uk: "Мої", en: "Mine")
        case .today: Label(uk: "Строк сьогодні", en: "Due today")
        }
    }

    /// As the rail calls it: the whole name stands on its page.
    var short: Label {
        switch self {
        case .work(let list): list.short
        case .mine, .today: label
        }
    }

    /// Whether what is on it waits for whoever looks at it.
    var wantsAction: Bool {
        switch self {
        case .work(let list): list.wantsAction
        case .mine: false
        case .today: true
        }
    }

    var icon: Icon {
        switch self {
        case .work(let list): list.icon
        case .mine: .user
        case .today: .alert
        }
    }

    /// That it is empty.
    var nothing: Label {
        switch self {
        case .work(let list): list.nothing
        case .mine: Label(uk: "За вами нічого немає.", en: "Nothing is yours.")
        case .today: Label(uk: "Сьогодні строк ні в чого не настає.", en: "Nothing is due today.")
        }
    }

    /// Those about what others have, or have not.
    var isOfExchange: Bool {
        switch self {
        case .work(let list): [.decisions, .unread, .departed].contains(list)
        case .mine, .today: false
        }
    }
}

extension WorkList {
    fileprivate var wantsAction: Bool {
        switch self {
        case .new, .unappointed, .returned, .declined, .onCheck, .overdue, .toRemove, .letters, .decisions, .unread:
            true
        case .inWork, .soon, .onControl, .departed: false
        }
    }

    fileprivate var short: Label {
        switch self {
        case .unappointed: Label(uk: "Без виконавця", en: "Nobody named")
        case .returned: Label(uk: "На доопрацюванні", en: "Returned")
        case .declined: Label(uk: "Відмови", en: "Declined")
        case .onCheck: Label(uk: "На перевірці", en: "Under review")
        case .soon: Label(uk: "Строк близько", en: "Due soon")
        case .overdue: Label(uk: "Прострочені", en: "Overdue")
        case .toRemove: Label(uk: "Зняти з контролю", en: "To be removed")
        case .letters: Label(uk: "Виправні листи", en: "Corrective letters")
        case .unread: Label(uk: "Не прочитано вузлом", en: "Not read by a node")
        case .departed: Label(uk: "Вибули", en: "Left")
        case .new, .inWork, .onControl, .decisions: label
        }
    }

    fileprivate var icon: Icon {
        switch self {
        case .new: .ring
        case .inWork: .pen
        case .unappointed: .plus
        case .returned: .back
        case .declined: .close
        case .onCheck: .mail
        case .soon: .clock
        case .overdue: .alert
        case .onControl: .star
        case .toRemove: .check
        case .letters: .clip
        case .decisions: .differ
        case .unread: .node
        case .departed: .up
        }
    }
}

extension WorkList {
    /// That it is empty.
    var nothing: Label {
        switch self {
        case .new: Label(uk: "Нових немає.", en: "Nothing new.")
        case .inWork: Label(uk: "У роботі нічого немає.", en: "Nothing is in work.")
        case .unappointed: Label(uk: "Усім призначено виконавця.", en: "Everything has an executor.")
        case .returned: Label(uk: "На доопрацюванні нічого немає.", en: "Nothing was returned.")
        case .declined: Label(uk: "Відмов немає.", en: "Nothing was declined.")
        case .onCheck: Label(uk: "На перевірці нічого немає.", en: "Nothing is under review.")
        case .soon: Label(uk: "Найближчими днями строк ні в чого не настає.", en: "Nothing is due in the next days.")
        case .overdue: Label(uk: "Прострочених немає.", en: "Nothing overdue.")
        case .onControl: Label(uk: "На контролі нічого немає.", en: "Nothing is on control.")
        case .toRemove: Label(uk: "Знімати з контролю нічого.", en: "Nothing is to be removed from control.")
        case .letters: Label(uk: "Виправних листів ніхто не винен.", en: "No corrective letter is owed.")
        case .decisions: Label(uk: "Нічого не чекає рішення.", en: "Nothing waits for a decision.")
        case .unread: Label(uk: "Усе, що видано, прочитано.", en: "Everything that was given out has been read.")
        case .departed: Label(uk: "З підрозділу нічого не вибувало.", en: "Nothing has left the department.")
        }
    }
}
