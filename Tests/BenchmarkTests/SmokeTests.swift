import CanonicalJSON
import Foundation
import Testing

/// Runs the program itself at a twentieth of the size: that it measures, never how much.
@Suite(.serialized)
struct SmokeTests {
    /// The program is built into the directory of the test bundle.
    private func benchmark() throws -> URL {
        let arguments = CommandLine.arguments
        // The runner is the bundle itself, or names it.
        let named = arguments.firstIndex(of: "--test-bundle-path").flatMap { arguments.dropFirst($0 + 1).first }
        let bundle = URL(fileURLWithPath: try #require(named ?? arguments.first))
        var place = bundle.deletingLastPathComponent()
        while place.path != "/" {
            let program = place.appendingPathComponent("benchmark")
            if FileManager.default.isExecutableFile(atPath: program.path) { return program }
            place = place.deletingLastPathComponent()
        }
        throw CocoaError(.fileNoSuchFile)
    }

    private func run(_ arguments: [String]) throws -> (lines: [JSON], status: Int32) {
        let process = Process()
        process.executableURL = try benchmark()
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let lines = try text.split(separator: 10).map { try JSON(parsing: Array($0), limits: .general) }
        return (lines, process.terminationStatus)
    }

    @Test(
        "a small run gives a line with value, unit and the machine's baselines",
        arguments: [
            ["push.operationsPerSecond", "author.operationsPerSecond"],
            ["pull.entriesPerSecond.10k", "pull.peakMemory.10k"],
            ["import.cardsPerSecond", "import.peakMemory"], ["propagation.p50", "propagation.p99"],
            ["rest.residentMemory"], ["push.singleWritesPerSecond"],
            ["idle.bytesReadPerHour"], ["pull.bytesPerRowByte"],
        ]
    )
    func smallRun(figures: [String]) throws {
        let (lines, status) = try run(["--small"] + figures)
        #expect(status == 0)
        #expect(lines.compactMap { $0["figure"]?.string }.sorted() == figures.sorted())
        for line in lines {
            #expect(line["value"] != nil && line["unit"]?.string != nil)
            #expect(line["baselines"]?["sqlite.insertsPerSecond"] != nil && line["conditions"]?.object != nil)
        }
    }

    @Test("a name that is no figure is refused")
    func unknownFigure() throws { #expect(try run(["push.everything"]).status == 1) }
}
