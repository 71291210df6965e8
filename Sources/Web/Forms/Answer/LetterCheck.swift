import Appeals
import CanonicalJSON
import Desk

/// What may be wrong with a letter: somebody looks and says that it is right, or mends it.
struct LetterCheck {
    /// A mistake that is possible; its code names the tick that answers it.
    struct Doubt: Sendable, Equatable {
        let code: String
        let words: Label
        /// What is read, and what to do.
        let remedy: Label

        static func == (a: Doubt, b: Doubt) -> Bool { a.code == b.code }
    }

    /// Fewer characters are hardly an answer.
    static let shortest = 40
    /// How many letters of a name its cases share.
    private static let stem = 4

    let card: Card
    let text: String
    let way: ReplyPreference
    /// Where it goes; nil where the card has none such.
    let address: String?
    let today: CivilDate

    var doubts: [Doubt] {
        [short, nameless, otherNumber, notAsPreferred, unaddressed, late].compactMap(\.self)
    }

    private var short: Doubt? {
        guard text.count < Self.shortest else { return nil }
        return Doubt(
            code: "short",
            words: Label(
                uk: "лист дуже короткий – \(text.count) знаків",
                en: "the letter is very short: \(text.count) characters"
            ),
            remedy: Label(uk: "Чи відповідає він на кожне питання?", en: "Does it answer each issue?")
        )
    }

    /// Whose answer it is, in whatever case the name stands.
    private var nameless: Doubt? {
        let names = (card.registers["applicant.name"]?.string ?? "").split(separator: " ").map { $0.lowercased() }
        let stems = names.map { String($0.prefix(Self.stem)) }.filter { $0.count == Self.stem }
        let letter = text.lowercased()
        guard !stems.isEmpty, !stems.contains(where: letter.contains) else { return nil }
        let name = card.registers["applicant.name"]?.string ?? ""
        return Doubt(
            code: "name",
            words: Label(uk: "у листі немає імені: \(name)", en: "the letter has no name: \(name)"),
            remedy: Label(uk: "Чи це лист саме цьому заявникові?", en: "Is the letter for this applicant?")
        )
    }

    /// A registration number that is another appeal's.
    private var otherNumber: Doubt? {
        let words = text.split { $0.isWhitespace || ",;()«»".contains($0) }.map { word in
            String(word.reversed().drop { ".:".contains($0) }.reversed())
        }
        let own = [card.index, card.registers["repeatOf"]?.string, card.registers["duplicateOf"]?.string]
        let other = words.first { word in
            word.contains("-") && RegistrationIndex(word) != nil && !own.contains(word)
        }
        return other.map { number in
            Doubt(
                code: "number",
                words: Label(
                    uk: "у листі «\(number)», а звернення – \(card.title)",
                    en: "the letter says \(number), the appeal is \(card.title)"
                ),
                remedy: Label(uk: "Перевірте номер.", en: "Check the number.")
            )
        }
    }

    private var notAsPreferred: Doubt? {
        guard let wanted = card.registers["replyPreference"]?.string.flatMap(ReplyPreference.init), wanted != way else {
            return nil
        }
        return Doubt(
            code: "way",
            words: Label(
                uk: "заявник просив відповісти інакше: \(wanted.label.uk.lowercasedFirst)",
                en: "the applicant asked for another way: \(wanted.label.en.lowercasedFirst)"
            ),
            remedy: Label(uk: "Змініть спосіб або підтвердьте цей.", en: "Change the way, or confirm this one.")
        )
    }

    private var unaddressed: Doubt? {
        guard address == nil else { return nil }
        return Doubt(
            code: "address",
            words: Label(uk: "на картці немає, куди надіслати", en: "the card does not say where to send it"),
            remedy: Label(
                uk: "Додайте контакт заявника або змініть спосіб.",
                en: "Add a contact of the applicant, or change the way."
            )
        )
    }

    private var late: Doubt? {
        guard let due = card.registers["due.control"]?.string.flatMap({ CivilDate($0) }), due < today else {
            return nil
        }
        return Doubt(
            code: "late",
            words: Label(uk: "строк минув \(due.ukrainianNumbers)", en: "the term ended on \(due)"),
            remedy: Label(uk: "Чи пояснено в листі запізнення?", en: "Does the letter explain the delay?")
        )
    }
}
