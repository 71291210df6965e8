import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication
import Testing

@testable import Web

/// A register as somebody imports it in a browser, at the office of a town.
extension ShownTown {
    static let heads = "id,created,status,channel,text,surname"
    static let mapping = """
        {"source":"csv","name":"old","key":"id","constants":{"kind":"application","subjectType":"individual"},
         "fields":{"receivedAt":{"column":"created","format":"iso-local","zone":"Europe/Kyiv"},"text":"text",
          "lastName":"surname","channel":{"column":"channel","map":{"Пошта":"post","Сайт":"website"}}}}
        """

    /// A table of so many rows; those in `bad` have a day that there is not.
    static func register(_ rows: Int, bad: Set<Int> = []) -> String {
        let lines = (1...rows).map { row in
            let day = bad.contains(row) ? "2026-02-30" : "2026-02-0\(row % 9 + 1)"
            return "\(row),\(day)T09:00:00,new,\(row % 2 == 0 ? "Пошта" : "Сайт"),Яма на дорозі \(row),Петренко"
        }
        return ([heads] + lines).joined(separator: "\n") + "\n"
    }

    /// Begins an import of a file of this size; gives what the node answers.
    func begin(
        _ size: Int,
        _ name: String = "old.csv",
        modified: String = "1",
        as person: String = "koval"
    ) throws -> WebReply {
        try post("/import", [("file", name), ("size", "\(size)"), ("modified", modified)], as: person)
    }

    /// The import's place, of an answer that leads to it.
    func place(_ reply: WebReply) throws -> String { try #require(reply.header("location")) }

    /// Sends bytes of a file to an offset.
    func send(
        _ bytes: ArraySlice<UInt8>,
        to place: String,
        at offset: Int,
        as person: String = "koval"
    ) throws -> WebReply {
        try site().answer(
            WebRequest(
                method: "POST",
                path: place + "/parts",
                query: [("offset", "\(offset)")],
                headers: [("x-test-person", person), ("content-type", "application/octet-stream")],
                body: Array(bytes)
            )
        )
    }

    /// A file that is here whole; gives the import's place.
    func uploaded(_ text: String, _ name: String = "old.csv", as person: String = "koval") throws -> String {
        try uploaded(Array(text.utf8), name, as: person)
    }

    func uploaded(_ bytes: [UInt8], _ name: String = "old.csv", as person: String = "koval") throws -> String {
        let place = try place(begin(bytes.count, name, as: person))
        for at in stride(from: 0, to: bytes.count, by: ImportFile.part) {
            let reply = try send(bytes[at..<min(at + ImportFile.part, bytes.count)], to: place, at: at, as: person)
            #expect(reply.status == 200, "\(reply.text)")
        }
        return place
    }

    /// An import with this mapping, all of whose rows were checked; gives its place.
    func tried(_ text: String, _ mapping: String = mapping, name: String = "old.csv") throws -> String {
        let place = try uploaded(text, name)
        let reply = try post(place + "/mapping", [("do", "text"), ("text", mapping)], as: "koval")
        #expect(reply.status == 303 && reply.header("location") == place, "\(Self.errors(reply.text))")
        try work()
        let job = try job(place)
        #expect(job.phase == .tried, "\(job.trouble)")
        return place
    }

    func act(_ act: String, _ place: String, as person: String = "koval") throws -> WebReply {
        try post(place + "/acts/" + act, [], as: person)
    }

    /// The node goes on until nothing is left to do; each slice by a node that was started anew.
    func work() throws { while try site().importNext() {} }

    func job(_ place: String) throws -> ImportJob {
        let id = String(place.split(separator: "/").last ?? "")
        let record = try officeStore.read { try $0.local(.register, ImportJob.key(id)) }
        return try #require(try record.flatMap { try ImportJob($0) })
    }

    /// Records of registers whose keys begin so.
    func kept(_ beginning: String = "") throws -> Int {
        try officeStore.read { try $0.localCount(.register, beginning: beginning, limit: 10_000) }
    }

    /// Appeals of the office.
    func cards() throws -> Int {
        try officeStore.read { try $0.rows(Space.appeals, generation: 0, after: "", limit: 10_000).count }
    }
}
