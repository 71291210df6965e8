import Testing

/// Folders of the sources are rooms: small enough to be seen at once, and each says what lives there.
struct RoomTests {
    private static let mostFiles = 20
    private static let lines = 4...14
    /// Written apart, so that this file does not cite what is not there.
    private static let door = "/README" + ".md"

    /// Folders below Sources that hold Swift files, with how many.
    private static func rooms(_ paths: [String]) -> [String: Int] {
        let folders = paths.filter { $0.hasPrefix("Sources/") && $0.hasSuffix(".swift") }.map {
            $0.split(separator: "/").dropLast().joined(separator: "/")
        }
        return Dictionary(folders.map { ($0, 1) }, uniquingKeysWith: +)
    }

    private func violations(_ paths: [String], text: (String) -> String?) -> [Violation] {
        Self.rooms(paths).sorted { $0.key < $1.key }.flatMap { folder, count -> [Violation] in
            let page = folder + Self.door
            var found: [Violation] = []
            if count > Self.mostFiles {
                let remedy = "Make a room of what belongs together in it, with a page at its door"
                found.append(Violation(folder, "\(count) Swift files, at most \(Self.mostFiles)", remedy: remedy))
            }
            let written = text(page)?.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) ?? []
            let length = written.last == "" ? written.count - 1 : written.count
            if written.first?.hasPrefix("# ") != true {
                let remedy = "Say below a heading what lives there, where to begin reading and what must not come in"
                found.append(Violation(page, "the room says nothing of itself", remedy: remedy))
            } else if !Self.lines.contains(length) {
                let remedy =
                    "Take from \(Self.lines.lowerBound) to \(Self.lines.upperBound): a page that is read at the door"
                found.append(Violation(page, "\(length) lines", remedy: remedy))
            }
            return found
        }
    }

    @Test("every folder of the sources has at most 20 Swift files and a page at its door")
    func rooms() {
        let project = Project.here
        #expect(Self.rooms(project.paths).count > 40)
        expectNone(violations(project.paths) { project.text($0) })
    }

    @Test("a room without a page, with an empty one, a long one, or too many files is found")
    func planted() {
        let many = (1...21).map { "Sources/D/F\($0).swift" }
        let long = "# C\n" + String(repeating: "line\n", count: 14)
        let pages = ["B": "# B\n", "C": long, "D": "# D\na\nb\nc\n"]
        let paths = ["Sources/A/B/a.swift", "Sources/A/B/b.swift", "Sources/B/a.swift", "Sources/C/a.swift"] + many
        #expect(
            violations(paths + ["Tests/E/a.swift", "Sources/F/a.c"]) { path in
                pages.first { path == "Sources/" + $0.key + Self.door }?.value
            }.map { "\($0.path): \($0.found)" }
                == [
                    "Sources/A/B\(Self.door): the room says nothing of itself", "Sources/B\(Self.door): 1 lines",
                    "Sources/C\(Self.door): 15 lines", "Sources/D: 21 Swift files, at most 20",
                ]
        )
    }
}
