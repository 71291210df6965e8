import Appeals
import Replication
import Testing

extension StoreContract {
    /// Rows whose order by anything is another than by their keys, and what each order says of them, from its beginning.
    private static let ordered: (rows: [Row], orders: [(field: RowOrder.Field, keys: String)]) = {
        func placed(_ row: Row, _ day: String) -> Row {
            var row = row
            row.columns.registeredOn = day
            return row
        }
        let issued = ["issued@zhkg:"]
        return (
            [
                placed(row("a", due: "2026-12-01", state: "done", main: "zhkg", index: "Ї-9"), "2026-11-05"),
                placed(
                    row("b", due: "2026-12-01", state: "assigned", main: "zhkg", index: "К-10", work: issued),
                    "2026-11-05"
                ),
                placed(row("c", due: "2026-11-20", state: "registered", index: "К-9", disputed: true), "2026-11-01"),
                placed(row("d", state: "strange", main: "drim", index: "И-7", barred: ["olha"]), "2026-11-04"),
                placed(
                    row("e", due: "2026-11-25", state: "assigned", main: "drim", index: "К-9/2", work: issued),
                    "2026-11-02"
                ),
                placed(
                    row("f", due: "2026-11-25", state: "removed", main: "zhkg", barred: ["ivan"], work: issued),
                    "2026-11-03"
                ),
                placed(row("g", due: "2026-11-25", state: "ended", main: "zhkg", index: "DSP-К-1"), "2026-11-03"),
            ],
            [
                (.due, "dcefgab"), (.registered, "cefgdab"),
                // By the letters, then by the number's value, then by its fraction; without an index first.
                (.index, "fgdaceb"),
                // Registered, assigned, answered, done, removed, ended; what this version does not know last.
                (.state, "cebafgd"),
            ]
        )
    }()

    private static let filters: [(name: String, filter: ListFilter, keys: Set<Character>)] = {
        func filter(_ fill: (inout ListFilter) -> Void) -> ListFilter {
            var filter = ListFilter()
            fill(&filter)
            return filter
        }
        return [
            ("all", filter { _ in }, ["a", "b", "c", "d", "e", "f", "g"]),
            ("hidden", filter { $0.hiddenFrom = ["olha"] }, ["a", "b", "c", "e", "f", "g"]),
            ("state", filter { $0.state = "assigned" }, ["b", "e"]),
            ("main", filter { $0.main = "zhkg" }, ["a", "b", "f", "g"]),
            ("mains", filter { $0.mains = ["drim", "osvita"] }, ["d", "e"]),
            ("index", filter { $0.index = ["К-9"] }, ["c", "e"]),
            ("disputed", filter { $0.disputed = true }, ["c"]),
            (
                "work",
                filter {
                    $0.work = ["issued@"]; $0.hiddenFrom = ["ivan"]
                }, ["b", "e"]
            ),
            ("nothing", filter { $0.state = "answered" }, []),
        ]
    }()

    @Test(
        "lists in every order, from both ends, what every filter wants, in pages of any length, and each row once",
        arguments: StoreKind.allCases
    )
    func orders(_ kind: StoreKind) throws {
        try kind.withStore { store in
            try store.write { for row in Self.ordered.rows { try $0.putRow("s", generation: 3, row) } }
            try expectOrders(store)
        }
    }

    @Test(
        "a row that changes has its new place in every order, and its former one in none",
        arguments: StoreKind.allCases
    )
    func moves(_ kind: StoreKind) throws {
        try kind.withStore { store in
            try store.write { transaction in
                for (place, other) in zip(Self.ordered.rows, Self.ordered.rows.reversed()) {
                    var former = place
                    former.columns = other.columns
                    try transaction.putRow("s", generation: 3, former)
                }
                try transaction.putRow("s", generation: 3, row("x", due: "2026-11-25", state: "done", index: "К-9"))
            }
            try store.write { transaction in
                for row in Self.ordered.rows { try transaction.putRow("s", generation: 3, row) }
                try transaction.deleteRow("s", generation: 3, key: "x")
            }
            try expectOrders(store)
        }
    }

    private func expectOrders(_ store: any Store) throws {
        for (field, keys) in Self.ordered.orders {
            for (name, filter, wanted) in Self.filters {
                let up = keys.filter(wanted.contains)
                for limit in [1, 2, 3, 9] {
                    let found = try pages(filter, RowOrder(field), limit, store)
                    #expect(found == up, "\(field) \(name) \(limit)")
                    let down = try pages(filter, RowOrder(field, isDescending: true), limit, store)
                    #expect(down == String(up.reversed()), "\(field) down \(name) \(limit)")
                }
            }
        }
    }

    /// The keys of all pages, one page begun where the one before ended.
    private func pages(_ filter: ListFilter, _ order: RowOrder, _ limit: Int, _ store: any Store) throws -> String {
        try store.read { reading in
            var found: [Row] = []
            while found.count < 20 {
                let page = try reading.list(
                    "s",
                    generation: 3,
                    filter: filter,
                    in: order,
                    after: found.last.map { order.place($0.key, $0.columns) },
                    limit: limit
                )
                found += page
                if page.count < limit { break }
            }
            return found.map(\.key).joined()
        }
    }
}
