import CanonicalJSON

/// The canonical bytes of an aggregate with an index of its items: read once, from beginning to end, without a tree.
final class AggregateText: Sendable {
    /// One item: `"name":[value,"write",commit]`, as ranges of the bytes.
    struct Entry: Sendable {
        /// The name without its quotes.
        let name: Range<Int>
        /// The whole of it.
        let member: Range<Int>
        let value: Range<Int>
        /// The write without its quotes.
        let write: Range<Int>
        let commit: Int64

        var triple: Range<Int> { (name.upperBound + 2)..<member.upperBound }
    }

    let bytes: [UInt8]
    let id: String
    /// Section after section, each in the order of the names.
    let entries: [Entry]
    private let ends: [Int]

    /// Checks that canonical JSON has the shape of an aggregate.
    init(_ bytes: [UInt8]) throws(AggregateError) {
        guard let index = JSONWalker.walk(bytes.span, { Index($0) }) else {
            throw AggregateError(reason: "the row is not an aggregate: an id and sections of [value, write, commit]")
        }
        self.bytes = bytes
        id = index.id
        entries = index.entries
        ends = index.ends
    }

    /// What one walk over the bytes finds; every byte is looked at once.
    private struct Index {
        var id = ""
        var entries: [Entry] = []
        var ends: [Int] = []
        private let walker: JSONWalker
        private var at = 0

        init?(_ walker: JSONWalker) {
            self.walker = walker
            entries.reserveCapacity(64)
            guard pass("{"), let found = readMembers() else { return nil }
            while ends.count < Section.allCases.count { ends.append(entries.count) }
            id = found
        }

        private mutating func pass(_ byte: Unicode.Scalar) -> Bool {
            guard walker.byte(at) == UInt8(ascii: byte) else { return false }
            at += 1
            return true
        }

        /// The content of the string that stands here.
        private mutating func string() -> Range<Int>? {
            guard walker.byte(at) == UInt8(ascii: "\"") else { return nil }
            let start = at + 1
            at = walker.end(of: at)
            return at > start ? start..<(at - 1) : nil
        }

        /// The id and the sections; gives the id.
        private mutating func readMembers() -> String? {
            var found: String?
            repeat {
                guard let key = string(), pass(":") else { return nil }
                if walker.holds(key, "id") {
                    let start = at
                    at = walker.end(of: start)
                    found = walker.string(at: start..<at)
                    continue
                }
                guard let section = Section(rawValue: walker.text(key)), pass("{") else { return nil }
                // Sections that are absent end where the one before them ends.
                while ends.count < section.place { ends.append(entries.count) }
                // A section without items is left out: there is one way to write a row.
                repeat {
                    guard let entry = item() else { return nil }
                    entries.append(entry)
                } while pass(",")
                guard pass("}") else { return nil }
                ends.append(entries.count)
            } while pass(",")
            return pass("}") ? found : nil
        }

        /// Reads `"name":[value,"write",commit]`.
        private mutating func item() -> Entry? {
            let start = at
            guard let name = string(), walker.isPlain(name), pass(":"), pass("[") else { return nil }
            let value = at..<walker.end(of: at)
            at = value.upperBound
            guard !value.isEmpty, pass(","), let write = string(), walker.isPlain(write), pass(","),
                let commit = integer(), pass("]")
            else { return nil }
            return Entry(name: name, member: start..<at, value: value, write: write, commit: commit)
        }

        private mutating func integer() -> Int64? {
            let start = at
            at = walker.end(of: start)
            return walker.integer(at: start..<at)
        }
    }

    // MARK: finding

    /// The places of a section's items whose names begin so.
    func places(_ section: Section, beginning prefix: String = "") -> Range<Int> {
        let whole = (section.place == 0 ? 0 : ends[section.place - 1])..<ends[section.place]
        if prefix.isEmpty { return whole }
        return withBytes(of: prefix) { bytes, prefix in
            let first = first(in: whole, notBefore: prefix, bytes)
            var end = first
            while end < whole.upperBound, entries[end].name.count >= prefix.count,
                (0..<prefix.count).allSatisfy({ bytes[entries[end].name.lowerBound &+ $0] == prefix[$0] })
            { end += 1 }
            return first..<end
        }
    }

    func place(of name: ItemName) -> Int? {
        let whole = places(name.section)
        if whole.isEmpty { return nil }
        return withBytes(of: name.name) { bytes, name in
            let place = first(in: whole, notBefore: name, bytes)
            return place < whole.upperBound && order(place, name, bytes) == 0 ? place : nil
        }
    }

    /// Whether an item's name comes after another's.
    func isName(_ place: Int, after name: String) -> Bool {
        withBytes(of: name) { bytes, name in order(place, name, bytes) > 0 }
    }

    private typealias Bytes = UnsafeBufferPointer<UInt8>

    /// The bytes of the text, then those of a name.
    private func withBytes<Result>(of name: String, _ body: (Bytes, Bytes) -> Result) -> Result {
        var name = name
        return bytes.withUnsafeBufferPointer { bytes in name.withUTF8 { body(bytes, $0) } }
    }

    private func first(in range: Range<Int>, notBefore name: Bytes, _ bytes: Bytes) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if order(middle, name, bytes) < 0 { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Names are printable ASCII: the order of their bytes is the canonical one.
    @inline(__always)
    private func order(_ place: Int, _ name: Bytes, _ bytes: Bytes) -> Int {
        let range = entries[place].name
        let common = min(range.count, name.count)
        let (here, there) = (UnsafeRawBufferPointer(bytes), UnsafeRawBufferPointer(name))
        var at = 0
        // Names in one search mostly begin with the same word and the same log.
        while at + 8 <= common,
            here.loadUnaligned(fromByteOffset: range.lowerBound &+ at, as: UInt64.self)
                == there.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        { at += 8 }
        while at < common {
            let (one, other) = (here[range.lowerBound &+ at], there[at])
            if one != other { return Int(one) - Int(other) }
            at += 1
        }
        return range.count - name.count
    }

    /// The items that `former` lacks or has in another version, and the items that only `former` has.
    func difference(from former: AggregateText) -> (changed: [ItemName], gone: [ItemName]) {
        var changed: [ItemName] = []
        var gone: [ItemName] = []
        bytes.withUnsafeBufferPointer { ours in
            former.bytes.withUnsafeBufferPointer { theirs in
                for section in Section.allCases {
                    var (here, there) = (places(section), former.places(section))
                    while let one = here.first ?? there.first {
                        if let two = there.first, !here.isEmpty,
                            Self.isSame(ours, entries[one].member, theirs, former.entries[two].member)
                        {
                            here.removeFirst()
                            there.removeFirst()
                            continue
                        }
                        let order =
                            here.isEmpty
                            ? 1
                            : there.isEmpty
                                ? -1 : order(one, Bytes(rebasing: theirs[former.entries[there.lowerBound].name]), ours)
                        if order > 0 {
                            gone.append(ItemName(section, former.name(there.removeFirst())))
                            continue
                        }
                        if order == 0 { there.removeFirst() }
                        changed.append(ItemName(section, name(here.removeFirst())))
                    }
                }
            }
        }
        return (changed, gone)
    }

    /// Whether the same bytes stand at both places, eight at a time.
    private static func isSame(_ one: Bytes, _ here: Range<Int>, _ other: Bytes, _ there: Range<Int>) -> Bool {
        guard here.count == there.count else { return false }
        let (a, b) = (
            UnsafeRawBufferPointer(Bytes(rebasing: one[here])), UnsafeRawBufferPointer(Bytes(rebasing: other[there]))
        )
        var at = 0
        while at + 8 <= a.count {
            let isEqual =
                a.loadUnaligned(fromByteOffset: at, as: UInt64.self)
                == b.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            guard isEqual else { return false }
            at += 8
        }
        while at < a.count {
            guard a[at] == b[at] else { return false }
            at += 1
        }
        return true
    }

    /// Whether an item was written by this write.
    func isWrite(_ place: Int, _ write: String) -> Bool {
        withBytes(of: write) { bytes, write in
            let found = entries[place].write
            return found.count == write.count
                && (0..<write.count).allSatisfy { bytes[found.lowerBound &+ $0] == write[$0] }
        }
    }

    // MARK: reading

    func name(_ place: Int) -> String { string(entries[place].name) }
    /// The name without its first bytes.
    func name(_ place: Int, after length: Int) -> String {
        string(entries[place].name.dropFirst(length))
    }
    func write(_ place: Int) -> String { string(entries[place].write) }

    private func string(_ range: Range<Int>) -> String {
        bytes.withUnsafeBufferPointer { String(decoding: Bytes(rebasing: $0[range]), as: UTF8.self) }
    }

    /// Whether a value is a string of exactly these plain characters.
    func isText(_ place: Int, _ text: String) -> Bool {
        withBytes(of: text) { bytes, text in
            let value = entries[place].value
            return value.count == text.count + 2 && bytes[value.lowerBound] == UInt8(ascii: "\"")
                && Bytes(rebasing: bytes[(value.lowerBound + 1)..<(value.upperBound - 1)]).elementsEqual(text)
        }
    }

    func value(_ place: Int) -> JSON {
        let range = entries[place].value
        // Most values are strings in which nothing is escaped.
        if bytes[range.lowerBound] == UInt8(ascii: "\""), !bytes[range].contains(UInt8(ascii: "\\")) {
            return .string(string((range.lowerBound + 1)..<(range.upperBound - 1)))
        }
        do { return try JSON(canonical: bytes[range], limits: Limits.aggregate) } catch {
            preconditionFailure("a part of valid canonical JSON is valid: \(error.reason)")
        }
    }
}

extension Section {
    /// Its place in the canonical order.
    var place: Int {
        switch self {
        case .conflicts: 0
        case .disagreements: 1
        case .facts: 2
        case .held: 3
        case .registers: 4
        }
    }
}

/// A set of places in a text.
struct EntrySet: Sendable {
    private var words: [UInt64] = []
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    @inline(__always)
    func contains(_ place: Int) -> Bool {
        place >> 6 < words.count && words[place >> 6] & (1 << UInt64(place & 63)) != 0
    }

    mutating func insert(_ place: Int) {
        if contains(place) { return }
        while words.count <= place >> 6 { words.append(0) }
        words[place >> 6] |= 1 << UInt64(place & 63)
        count += 1
    }
}
