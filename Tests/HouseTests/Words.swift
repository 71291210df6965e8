/// Words and forms that the house does not use.
enum Words {
    /// They say nothing of what a type does.
    static let banned: Set<String> = [
        "manager", "managers", "helper", "helpers", "util", "utils", "utility", "utilities", "service", "services",
        "info", "infos",
    ]

    private static let typeKeywords: Set<String> = [
        "struct", "class", "enum", "protocol", "actor", "typealias", "extension",
    ]

    static func violations(in source: SwiftSource) -> [Violation] {
        source.code.enumerated().flatMap { place, line in
            let words = SwiftSource.words(line)
            return zip(words, words.dropFirst()).filter { typeKeywords.contains($0.0) }.flatMap { _, name in
                parts(name).filter { banned.contains($0) }.map {
                    Violation(
                        source.path,
                        place + 1,
                        "the type \(name) is called a \($0)",
                        remedy: "Name it after what it is or does, in the words of the domain"
                    )
                }
            }
        }
    }

    static func violations(inFileName path: String) -> [Violation] {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let stem = name.split(separator: ".").first.map(String.init) ?? name
        return parts(stem).filter { banned.contains($0) }.map {
            Violation(path, "the file is called a \($0)", remedy: "Name it after the type or the thing that it holds")
        }
    }

    /// `HTTPInfoReader` → http, info, reader.
    static func parts(_ name: String) -> [String] {
        var parts: [String] = []
        var part: [UInt8] = []
        let bytes = Array(name.utf8)
        func isUpper(_ place: Int) -> Bool { bytes.indices.contains(place) && bytes[place] >= 65 && bytes[place] <= 90 }
        func isLower(_ place: Int) -> Bool {
            bytes.indices.contains(place) && bytes[place] >= 97 && bytes[place] <= 122
        }
        for (place, byte) in bytes.enumerated() {
            let begins = isUpper(place) && (isLower(place - 1) || isLower(place + 1))
            if begins || !(isUpper(place) || isLower(place)) {
                parts.append(String(decoding: part, as: UTF8.self))
                part = []
            }
            if isUpper(place) || isLower(place) { part.append(byte) }
        }
        parts.append(String(decoding: part, as: UTF8.self))
        return parts.filter { !$0.isEmpty }.map { $0.lowercased() }
    }
}

/// How code may fail: by a typed error or, for a bug, by a precondition with a sentence.
enum Failures {
    static func violations(in source: SwiftSource) -> [Violation] {
        source.code.enumerated().flatMap { place, line -> [Violation] in
            func found(_ form: String, _ remedy: String) -> Violation {
                Violation(source.path, place + 1, form, remedy: remedy)
            }
            var violations: [Violation] = []
            if has("try!", line) {
                violations.append(found("try!", "Throw, or catch and say why it cannot fail with a precondition"))
            }
            if has("as!", line) { violations.append(found("as!", "Use as? and refuse what is of another type")) }
            if SwiftSource.words(line).contains("fatalError") {
                violations.append(found("fatalError", "Use preconditionFailure with a sentence, or a typed error"))
            }
            return violations
        }
    }

    /// The lines with `try?`.
    static func silenced(in source: SwiftSource) -> [Int] {
        source.code.enumerated().filter { has("try?", $0.element) }.map { $0.offset + 1 }
    }

    /// `try?` beyond what the table allows for the file, and a table that allows more than there is.
    static func violations(silenced lines: [Int], in path: String, allowed: [String: Int]) -> [Violation] {
        let most = allowed[path] ?? 0
        if lines.count > most {
            let places = lines.map(String.init).joined(separator: ", ")
            return [
                Violation(
                    path,
                    lines.last ?? 1,
                    "\(lines.count) lines with try? (\(places)), allowed are \(most)",
                    remedy:
                        "Throw a typed error; only for cleaning up may a failure be passed over (AllowedSilence.swift)"
                )
            ]
        }
        guard lines.count < most else { return [] }
        return [
            Violation(
                path,
                "\(lines.count) lines with try?, the table still allows \(most)",
                remedy: "Write \(lines.count) for it in AllowedSilence.swift: the table only shrinks"
            )
        ]
    }

    private static func has(_ form: String, _ line: String) -> Bool {
        var rest = Substring(line)
        while let place = rest.firstRange(of: form) {
            let before = place.lowerBound > rest.startIndex ? rest.utf8[rest.utf8.index(before: place.lowerBound)] : 32
            if !SwiftSource.isWord(before) { return true }
            rest = rest[place.upperBound...]
        }
        return false
    }
}

/// Every public type says in a line what it is.
enum Summaries {
    private static let types: Set<String> = ["struct", "class", "enum", "protocol", "actor"]
    private static let modifiers: Set<String> = ["public", "open", "final", "indirect", "nonisolated"]

    static func violations(in source: SwiftSource) -> [Violation] {
        source.code.enumerated().compactMap { place, line in
            let words = SwiftSource.words(line).filter { !$0.hasPrefix("@") }
            let modifiers = words.prefix { Self.modifiers.contains($0) }
            let rest = words.dropFirst(modifiers.count)
            guard modifiers.contains("public") || modifiers.contains("open"), let kind = rest.first,
                types.contains(kind),
                let name = rest.dropFirst().first, name != "func", name != "var"
            else { return nil }
            var above = place - 1
            while above >= 0, trimmed(source.lines[above]).hasPrefix("@") { above -= 1 }
            let comment = above >= 0 ? trimmed(source.lines[above]) : ""
            guard !comment.hasPrefix("///") else { return nil }
            return Violation(
                source.path,
                place + 1,
                "the public \(kind) \(name) has no summary",
                remedy: "Say above it in one line after /// what it is"
            )
        }
    }

    private static func trimmed(_ line: String) -> Substring { line.drop { $0 == " " || $0 == "\t" } }
}

/// Nothing in the tree names the machine it was written on, nor where packages come from.
enum Places {
    /// Written apart, so that this file does not hold them.
    static let machine = ["work", "root"].map { "/" + $0 + "/" }
    static let registries = [
        ["registry", "npmjs", "org"], ["pypi", "org"], ["files", "pythonhosted", "org"], ["crates", "io"],
        ["proxy", "golang", "org"],
        ["deb", "debian", "org"], ["security", "debian", "org"], ["archive", "ubuntu", "com"],
        ["registry-1", "docker", "io"],
        ["ghcr", "io"], ["repo", "maven", "apache", "org"], ["repo1", "maven", "org"], ["rubygems", "org"],
        ["download", "swift", "org"],
    ].map { $0.joined(separator: ".") }

    static func violations(in path: String, _ text: String) -> [Violation] {
        guard (machine + registries).contains(where: { text.contains($0) }) else { return [] }
        return text.utf8.split(separator: 10, omittingEmptySubsequences: false).enumerated().flatMap { place, bytes in
            let line = String(decoding: bytes, as: UTF8.self)
            let paths = machine.filter { stands($0, in: line) }.map {
                Violation(
                    path,
                    place + 1,
                    "a path of one machine, \($0)",
                    remedy: "Find the place at run time, or name it as an option"
                )
            }
            let hosts = registries.filter { line.contains($0) }.map {
                Violation(
                    path,
                    place + 1,
                    "a registry, \($0)",
                    remedy: "Say which package is needed, not where it comes from"
                )
            }
            return paths + hosts
        }
    }

    /// Whether an absolute path stands in a line, not the middle of another.
    private static func stands(_ part: String, in line: String) -> Bool {
        line.ranges(of: part).contains { range in
            guard range.lowerBound > line.startIndex else { return true }
            let before = line.utf8[line.utf8.index(before: range.lowerBound)]
            return !SwiftSource.isWord(before) && ![45, 46, 47, 125].contains(before)
        }
    }
}
