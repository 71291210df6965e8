import Appeals
import CanonicalJSON
import Commands
import Desk
import Node
import Replication
import Testing

@Suite("The list of what is owed")
struct DebtCommandTests {
    private static let day = 86_400_000 as Int64

    /// One debt of each kind, the first ten days old and each a day younger than the one before.
    private func owing() throws -> CommandCity {
        let city = try CommandCity(departments: [])
        try city.officeStore.write { transaction in
            for (place, kind) in DebtRecord.Kind.allCases.enumerated() {
                let subject = "01995c3a-0000-7000-8000-00000000000\(place)"
                let opened = city.now - Int64(10 - place) * Self.day
                let node = "a-department-of-24-bytes"
                try transaction.openDebt(DebtRecord(kind, node: node, subject: subject, at: opened))
            }
        }
        return city
    }

    private func kinds(_ result: CommandResult) -> [String] {
        (result.json["debts"]?.array ?? []).compactMap { $0["kind"]?.string }
    }

    @Test("tells each kind in Ukrainian and in English, within 80 columns, oldest first")
    func wording() throws {
        let city = try owing()
        for (language, words) in [("uk", "дн. тому"), ("en", "days ago")] {
            let shown = try city.expect("sync debts", ["lang": .string(language)])
            let lines = shown.text.split(separator: "\n")
            #expect(lines.count == 2 * DebtRecord.Kind.allCases.count)
            #expect(lines.allSatisfy { $0.count <= 80 }, "\(shown.text)")
            #expect(lines[0].hasSuffix("a-department-of-24-bytes, 10 " + words), "\(shown.text)")
            #expect(Set(stride(from: 0, to: lines.count, by: 2).map { lines[$0].drop { $0 != " " } }).count == 7)
            #expect(kinds(shown) == DebtRecord.Kind.allCases.map(\.rawValue))
        }
    }

    @Test("names for each copy and each invitation the command that ends it")
    func commands() throws {
        let shown = try owing().expect("sync debts", ["lang": "en"]).text
        #expect(shown.contains("    → kartoteka invitation withdraw a-department-of-24-bytes --as USER"), "\(shown)")
        #expect(shown.contains("    → kartoteka node wiped a-department-of-24-bytes --key 01995c3a --as USER"))
    }

    @Test("lists those older than so many days, or of one kind, page by page, with the totals of all")
    func chosen() throws {
        let city = try owing()
        #expect(try kinds(city.expect("sync debts", ["older": "9d"])) == ["purge", "receipt"])
        #expect(try kinds(city.expect("sync debts", ["older": "9"])) == ["purge", "receipt"])
        #expect(try city.expect("sync debts", ["older": "11"]).text == "Боргів немає.")
        let letters = try city.expect("sync debts", ["kind": "letter"])
        #expect(kinds(letters) == ["letter"])
        #expect(letters.json["totals"] == ["letter": ["opened": 1, "closed": 0, "open": 1]])
        var listed: [String] = []
        var page: JSONObject = ["limit": 3]
        while true {
            let shown = try city.expect("sync debts", page)
            listed += kinds(shown)
            #expect(shown.json["totals"]?.object?.count == 7)
            guard let next = shown.json["next"] else { break }
            #expect(shown.text.hasSuffix("Далі: --after \(next.string ?? "")"))
            page["after"] = next
        }
        #expect(listed == DebtRecord.Kind.allCases.map(\.rawValue))
        try city.refuse("sync debts", ["older": "soon"], code: "wrongDays")
        try city.refuse("sync debts", ["older": "-1d"], code: "wrongDays")
        try city.refuse("sync debts", ["kind": "money"], code: "unknownCode")
    }

    @Test("names the appeal that a department lost until its receipt came, and then counts it as paid")
    func purge() throws {
        let city = try CommandCity()
        let index = try city.assigned(co: ["drim"])
        try city.sync("drim")
        let recall: JSONObject = [
            "appeal": .string(index), "as": "koval", "assignment": "drim", "reason": "Не потрібно",
        ]
        try city.expect("assignment recall", recall)
        city.now += 8 * Self.day
        let owed = try city.expect("sync debts", ["older": "7d"])
        #expect(owed.text.contains("Не підтвердив знищення — drim, 8 дн. тому\n    \(index)"), "\(owed.text)")
        let debt = try #require(owed.json["debts"]?.array?.first)
        #expect(debt["node"] == "drim" && debt["kind"] == "purge" && debt["tenure"] == 1 && debt["signed"] == false)
        #expect(debt["subject"] == (try city.expect("appeal show", ["appeal": .string(index)])).json["id"])
        for _ in 0..<2 { try city.sync("drim") }
        let paid = try city.expect("sync debts", [:])
        #expect(paid.text == "Боргів немає." && paid.json["debts"] == [])
        #expect(paid.json["totals"]?["purge"] == ["opened": 1, "closed": 1, "open": 0])
        #expect(try city.expect("sync debts", [:], at: "drim").text == "Боргів немає.")
    }
}
