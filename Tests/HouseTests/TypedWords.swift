import Appeals
import Replication

/// The engine's words have types: calls, keys of values, states, kinds of the tray, decisions.
///
/// A word that is written by hand beside its type is where neither the compiler nor a newcomer sees what depends on it.
enum TypedWords {
    /// Files that may write such words by hand, each with the reason.
    static let byHand: [String: String] = [
        "Sources/Replication/Wire/ProtocolCall.swift": "the table of calls",
        "Sources/Replication/Store/Values.swift": "the table of values",
        "Sources/Conformance/": "the judge and the script say the protocol once more, without the code that is judged",
        "Sources/Simulator/Oracle/": "the oracle says the law once more, without the code that is judged",
        "Sources/Simulator/Checkers/": "a checker reads states as they are stored",
        "Sources/kartoteka/Lifecycle.swift": "commands by the names that people type, of which one is `open`",
        "Sources/simulate/Child.swift": "words between two processes, and lines of a trace",
        "Tests/": "a test says what is stored and sent as it is",
    ]

    /// Tests also keep to the tables, but for calls and states that they say as peers do.
    static func mayWrite(_ path: String) -> Bool { byHand.keys.contains { path.hasPrefix($0) } }

    // MARK: calls

    static func calls(in source: SwiftSource) -> [Violation] {
        lines(of: source) { line, _ in strings(in: line).contains { $0.text.hasPrefix(ProtocolCall.prefix) } }.map {
            Violation(source.path, $0, "a call's path is written by hand", remedy: "Name it by its ProtocolCall")
        }
    }

    // MARK: values

    /// Who reads and writes the values of a store.
    private static let stores = ["store", "Store", "reading", "transaction", "$0"]

    /// A key as an argument of `value` or `setValue`, and what a family's keys begin with, wherever it stands.
    static func keys(in source: SwiftSource) -> [Violation] {
        let families = Values.all.filter(\.isFamily).map(\.key)
        return lines(of: source) { line, _ in
            strings(in: line).contains { literal in
                if families.contains(where: { literal.text.hasPrefix($0) }) { return true }
                guard let call = [".value(", ".setValue("].first(where: { literal.before.hasSuffix($0) }) else {
                    return false
                }
                return stores.contains { literal.before.hasSuffix($0 + call) }
                    && Values.all.contains { $0.names(literal.text) }
            }
        }.map {
            Violation(source.path, $0, "a key of the value table is written by hand", remedy: "Name it by Values")
        }
    }

    // MARK: states

    private static let states = Set(
        CaseState.allCases.map(\.rawValue) + HeldState.allCases.map(\.rawValue) + LogState.allCases.map(\.rawValue)
            + TrayKind.allCases.map(\.rawValue) + Decision.allCases.map(\.rawValue)
    )
    /// What stands before a word that is compared, chosen or set.
    private static let before = [
        "== ", "!= ", "case ", "kind: ", "into: ", "inTray: ", "? ", "\"state\": ", "\"state\"] = ",
    ]

    static func states(in source: SwiftSource) -> [Violation] {
        lines(of: source) { line, _ in
            strings(in: line).contains { literal in
                states.contains(literal.text) && before.contains(where: { literal.before.hasSuffix($0) })
            }
        }.map {
            Violation(source.path, $0, "a state is written as a string", remedy: "Name it by its enum")
        }
    }

    // MARK: switches

    private static let enums: [(name: String, cases: Set<String>)] = [
        ("ProtocolCall", Set(ProtocolCall.allCases.map { "\($0)" })),
        ("LogState", Set(LogState.allCases.map { "\($0)" })),
        ("CaseState", Set(CaseState.allCases.map { "\($0)" })), ("HeldState", Set(HeldState.allCases.map { "\($0)" })),
        ("TrayKind", Set(TrayKind.allCases.map { "\($0)" })), ("Decision", Set(Decision.allCases.map { "\($0)" })),
        ("ErrorCode", Set(ErrorCode.allCases.map { "\($0)" })),
        ("OutcomeStatus", Set(OutcomeStatus.allCases.map { "\($0)" })),
        ("AssignmentState", Set(AssignmentState.allCases.map { "\($0)" })),
        ("AppealState", Set(AppealState.allCases.map { "\($0)" })),
    ]

    /// A `default` in a switch whose cases are all of one of these: a new one would silently be like the others.
    static func defaults(in source: SwiftSource) -> [Violation] {
        var found: [Violation] = []
        var open: [(indent: Int, cases: Set<String>, isOther: Bool)] = []
        for (number, line) in source.code.enumerated() {
            let indent = line.prefix { $0 == " " }.count
            let text = line.dropFirst(indent)
            if let last = open.last, indent <= last.indent, text.hasPrefix("}") { open.removeLast() }
            if text.hasPrefix("switch ") || text.contains(" switch ") || text.contains("= switch ") {
                open.append((indent, [], false))
            } else if let last = open.indices.last, indent == open[last].indent {
                if text.hasPrefix("case ") {
                    let names = labels(text)
                    open[last].cases.formUnion(names.compactMap { $0 })
                    if names.contains(nil) { open[last].isOther = true }
                } else if text.hasPrefix("default:"), !open[last].isOther, !open[last].cases.isEmpty,
                    let type = enums.first(where: { $0.cases.isSuperset(of: open[last].cases) })
                {
                    found.append(
                        Violation(
                            source.path,
                            number + 1,
                            "a default in a switch over \(type.name)",
                            remedy: "Name the other cases"
                        )
                    )
                }
            }
        }
        return found
    }

    /// The cases that a line names, `nil` for a pattern of another form: `case .open?, .closed where …`.
    private static func labels(_ line: Substring) -> [String?] {
        let head = line.dropFirst("case ".count).prefix { $0 != ":" }
        return head.split(separator: ",").map { part in
            let word = part.drop { $0 == " " }
            guard word.hasPrefix(".") else { return word == "nil" ? "" : nil }
            return String(word.dropFirst().prefix { $0.isLetter || $0.isNumber })
        }
        .filter { $0 != "" }
    }

    // MARK: text

    private static func lines(of source: SwiftSource, where isFound: (String, Int) -> Bool) -> [Int] {
        source.lines.indices.filter { number in
            let line = source.lines[number]
            // A line of nothing but comment is no code.
            guard source.code[number].contains(where: { $0 != " " }) else { return false }
            return isFound(line, number)
        }
        .map { $0 + 1 }
    }

    /// The plain strings of a line with what stands before each.
    private static func strings(in line: String) -> [(text: String, before: String)] {
        var found: [(text: String, before: String)] = []
        let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
        var before = ""
        for (place, part) in parts.enumerated() {
            if place % 2 == 1, place < parts.count - 1 { found.append((String(part), String(before.dropLast()))) }
            before += part + "\""
        }
        return found
    }
}
