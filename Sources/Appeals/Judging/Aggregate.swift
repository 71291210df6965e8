public import CanonicalJSON

/// The confirmed state of an appeal (or of an entry of `reference` or `node:`): named items in five sections.
///
/// The merge, in two sentences: an item with a later commit replaces one with an earlier commit; nothing else is ever
/// removed, a register that ends holds null. So merging is commutative, associative and idempotent.
///
/// What was read stays as text, with an index; later changes lie over it. So an act that writes three items of fifty
/// reads, copies and compares three.
public struct Aggregate: Sendable {
    /// The appeal's UUID, or the entry's name in `reference`.
    public let id: String
    private let text: AggregateText?
    /// Indexes in `text` of items that `edits` replaces, or that were removed.
    private var replaced = EntrySet()
    /// In canonical order.
    private var edits: [Edit] = []

    /// An item that lies over the text.
    private struct Edit: Sendable {
        let name: ItemName
        var item: Item
    }

    /// An aggregate without items: what a registration meets.
    public init(id: String) {
        self.id = id
        text = nil
    }

    /// The item of this name; setting puts one in its place whatever its commit, as only the judge may.
    public subscript(_ section: Section, _ name: String) -> Item? {
        get { self[ItemName(section, name)] }
        set { self[ItemName(section, name)] = newValue }
    }

    public subscript(_ name: ItemName) -> Item? {
        get {
            if !edits.isEmpty {
                let place = overPlace(notBefore: name)
                if place < edits.endIndex, edits[place].name == name { return edits[place].item }
            }
            guard let text, let place = text.place(of: name), !replaced.contains(place) else { return nil }
            return Item(text, at: place)
        }
        set {
            if let place = text?.place(of: name) { replaced.insert(place) }
            let place = overPlace(notBefore: name)
            let isThere = place < edits.endIndex && edits[place].name == name
            switch (isThere, newValue) {
            case (true, let item?): edits[place].item = item
            case (false, let item?): edits.insert(Edit(name: name, item: item), at: place)
            case (true, nil): edits.remove(at: place)
            case (false, nil): break
            }
        }
    }

    private func overPlace(notBefore name: ItemName) -> Int {
        // A span lends its elements; an array would count every string that is looked at.
        let edits = edits.span
        var (low, high) = (0, edits.count)
        while low < high {
            let middle = (low + high) / 2
            if edits[middle].name < name { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The edits of a section whose names have this prefix.
    private func editRange(_ section: Section, beginning prefix: String = "") -> Range<Int> {
        if edits.isEmpty { return 0..<0 }
        let first = overPlace(notBefore: ItemName(section, prefix))
        var end = first
        while end < edits.endIndex, edits[end].name.section == section,
            prefix.isEmpty || edits[end].name.name.utf8.starts(with: prefix.utf8)
        { end += 1 }
        return first..<end
    }

    /// One item, wherever it is.
    private enum Found { case edited(Int), read(AggregateText, Int) }

    /// The items of a section whose names begin so, in the order of their names.
    private func find<Value>(_ section: Section, _ prefix: String, _ value: (Found) -> Value) -> [Value] {
        let added = editRange(section, beginning: prefix)
        guard let text else { return added.map { value(.edited($0)) } }
        let read = text.places(section, beginning: prefix)
        var values: [Value] = []
        values.reserveCapacity(added.count + read.count)
        var next = added.lowerBound
        for place in read where !replaced.contains(place) {
            while next < added.upperBound, text.isName(place, after: edits[next].name.name) {
                values.append(value(.edited(next)))
                next += 1
            }
            values.append(value(.read(text, place)))
        }
        for place in next..<added.upperBound { values.append(value(.edited(place))) }
        return values
    }

    private func name(_ found: Found) -> String {
        switch found {
        case .edited(let place): edits[place].name.name
        case .read(let text, let place): text.name(place)
        }
    }

    /// The value of a register, nil if it was never written or holds null.
    public func register(_ full: String) -> JSON? {
        guard let value = self[.registers, full]?.value, !value.isNull else { return nil }
        return value
    }

    /// The values of a register and of those of its entities (`bare`, `bare@…`), as far as they are written and not null.
    package func values(_ bare: String) -> [JSON] {
        [register(bare)].compactMap(\.self)
            + items(.registers, beginning: bare + "@").map(\.item.value).filter { !$0.isNull }
    }

    /// The same of texts.
    package func texts(_ bare: String) -> [String] { values(bare).compactMap(\.string) }

    /// The entities of which the register `bare@…` is this text, sorted.
    package func entities(with bare: String, being text: String) -> [String] {
        find(.registers, bare + "@") { found -> String? in
            switch found {
            case .edited(let place): edits[place].item.value.string == text ? entity(found, bare) : nil
            case .read(let read, let place): read.isText(place, text) ? entity(found, bare) : nil
            }
        }.compactMap(\.self)
    }

    private func entity(_ found: Found, _ bare: String) -> String {
        let length = bare.utf8.count + 1
        switch found {
        case .edited(let place): return String(edits[place].name.name.utf8.dropFirst(length)) ?? ""
        case .read(let text, let place): return text.name(place, after: length)
        }
    }

    /// Whether an item of a section was put there by this write.
    func holds(_ section: Section, by write: String) -> Bool {
        if editRange(section).contains(where: { edits[$0].item.write == write }) { return true }
        guard let text else { return false }
        return text.places(section).contains { !replaced.contains($0) && text.isWrite($0, write) }
    }

    /// The items of a section whose names begin so, in the order of their names.
    public func items(_ section: Section, beginning prefix: String = "") -> [(name: String, item: Item)] {
        find(section, prefix) { found in
            switch found {
            case .edited(let place): (edits[place].name.name, edits[place].item)
            case .read(let text, let place): (text.name(place), Item(text, at: place))
            }
        }
    }

    /// The names of a section in canonical order.
    public func names(_ section: Section) -> [String] { find(section, "", name) }

    /// All items in canonical order.
    public var allNames: [ItemName] {
        Section.allCases.flatMap { section in names(section).map { ItemName(section, $0) } }
    }

    public var isEmpty: Bool { edits.isEmpty && text?.entries.count ?? 0 == replaced.count }

    /// The names of items that `former` lacks or has in another version, in canonical order.
    public func names(changedSince former: Aggregate) -> [ItemName] {
        guard text === former.text else { return difference(from: former).changed }
        var changed = edits.compactMap { former[$0.name] == $0.item ? nil : $0.name }
        let own = changed.count
        for lying in former.edits {
            let place = overPlace(notBefore: lying.name)
            if place < edits.endIndex, edits[place].name == lying.name { continue }
            if let read = self[lying.name], read != lying.item { changed.append(lying.name) }
        }
        return changed.count == own ? changed : changed.sorted()
    }

    /// The names of the items that `former` lacks or has otherwise, and of those that only `former` has, in canonical
    /// order.
    package func difference(from former: Aggregate) -> (changed: [ItemName], gone: [ItemName]) {
        guard let text, let other = former.text else {
            return (allNames.filter { former[$0] != self[$0] }, former.allNames.filter { self[$0] == nil })
        }
        let read = text === other ? (changed: [], gone: []) : text.difference(from: other)
        if isText, former.isText { return read }
        // All others are the same in both texts, and nothing lies over them.
        let names = Set(read.changed + read.gone + namesOver(text) + former.namesOver(other)).sorted()
        return (
            names.filter { name in self[name].map { $0 != former[name] } ?? false },
            names.filter { self[$0] == nil && former[$0] != nil }
        )
    }

    /// The names of the edits, and of the items removed from the text.
    private func namesOver(_ text: AggregateText) -> [ItemName] {
        edits.map(\.name)
            + Section.allCases.flatMap { section in
                text.places(section).filter(replaced.contains).map { ItemName(section, text.name($0)) }
            }
    }

    /// Whether it is unchanged since it was read.
    private var isText: Bool { edits.isEmpty && replaced.isEmpty }

    /// The same as a text alone, as it is after it was stored as `bytes`; nil if nobody could read them again.
    package func stored(as bytes: [UInt8]) -> Aggregate? {
        if text != nil, isText { return self }
        do { return try Aggregate(validated: bytes) } catch { return nil }
    }

    /// The entities of which a register `bare@…` exists, sorted.
    public func entities(with bare: String) -> [String] {
        find(.registers, bare + "@") { entity($0, bare) }
    }

    /// The latest commit of any item.
    public var commit: Int64 {
        var latest = edits.reduce(0) { max($0, $1.item.commit) }
        guard let text else { return latest }
        for place in text.entries.indices where !replaced.contains(place) {
            latest = max(latest, text.entries[place].commit)
        }
        return latest
    }

    /// Puts an item in force if it is newer than the one held; returns whether anything changed.
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

    /// A copy with only the items for which the closure returns true.
    func filtered(_ isShown: (Section, String) -> Bool) -> Aggregate {
        var part = self
        part.edits = edits.filter { isShown($0.name.section, $0.name.name) }
        guard let text else { return part }
        for section in Section.allCases {
            for place in text.places(section) where !replaced.contains(place) {
                if !isShown(section, text.name(place)) { part.replaced.insert(place) }
            }
        }
        return part
    }

    // MARK: JSON

    public var json: JSON {
        var object: JSONObject = ["id": .string(id)]
        for section in Section.allCases {
            let items = items(section)
            if items.isEmpty { continue }
            object[section.rawValue] = .object(JSONObject(members: items.map { ($0.name, $0.item.json) }))
        }
        return .object(object)
    }

    /// Its canonical bytes: what is stored, sent and digested.
    public var bytes: [UInt8] {
        if edits.isEmpty, replaced.isEmpty, let text { return text.bytes }
        var bytes: [UInt8] = []
        bytes.reserveCapacity((text?.bytes.count ?? 0) + 512 * edits.count + 64)
        bytes.append(UInt8(ascii: "{"))
        for section in Section.allCases {
            if section == .registers {
                if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
                bytes += "\"id\":".utf8
                JSON.string(id).appendCanonical(to: &bytes)
            }
            append(section, editRange(section), to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// Appends the member of a section, items that were read and items over them in one order; nothing if there are none.
    private func append(_ section: Section, _ added: Range<Int>, to bytes: inout [UInt8]) {
        if added.isEmpty, text?.places(section).isEmpty ?? true { return }
        let start = bytes.count
        if start > 1 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\""))
        bytes += section.rawValue.utf8
        bytes += "\":{".utf8
        let empty = bytes.count
        func separate() { if bytes.count > empty { bytes.append(UInt8(ascii: ",")) } }
        var next = added.lowerBound
        func appendAdded() {
            separate()
            JSON.string(edits[next].name.name).appendCanonical(to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            edits[next].item.append(to: &bytes)
            next += 1
        }
        // Items that stand beside each other are copied as one.
        var run = 0..<0
        func appendRun() {
            guard let text, !run.isEmpty else { return }
            separate()
            bytes += text.bytes[run]
            run = 0..<0
        }
        if let text {
            let entries = text.entries
            for place in text.places(section) where replaced.isEmpty || !replaced.contains(place) {
                while next < added.upperBound, text.isName(place, after: edits[next].name.name) {
                    appendRun()
                    appendAdded()
                }
                let member = entries[place].member
                if run.isEmpty || run.upperBound + 1 != member.lowerBound {
                    appendRun()
                    run = member
                } else {
                    run = run.lowerBound..<member.upperBound
                }
            }
            appendRun()
        }
        while next < added.upperBound { appendAdded() }
        if bytes.count == empty {
            bytes.removeSubrange(start...)
        } else {
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// Reads the form that `json` gives; nil if it is anything else (an unknown section, an item that is not a triple).
    public init?(_ json: JSON) {
        guard let object = json.object, let id = object["id"]?.string else { return nil }
        self.init(id: id)
        for (key, value) in object.members where key != "id" {
            guard let section = Section(rawValue: key), let members = value.object?.members, !members.isEmpty else {
                return nil
            }
            for (name, triple) in members {
                guard let item = Item(triple) else { return nil }
                self[ItemName(section, name)] = item
            }
        }
    }

    /// Reads stored or received canonical bytes; limits are those of an appeal as sent.
    public init(parsing bytes: [UInt8]) throws(AggregateError) {
        do { try CanonicalText.validate(bytes.span, limits: Limits.aggregate) } catch {
            throw AggregateError(reason: "the row is not canonical JSON at byte \(error.offset): \(error.reason)")
        }
        try self.init(validated: bytes)
    }

    /// Reads a part of a line that `CanonicalText.validate` accepted within `Limits.aggregate`.
    public init(validated bytes: [UInt8]) throws(AggregateError) {
        let text = try AggregateText(bytes)
        id = text.id
        self.text = text
    }
}

extension Aggregate: Equatable {
    public static func == (a: Aggregate, b: Aggregate) -> Bool { a.bytes == b.bytes }
}

/// A row that cannot be read: a corrupted disk or a peer that does not keep the protocol.
public struct AggregateError: Error, Equatable, Sendable, CustomStringConvertible {
    public let reason: String
    public init(reason: String) { self.reason = reason }
    public var description: String { reason }
}
