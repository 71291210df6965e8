/// A page of the project as others cite it: its titles, its numbered sections, its numbered rules.
struct CitedPage {
    private(set) var titles: Set<String> = []
    private(set) var sections: Set<String> = []
    /// Numbers at the beginning of table rows: `| C1 | …`.
    private(set) var rules: Set<String> = []

    init(_ text: String) {
        var isFenced = false
        for line in text.split(separator: "\n") {
            if line.hasPrefix("```") { isFenced.toggle() }
            guard !isFenced else { continue }
            if line.hasPrefix("#") {
                add(heading: line.drop { $0 == "#" || $0 == " " })
            } else if line.hasPrefix("| ") {
                let name = line.dropFirst(2).prefix { $0 != " " }
                if Citations.isRule(name) { rules.insert(String(name)) }
            }
        }
    }

    /// After its number, if it has one; `Joining: the call` is `Joining` for short.
    private mutating func add(heading: Substring) {
        var title = heading
        let number = heading.prefix { $0.isNumber || $0 == "." }
        if let first = number.first, first.isNumber {
            sections.insert(String(number.last == "." ? number.dropLast() : number))
            title = heading.dropFirst(number.count).drop { $0 == " " }
        }
        titles.insert(String(title))
        if let colon = title.firstIndex(of: ":") { titles.insert(String(title[..<colon])) }
    }
}

/// Who reads a comment finds what it cites: the page is in the project, and has the title, the section or the rule; and
/// the files that a page names are there.
struct Citations {
    /// The page whose tables hold the numbered rules.
    static let design = "Sources/DESIGN.md"
    private static let ends = [".swift", ".md", ".py", ".sh", ".c", ".h", ".service", ".conf", ".txt"]
    /// Letters of numbered rules: invariants, concurrent edits, the regulation, principles, defaults.
    private static let letters = Set("CIPQR".utf8)

    private let pages: [String: CitedPage]
    /// Every ending of a Swift file's path that begins after a slash.
    private let files: Set<String>

    /// Pages by their paths from the root, and the paths of Swift files.
    init(_ texts: [String: String], files paths: [String] = []) {
        pages = texts.mapValues(CitedPage.init)
        files = Set(
            paths.flatMap { path in
                let parts = path.split(separator: "/")
                return parts.indices.map { parts[$0...].joined(separator: "/") }
            }
        )
    }

    init(_ project: Project) {
        let paths = project.paths.filter { $0.hasSuffix(".md") }
        let texts = Dictionary(uniqueKeysWithValues: paths.map { ($0, project.text($0) ?? "") })
        self.init(texts, files: project.paths.filter { $0.hasSuffix(".swift") })
    }

    /// Whether a file is read for what it cites; data is not.
    static func isRead(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        return ends.contains { path.hasSuffix($0) } || (path.hasPrefix("deploy/") && !name.contains("."))
    }

    /// Whether a word is the number of a rule: a letter and one or two digits.
    static func isRule(_ word: Substring) -> Bool {
        guard let first = word.utf8.first, letters.contains(first), (2...3).contains(word.utf8.count) else {
            return false
        }
        return word.utf8.dropFirst().allSatisfy { (48...57).contains($0) }
    }

    func violations(in path: String, _ text: String) -> [Violation] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let isPage = path.hasSuffix(".md")
        var isFenced = false
        return lines.indices.flatMap { place -> [Violation] in
            if isPage, lines[place].hasPrefix("```") { isFenced.toggle() }
            guard !isFenced else { return [] }
            let line = lines[place]
            var found = rules(line).map { ($0, "Give it a row in \(Self.design), or cite what has one") }
            if line.utf8.contains(UInt8(ascii: ".")), line.contains(".md") {
                let next = lines.indices.contains(place + 1) ? Self.unmarked(lines[place + 1]) : ""
                found += cited(line, next, from: path)
            }
            if isPage, line.contains(".swift") { found += named(line, from: path) }
            if line.contains("ection") {
                let last = place > 0 ? Self.unmarked(lines[place - 1]) : ""
                found += sections(last, line, from: path)
            }
            return found.map { Violation(path, place + 1, $0.0, remedy: $0.1) }
        }
    }
}

// MARK: what a line cites

extension Citations {
    /// A line without its indentation and the mark of a comment.
    private static func unmarked(_ line: Substring) -> Substring { line.drop { " \t/#*".contains($0) } }

    /// Numbers of rules that no row has.
    private func rules(_ line: Substring) -> [String] {
        let known = pages[Self.design]?.rules ?? []
        let bytes = Array(line.utf8)
        return bytes.indices.compactMap { place in
            guard Self.letters.contains(bytes[place]), place == 0 || Self.mayPrecede(bytes[place - 1]) else {
                return nil
            }
            let digits = bytes[(place + 1)...].prefix { (48...57).contains($0) }
            guard (1...2).contains(digits.count) else { return nil }
            if digits.endIndex < bytes.count, !Self.mayFollow(bytes[digits.endIndex]) { return nil }
            let name = String(decoding: bytes[place..<digits.endIndex], as: UTF8.self)
            return known.contains(name) ? nil : "\(name) has no home"
        }
    }

    /// Not in names, nor in bytes that are spelt as `<C0 80>`.
    private static func mayPrecede(_ byte: UInt8) -> Bool {
        byte >= 128 || !(SwiftSource.isWord(byte) || [36, 43, 45, 46, 60, 92, 123].contains(byte))
    }

    private static func mayFollow(_ byte: UInt8) -> Bool { byte >= 128 || !(SwiftSource.isWord(byte) || byte == 45) }

    /// Pages that are not there, and titles in quotes right after them, with or without a comma, that they have not.
    private func cited(_ line: Substring, _ next: Substring, from path: String) -> [(String, String)] {
        let text = line + " " + next
        return text.ranges(of: ".md").compactMap { range in
            guard range.upperBound <= line.endIndex else { return nil }
            let name = Self.name(before: range.upperBound, in: text)
            let after = text[range.upperBound...]
            guard name != ".md", after.utf8.first.map({ !SwiftSource.isWord($0) || $0 >= 128 }) ?? true else {
                return nil
            }
            guard let page = page(name, from: path) else {
                return ("the page \(name) is not here", "Cite a page of the project")
            }
            guard let title = Self.title(in: after), !page.titles.contains(title) else { return nil }
            return ("\(name) has no title \"\(title)\"", "Cite a title as it stands")
        }
    }

    /// Swift files that a page names and that are not there: by their path from the page, or by any end of it.
    private func named(_ line: Substring, from path: String) -> [(String, String)] {
        line.ranges(of: ".swift").compactMap { range in
            let name = Self.name(before: range.upperBound, in: line)
            let isWhole = line[range.upperBound...].utf8.first.map { !SwiftSource.isWord($0) } ?? true
            guard name != ".swift", isWhole, !files.contains(name), !files.contains(Self.path(name, from: path)) else {
                return nil
            }
            return ("there is no file \(name)", "Name it as it is called now, by its path where one could look in vain")
        }
    }

    /// Sections that a page has not, or of no page; in a page with numbers also its own.
    private func sections(_ last: Substring, _ line: Substring, from path: String) -> [(String, String)] {
        let text = last + " " + Self.unmarked(line)
        return text.ranges(of: "ection").flatMap { range -> [(String, String)] in
            guard range.lowerBound >= text.index(text.startIndex, offsetBy: last.count) else { return [] }
            let numbers = Self.numbers(text[range.upperBound...])
            guard !numbers.isEmpty, let start = text[..<range.lowerBound].last, "Ss".contains(start) else { return [] }
            let before = text[..<text.index(before: range.lowerBound)].reversed().drop { " `,(".contains($0) }
                .reversed()
            let head = String(before)
            if Self.isForeign(head) { return [] }
            let isNamed = head.hasSuffix(".md")
            let name = isNamed ? Self.name(before: head.endIndex, in: Substring(head)) : path
            guard let page = page(name, from: path) else {
                return isNamed ? [] : [("a section \(numbers[0]) of no page", "Say of which page of the project")]
            }
            return numbers.filter { !page.sections.contains($0) }.map {
                ("\(name) has no section \($0)", "Cite a section that it has")
            }
        }
    }

    /// Standards, which are not in the project.
    private static func isForeign(_ head: String) -> Bool {
        if head.hasSuffix("file format") { return true }
        let words = head.split(separator: " ").suffix(2)
        return words.count == 2 && words[words.startIndex].hasSuffix("RFC")
            && words[words.endIndex - 1].allSatisfy(\.isNumber)
    }

    /// `s 7–9`, ` 7.1.`, `s 3 and 4`: the numbers right after the word.
    private static func numbers(_ after: Substring) -> [String] {
        var rest = after.first == "s" ? after.dropFirst() : after
        var found: [String] = []
        while let number = number(&rest) {
            found.append(number)
            for join in ["–", " and ", " to ", ", "] where rest.hasPrefix(join) {
                rest = " " + rest.dropFirst(join.count)
            }
        }
        return found
    }

    private static func number(_ rest: inout Substring) -> String? {
        guard rest.first == " " else { return nil }
        var number = rest.dropFirst().prefix { $0.isASCII && $0.isNumber || $0 == "." }
        rest = rest.dropFirst(1 + number.count)
        while number.last == "." { number = number.dropLast() }
        return number.isEmpty ? nil : String(number)
    }

    private static func name(before end: Substring.Index, in text: Substring) -> String {
        String(
            text[..<end].reversed().prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "._/-+".contains($0)) }
                .reversed()
        )
    }

    /// A title in quotes right after the page's name.
    private static func title(in after: Substring) -> String? {
        let rest = after.drop { "`, \\".contains($0) }
        guard after.first != rest.first, rest.first == "\"" else { return nil }
        let title = rest.dropFirst().prefix { $0 != "\"" && $0 != "\\" }
        return title.endIndex < rest.endIndex ? String(title) : nil
    }

    /// The page of this name, looked for beside whoever cites it, at the root and in Sources.
    private func page(_ name: String, from path: String) -> CitedPage? {
        pages[Self.path(name, from: path)] ?? pages[name] ?? pages["Sources/" + name]
    }

    /// From the root, where the name is a path from the file that cites it.
    private static func path(_ name: String, from path: String) -> String {
        var folder = path.split(separator: "/").dropLast()
        for part in name.split(separator: "/") {
            if part == ".." { folder = folder.dropLast() } else if part != "." { folder.append(part) }
        }
        return folder.joined(separator: "/")
    }
}
