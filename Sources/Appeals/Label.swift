/// The same words in Ukrainian and in English.
public struct Label: Hashable, Sendable {
    public let uk: String
    public let en: String

    public init(uk: String, en: String) {
        self.uk = uk
        self.en = en
    }

    public func text(_ language: Language) -> String {
        switch language {
        case .ukrainian: uk
        case .english: en
        }
    }
}
