/// Ukrainian and English words after a number.
enum Plural {
    /// "день" after 1, "дні" after 2, "днів" after 5 and after 11–14.
    static func days(_ count: Int) -> String {
        form(count, one: "день", few: "дні", many: "днів")
    }

    static func form(_ count: Int, one: String, few: String, many: String) -> String {
        let lastTwo = count.magnitude % 100
        if (11...14).contains(lastTwo) { return many }
        switch lastTwo % 10 {
        case 1: return one
        case 2...4: return few
        default: return many
        }
    }

    /// "1 day", "2 days".
    static func english(_ count: Int, _ word: String) -> String {
        count == 1 ? "1 \(word)" : "\(count) \(word)s"
    }
}
