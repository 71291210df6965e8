import Appeals
import Desk
import Replication

/// What the address of a list asks for: the queue, filters, the order, the page.
struct ListRequest {
    let path: String
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
                ("mine", other.isMine ? "1" : ""), ("disputed", other.isDisputed ? "1" : ""), ("sort", sort),
                ("after", other.after?.description ?? ""),
            ]
        )
    }

    /// How many filters are set.
    var filters: Int { [state != nil, !main.isEmpty, !index.isEmpty, isMine, isDisputed].count { $0 } }
}
