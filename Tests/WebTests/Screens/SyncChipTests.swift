import Appeals
import CanonicalJSON
import Testing

@testable import Web

/// The chip says what is known from acknowledged positions, and never more.
struct SyncChipTests {
    private static let noon: Int64 = KyivTime.parse(rfc3339: "2026-05-14T12:40:00+03:00") ?? 0
    private static let hour: Int64 = 3_600_000

    private func words(_ facts: SyncFacts, _ link: LinkFacts) -> String {
        let chip = SyncChip(facts, link, now: Self.noon)
        return "\(chip.drawing) \(chip.words.uk)"
    }

    @Test("a department's chip has a word for each state, and needs of people come before what waits")
    func department() {
        let here = LinkFacts.connected(Self.noon), away = LinkFacts.away(Self.noon, "немає мережі")
        #expect(words(SyncFacts(), here) == "done Синхронізовано 12:40")
        #expect(words(SyncFacts(unsent: 5, oldest: Self.noon), here) == "sending Надсилання 1 з 5")
        #expect(words(SyncFacts(unsent: 4, sent: 1, oldest: Self.noon), here) == "sending Надсилання 2 з 5")
        #expect(words(SyncFacts(), away) == "offline Офлайн. Дані станом на 12:40")
        #expect(words(SyncFacts(), .away(0, "немає мережі")) == "offline Офлайн. Центру ще не чули")
        #expect(words(SyncFacts(unsent: 1, oldest: Self.noon), away) == "offline Офлайн. 1 зміну збережено тут")
        #expect(words(SyncFacts(unsent: 3, oldest: Self.noon), away) == "offline Офлайн. 3 зміни збережено тут")
        #expect(words(SyncFacts(), .unknown) == "offline Перевіряємо")
        let late = SyncFacts(unsent: 2, oldest: Self.noon - 26 * Self.hour, alerts: 1, disputes: 1)
        #expect(words(late, away) == "late Не передано 26 год. Що робити")
        #expect(words(SyncFacts(unsent: 2, oldest: Self.noon, alerts: 1), here) == "need 1 потребує дії")
        #expect(words(SyncFacts(alerts: 1, isShortOfRoom: true), here) == "need Мало місця на диску")
        #expect(words(SyncFacts(disputes: 5), here) == "need 5 розбіжностей")
    }

    @Test("it says that all is synchronised only when nothing of one's own waits for the office's acknowledgement")
    func acknowledged() {
        for unsent in 0...3 {
            let facts = SyncFacts(unsent: Int64(unsent), oldest: unsent > 0 ? Self.noon : nil)
            for link in [LinkFacts.unknown, .connected(Self.noon), .away(Self.noon, "x"), .away(0, "x")] {
                let isDone = SyncChip(facts, link, now: Self.noon).drawing == .done
                #expect(isDone == (unsent == 0 && link == .connected(Self.noon)), "\(unsent) \(link)")
            }
        }
    }

    @Test("the office's chip counts the departments that have read all that was published to them")
    func office() {
        #expect(words(SyncFacts(isOffice: true, nodes: 4), .unknown) == "done Підрозділи прочитали все")
        #expect(words(SyncFacts(isOffice: true, behind: 1, nodes: 4), .unknown) == "sending Прочитали все: 3 з 4")
        #expect(words(SyncFacts(isOffice: true, isStopped: true), .unknown) == "late Центр не приймає роботи")
    }

    @Test("a department's own work is unsent until the office has answered, whatever was sent")
    func city() throws {
        let city = try ShownTown()
        let index = try city.register()
        try city.assign(index)
        try city.sync("zhkg")
        #expect(try city.page("/queues/new", as: "sych", at: "zhkg").contains("Синхронізовано"))
        try city.expect("assignment accept", ["appeal": .string(index), "as": "sych"], at: "zhkg")
        #expect(try city.page("/queues/new", as: "sych", at: "zhkg").contains("Надсилання 1 з 1"))
        city.links["zhkg"]?.obstacle = "немає мережі"
        #expect(try city.page("/queues/new", as: "sych", at: "zhkg").contains("Офлайн. 1 зміну збережено тут"))
        city.links["zhkg"]?.obstacle = ""
        try city.sync("zhkg")
        #expect(try city.page("/queues/new", as: "sych", at: "zhkg").contains("Синхронізовано"))
    }
}
