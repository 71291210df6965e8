import Testing

/// Names, failures, summaries and places as the house wants them.
struct WordTests {
    @Test("no type and no file is called Manager, Helper, Util, Service or Info")
    func words() {
        expectNone(Project.swift.flatMap { Words.violations(in: $0) })
        expectNone(Project.here.paths.flatMap { Words.violations(inFileName: $0) })
    }

    @Test("a banned word is found in a type's name and in a file's, but not inside another word")
    func plantedWords() {
        let text =
            "struct MailManager {}\nstruct Information { let info = 1 }\nfinal class HTTPUtils {}\nenum Inform {}\nextension URLInfo {}\n"
        #expect(Words.violations(in: SwiftSource("Sources/A.swift", text)).map(\.line) == [1, 3, 5])
        #expect(Words.violations(inFileName: "Sources/Node/DateHelper.swift").count == 1)
        #expect(Words.violations(inFileName: "Sources/CPlatform/socket_util.c").count == 1)
        #expect(Words.violations(inFileName: "deploy/kartoteka.service").isEmpty)
    }

    @Test("nothing fails by try!, as! or fatalError")
    func failures() { expectNone(Project.swift.flatMap { Failures.violations(in: $0) }) }

    @Test("try?, which silences, stands only where the table allows it, and the table allows no more")
    func silence() {
        let present = Set(Project.swift.map(\.path))
        let gone = AllowedSilence.lines.keys.filter { !present.contains($0) }.sorted()
        let stale = gone.map {
            Violation($0, "the file of a row of AllowedSilence.swift is gone", remedy: "Take the row out")
        }
        expectNone(
            stale
                + Project.swift.flatMap {
                    Failures.violations(silenced: Failures.silenced(in: $0), in: $0.path, allowed: AllowedSilence.lines)
                }
        )
    }

    @Test("try!, as! and fatalError are found as code, not in comments or strings")
    func plantedFailures() {
        let text =
            "let a = try! b()\nlet c = d as! E\nfatalError(\"try!\")\n// try! as! fatalError\nlet f = \"as!\"\nlet was = g\n"
        #expect(Failures.violations(in: SwiftSource("Sources/A.swift", text)).map(\.line) == [1, 2, 3])
    }

    @Test("one try? more than allowed is found, and a table that allows one too many")
    func plantedSilence() {
        let lines = Failures.silenced(in: SwiftSource("Sources/A.swift", "try? a()\n// try? b()\nlet c = try? d()\n"))
        #expect(lines == [1, 3])
        #expect(Failures.violations(silenced: lines, in: "Sources/A.swift", allowed: ["Sources/A.swift": 2]).isEmpty)
        #expect(
            Failures.violations(silenced: lines, in: "Sources/A.swift", allowed: ["Sources/A.swift": 1]).map(\.line)
                == [3]
        )
        #expect(Failures.violations(silenced: lines, in: "Sources/A.swift", allowed: ["Sources/A.swift": 3]).count == 1)
        #expect(Failures.violations(silenced: lines, in: "Sources/A.swift", allowed: [:]).count == 1)
    }

    @Test("every public type has a summary")
    func summaries() { expectNone(Project.sources.flatMap { Summaries.violations(in: $0) }) }

    @Test("a public type without a summary is found, one with attributes below its summary is not")
    func plantedSummaries() {
        let text = """
            /// What it is.
            @frozen
            public struct A {
                public enum B {}
                /// What it is.
                public indirect enum C {}
                public class func d() {}
            }
            struct E {}

            // Not a summary.
            public final class F {}
            """
        #expect(Summaries.violations(in: SwiftSource("Sources/A.swift", text)).map(\.line) == [4, 12])
    }

    @Test("no file names a machine's path or a registry")
    func places() {
        expectNone(
            Project.here.paths.flatMap { path in Project.here.text(path).map { Places.violations(in: path, $0) } ?? [] }
        )
    }

    @Test("a machine's path and a registry are found; a longer path that holds the same part is not")
    func plantedPlaces() {
        let text =
            "cd \(Places.machine[0])project\nthe\(Places.machine[1])of it\nhttps://\(Places.registries[0])/a\nmode 0700\n"
        #expect(Places.violations(in: "deploy/README.md", text).map(\.line) == [1, 3])
    }
}
