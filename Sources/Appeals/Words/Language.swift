/// A language of the interface; Ukrainian comes first.
public enum Language: String, CaseIterable, Hashable, Sendable {
    case ukrainian = "uk"
    case english = "en"
}
