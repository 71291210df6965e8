package import Appeals

/// Words for people in both languages, in which inputs and acts stand as values: each face names them in its own way.
package struct Sentence: Sendable {
    /// Ukrainian, which comes first.
    package let uk: Phrase
    /// English.
    package let en: Phrase

    package init(uk: Phrase, en: Phrase) {
        self.uk = uk
        self.en = en
    }

    /// Words that name nothing of that kind.
    package init(_ label: Label) { self.init(uk: "\(label.uk)", en: "\(label.en)") }

    package static let none = Sentence(uk: "", en: "")

    /// Where somebody finds what can be named.
    static func whatThereIs(_ list: UseCase) -> Sentence {
        Sentence(uk: "Що є: \(.toDo(list))", en: "What there is: \(.toDo(list))")
    }

    package var isEmpty: Bool { uk.isEmpty && en.isEmpty }

    /// The words in one of them.
    package func phrase(_ language: Language) -> Phrase {
        switch language {
        case .ukrainian: uk
        case .english: en
        }
    }
}
