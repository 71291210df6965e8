/// Who may see a register or a fact besides the office (DESIGN.md "Personal data").
public enum Privacy: String, Sendable {
    /// Everybody with an open tenure.
    case open
    /// The appeal's words: home and main; a co-executor if all issues are its own.
    case words
    /// What belongs to one issue: home and main; a co-executor whose issue it is.
    case issue
    /// What belongs to one assignment: home and main; the assignee.
    case assignment
    /// Name and contacts of the applicant: home and main.
    case identity
    /// Category, status, workplace, sex: the home node.
    case sensitive
    /// Home and main, and whoever wrote it.
    case internalNote
}
