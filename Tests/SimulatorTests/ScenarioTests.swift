import Foundation
import Testing

/// Stories of one office and its departments, told in words and played by the product in the simulator's city.
///
/// `REWRITE_SCENARIOS=1 swift test --disable-xctest --filter ScenarioTests` writes the transcripts anew; read the diff.
/// What an `expect` says is never written, it must hold.
@Suite("A scenario")
struct ScenarioTests {
    @Test("is told by the product as its file tells it", arguments: try Scenario.all())
    func told(scenario: Scenario) throws {
        let stage = try Stage()
        var transcripts: [[String]] = []
        for step in scenario.steps {
            do { transcripts.append(try stage.play(step.command)) } catch {
                throw Scenario.Wrong(place: scenario.place(step), reason: "\(step.command): \(error)")
            }
        }
        if ProcessInfo.processInfo.environment["REWRITE_SCENARIOS"] == "1" {
            let text = scenario.rewritten(transcripts)
            return try Data(text.utf8).write(to: Scenario.folder.appending(path: scenario.name))
        }
        let differences = zip(scenario.steps, transcripts).compactMap { scenario.difference($0, $1) }
        #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
    }

    @Test("with a command that nobody knows is refused at its file and line")
    func unknown() throws {
        for line in ["roads: dance A", "nobody: note A x", "expect miracles", "office: reassign A", "settled"] {
            let scenario = try Scenario("planted.txt", "# a remark\n\noffice: register A to roads\n\(line)\n")
            let stage = try Stage()
            _ = try stage.play(scenario.steps[0].command)
            let step = scenario.steps[1]
            #expect(scenario.place(step).hasSuffix("planted.txt:4"))
            #expect(throws: Stage.Unknown.self, "\(line)") { try stage.play(step.command) }
        }
    }

    @Test("whose transcript differs names file and line and both texts")
    func differs() throws {
        let scenario = try Scenario("planted.txt", "settle\n    something else\n")
        let text = try #require(scenario.difference(scenario.steps[0], ["what was seen"]))
        #expect(text.contains("planted.txt:1") && text.contains("- something else") && text.contains("+ what was seen"))
        #expect(scenario.rewritten([["what was seen"]]) == "settle\n    what was seen\n")
    }

    @Test("whose expectation does not hold fails, also when transcripts are written anew")
    func expectation() throws {
        let stage = try Stage()
        _ = try stage.play("office: register A to roads")
        #expect(throws: Stage.Unmet.self) { try stage.play("expect roads holds A") }
        _ = try stage.play("settle")
        #expect(try stage.play("expect roads holds A").isEmpty)
    }
}
