import CanonicalJSON
import Replication
import Testing

@testable import Web

@Suite("Under a key an act is done once")
struct KeyTests {
    private static let key = "01995c3a-1111-4000-8000-00000000000a"
    private static let named = [("idempotency-key", key)]

    private func note(_ index: String, _ text: String = "Телефонував") -> JSON {
        ["appeal": .string(index), "text": .string(text)]
    }

    private func notes(_ city: WebCity, _ index: String) throws -> Int {
        let history = try city.get("/appeals/\(index)/history", as: "koval")
        return (history.json["operations"]?.array ?? []).count { $0["kind"] == "note.added" }
    }

    @Test("a repetition is answered from the operation, as often as it comes", arguments: ["urz", "zhkg"])
    func repeated(node: String) throws {
        let city = try WebCity()
        let index = try city.assigned()
        try city.sync("zhkg")
        let user = node == "urz" ? "koval" : "head-zhkg"
        let first = try city.act("appeal-note", note(index), as: user, at: node, headers: Self.named)
        #expect(first.status == 200 && first.json["repeated"] == nil)
        // Letters of a UUID are the same in either case, and a string of a header has quotation marks.
        for header in [Self.key, Self.key.uppercased(), "\"\(Self.key)\""] {
            let again = try city.act(
                "appeal-note",
                note(index),
                as: user,
                at: node,
                headers: [("idempotency-key", header)]
            )
            #expect(again.status == 200 && again.json["repeated"] == true, "\(again.json)")
            for member in ["write", "outcome", "appeal", "commit"] { #expect(again.json[member] == first.json[member]) }
        }
        if node == "zhkg" { try city.sync(node) }
        #expect(try notes(city, index) == 1)
    }

    @Test("a registration draws one number, whatever is repeated")
    func registration() throws {
        let city = try WebCity()
        let body: JSON = ["name": "Петренко Іван Іванович", "text": "Немає води"]
        let first = try city.act("appeal-register", body, as: "koval", headers: Self.named)
        let again = try city.act("appeal-register", body, as: "koval", headers: Self.named)
        #expect(first.status == 200 && again.json["registrationIndex"] == first.json["registrationIndex"])
        let next = try city.register()
        #expect(next.hasSuffix("2"), "\(next)")
    }

    @Test("it is of one account, one act and one body")
    func bound() throws {
        let city = try WebCity()
        let index = try city.register()
        #expect(try city.act("appeal-note", note(index), as: "koval", headers: Self.named).status == 200)
        let body = try city.act("appeal-note", note(index, "Інше"), as: "koval", headers: Self.named)
        #expect(body.status == 422 && body.faults == ["/Idempotency-Key keyOfAnotherBody"])
        let person = try city.act("appeal-note", note(index), as: "marko", headers: Self.named)
        #expect(person.status == 422 && person.faults == ["/Idempotency-Key keyOfAnother"])
        let act = try city.act(
            "contact-add",
            ["appeal": .string(index), "phone": "+380561234568"],
            as: "koval",
            headers: Self.named
        )
        #expect(act.status == 422 && act.faults == ["/Idempotency-Key keyOfAnotherAct"])
        #expect(try notes(city, index) == 1)
    }

    @Test("after a restart, and after a restore that lost what was kept beside it, it finds its operation")
    func restored() throws {
        let city = try WebCity()
        let index = try city.assigned()
        try city.sync("zhkg")
        let before = city.backup()
        #expect(
            try city.act("appeal-note", note(index), as: "head-zhkg", at: "zhkg", headers: Self.named).status == 200
        )
        let ofOffice = [("idempotency-key", "01995c3a-1111-4000-8000-00000000000b")]
        let first = try city.act("appeal-note", note(index, "З Центру"), as: "koval", headers: ofOffice)
        try city.sync("zhkg")
        city.restart()
        #expect(
            try city.act("appeal-note", note(index, "З Центру"), as: "koval", headers: ofOffice).json["repeated"]
                == true
        )
        #expect(
            try city.act("appeal-note", note(index), as: "head-zhkg", at: "zhkg", headers: Self.named).json["repeated"]
                == true
        )
        try city.restore(before)
        for _ in 0..<4 { try city.sync("zhkg") }
        let again = try city.act("appeal-note", note(index), as: "head-zhkg", at: "zhkg", headers: Self.named)
        #expect(again.json["repeated"] == true, "\(again.json)")
        // What the office itself wrote after the backup is lost with its log; what it kept of keys is gone as well, so that the
        // act is done anew, once.
        let anew = try city.act("appeal-note", note(index, "З Центру"), as: "koval", headers: ofOffice)
        #expect(anew.status == 200 && first.status == 200)
        #expect(
            try city.act("appeal-note", note(index, "З Центру"), as: "koval", headers: ofOffice).json["repeated"]
                == true
        )
    }

    @Test("without what was kept beside it, an operation still tells whose key it is and of which act")
    func bare() throws {
        let city = try WebCity()
        let index = try city.register()
        #expect(try city.act("appeal-note", note(index), as: "koval", headers: Self.named).status == 200)
        try city.officeStore.write { try $0.deleteLocal(.asked, "koval/" + Self.key) }
        #expect(try city.act("appeal-note", note(index), as: "koval", headers: Self.named).json["repeated"] == true)
        let act = try city.act(
            "contact-add",
            ["appeal": .string(index), "phone": "+380561234568"],
            as: "koval",
            headers: Self.named
        )
        #expect(act.faults == ["/Idempotency-Key keyOfAnotherAct"])
    }

    @Test("what it was about left or was erased: it is gone, and the answer says where it went")
    func gone() throws {
        let city = try WebCity()
        let index = try city.assigned()
        try city.sync("zhkg")
        #expect(
            try city.act("appeal-note", note(index), as: "head-zhkg", at: "zhkg", headers: Self.named).status == 200
        )
        try city.sync("zhkg")
        let recall: JSON = ["appeal": .string(index), "assignment": "zhkg", "reason": "Видано помилково"]
        #expect(try city.act("assignment-recall", recall, as: "koval").json["outcome"] == "accepted")
        try city.sync("zhkg")
        let left = try city.act("appeal-note", note(index), as: "head-zhkg", at: "zhkg", headers: Self.named)
        #expect(left.status == 410 && left.code == "appealLeft", "\(left.json)")
        #expect(try city.departments["zhkg"]?.store.read { try $0.local(.asked, "head-zhkg/" + Self.key) } == nil)

        let own = [("idempotency-key", "01995c3a-1111-4000-8000-00000000000b")]
        #expect(try city.act("appeal-note", note(index), as: "koval", headers: own).status == 200)
        let erase: JSON = ["appeal": .string(index), "reason": "Акт № 5", "confirm": .string(index)]
        #expect(try city.act("appeal-erase", erase, as: "admin").json["outcome"] == "accepted")
        let erased = try city.act("appeal-note", note(index), as: "koval", headers: own)
        #expect(erased.status == 410 && erased.code == "appealErased", "\(erased.json)")
    }

    @Test("a refusal that an operation tells of is told again")
    func refused() throws {
        let city = try WebCity()
        let index = try city.register()
        let body: JSON = ["appeal": .string(index), "author": "vilkul", "basis": "x"]
        let first = try city.act("control-remove", body, as: "koval", headers: Self.named)
        let again = try city.act("control-remove", body, as: "koval", headers: Self.named)
        #expect(first.status >= 400 && first.status == again.status && first.code == again.code)
        #expect(again.json["repeated"] == true && again.json["write"] == first.json["write"])
    }

    @Test("what was asked is kept for thirty days and swept then; the operation still knows the key")
    func swept() throws {
        let city = try WebCity()
        let index = try city.register()
        #expect(try city.act("appeal-note", note(index), as: "koval", headers: Self.named).status == 200)
        city.now += AskedKey.kept
        let other = [("idempotency-key", "01995c3a-1111-4000-8000-00000000000b")]
        #expect(try city.act("appeal-note", note(index, "Інше"), as: "koval", headers: other).status == 200)
        let kept = try city.officeStore.read { try $0.locals(.asked, beginning: "", after: "", limit: 10) }
        #expect(kept.map(\.key) == ["koval/01995c3a-1111-4000-8000-00000000000b"])
        #expect(try city.act("appeal-note", note(index), as: "koval", headers: Self.named).json["repeated"] == true)
    }

    @Test("no UUID is no key, and an act of several operations takes none")
    func wrong() throws {
        let city = try WebCity()
        let index = try city.register()
        for header in ["", "1", Self.key + "0", "01995c3a-1111-4000-8000-00000000000z"] {
            let answer = try city.act("appeal-note", note(index), as: "koval", headers: [("idempotency-key", header)])
            #expect(answer.faults == ["/Idempotency-Key wrongKey"], "\(header)")
        }
        let answer = try city.act("tray-dismiss", ["id": "1"], as: "admin", headers: Self.named)
        #expect(answer.faults == ["/Idempotency-Key keyNotTaken"])
    }
}
