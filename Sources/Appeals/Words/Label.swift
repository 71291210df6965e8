/// The same words in Ukrainian and in English.
public struct Label: Hashable, Sendable {
    /// Ukrainian, which comes first.
    public let uk: String
    /// English.
    public let en: String

    public init(uk: String, en: String) {
        self.uk = uk
        self.en = en
    }

    /// What reads the same in both: a name, a number, a path, the words of a library.
    public init(_ both: String) {
        uk = both
        en = both
    }

    /// Both languages joined, without a space.
    public static func + (a: Label, b: Label) -> Label { Label(uk: a.uk + b.uk, en: a.en + b.en) }

    /// The words in one of them.
    public func text(_ language: Language) -> String {
        switch language {
        case .ukrainian: uk
        case .english: en
        }
    }
}
