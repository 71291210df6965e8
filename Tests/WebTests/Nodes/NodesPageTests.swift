import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication
import Testing

@testable import Web

/// The table of nodes: what is known, what is a bound, and what nobody told.
@Suite("The nodes as their administrator sees them")
struct NodesPageTests {
    private func standing(_ town: ShownTown, _ node: String) throws -> NodeStanding {
        try Desk(town.context().place, .named(user: "admin", role: nil)).nodeStanding(node)
    }

    /// The row of a node in the table, with its cells.
    private func row(_ page: String, _ node: String) throws -> String {
        let body = try #require(page.split(separator: "<tbody>").dropFirst().first)
        let rest = try #require(body.split(separator: "href=\"/node/\(node)\"").dropFirst().first)
        return String(try #require(rest.split(separator: "</tr>").first))
    }

    @Test("a node that was never heard is told apart from one that has nothing to send")
    func neverHeard() throws {
        let town = try ShownTown()
        try town.expect("department add", ["department": "kvk", "name": "КП «Новий»", "as": "admin"])
        try town.officeStore.write { try $0.putNode(NodeRecord(node: "kvk", key: String(repeating: "a", count: 64))) }
        let known = try standing(town, "zhkg"), never = try standing(town, "kvk")
        #expect(known.unsent?.count == 0 && never.unsent == nil && never.heard == .never)
        let page = try town.page("/nodes", as: "admin")
        let (said, unsaid) = (try row(page, "zhkg"), try row(page, "kvk"))
        #expect(said.contains(#"data-l="Не передано" class="num">0<"#))
        #expect(unsaid.contains("не чули") && !unsaid.contains(#"data-l="Не передано" class="num">0<"#))
        #expect(said.contains("знає лише вузол") && unsaid.contains("знає лише вузол"))
    }

    @Test("what a silent node has is a bound, its row is hatched, and a note says what to do")
    func silent() throws {
        let town = try ShownTown()
        let last = try town.officeStore.read { try $0.value(Values.saidUnsent("zhkg")) }
        let said = try #require(last)
        #expect(said.at > 0)
        try town.officeStore.write {
            try $0.setValue(
                Values.saidUnsent("zhkg"),
                SaidUnsent(at: said.at, origin: said.origin, last: said.last + 14, oldest: said.at - 7_200_000)
            )
        }
        town.now += 2 * 86_400_000 + 4 * 3_600_000
        try town.sync("voda")
        let node = try standing(town, "zhkg")
        guard case .silent = node.heard else {
            Issue.record("\(node.heard)")
            return
        }
        #expect(node.unsent?.count == 14 && node.unsent?.oldest == said.at - 7_200_000)
        let page = try town.page("/nodes", as: "admin")
        let cells = try row(page, "zhkg")
        #expect(
            page.contains(#"<tr class="bound">"#) && cells.contains("≥\u{A0}14")
                && cells.contains("давно не на зв’язку")
        )
        #expect(page.contains("не отримано щонайменше 14 змін") && page.contains("/node/zhkg#unsent"))
        #expect(page.contains("1 <small>із 2</small>"), "the other is in contact")
    }

    @Test("the number of what a node said goes down as its acts come, and a hello says it anew")
    func comes() throws {
        let town = try ShownTown()
        let index = try town.register()
        try town.assign(index)
        try town.sync("zhkg")
        let before = try #require(try town.officeStore.read { try $0.value(Values.saidUnsent("zhkg")) })
        try town.expect("appeal note", ["appeal": .string(index), "as": "petrenko", "text": "Є"], at: "zhkg")
        try town.sync("zhkg")
        let after = try #require(try town.officeStore.read { try $0.value(Values.saidUnsent("zhkg")) })
        #expect(after.last == before.last + 1)
        #expect(try standing(town, "zhkg").unsent?.count == 0, "the push came after it")
    }

    @Test("every number of a node leads to the list that it counts")
    func links() throws {
        let town = try ShownTown()
        let index = try town.register()
        try town.assign(index)
        try town.sync("zhkg")
        try town.expect(
            "assignment recall",
            ["appeal": .string(index), "as": "koval", "assignment": "zhkg", "reason": "Помилково"]
        )
        try town.officeStore.write { transaction in
            try transaction.addTray(
                TrayRecord(
                    kind: .alarm,
                    subject: "zhkg slice:zhkg",
                    text: "the rows differ from what this office says of them, and " + ToldDifference.inVain,
                    at: town.now
                )
            )
        }
        let node = try standing(town, "zhkg")
        #expect(node.unreceipted == 1 && node.differences.count == 1 && node.alarms.isEmpty && node.lag > 0)
        let cells = try row(try town.page("/nodes", as: "admin"), "zhkg")
        for place in ["reading", "purges", "differences"] {
            #expect(cells.contains("href=\"/node/zhkg#\(place)\""), "\(place)")
        }
        let page = try town.page("/node/zhkg", as: "admin")
        for part in ["reading", "purges", "differences", "unsent"] {
            #expect(page.contains("id=\"\(part)\""), "\(part)")
        }
        #expect(page.contains(">\(index)<"), "the purge names the card")
        #expect(page.contains("порівняння нічого не виправило"))
    }

    @Test("a certificate of which the node has shown a newer one since is not told as over")
    func certificate() throws {
        let town = try ShownTown()
        let before = try row(try town.page("/nodes", as: "admin"), "zhkg")
        #expect(before.contains(#"data-l="Сертифікат" class="num"><span class="soft">невідомо"#))
        func put(_ end: Int64) throws {
            try town.officeStore.write { try $0.setValue(Values.certificateEnd("zhkg"), end) }
        }
        try put(town.now + 61 * 86_400_000)
        #expect(try row(try town.page("/nodes", as: "admin"), "zhkg").contains("61 день<"))
        try put(town.now + 22 * 86_400_000)
        #expect(try row(try town.page("/nodes", as: "admin"), "zhkg").contains("22 дні ▲"))
        let contact = try #require(try standing(town, "zhkg").heard.at)
        try put(contact - 1)
        #expect(try row(try town.page("/nodes", as: "admin"), "zhkg").contains("невідомо"))
        town.now += 10 * 86_400_000
        try put(contact + 86_400_000)
        #expect(try row(try town.page("/nodes", as: "admin"), "zhkg").contains("прострочено на "))
    }

    @Test("a department looks after its own node: its copy, what it owes, what differs; of no other node")
    func department() throws {
        let town = try ShownTown()
        let page = try town.page("/nodes", as: "sych", at: "zhkg")
        #expect(page.contains("Вузол підрозділу") && page.contains("цей вузол не пам’ятає жодної"))
        let store = try #require(town.departments["zhkg"]).store
        let note = BackupNote(made: town.now - 9 * 3_600_000, directory: "/media/b", isElsewhere: true, operations: 5)
        try store.write { try $0.setValue(Values.lastBackup, note.json) }
        #expect(BackupNote(note.json) == note)
        let after = try town.page("/nodes", as: "sych", at: "zhkg")
        #expect(after.contains("9\u{A0}год</b>") && after.contains("✓ на іншому пристрої"))
        #expect(try town.get("/node/voda", as: "sych", at: "zhkg").status == 404)
        #expect(try town.get("/nodes/acts/invite", as: "sych", at: "zhkg").status == 403)
    }

    @Test("one claim without evidence and claims of two are told differently, and neither as a proof")
    func claims() throws {
        let town = try ShownTown()
        try town.officeStore.write { try $0.setValue(Values.accusers.key, "zhkg@\(town.now)") }
        let one = try town.page("/nodes", as: "admin")
        #expect(
            one.contains("Вузол твердить, що Центр відстав") && one.contains("повернули до старої копії його диска")
        )
        #expect(one.contains("/nodes/acts/node-distrust?node=zhkg"))
        try town.officeStore.write { try $0.setValue(Values.accusers.key, "voda@\(town.now) zhkg@\(town.now)") }
        let two = try town.page("/nodes", as: "admin")
        #expect(two.contains("відстав від них: 2") && two.contains("Незалежні вузли рідко помиляються однаково"))
        #expect(!two.contains("доведено"))
        try town.officeStore.write { try $0.setValue(Values.stopped, "behind zhkg's evidence") }
        let proven = try town.page("/nodes", as: "admin")
        #expect(proven.contains("доведено, що він відстав") && proven.contains("kartoteka restore --declare"))
    }
}
