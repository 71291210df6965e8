import Appeals
import CanonicalJSON
import Replication
import Simulator
import Testing

@testable import Commands
@testable import Desk
@testable import Node

@Suite("A refusal that names its limit")
struct LimitCommandTests {
    private func last(_ city: CommandCity) throws -> Int64 {
        try city.officeStore.read { try $0.origins(node: "urz").map(\.last).max() ?? 0 }
    }

    @Test("a text that is too long: both numbers, the field by its name, what to do; nothing is stored")
    func note() throws {
        let city = try CommandCity()
        let (index, before) = (try city.register(), try last(city))
        let told = try city.refuse(
            "appeal note",
            ["appeal": .string(index), "as": "koval", "text": .string(String(repeating: "ї", count: 24_577))],
            code: "tooLong"
        )
        #expect(try last(city) == before)
        #expect(told.exit == .usage)
        for words in ["49 154", "49 152", "текст примітки", "Скоротіть"] {
            #expect(told.text.contains(words), "\(told.text)")
        }
        let error = told.json["error"]
        #expect(error?["field"] == "personal.text" && error?["value"] == 49_154 && error?["limit"] == 49_152)
    }

    @Test("a card whose fields are each within their limits, and together too much")
    func card() throws {
        let city = try CommandCity()
        let long = JSON.string(String(repeating: "я", count: 2_000))
        let before = try last(city)
        let told = try city.refuse(
            "appeal register",
            [
                "as": "koval", "name": "Дубина Олег", "text": .string(String(repeating: "ї", count: 20_000)),
                "address": long,
                "workplace": long, "external": long, "question": [long, long], "problem-address": [long, long],
            ],
            code: "operationFull"
        )
        #expect(try last(city) == before)
        #expect(told.json["error"]?["limit"] == 65_536 && told.text.contains("65 536"))
    }

    @Test(
        "every reason of a limit has its numbers in both languages, its remedy, and lines of a terminal",
        arguments: [Reason.tooLong, .tooMany, .tooDeep, .outOfRange, .operationFull, .appealFull]
    )
    func table(reason: Reason) throws {
        let error = DeskError(
            Refusal(reason, path: "personal.text", size: Size(5_000, limit: 4_096), kind: "appeal.registered")
        )
        #expect(!error.remedy.uk.isEmpty && !error.remedy.en.isEmpty)
        #expect(error.json["error"]?["value"] == 5_000 && error.json["error"]?["limit"] == 4_096)
        #expect(error.json["error"]?["field"] == "personal.text")
        for language in [Language.ukrainian, .english] {
            let text = error.text(language)
            #expect(text.contains("5 000") && text.contains("4 096"), "\(text)")
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= LineBreaks.width }, "\(text)")
        }
    }

    @Test("lines are broken between words, never within a number")
    func breaks() {
        #expect(LineBreaks.within("один два три", 8) == "один два\nтри")
        #expect(LineBreaks.within("а 49 152 б", 6) == "а\n49 152\nб")
        #expect(LineBreaks.within("довжелезне слово", 4) == "довжелезне\nслово")
        #expect(LineBreaks.within("а\nб", 80) == "а\nб")
    }

    @Test("a log is followed to its end, and the operation that breaks it is named")
    func logs() throws {
        let city = try CommandCity()
        _ = try city.register()
        func broken() throws -> String? {
            try city.officeStore.read { reading in
                for record in try LogWalk.origins(reading) {
                    var walk = LogWalk(record.origin)
                    do throws(BrokenLog) { while try walk.page(reading) {} } catch { return error.label.en }
                    #expect(walk.count == record.last)
                }
                return nil
            }
        }
        #expect(try broken() == nil)
        let origin = try #require(try city.officeStore.read { try $0.origins(node: "urz").first })
        try city.officeStore.write { transaction in
            var record = try #require(try transaction.operation(origin.origin, 3))
            record.bytes = try #require(try transaction.operation(origin.origin, 2)).bytes
            try transaction.putOperation(record)
        }
        #expect(try broken() == "\(origin.origin):3 is not what its id says")
        try city.officeStore.write { transaction in
            var record = try #require(try transaction.operation(origin.origin, 3))
            record.bytes = Array("{}".utf8)
            try transaction.putOperation(record)
        }
        #expect(try broken()?.hasPrefix("\(origin.origin):3 cannot be read") == true)
    }
}
