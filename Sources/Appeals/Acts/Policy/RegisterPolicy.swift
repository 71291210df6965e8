/// The row of the policy table for one register: law as data.
public final class RegisterPolicy: Sendable {
    /// The bare name: `state` of every `state@assignment`.
    public let name: String
    /// Parties whose value may come into force.
    public let writes: Set<Party>
    /// Parties whose value is kept beside the one in force, as a proposal; others are refused.
    public let proposes: Set<Party>
    /// How two concurrent values are resolved.
    public let clash: Clash
    /// What becomes of a write whose author's ground has ended.
    public let late: Late
    /// Which readers are shown it.
    public let privacy: Privacy
    /// Both values are shown, and a registrar must settle (C12: identity, address, kind, complainedAgainst, category).
    public let settles: Bool
    /// Of which type `appeal.corrected` takes a value; nil if it takes none.
    public let corrected: FieldType?
    /// Whether the value describes a person, so that it travels in `personal`.
    public let personal: Bool
    /// Words that people type: values that a reader cannot tell apart are the same (`Sameness`).
    public let folds: Bool

    /// Whether it is an address, which is compared by the place that it means.
    public var isAddress: Bool { if case .address = corrected { true } else { false } }

    init(
        name: String,
        writes: Set<Party>,
        proposes: Set<Party>,
        clash: Clash,
        late: Late,
        privacy: Privacy,
        settles: Bool,
        corrected: FieldType?,
        personal: Bool,
        folds: Bool
    ) {
        self.name = name
        self.writes = writes
        self.proposes = proposes
        self.clash = clash
        self.late = late
        self.privacy = privacy
        self.settles = settles
        self.corrected = corrected
        self.personal = personal
        self.folds = folds
    }
}
