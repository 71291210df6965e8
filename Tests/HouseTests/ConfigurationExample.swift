/// The keys of an example of a configuration, those in use and those shown in a comment.
enum ConfigurationExample {
    /// Full names `section.key` with their lines.
    static func keys(_ text: String) -> [(name: String, line: Int)] {
        var section = ""
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { place, line in
            var rest = line.drop { $0 == " " }
            if rest.first == "[", let end = rest.firstIndex(of: "]") {
                section = String(rest[rest.index(after: rest.startIndex)..<end])
                return nil
            }
            if rest.first == ";" || rest.first == "#" { rest = rest.dropFirst().drop { $0 == " " } }
            guard let equals = rest.firstIndex(of: "=") else { return nil }
            var key = rest[..<equals]
            while key.last == " " { key.removeLast() }
            guard !key.isEmpty, key.utf8.allSatisfy({ SwiftSource.isWord($0) && $0 < 128 }) else { return nil }
            return (section + "." + key, place + 1)
        }
    }

    static func violations(in path: String, _ text: String, manual: Page) -> [Violation] {
        keys(text).filter { !manual.names.contains($0.name) }.map {
            Violation(
                path,
                $0.line,
                "the key \($0.name) is not in \(manual.path)",
                remedy: "Name it there as `\($0.name)` and say what it is for"
            )
        }
    }
}
