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

    private func run(
        _ arguments: [String],
        environment: [String: String] = [:]
    ) throws -> (lines: [JSON], complaints: String, status: Int32) {
        let process = Process()
        process.executableURL = try benchmark()
        process.arguments = arguments
        // Planted appeals say what the project's samples say, and are kept in its build folder.
        var project = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { project.deleteLastPathComponent() }
        process.currentDirectoryURL = project
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let output = Pipe()
        process.standardOutput = output
        // What is complained is a few lines, which a pipe holds until they are read.
        let complaints = Pipe()
        process.standardError = complaints
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let lines = try text.split(separator: 10).map { try JSON(parsing: Array($0), limits: .general) }
        let told = String(decoding: complaints.fileHandleForReading.availableData, as: UTF8.self)
        return (lines, told, process.terminationStatus)
    }

    @Test(
        "a small run gives a line with value, unit and the machine's baselines",
        arguments: [
            ["push.operationsPerSecond", "author.operationsPerSecond"],
            ["pull.entriesPerSecond.10k", "pull.peakMemory.10k"],
            ["import.cardsPerSecond", "import.peakMemory"], ["propagation.p50", "propagation.p99"],
            ["rest.residentMemory"], ["push.singleWritesPerSecond"],
            ["idle.bytesReadPerHour"], ["pull.bytesPerRowByte"],
            ["web.listPage.p99", "web.card.p99", "web.act.p99"], ["web.listPage.growth"], ["web.bytesPerStream"],
            ["web.search.p99"],
            [
                "million.fillSeconds", "million.bytes", "million.start.milliseconds", "million.listPage.p99",
                "million.search.p99", "million.card.p99", "million.act.p99", "million.residentMemory",
            ], ["million.purgeWords.stepMax"], ["million.backup.longestSilence"],
        ]
    )
    func smallRun(figures: [String]) throws {
        let (lines, complaints, status) = try run(["--small"] + figures)
        #expect(status == 0, "\(complaints)")
        #expect(lines.compactMap { $0["figure"]?.string }.sorted() == figures.sorted())
        for line in lines {
            #expect(line["value"] != nil && line["unit"]?.string != nil)
            #expect(line["baselines"]?["sqlite.insertsPerSecond"] != nil && line["conditions"]?.object != nil)
        }
    }

    @Test("a run at an office at work says how much was exchanged, and that people signed in meanwhile")
    func conditionsOfWork() throws {
        let line = try #require(try run(["--small", "web.act.p99"]).lines.first)
        let conditions = try #require(line["conditions"])
        for name in ["operationsPerSecond", "rowsPerSecond"] {
            guard case .double(let rate)? = conditions[name] else {
                Issue.record("\(name) is no rate")
                continue
            }
            #expect(rate > 0)
        }
        #expect(conditions["signIns"]?.integer ?? 0 > 0 && conditions["count"]?.integer ?? 0 > 0)
    }

    @Test("what an office reads once an hour is in the figure of rest once, on top of the minutes of rest")
    func restOfAnHour() throws {
        let line = try #require(try run(["--small", "idle.bytesReadPerHour"]).lines.first)
        let conditions = try #require(line["conditions"]), office = try #require(conditions["center"])
        let hour = try #require(office["hour"]?.integer)
        let seconds = try #require(conditions["seconds"]?.integer)
        let hours = try ["center", "roads"].map { name in
            let read = try #require(conditions[name]?["read"]?.integer)
            return read * 3_600 / seconds + (name == "center" ? hour : 0)
        }
        let value = try #require(line["value"]?.integer)
        #expect(abs(value - (hours.max() ?? 0)) <= 1, "\(line)")
    }

    @Test("without a browser no figure of one is given, and one line says why")
    func noBrowser() throws {
        let (lines, complaints, status) = try run(
            ["web.firstPaint.p95"],
            environment: ["CHROMIUM": "/nowhere/chromium"]
        )
        #expect(status == 0 && lines.isEmpty)
        #expect(complaints.contains("no figure of a real browser") && complaints.split(separator: "\n").count == 1)
    }

    @Test("a name that is no figure is refused")
    func unknownFigure() throws { #expect(try run(["push.everything"]).status == 1) }
}
