import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication
import Testing

@testable import Web

@Suite("A register becomes cards while people work")
struct ImportRunTests {
    @Test("checking says what would be written and which rows are refused, and writes nothing")
    func dryRun() throws {
        let town = try ShownTown()
        let place = try town.tried(ShownTown.register(60, bad: [7, 41]))
        let job = try town.job(place)
        #expect(job.rows == 60 && job.counts["imported"] == 58 && job.counts["rejected"] == 2)
        #expect(try town.cards() == 0 && town.kept("card/") == 0)
        let page = try town.page(place, as: "koval")
        #expect(
            page.contains("нічого не записано") && page.contains("Стануть картками") && page.contains("Імпортувати")
        )
        let rows = try town.page(place + "/rows", as: "koval")
        #expect(rows.contains("Рядок 8") && rows.contains("Рядок 42") && rows.contains("2026-02-30"))
        // Before they are imported no row can be mended.
        #expect(try town.post(place + "/rows/8", [("c.0", "7")], as: "koval").status == 409)
    }

    @Test("every row becomes one card, by slices, with a node that is started anew before each of them")
    func restarted() throws {
        let town = try ShownTown()
        let place = try town.tried(ShownTown.register(130, bad: [100]))
        #expect(try town.act("run", place).status == 303)
        #expect(try town.site().nextWork() == 0)
        var standings: [Int] = []
        while try town.site().importNext() { standings.append(try town.job(place).rows) }
        #expect(
            standings.count > 4 && standings.allSatisfy { $0 <= 130 }
                && zip(standings, standings.dropFirst()).allSatisfy { $1 - $0 <= 25 }
        )
        let job = try town.job(place)
        #expect(job.phase == .done && job.counts["imported"] == 129 && job.counts["existing"] == 0)
        #expect(try town.cards() == 129)
        // All texts are there, each once: rows of one import repeat nothing of each other.
        let texts = try town.officeStore.read { reading in
            try reading.rows(Space.appeals, generation: 0, after: "", limit: 200).map {
                try $0.aggregate().register("text")?.string ?? ""
            }
        }
        #expect(Set(texts).count == 129)
        // What was imported is here as cards: the file is not.
        #expect(try town.kept("part/") == 0 && town.kept("card/") == 0 && town.kept("row/") == 1)
    }

    @Test("a node that never stops gives out up to two hundred rows at a time, and fewer where they take long")
    func slices() throws {
        let town = try ShownTown()
        let place = try town.tried(ShownTown.register(900))
        #expect(try town.act("try", place).status == 303)
        let site = try town.site()
        var sizes: [Int] = []
        while true {
            let before = try town.job(place).rows
            guard try site.importNext() else { break }
            let size = try town.job(place).rows - before
            if size > 0 { sizes.append(size) }
        }
        #expect(sizes == [25, 50, 100, 200, 200, 200, 125], "\(sizes)")
        let run = ImportRun()
        run.took(1_000, rows: 200)
        #expect(try town.act("try", place).status == 303)
        let bytes = Array(ShownTown.register(900).utf8)
        let slow = try #require(try run.next(of: try town.job(place)) { bytes })
        #expect(slow.piece.filter { $0["row"] != nil }.count == 20)
    }

    @Test("killed after cards were made and before the place was kept, it makes none of them twice")
    func killed() throws {
        let town = try ShownTown()
        let place = try town.tried(ShownTown.register(60))
        #expect(try town.act("run", place).status == 303)
        let before = try town.job(place)
        #expect(try town.site().importNext())
        #expect(try town.cards() == 25)
        // As if the last transaction had not been: only the cards are there.
        try town.officeStore.write { transaction in
            try ImportFile.forget(before.cards, transaction)
            try transaction.putLocal(before.record)
        }
        try town.work()
        let job = try town.job(place)
        #expect(try town.cards() == 60 && job.phase == .done)
        #expect(job.counts["imported"] == 35 && job.counts["existing"] == 25)
    }

    @Test("stopped it stays stopped, also for a node that is started anew; gone on with, it begins where it was")
    func stopped() throws {
        let town = try ShownTown()
        let place = try town.tried(ShownTown.register(60))
        #expect(try town.act("go-on", place).status == 409)
        #expect(try town.act("run", place).status == 303)
        #expect(try town.site().importNext())
        #expect(try town.act("run", place).status == 409)
        #expect(try town.page(place, as: "koval").contains("data-refresh=\"/parts/import/"))
        #expect(try town.act("stop", place).status == 303)
        #expect(try town.act("stop", place).status == 409)
        for _ in 0..<3 { #expect(try town.site().importNext() == false) }
        #expect(try town.cards() == 25)
        let page = try town.page(place, as: "koval")
        #expect(page.contains("Зупинено") && page.contains("/acts/go-on") && !page.contains("data-refresh"))
        // Under another name or key, rows that are cards already would become cards again.
        for (from, to) in [("\"old\"", "\"new\""), ("\"key\":\"id\"", "\"key\":\"text\"")] {
            let mapping = ShownTown.mapping.replacing(from, with: to)
            #expect(try town.post(place + "/mapping", [("do", "text"), ("text", mapping)], as: "koval").status == 422)
        }
        #expect(try town.act("go-on", place).status == 303)
        try town.work()
        let job = try town.job(place)
        #expect(try town.cards() == 60 && job.counts["imported"] == 60 && job.counts["existing"] == 0)
    }

    @Test("imported again under the name of its source, a register finds its cards")
    func again() throws {
        let town = try ShownTown()
        for _ in 0..<2 {
            let place = try town.tried(ShownTown.register(30))
            #expect(try town.act("run", place).status == 303)
            try town.work()
            #expect(try town.cards() == 30)
        }
    }

    @Test("who lost the role for it imports nothing more, and is told why")
    func role() throws {
        let town = try ShownTown()
        let place = try town.tried(ShownTown.register(60))
        #expect(try town.act("run", place).status == 303)
        #expect(try town.site().importNext())
        try town.expect("role revoke", ["user": "koval", "role": "registrar", "as": "admin", "reason": "Інша посада"])
        try town.work()
        let job = try town.job(place)
        #expect(job.phase == .stopped && job.trouble.contains("не має ролі") && job.counts["rejected"] == 0)
        #expect(try town.cards() == 25)
    }

    @Test(
        "an appeal that is erased takes the file that it came of with it; its row comes back neither as a card nor as words"
    )
    func erased() throws {
        let town = try ShownTown()
        let place = try town.tried(ShownTown.register(60))
        #expect(try town.act("run", place).status == 303)
        #expect(try town.site().importNext())
        #expect(try town.act("stop", place).status == 303)
        #expect(try town.site().nextWork() == town.now + Web.erasureLook)
        let id = CardImport.id(source: "old", key: "3")
        try town.expect(
            "appeal erase",
            ["appeal": .string(id), "as": "admin", "reason": "Акт № 5", "confirm": .string(try confirm(town, id))]
        )
        let job = try town.job(place)
        // In the moment of the erasure the file can be read no more, a moment later it is gone.
        #expect(try town.officeStore.read { try ImportFile.bytes(of: job, $0) } == nil)
        #expect(try town.site().importNext() == false)
        #expect(try town.kept("part/") == 0 && town.job(place).phase == .broken)
        #expect(try town.page(place, as: "koval").contains("стерто"))
        #expect(try town.act("go-on", place).status == 409)
        // The same file again: the row is refused, and its words are kept nowhere.
        let second = try town.tried(ShownTown.register(60), name: "again.csv")
        #expect(try town.job(second).counts["rejected"] == 1)
        let rows = try town.page(second + "/rows", as: "koval")
        #expect(rows.contains("стерто раніше") && !rows.contains("Яма на дорозі 3"))
        #expect(try !town.get(second + "/rejected", as: "koval").text.contains("Яма"))
    }

    /// What whoever erases an appeal types so that it is the right one.
    private func confirm(_ town: ShownTown, _ id: String) throws -> String {
        try town.expect("appeal show", ["appeal": .string(id), "as": "admin"]).json["index"]?.string ?? ""
    }

    @Test("two people's imports wait for each other, and people's acts come between slices")
    func several() throws {
        let town = try ShownTown()
        let first = try town.tried(ShownTown.register(30))
        #expect(try town.act("run", first).status == 303)
        #expect(try town.site().importNext())
        let index = try town.register()
        #expect(try town.get("/cards/\(index)", as: "koval").status == 200)
        try town.work()
        #expect(try town.cards() == 31 && town.job(first).phase == .done)
    }
}
