/// Finds an entry of a directory by what a person typed: its id, or its name as a reader would recognise it.
///
/// The case of letters does not matter here, as it does where values are compared.
public struct NameLookup: Sendable {
    /// What was found.
    public enum Found: Hashable, Sendable {
        case none
        case one(String)
        /// Several entries, by their ids: the person has to say which.
        case several([String])
    }

    private let ids: Set<String>
    /// Each id once, however many of its names are the same to a reader.
    let named: [[UInt32]: [String]]

    /// Several names may lead to one id; one name that leads to two finds neither.
    public init(_ entries: [(id: String, name: String)]) {
        ids = Set(entries.map(\.id))
        named = Dictionary(grouping: entries) { Self.key($0.name) }.mapValues { Array(Set($0.map(\.id))) }
    }

    /// Of two entries that fit none is taken, also where what was typed is the id of one and the name of another.
    public func find(_ typed: String) -> Found {
        var found = Set(named[Self.key(typed)] ?? [])
        if ids.contains(typed) { found.insert(typed) }
        guard let first = found.first else { return .none }
        return found.count == 1 ? .one(first) : .several(found.sorted())
    }

    /// What of a text is compared: not the case of its letters, nor what a reader cannot see.
    static func key(_ text: String) -> [UInt32] { Sameness.folded(text).map(lower) }

    /// The small letter of a Latin or Cyrillic capital, by their places in the tables.
    static func lower(_ point: UInt32) -> UInt32 {
        switch point {
        case 0x41...0x5A, 0x410...0x42F: point + 0x20
        case 0xC0...0xD6, 0xD8...0xDE: point + 0x20
        case 0x400...0x40F: point + 0x50
        case 0x490: 0x491
        default: point
        }
    }
}
