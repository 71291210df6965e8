/// One line of a dictionary of the classifier.
public struct ClassifierEntry: Hashable, Sendable {
    /// As reports have it: `090`, `7.13`.
    public let code: String
    /// As forms and cards say it.
    public let label: Label

    public init(_ code: String, uk: String, en: String) {
        self.code = code
        label = Label(uk: uk, en: en)
    }
}
