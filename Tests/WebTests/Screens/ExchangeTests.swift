import CanonicalJSON
import Testing

@testable import Web

/// The page behind the chip: what waits, where, and what helps.
struct ExchangeTests {
    @Test("a department sees each own act that is not with the office, with its card, and then that all is there")
    func department() throws {
        let city = try ShownTown()
        let index = try city.lives()[0]
        let before = try city.page("/sync", as: "petrenko", at: "zhkg")
        #expect(before.contains(">\(index)<"))
        #expect(before.contains("Зворотний зв’язок") && before.contains("Надсилання 1 з 1"))
        city.links["zhkg"]?.obstacle = "ім'я сервера не знайдено"
        let offline = try city.page("/sync", as: "petrenko", at: "zhkg")
        #expect(offline.contains("Немає зв’язку.") && offline.contains("ім&#39;я сервера не знайдено"))
        city.links["zhkg"]?.obstacle = ""
        try city.sync("zhkg")
        #expect(try city.page("/sync", as: "petrenko", at: "zhkg").contains("Усе передано Центру."))
    }

    @Test("the office sees how far each department has read")
    func office() throws {
        let city = try ShownTown()
        let index = try city.register()
        try city.assign(index)
        let page = try city.page("/sync", as: "koval")
        #expect(page.contains("Вузли підрозділів") && ShownTown.names.values.allSatisfy(page.contains))
        #expect(page.contains(" з ") && page.contains("Прочитали все: 1 з 2"))
        try city.sync("zhkg")
        #expect(try city.page("/sync", as: "koval").contains("Підрозділи прочитали все"))
    }
}
