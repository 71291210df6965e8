public import CanonicalJSON

/// What an aggregate consists of; the order is the canonical order of the names.
public enum Section: String, CaseIterable, Sendable, Comparable {
    case conflicts, disagreements, facts, held, registers

    public static func < (a: Section, b: Section) -> Bool { a.rawValue < b.rawValue }
}

/// One named value with the write that put it there and the commit at which the office ordered that write.
public struct Item: Sendable, Equatable {
    public var value: JSON
    /// `origin:number` of the write.
    public var write: String
    public var commit: Int64

    public init(value: JSON, write: String, commit: Int64) {
        self.value = value
        self.write = write
        self.commit = commit
    }

    /// `[value, write, commit]`, as rows and streams carry it.
    public var json: JSON { .array([value, .string(write), .integer(commit)]) }

    public init?(_ json: JSON) {
        guard let parts = json.array, parts.count == 3, let write = parts[1].string, let commit = parts[2].integer
        else {
            return nil
        }
        self.init(value: parts[0], write: write, commit: commit)
    }
}

/// The name of one item of an aggregate, written `section/name` where a stream says what changed.
public struct ItemName: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let section: Section
    public let name: String

    public init(_ section: Section, _ name: String) {
        self.section = section
        self.name = name
    }

    public init?(_ text: String) {
        guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")),
            let section = Section(rawValue: String(text[..<slash]))
        else { return nil }
        self.init(section, String(text[text.utf8.index(after: slash)...]))
    }

    public var description: String { section.rawValue + "/" + name }
    public static func < (a: ItemName, b: ItemName) -> Bool { (a.section, a.name) < (b.section, b.name) }
}

/// The confirmed state of an appeal (or of an entry of `reference` or `node:`): named items in five sections.
///
/// The merge, in two sentences: an item with a later commit replaces one with an earlier commit; nothing else is ever
/// removed, a register that ends holds null. So merging is commutative, associative and idempotent.
public struct Aggregate: Sendable, Equatable {
    public let id: String
    public private(set) var sections: [Section: [String: Item]]

    public init(id: String) {
        self.id = id
        sections = [:]
    }

    public subscript(_ section: Section, _ name: String) -> Item? {
        get { sections[section]?[name] }
        set { sections[section, default: [:]][name] = newValue }
    }

    public subscript(_ name: ItemName) -> Item? {
        get { self[name.section, name.name] }
        set { self[name.section, name.name] = newValue }
    }

    /// The value of a register, nil if it was never written or holds null.
    public func register(_ full: String) -> JSON? {
        guard let value = sections[.registers]?[full]?.value, !value.isNull else { return nil }
        return value
    }

    /// The names of a section in canonical order.
    public func names(_ section: Section) -> [String] { (sections[section] ?? [:]).keys.sorted() }

    /// The items of a section in the order of their names.
    public func items(_ section: Section) -> [(name: String, item: Item)] {
        (sections[section] ?? [:]).map { (name: $0.key, item: $0.value) }.sorted { $0.name < $1.name }
    }

    /// All items in canonical order.
    public var allNames: [ItemName] {
        Section.allCases.flatMap { section in names(section).map { ItemName(section, $0) } }
    }

    /// The entities of which a register `bare@…` exists, sorted.
    public func entities(with bare: String) -> [String] {
        let prefix = bare + "@"
        return (sections[.registers] ?? [:]).keys.filter { $0.hasPrefix(prefix) }.map {
            String($0.dropFirst(prefix.count))
        }
        .sorted()
    }

    /// The latest commit of any item.
    public var commit: Int64 { sections.values.flatMap(\.values).map(\.commit).max() ?? 0 }

    /// Puts an item in force if it is newer than the one held; says whether anything changed.
    @discardableResult
    public mutating func merge(_ item: Item, as name: ItemName) -> Bool {
        if let held = self[name], held.commit >= item.commit { return false }
        self[name] = item
        return true
    }

    /// Merges every item of `other`; gives the names that changed.
    @discardableResult
    public mutating func merge(_ other: Aggregate) -> [ItemName] {
        other.allNames.filter { name in other[name].map { merge($0, as: name) } ?? false }
    }

    // MARK: JSON

    public var json: JSON {
        var object: JSONObject = ["id": .string(id)]
        for section in Section.allCases {
            guard let items = sections[section], !items.isEmpty else { continue }
            object[section.rawValue] = .object(JSONObject(members: items.map { ($0.key, $0.value.json) }))
        }
        return .object(object)
    }

    /// Its canonical bytes: what is stored, sent and digested.
    public var bytes: [UInt8] { json.canonicalBytes() }

    /// Reads the form that `json` gives; nil if it is anything else (an unknown section, an item that is not a triple).
    public init?(_ json: JSON) {
        guard let object = json.object, let id = object["id"]?.string else { return nil }
        self.init(id: id)
        for (key, value) in object.members where key != "id" {
            guard let section = Section(rawValue: key), let members = value.object else { return nil }
            var items: [String: Item] = [:]
            items.reserveCapacity(members.count)
            for (name, triple) in members.members {
                guard let item = Item(triple) else { return nil }
                items[name] = item
            }
            sections[section] = items
        }
    }

    /// Reads stored or received bytes; limits are those of an appeal as sent.
    public init(parsing bytes: [UInt8]) throws(AggregateError) {
        let json: JSON
        do { json = try JSON(parsing: bytes, limits: Limits.aggregate) } catch {
            throw AggregateError(reason: "the row is not JSON at byte \(error.offset): \(error.reason)")
        }
        guard let aggregate = Aggregate(json) else {
            throw AggregateError(reason: "the row is not an aggregate: an id and sections of [value, write, commit]")
        }
        self = aggregate
    }
}

/// A row that cannot be read: a corrupted disk or a peer that does not keep the protocol.
public struct AggregateError: Error, Equatable, Sendable, CustomStringConvertible {
    public let reason: String
    public init(reason: String) { self.reason = reason }
    public var description: String { reason }
}
