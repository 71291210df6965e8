import Testing

/// What belongs to the whole process is set by the executables, so that no library works only after another has run.
struct ProcessStateTests {
    private static let calls = ["umask", "chdir", "setlocale", "setenv", "putenv"]

    private static func violations(in source: SwiftSource) -> [Violation] {
        source.code.enumerated().flatMap { number, line in
            calls.filter { line.contains($0 + "(") && SwiftSource.words(line).contains($0) }.map {
                Violation(
                    source.path,
                    number + 1,
                    "\($0) changes the whole process",
                    remedy: "Give each file its own mode, each call its own path, or do it in an executable"
                )
            }
        }
    }

    @Test("no library changes the umask, the directory or the environment of its process")
    func libraries() {
        let executables = ["kartoteka", "kartoteka-paper", "simulate", "benchmark"]
        expectNone(Project.sources.filter { !executables.contains($0.target) }.flatMap(Self.violations))
    }

    @Test("a library that does is found by line")
    func planted() {
        let source = SwiftSource("Sources/Storage/A.swift", "let a = 1\numask(0o077) // umask(\n")
        #expect(Self.violations(in: source).map(\.line) == [2])
    }
}
