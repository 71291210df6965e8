import Appeals
import CanonicalJSON
import Commands
import Desk
import Node
import Testing

@Suite("Commands that settle")
struct ConflictCommandTests {
    /// The office reassigns while the department, offline, works on.
    private func reassigned(_ offline: (CommandCity, JSON) throws -> Void) throws -> (CommandCity, JSON) {
        let city = try CommandCity()
        let index = JSON.string(try city.assigned())
        try city.sync("zhkg")
        try city.expect("assignment accept", ["appeal": index, "as": "head-zhkg"], at: "zhkg")
        try city.sync("zhkg")
        try city.expect(
            "answer draft",
            ["appeal": index, "as": "executor-zhkg", "text": "Зроблено", "result": "satisfied"],
            at: "zhkg"
        )
        try offline(city, index)
        try city.expect(
            "resolution issue",
            [
                "appeal": index, "as": "koval", "author": "vilkul", "text": "Передати", "main": "drim",
                "supersedes": ["main"],
            ]
        )
        try city.sync("zhkg")
        try city.sync("drim")
        return (city, index)
    }

    @Test("C2: a submitted answer of the former executor is listed with its choices and settled by its id")
    func submitted() throws {
        let (city, index) = try reassigned { city, index in
            try city.expect("answer approve", ["appeal": index, "as": "head-zhkg"], at: "zhkg")
            try city.expect("answer submit", ["appeal": index, "as": "executor-zhkg"], at: "zhkg")
        }
        let list = try city.expect("conflict list", [:], exit: .conflictsWaiting)
        let cases = try #require(list.json["cases"]?.array)
        #expect(cases.count == 1)
        #expect(cases[0]["rule"] == "C2")
        #expect(cases[0]["choices"] == ["acceptFormer", "giveToCurrent"])
        #expect(list.text.contains("Особа head-zhkg (Департамент zhkg)"))
        let name = try #require(cases[0]["id"])
        let shown = try city.expect("conflict show", ["case": name])
        #expect(shown.text.contains("--choose acceptFormer: прийняти роботу попереднього виконавця"))
        try city.refuse(
            "conflict settle",
            ["case": name, "as": "koval", "choose": "keep", "reason": "x"],
            code: "unknownChoice"
        )
        try city.refuse(
            "conflict settle",
            ["case": name, "as": "koval", "choose": "coin", "reason": "x"],
            code: "unknownCode"
        )
        try city.refuse(
            "conflict settle",
            ["case": name, "as": "koval", "choose": "acceptFormer"],
            code: "missingOption"
        )
        try city.refuse("conflict show", ["case": "П-1.000000"], code: "nothingToSettle")
        try city.expect(
            "conflict settle",
            ["case": name, "as": "koval", "choose": "acceptFormer", "reason": "Уже виконано"]
        )
        try city.expect("conflict list", [:])
        #expect(try city.expect("appeal list", ["disputed": true]).json["appeals"]?.array?.isEmpty == true)
        try city.sync("zhkg")
        #expect(try city.expect("appeal show", ["appeal": index], at: "zhkg").json["state"] == "answered")
        let history = try city.expect("appeal history", ["appeal": index])
        #expect(history.text.contains("→ прийнято рішенням"))
    }

    @Test("C3: a dispatched answer of the former executor opens a case, and the present one is told that it is paused")
    func dispatched() throws {
        let (city, index) = try reassigned { city, index in
            try city.expect("answer approve", ["appeal": index, "as": "head-zhkg"], at: "zhkg")
            try city.expect(
                "answer dispatch",
                ["appeal": index, "as": "executor-zhkg", "to": "applicant", "by": "phone"],
                at: "zhkg"
            )
        }
        let cases = try #require(try city.expect("conflict list", [:], exit: .conflictsWaiting).json["cases"]?.array)
        #expect(cases.map { $0["rule"] } == ["C3"])
        try city.expect("assignment accept", ["appeal": index, "as": "head-drim"], at: "drim")
        try city.expect(
            "answer draft",
            ["appeal": index, "as": "executor-drim", "text": "Інше", "result": "refused"],
            at: "drim"
        )
        try city.expect("answer approve", ["appeal": index, "as": "head-drim"], at: "drim")
        try city.sync("drim")
        try city.expect("answer submit", ["appeal": index, "as": "executor-drim"], at: "drim")
        try city.sync("drim")
        #expect(
            try city.expect("appeal history", ["appeal": index], at: "drim").text.contains(
                "Призупинено до вирішення розбіжності"
            )
        )
        try city.expect(
            "conflict settle",
            ["case": try #require(cases[0]["id"]), "as": "marko", "choose": "correctiveLetter", "reason": "Лист"]
        )
    }

    @Test("C12: two corrections of an address are both shown, and the registrar takes one")
    func corrected() throws {
        let city = try CommandCity()
        let index = JSON.string(try city.assigned())
        try city.sync("zhkg")
        try city.expect(
            "appeal correct",
            ["appeal": index, "as": "head-zhkg", "set": ["applicant.address=вул. Інша, 2"]],
            at: "zhkg"
        )
        try city.expect("appeal correct", ["appeal": index, "as": "koval", "set": ["applicant.address=вул. Наша, 1"]])
        try city.sync("zhkg")
        let list = try city.expect("conflict list", ["appeal": index], exit: .conflictsWaiting)
        let row = try #require(list.json["cases"]?.array?.first)
        let shown = try city.expect("conflict show", ["case": try #require(row["id"])])
        #expect(shown.text.contains("чинне (keep): вул. Наша, 1"))
        #expect(shown.text.contains("інше (take): вул. Інша, 2"))
        try city.expect("conflict settle", ["case": try #require(row["id"]), "as": "koval", "choose": "take"])
        #expect(
            try city.expect("appeal show", ["appeal": index]).json["registers"]?["applicant.address"] == "вул. Інша, 2"
        )
    }

    @Test("work of somebody whose role ended waits without a disagreement and is listed all the same")
    func held() throws {
        let city = try CommandCity()
        let index = JSON.string(try city.assigned())
        try city.sync("zhkg")
        try city.expect("assignment accept", ["appeal": index, "as": "head-zhkg"], at: "zhkg")
        try city.expect(
            "role revoke",
            ["user": "head-zhkg", "role": "head", "department": "zhkg", "as": "admin", "reason": "Звільнення"]
        )
        try city.sync("zhkg")
        let list = try city.expect("conflict list", [:], exit: .conflictsWaiting)
        #expect(list.json["cases"]?.array?.first?["choices"] == ["adopt", "decline"])
        #expect(list.text.contains("Робота очікує рішення"))
        try city.expect("status", [:])
        try city.refuse("held decline", ["appeal": index, "as": "koval"], code: "missingOption")
        try city.expect("held adopt", ["appeal": index, "as": "koval"])
        try city.refuse("held adopt", ["appeal": index, "as": "koval"], code: "nothingToSettle")
        try city.expect("conflict list", [:])
    }
}
