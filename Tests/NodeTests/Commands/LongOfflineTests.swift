import Appeals
import CanonicalJSON
import Commands
import Desk
import Node
import Replication
import Testing

@Suite("A department that works for long without a connection")
struct LongOfflineTests {
    private static let card: JSONObject = [
        "registeredOn": "2026-05-13", "receivedAt": "2026-05-13T09:14:00+03:00", "channel": "mayorPhone",
        "addressee": "mayor", "kind": "complaint", "receiptSign": "first", "subjectType": "individual",
        "issues": [["heading": "090"]],
        "due": [
            "statutory": "2026-06-12", "control": "2026-06-12", "cap": "2026-06-27", "basis": "month",
            "calendar": "2026-1",
        ],
    ]

    @Test("finds and lists everything that it has registered, however much waits")
    func registrations() throws {
        let city = try CommandCity(departments: ["zhkg"])
        let (store, department) = try #require(city.departments["zhkg"])
        let count = 1_001
        for number in 1...count {
            var body = Self.card
            body["index"] = .string("ZHKG-К-\(number)")
            let id = "01995c3a-0000-7000-8000-" + String(String(1_000_000_000_000 + number).suffix(12))
            let draft = Draft(
                kind: "appeal.registered",
                appeal: id,
                actor: Actor(user: "executor-zhkg", role: "executor"),
                body: body,
                personal: ["text": "Немає води", "name": "Коваленко", "address": "вул. Миру, 1"]
            )
            try department.act(now: city.now) { _ in draft }
        }
        #expect(try store.read { try $0.origins(node: "zhkg").map(\.last) } == [Int64(count)])
        for number in [1, 500, 501, count] {
            let index = JSON.string("ZHKG-К-\(number)")
            let shown = try city.expect("appeal show", ["appeal": index], at: "zhkg")
            #expect(shown.json["index"] == index || shown.text.contains("ZHKG-К-\(number)"))
        }
        let listed = try city.expect("appeal list", ["limit": 10], at: "zhkg")
        #expect(listed.json["appeals"]?.array?.count == 10 && listed.json["total"] == .integer(Int64(count)))
    }
}
