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
        let first = self.first(in: whole, notBefore: prefix)
        var end = first
        while end < whole.upperBound, bytes[entries[end].name].starts(with: prefix.utf8) { end += 1 }
        return first..<end
    }

    func place(of name: ItemName) -> Int? {
        let whole = places(name.section)
        let place = first(in: whole, notBefore: name.name)
        return place < whole.upperBound && order(place, name.name) == 0 ? place : nil
    }

    /// Whether an item's name comes after another's.
    func isName(_ place: Int, after name: String) -> Bool { order(place, name) > 0 }

    private func first(in range: Range<Int>, notBefore name: String) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if order(middle, name) < 0 { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Names are printable ASCII: the order of their bytes is the canonical one.
    private func order(_ place: Int, _ name: String) -> Int {
        let range = entries[place].name
        var at = range.lowerBound
        for byte in name.utf8 {
            guard at < range.upperBound else { return -1 }
            if bytes[at] != byte { return Int(bytes[at]) - Int(byte) }
            at += 1
        }
        return range.upperBound - at
    }

    // MARK: reading

    func name(_ place: Int) -> String { String(decoding: bytes[entries[place].name], as: UTF8.self) }
    func write(_ place: Int) -> String { String(decoding: bytes[entries[place].write], as: UTF8.self) }

    func value(_ place: Int) -> JSON {
        let range = entries[place].value
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
