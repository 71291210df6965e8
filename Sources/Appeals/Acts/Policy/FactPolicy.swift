/// The row of the policy table for one kind of fact.
public final class FactPolicy: Sendable {
    /// The kind that stands before the `@` or the space in the fact's name.
    public let name: String
    /// Who may add one; nobody may change or remove it.
    public let adds: Set<Party>
    /// What becomes of one whose author's ground has ended.
    public let late: Late
    /// Which readers are shown it, besides its author's department.
    public let privacy: Privacy

    init(name: String, adds: Set<Party>, late: Late, privacy: Privacy) {
        (self.name, self.adds, self.late, self.privacy) = (name, adds, late, privacy)
    }
}
