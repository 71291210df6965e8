/// The name of a fact in its section: its kind, the entity it is about, and its write: `answer@office#7f3c21aa:2/1 zhkg#5b1e90c2:5`.
public struct FactName: Hashable, Sendable {
    /// The row of `Policy.facts` that it belongs to.
    public let kind: String
    /// The issue or assignment that it is about; nil if it is about the appeal.
    public let entity: String?
    /// Who added it: its author's department stands before the `#`.
    public let write: String

    /// Reads a name of the section; nil if no write follows.
    public init?(_ text: String) {
        guard let space = text.utf8.firstIndex(of: UInt8(ascii: " ")) else { return nil }
        let full = String(text[..<space])
        kind = Names.bare(full)
        entity = Names.entity(full)
        write = String(text[text.utf8.index(after: space)...])
    }

    /// The kind alone; nil where `init` gives nil.
    static func kind(_ text: String) -> String? {
        guard let end = text.utf8.firstIndex(where: { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: " ") }) else {
            return nil
        }
        return text.utf8[end...].contains(UInt8(ascii: " ")) ? String(text[..<end]) : nil
    }

    /// The one spelling.
    public static func text(_ kind: String, _ entity: String?, _ write: String) -> String {
        entity.map { "\(kind)@\($0) \(write)" } ?? "\(kind) \(write)"
    }
}
