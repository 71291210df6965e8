import Appeals
import Commands
import Desk

/// Whatever answers with a page: a request at a node, or at a machine that has none yet.
protocol PageMaking {
    var request: WebRequest { get }
    var language: Language { get }
}

extension PageMaking {
    func say(_ uk: String, _ en: String) -> String { language == .ukrainian ? uk : en }
    /// Words of the desk as a page sets them.
    func say(_ label: Label) -> String { language == .ukrainian ? printed(label.uk) : label.en }
    /// Ukrainian words with the apostrophe of print.
    func printed(_ words: String) -> String {
        // Most have none, and a search for text costs more than the rest of a row.
        words.utf8.contains(UInt8(ascii: "'")) ? words.replacing("'", with: "’") : words
    }
    func say(_ sentence: Sentence) -> String { sentence.text(language) }
    /// Values as pages and papers have them, with the days written as everywhere on them.
    var wording: ValueWording { ValueWording(language: language, spellsMonths: true) }
}
