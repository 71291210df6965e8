public import Appeals

/// Why a configuration cannot be read: in which line, what was found, what to do.
public struct ConfigurationRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    public let file: String
    /// From 1; 0 if it is about no line in particular.
    public let line: Int
    /// `section.key`, or the section, or empty.
    public let key: String
    public let found: Label
    public let remedy: Label

    public var description: String {
        let place = line > 0 ? "\(file):\(line): " : "\(file): "
        return place + (key.isEmpty ? "" : key + ": ") + found.en + ". " + remedy.en
    }
}
