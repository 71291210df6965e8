import Testing

/// Each target imports only what the table allows.
struct ImportTableTests {
    @Test("every target imports only what the table allows")
    func imports() { expectNone(Project.sources.flatMap { Imports.violations(in: $0) }) }

    @Test("Package.swift lists targets from below to above and depends only on what the table allows")
    func manifest() throws {
        let targets = try Manifest.targets(try #require(Project.here.text("Package.swift")))
        #expect(targets.count > 5)
        expectNone(Imports.violations(in: targets))
    }

    @Test("an import beyond the table is found with its line, in whatever form it is written")
    func planted() {
        let text = """
            import CanonicalJSON
            // import Glibc
            @preconcurrency public import Foundation
            let text = "import Dispatch"
            import struct Dispatch.DispatchTime
            """
        let found = Imports.violations(in: SwiftSource("Sources/Appeals/Planted.swift", text))
        #expect(found.map(\.line) == [3, 5])
        #expect(
            found.first?.description.contains("Sources/Appeals/Planted.swift:3: Appeals imports Foundation") == true
        )
    }

    @Test("a clock or a task in a pure target is found")
    func plantedClock() {
        let found = Imports.violations(
            in: SwiftSource("Sources/Replication/Planted.swift", "let a = Date()\nfunc b() async {}\n")
        )
        #expect(found.map(\.line) == [1, 2])
    }

    @Test("a target without a row in the table is found")
    func plantedTarget() {
        #expect(Imports.violations(in: SwiftSource("Sources/Planted/Planted.swift", "")).count == 1)
    }

    @Test("a target that depends on one below it, or on one beyond the table, is found")
    func plantedManifest() throws {
        let targets = try Manifest.targets(
            """
            .target(name: "Appeals", dependencies: ["CanonicalJSON"], swiftSettings: strict),
            .target(
                name: "CanonicalJSON"),
            .target(name: "Transport", dependencies: ["CanonicalJSON"]),
            """
        )
        #expect(targets.map(\.name) == ["Appeals", "CanonicalJSON", "Transport"])
        let found = Imports.violations(in: targets)
        #expect(found.map(\.line) == [1, 4])
    }
}
