/// A value that a store keeps as text by its key, with what the text means.
package struct Value<Content>: Sendable {
    package let entry: ValueEntry
    package var key: String { entry.key }
    let form: ValueForm<Content>

    init(_ key: String, _ form: ValueForm<Content>, of owner: ValueOwner, _ meaning: String) {
        entry = ValueEntry(key: key, isFamily: false, owner: owner, meaning: meaning) { form.read($0) != nil }
        self.form = form
    }

    fileprivate init(_ entry: ValueEntry, _ form: ValueForm<Content>) { (self.entry, self.form) = (entry, form) }
}

/// Values whose keys differ in what stands behind a slash: `setAside/slice:roads`.
package struct ValueFamily<Content>: Sendable {
    package let entry: ValueEntry
    private let form: ValueForm<Content>

    init(_ key: String, _ form: ValueForm<Content>, of owner: ValueOwner, _ meaning: String) {
        entry = ValueEntry(key: key + "/", isFamily: true, owner: owner, meaning: meaning) { form.read($0) != nil }
        self.form = form
    }

    /// The value of this name within the family.
    package func callAsFunction(_ name: String) -> Value<Content> {
        var one = entry
        (one.key, one.isFamily) = (entry.key + name, false)
        return Value(one, form)
    }

    /// The value of a name and a part of it.
    package func callAsFunction(_ name: String, _ part: String) -> Value<Content> { self(name + "/" + part) }
}

/// Which nodes keep a value.
package enum ValueOwner: String, Sendable, CaseIterable { case office, department, both }

/// What is told of a value: its key, who keeps it, what it means.
package struct ValueEntry: Sendable {
    /// The whole key; of a family what its keys begin with, up to the slash.
    package fileprivate(set) var key: String
    package fileprivate(set) var isFamily: Bool
    package let owner: ValueOwner
    /// One line; of a family it begins with what stands behind the slash.
    package let meaning: String
    /// Whether a text can be read as what it means.
    package let reads: @Sendable (String) -> Bool

    /// Whether a key of a store is this one, or one of this family.
    package func names(_ key: String) -> Bool {
        isFamily ? key.hasPrefix(self.key) && key.utf8.count > self.key.utf8.count : key == self.key
    }
}

extension ValueReading {
    /// What is kept under a key; nil if nothing is.
    ///
    /// Throws `.corrupt` if its text cannot be read.
    package func value<Content>(_ value: Value<Content>) throws -> Content? {
        guard let text = try self.value(value.key) else { return nil }
        guard let content = value.form.read(text) else { throw StoreError.unreadable(value.key, text) }
        return content
    }

    /// What is kept under a key, read further by whoever knows its form; what cannot be read so throws `.corrupt` too.
    package func value<Content, Result>(_ value: Value<Content>, as read: (Content) -> Result?) throws -> Result? {
        guard let content = try self.value(value) else { return nil }
        guard let result = read(content) else { throw StoreError.unreadable(value.key, value.form.text(content)) }
        return result
    }
}

extension ValueWriting {
    /// Keeps something under a key; nil: nothing.
    package func setValue<Content>(_ value: Value<Content>, _ content: Content?) throws {
        try setValue(value.key, content.map(value.form.text))
    }
}

extension StoreError {
    /// A text of the value table that does not say what its key means.
    static func unreadable(_ key: String, _ text: String) -> StoreError {
        StoreError(.corrupt, doing: "reading the value \(key)", found: "\"\(text)\"")
    }
}
