/// A page of documentation: which names it speaks of, as code.
struct Page {
    let path: String
    let exists: Bool
    let text: String
    /// Words inside backticks and fenced blocks; dots and dashes belong to a word.
    let names: Set<String>

    init(_ path: String, _ text: String?) {
        self.path = path
        self.text = text ?? ""
        exists = text != nil
        names = Self.names(self.text)
    }

    init(_ path: String, of project: Project = .here) { self.init(path, project.text(path)) }

    private static func names(_ text: String) -> Set<String> {
        var names: Set<String> = []
        var isFenced = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.drop(while: { $0 == " " }).hasPrefix("```") {
                isFenced.toggle()
                continue
            }
            let code =
                isFenced
                ? [line]
                : line.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter {
                    $0.offset % 2 == 1
                }.map(\.element)
            for part in code {
                for word in part.utf8.split(whereSeparator: { !SwiftSource.isWord($0) && $0 != 45 && $0 != 46 }) {
                    var word = word
                    while word.last == 46 { word.removeLast() }
                    names.insert(String(decoding: word, as: UTF8.self))
                }
            }
        }
        return names
    }

    /// What of a list the page does not name.
    func lacks(_ wanted: [String], what: String) -> [Violation] {
        guard exists else {
            return [Violation(path, "the page is missing", remedy: "Write it: it has to name every \(what)")]
        }
        return wanted.filter { !names.contains($0) }.map {
            Violation(path, "the \(what) \($0) is not documented", remedy: "Name it as `\($0)` and say what it means")
        }
    }

    /// Which commands the page does not show as `kartoteka NAME`.
    func lacks(commands: [String]) -> [Violation] {
        guard exists else {
            return [Violation(path, "the page is missing", remedy: "Write it: it has to show every command")]
        }
        return commands.filter { !shows("kartoteka " + $0) && !shows("`" + $0) }.map {
            Violation(
                path,
                "the command \($0) is not documented",
                remedy: "Show it as `kartoteka \($0)` and say what it does"
            )
        }
    }

    private func shows(_ form: String) -> Bool {
        text.ranges(of: form).contains { range in
            guard range.upperBound < text.endIndex else { return true }
            let next = text.utf8[range.upperBound]
            return !SwiftSource.isWord(next) && next != 45
        }
    }
}
