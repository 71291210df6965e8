/// Texts by their keys: what a node knows once, and has no table of its own.
public protocol ValueReading: AnyObject {
    /// The text of a key, exactly as it was set; nil if it has none. An empty text is not nil.
    func value(_ key: String) throws -> String?
}

/// Changes of texts by their keys.
public protocol ValueWriting: ValueReading {
    /// Sets the text of a key; nil removes it.
    func setValue(_ key: String, _ value: String?) throws
}
