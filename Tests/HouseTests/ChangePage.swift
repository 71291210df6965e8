/// `deploy/CHANGES.md`: releases, newest first, each with its numbers, three parts and their lines.
struct ChangePage {
    struct Release {
        let version: String
        var numbers = ""
        var parts: [String] = []
        /// Each with the lines that it goes on over.
        var lines: [String] = []
    }

    private(set) var releases: [Release] = []
    private static let path = "deploy/CHANGES.md"

    init(_ text: String) {
        for line in text.split(separator: "\n") {
            if line.hasPrefix("## "), let version = line.dropFirst(3).split(separator: " ").first {
                releases.append(Release(version: String(version)))
            }
            guard let last = releases.indices.last else { continue }
            if line.hasPrefix("Numbers: ") {
                releases[last].numbers = String(line)
            } else if line.hasPrefix("### ") {
                releases[last].parts.append(String(line.dropFirst(4)))
            } else if line.hasPrefix("- ") {
                releases[last].lines.append(String(line))
            } else if line.hasPrefix("  "), let place = releases[last].lines.indices.last {
                releases[last].lines[place] += " " + line.drop { $0 == " " }
            }
        }
    }

    func violations(version: String, numbers: [(name: String, value: Int64)]) -> [Violation] {
        guard let newest = releases.first else {
            return [Violation(Self.path, "no release", remedy: "Begin with `## \(version)`")]
        }
        var found: [Violation] = []
        if newest.version != version {
            let told = "the first release is \(newest.version), the program \(version)"
            found.append(Violation(Self.path, told, remedy: "Program.version and the page are raised together"))
        }
        let wanted = "Numbers: " + numbers.map { "\($0.name) \($0.value)" }.joined(separator: ", ") + "."
        if newest.numbers != wanted {
            let told = "\(newest.version) does not say \"\(wanted)\""
            found.append(Violation(Self.path, told, remedy: "Write it, and a line for what was raised"))
            return found
        }
        if newest.parts != ["Safety", "Features", "Internals"] {
            let told = "the parts of \(newest.version) are \(newest.parts)"
            found.append(Violation(Self.path, told, remedy: "Safety, Features, Internals"))
        }
        return found
            + raised(newest).filter { name in !newest.lines.contains { Self.has(name, $0) } }.map {
                Violation(
                    Self.path,
                    "no line of \(newest.version) names \($0)",
                    remedy: "Say in a line what it brings, and name it"
                )
            }
    }

    /// What the newest release raised since the one before, each step by name: `migration 3`, `migration 4`.
    private func raised(_ newest: Release) -> [String] {
        let former = releases.count > 1 ? Self.values(releases[1].numbers) : [:]
        return Self.values(newest.numbers).sorted { $0.key < $1.key }.flatMap { name, value in
            let begin = former[name] ?? 0
            return begin < value ? (begin + 1...value).map { "\(name) \($0)" } : []
        }
    }

    private static func values(_ line: String) -> [String: Int64] {
        var values: [String: Int64] = [:]
        let words = line.split { $0 == " " || $0 == "," || $0 == "." }
        for (name, value) in zip(words, words.dropFirst()) { values[String(name)] = Int64(value) }
        return values
    }

    /// As a word: `migration 1` is not in `migration 12`.
    private static func has(_ name: String, _ line: String) -> Bool {
        line.ranges(of: name).contains { range in
            range.upperBound == line.endIndex || !line[range.upperBound].isNumber
        }
    }
}
