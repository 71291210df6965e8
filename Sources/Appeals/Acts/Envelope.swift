/// Through what a person acted: as the node's owner, or with what was given to that person.
public struct Via: Hashable, Sendable, CustomStringConvertible {
    /// What was shown; all but the owner's is named by its hash.
    public enum Form: String, Sendable, CaseIterable { case owner, session, device, token }

    /// How the person was known.
    public let form: Form
    /// The first 16 hexadecimal digits of the hash of what was shown; empty for the owner.
    public let hash: String

    /// Whoever sits at the node itself and is believed.
    public static let owner = Via(form: .owner, hash: "")

    private init(form: Form, hash: String) { (self.form, self.hash) = (form, hash) }

    /// `owner`, or `session:`, `device:`, `token:` and 16 hexadecimal digits.
    public init?(_ text: String) {
        if text == Form.owner.rawValue {
            self = .owner
            return
        }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let form = Form(rawValue: parts[0]), form != .owner, Names.isHex(parts[1], count: 16)
        else { return nil }
        self.init(form: form, hash: parts[1])
    }

    public var description: String { form == .owner ? form.rawValue : "\(form.rawValue):\(hash)" }
}

/// The device that an act was made on, away from the node, and when by its own clock.
public struct Device: Hashable, Sendable {
    /// What the node calls the device.
    public let id: String
    /// Unix milliseconds.
    public let at: Int64

    public init(id: String, at: Int64) { (self.id, self.at) = (id, at) }
}
