/// One line of a dictionary of the classifier.
public struct ClassifierEntry: Hashable, Sendable {
    public let code: String
    public let label: Label

    public init(_ code: String, uk: String, en: String) {
        self.code = code
        label = Label(uk: uk, en: en)
    }
}
