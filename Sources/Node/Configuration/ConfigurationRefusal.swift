package import Appeals

/// Why a configuration cannot be read: in which line, what was found, what to do.
package struct ConfigurationRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    package let file: String
    /// From 1; 0 if it is about no line in particular.
    package let line: Int
    /// `section.key`, or the section, or empty.
    package let key: String
    package let found: Label
    package let remedy: Label

    package var description: String {
        let place = line > 0 ? "\(file):\(line): " : "\(file): "
        return place + (key.isEmpty ? "" : key + ": ") + found.en + ". " + remedy.en
    }
}
