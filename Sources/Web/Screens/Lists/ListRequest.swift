import Appeals
import Desk
import Replication

/// What the address of a list asks for: the queue, filters, the order, the page.
struct ListRequest {
    var path: String
    /// Nil: all appeals.
    let queue: Queue?
    var state: AppealState?
    /// A department's id.
    var main = ""
    /// A part of the registration index.
    var index = ""
    /// Only the work of whoever asks.
    var isMine = false
    var isDisputed = false
    /// A list of work, of one department where `of` names it; how the overview leads here.
    var list: WorkList?
    var of = ""
    var isDueToday = false
    var registeredFrom: CivilDate?
    var registeredThrough: CivilDate?
    var order = RowOrder()
    var after: AppealMark?

    /// Refused with the words of the command if a filter is none that there is.
    init(_ call: WebCall, queue: Queue?) throws(DeskError) {
        path = call.request.path
        self.queue = queue
        func value(_ name: String) -> String { call.request.parameter(name) ?? "" }
        let state = value("state")
        guard state.isEmpty || AppealState(rawValue: state) != nil else { throw Self.unknown(state) }
        self.state = AppealState(rawValue: state)
        main = value("main")
        index = value("index")
        isMine = !value("mine").isEmpty
        isDisputed = !value("disputed").isEmpty
        let list = value("list")
        self.list = WorkList(rawValue: list)
        guard list.isEmpty || self.list?.isOfRows == true else { throw Self.unknown(list) }
        of = value("of")
        isDueToday = !value("today").isEmpty
        func day(_ name: String) throws(DeskError) -> CivilDate? {
            let typed = value(name)
            guard !typed.isEmpty else { return nil }
            guard let day = CivilDate(typed) else { throw Self.unknown(typed) }
            return day
        }
        registeredFrom = try day("from")
        registeredThrough = try day("through")
        let sort = value("sort")
        if !sort.isEmpty {
            let isDescending = sort.hasPrefix("-")
            guard let field = RowOrder.Field(rawValue: String(sort.dropFirst(isDescending ? 1 : 0)))
            else { throw Self.unknown(sort) }
            order = RowOrder(field, isDescending: isDescending)
        }
        let mark = value("after")
        after = AppealMark(mark)
        guard mark.isEmpty || after != nil else { throw Self.unknown(mark) }
    }

    private static func unknown(_ value: String) -> DeskError {
        .usage(
            "unknownFilter",
            uk: "в адресі списку є те, чого немає: «\(value)»",
            en: "the address of the list has what there is not: \"\(value)\""
        )
    }

    /// What the desk is asked for.
    func filter(of user: String) -> AppealFilter {
        var filter = queue?.filter(of: user) ?? AppealFilter()
        filter.state = state
        filter.main = main
        filter.index = index
        filter.disputed = isDisputed
        if isMine { filter.person = user }
        if let list {
            filter.list = list
            filter.of = of
        }
        if isDueToday { filter.isDueToday = true }
        (filter.registeredFrom, filter.registeredThrough) = (registeredFrom, registeredThrough)
        return filter
    }

    /// The same list changed in a way, from its first page on.
    func place(_ change: (inout ListRequest) -> Void = { _ in }) -> String {
        var other = self
        other.after = nil
        change(&other)
        let sort =
            other.order == RowOrder() ? "" : (other.order.isDescending ? "-" : "") + other.order.field.rawValue
        return WebCall.address(
            path,
            [
                ("state", other.state?.rawValue ?? ""), ("main", other.main), ("index", other.index),
                ("mine", other.isMine ? "1" : ""), ("disputed", other.isDisputed ? "1" : ""),
                ("list", other.list?.rawValue ?? ""), ("of", other.of), ("today", other.isDueToday ? "1" : ""),
                ("from", other.registeredFrom?.description ?? ""),
                ("through", other.registeredThrough?.description ?? ""), ("sort", sort),
                ("after", other.after?.description ?? ""),
            ]
        )
    }

    /// What the panel of filters does not show and leaves as it is.
    var unseen: [(name: String, value: String)] {
        [("list", list?.rawValue ?? ""), ("of", of), ("today", isDueToday && queue == nil ? "1" : "")].filter {
            !$0.1.isEmpty
        }
    }

    /// The same list on paper.
    var paper: String {
        let whole = place { $0.after = after }
        let query = whole.split(separator: "?", maxSplits: 1).dropFirst().first.map(String.init)
        let name = queue.map { "queue=" + $0.path.split(separator: "/").suffix(1).joined() }
        let parts = [name, query].compactMap(\.self)
        return "/print/journal" + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
    }

    /// How many filters are set.
    var filters: Int {
        [
            state != nil, !main.isEmpty, !index.isEmpty, isMine, isDisputed, list != nil, isDueToday && list != .soon,
            registeredFrom != nil || registeredThrough != nil,
        ].count { $0 }
    }
}
