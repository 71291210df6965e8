/// What a file says about itself: how much of it are comments, and which functions have none.
enum Comments {
    /// Rooms in which every function that another file may call says its shapes, units, errors and limits.
    static let rooms = ["Link", "Department", "Office", "Wire"].map { "Sources/Replication/\($0)/" }

    /// Comment lines, and lines of code; empty lines are neither.
    static func count(in source: SwiftSource) -> (comments: Int, code: Int) {
        var count = (comments: 0, code: 0)
        for line in source.lines {
            let text = line.drop { $0 == " " }
            if text.hasPrefix("//") { count.comments += 1 } else if !text.isEmpty { count.code += 1 }
        }
        return count
    }

    /// Comment lines in a hundred lines that are not empty.
    static func density(of sources: [SwiftSource]) -> Double {
        let counts = sources.map(count)
        let comments = counts.reduce(0) { $0 + $1.comments }
        let all = counts.reduce(0) { $0 + $1.comments + $1.code }
        return all == 0 ? 0 : 100 * Double(comments) / Double(all)
    }

    /// Functions, initializers and subscripts without a doc comment: public ones, and in `rooms` all but private ones.
    static func undocumented(in source: SwiftSource) -> [Violation] {
        let isRoom = rooms.contains { source.path.hasPrefix($0) }
        var found: [Violation] = []
        var inside = 0
        for (place, line) in source.code.enumerated() {
            let words = SwiftSource.words(line)
            let depth = inside
            inside += line.utf8.count { $0 == UInt8(ascii: "{") } - line.utf8.count { $0 == UInt8(ascii: "}") }
            guard let name = declared(words) else { continue }
            let isPublic = words.contains("public") || words.contains("package")
            let isPrivate = words.contains("private") || words.contains("fileprivate")
            guard isPublic || isRoom && !isPrivate && depth <= 1, !isDocumented(place, source.lines) else { continue }
            found.append(
                Violation(
                    source.path,
                    place + 1,
                    "\(name) has no doc comment",
                    remedy: "Say what it takes and gives: shapes, units, errors, limits"
                )
            )
        }
        return found
    }

    /// The name of what a line declares, if that is a function, an initializer or a subscript.
    private static func declared(_ words: [String]) -> String? {
        let before: Set<String> = [
            "public", "package", "internal", "private", "fileprivate", "static", "mutating", "nonmutating", "final",
            "convenience", "override", "@discardableResult",
        ]
        guard let place = words.firstIndex(where: { !before.contains($0) }) else { return nil }
        switch words[place] {
        case "func": return place + 1 < words.count ? words[place + 1] : "operator"
        case "init", "subscript": return words[place]
        default: return nil
        }
    }

    private static func isDocumented(_ place: Int, _ lines: [String]) -> Bool {
        var above = place - 1
        while above >= 0, lines[above].drop(while: { $0 == " " }).hasPrefix("@") { above -= 1 }
        return above >= 0 && lines[above].drop { $0 == " " }.hasPrefix("///")
    }
}
