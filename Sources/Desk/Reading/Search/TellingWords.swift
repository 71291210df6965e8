import Appeals
import Finding

/// The words of a text that tell what it is about: not the ones that stand in every appeal.
struct TellingWords {
    /// A word as it was typed, by each of its stems.
    private let byStem: [String: String]
    private let order: [String]

    /// So many words are named as a reason.
    private static let mostNamed = 4
    private static let shortest = 4

    init(_ text: String) {
        var byStem: [String: String] = [:], order: [String] = []
        for word in Self.words(text) {
            for stem in SearchedText(texts: [word]).terms where byStem[stem] == nil && !Self.common.contains(stem) {
                byStem[stem] = word
                order.append(stem)
            }
        }
        (self.byStem, self.order) = (byStem, order)
    }

    /// How many there are.
    var count: Int { Set(byStem.values).count }

    /// Those that an appeal has too, in the order in which they were typed.
    func common(with former: Aggregate) -> [String] {
        guard !order.isEmpty else { return [] }
        let there = Set(SearchedText(texts: ["text", "question"].flatMap(former.texts)).terms)
        var words: [String] = []
        for stem in order where there.contains(stem) {
            if let word = byStem[stem], !words.contains(word) { words.append(word) }
        }
        return Array(words.prefix(Self.mostNamed))
    }

    /// Words of letters, in small ones; numbers tell too little.
    private static func words(_ text: String) -> [String] {
        text.lowercased().split { !($0.isLetter || $0 == "'" || $0 == "’" || $0 == "ʼ") }
            .filter { $0.count >= shortest }.map(String.init)
    }

    /// Stems of what stands in appeals whatever they are about.
    private static let common: Set<String> = {
        let words = """
            прошу просимо допомогти допомогу звертаюся звертаємося звернення повторно заява скарга пропозиція будь ласка дуже також \
            будинок будинку вулиця місто район адреса квартира мешканці мешкаю живу проживаю кривий рогу міський рада міська виконком \
            питання розглянути вирішити вжити заходів надати відповідь письмово повідомити потрібно необхідно немає який яка яке які \
            цього цьому після перед через біля поруч поблизу навпроти день дня днів тиждень тижні місяць місяці року років знову досі \
            телефонувала телефонував дзвонила дзвонив обіцяли зробити зроблено результат ситуація проблема проблему стан можна може буде \
            було були більше менше коли тому того також навіть тільки дякую добрий вітаю шановний громадянин людей люди
            """
        return Set(SearchedText(texts: [words]).terms)
    }()
}
