/// The row of the policy table for one kind of fact.
public final class FactPolicy: Sendable {
    public let name: String
    /// Who may add one; nobody may change or remove it.
    public let adds: Set<Party>
    public let late: Late
    public let privacy: Privacy

    init(name: String, adds: Set<Party>, late: Late, privacy: Privacy) {
        (self.name, self.adds, self.late, self.privacy) = (name, adds, late, privacy)
    }
}
