public import CanonicalJSON

/// How a case stands: what a person settles about an appeal.
///
/// "Case" is the one word of the code for both sections: `conflicts`, two values of one register (C12), and
/// `disagreements`, rules that span registers. On the wire and in the store the sections keep their names.
public enum CaseState: String, Sendable, CaseIterable {
    /// A person has to settle it.
    case open
    /// It is told, and nobody has to do anything.
    case noted
    /// A person has settled it.
    case settled
}

/// How work stands that waits for a decision, or waited.
public enum HeldState: String, Sendable, CaseIterable {
    case waiting
    /// Its effects are in force.
    case adopted
    case declined

    init(adopted: Bool) { self = adopted ? .adopted : .declined }
}

extension JSONObject {
    var caseState: CaseState? { self["state"]?.string.flatMap(CaseState.init) }
}

extension JSON {
    /// How the case stands of which this is the value; nil for a value of another form.
    public var caseState: CaseState? { self["state"]?.string.flatMap(CaseState.init) }
    /// How the held work stands of which this is the value; nil for a value of another form.
    public var heldState: HeldState? { self["state"]?.string.flatMap(HeldState.init) }
}

extension CaseState {
    var json: JSON { .string(rawValue) }
}

extension HeldState {
    var json: JSON { .string(rawValue) }
}
