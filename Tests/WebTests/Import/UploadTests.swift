import CanonicalJSON
import Replication
import Testing

@testable import Web

@Suite("A register comes up in parts")
struct UploadTests {
    private static let file = (0..<(ImportFile.part * 2 + 1_000)).map { UInt8(0x30 + $0 % 10) }
    private static let part = ImportFile.part

    @Test("a connection that is cut goes on from what the node has; a part that was sent twice is there once")
    func cut() throws {
        let town = try ShownTown()
        let place = try town.place(town.begin(Self.file.count))
        let first = try town.send(Self.file[..<Self.part], to: place, at: 0)
        #expect(try first.status == 200 && first.object()["received"]?.integer == Int64(Self.part))
        // The answer was lost: the page sends it again.
        let again = try town.send(Self.file[..<Self.part], to: place, at: 0)
        #expect(try again.status == 200 && again.object()["received"]?.integer == Int64(Self.part))
        let page = try town.page(place, as: "koval")
        #expect(page.contains("data-received=\"\(Self.part)\"") && page.contains("Той самий файл"))
        // The same file once more leads to what is here; one that was changed since is another.
        #expect(try town.begin(Self.file.count).header("location") == place)
        #expect(try town.begin(Self.file.count, modified: "2").header("location") != place)
        #expect(try town.send(Self.file[Self.part..<(Self.part * 2)], to: place, at: Self.part).status == 200)
        let last = try town.send(Self.file[(Self.part * 2)...], to: place, at: Self.part * 2)
        #expect(try last.status == 200 && town.job(place).phase == .mapping)
        let job = try town.job(place)
        #expect(try town.officeStore.read { try ImportFile.bytes(of: job, $0) } == Self.file)
    }

    @Test("a part elsewhere than the node has it, or of another length, is refused with how much is here")
    func wrong() throws {
        let town = try ShownTown()
        let place = try town.place(town.begin(Self.file.count))
        for (offset, length) in [
            (Self.part, Self.part), (1, Self.part), (-Self.part, Self.part), (0, Self.part - 1), (0, 0),
            (Self.part * 3, 1_000),
        ] {
            let reply = try town.send(Self.file[..<length], to: place, at: offset)
            #expect(try reply.status == 409 && reply.object()["received"]?.integer == 0, "\(offset) \(length)")
        }
        #expect(try town.kept("part/") == 0)
        // What is longer than a part is not even read.
        #expect(Web.place(of: "POST", place + "/parts")?.longest == Self.part)
    }

    @Test("a file of nothing, one beyond the limit, and more imports than there may be are refused")
    func limits() throws {
        let town = try ShownTown()
        #expect(try town.begin(0).status == 422)
        #expect(try town.begin(ImportFile.longest + 1).status == 422)
        #expect(try town.begin(10, " ").status == 422)
        #expect(try town.begin(10, modified: String(repeating: "1", count: 21)).status == 422)
        #expect(try town.kept() == 0)
        for number in 1...ImportJob.mostOfPerson {
            #expect(try town.begin(ImportFile.longest, "\(number).csv").status == 303)
        }
        #expect(try town.begin(10, "last.csv").status == 409)
        #expect(try town.begin(10, "other.csv", as: "marko").status == 303)
        #expect(try town.kept() == ImportJob.mostOfPerson + 1)
    }

    @Test("whoever may not import finds nothing, and nobody finds what somebody else imports")
    func rights() throws {
        let town = try ShownTown()
        let place = try town.tried(ShownTown.register(3, bad: [2]), name: "secret.csv")
        let pages = [place, place + "/mapping", place + "/rows", place + "/rejected", "/parts" + place]
        for person in ["marko", "vilkul", "inna", "admin"] {
            for page in pages { #expect(try town.get(page, as: person).status == 404, "\(person) \(page)") }
            for act in ["try", "run", "stop", "go-on", "forget"] {
                #expect(try town.act(act, place, as: person).status == 404, "\(person) \(act)")
            }
            #expect(try town.send([1], to: place, at: 0, as: person).status == 404)
            #expect(try town.post(place + "/mapping", [("do", "try")], as: person).status == 404)
            #expect(try town.post(place + "/rows/3", [("c.0", "1")], as: person).status == 404)
        }
        #expect(try town.job(place).phase == .tried)
        // A specialist of the office may import, and is shown nothing of this file; the others have no such page.
        #expect(try !town.page("/import", as: "marko").contains("secret"))
        #expect(try town.page("/import", as: "koval").contains("secret.csv"))
        for person in ["vilkul", "inna", "admin"] {
            #expect(try town.get("/import", as: person).status == 404)
            #expect(try town.begin(10, as: person).status == 404)
            #expect(try !town.page("/", as: person).contains("href=\"/import\""))
        }
        #expect(try town.page("/", as: "koval").contains("href=\"/import\""))
        #expect(try town.get("/import", as: "sych", at: "zhkg").status == 404)
        for page in pages { #expect(try town.get(page, as: "koval").status == 200) }
    }

    @Test("a file and all that came of it go when the import is removed, and fourteen days after it was begun")
    func gone() throws {
        let town = try ShownTown()
        let removed = try town.tried(ShownTown.register(5, bad: [2]))
        #expect(try town.kept("part/") == 1 && town.kept("row/") == 1)
        #expect(try town.act("forget", removed).status == 303)
        #expect(try town.kept() == 0)
        let left = try town.tried(ShownTown.register(5, bad: [2]))
        let until = try town.job(left).until
        #expect(try town.site().nextWork() == until)
        // Nothing that is done with it makes it stay longer.
        town.now = until - 60_000
        #expect(try town.act("try", left).status == 303)
        try town.work()
        #expect(try town.kept("part/") == 1 && town.job(left).until == until)
        town.now = until
        #expect(try town.site().importNext() == false)
        #expect(try town.kept() == 0 && town.site().nextWork() == nil)
        #expect(try town.get(left, as: "koval").status == 404)
    }
}
