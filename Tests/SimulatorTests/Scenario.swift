import Foundation

/// A file of `Scenarios/`: commands at the margin, under each what is expected of it, indented by four spaces.
struct Scenario: Sendable, CustomStringConvertible {
    /// A command with the lines that stand under it.
    struct Step: Sendable {
        let line: Int
        let command: String
        var transcript: [String]
    }

    /// What is wrong with a scenario, at its file and line.
    struct Wrong: Error, CustomStringConvertible {
        let place: String
        let reason: String
        var description: String { "\(place): \(reason)" }
    }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Scenarios")

    let name: String
    private(set) var steps: [Step] = []
    /// The lines as they stand in the file: remarks and empty ones are kept when the transcripts are written anew.
    private var lines: [String]
    var description: String { name }

    static func all() throws -> [Scenario] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
            .filter { $0.hasSuffix(".txt") }
            .map { name in
                let data = try Data(contentsOf: folder.appending(path: name))
                return try Scenario(name, String(decoding: data, as: UTF8.self))
            }
    }

    init(_ name: String, _ text: String) throws {
        self.name = name
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for (place, line) in lines.enumerated() {
            if line.hasPrefix("    ") {
                guard !steps.isEmpty else {
                    throw Wrong(place: "\(name):\(place + 1)", reason: "a transcript without a command above it")
                }
                steps[steps.count - 1].transcript.append(String(line.dropFirst(4)))
            } else if !line.isEmpty, !line.hasPrefix("#") {
                steps.append(Step(line: place + 1, command: line, transcript: []))
            }
        }
    }

    func place(_ step: Step) -> String { "Tests/SimulatorTests/Scenarios/\(name):\(step.line)" }

    /// Where transcript and file differ, nil if nowhere.
    func difference(_ step: Step, _ found: [String]) -> String? {
        guard found != step.transcript else { return nil }
        let wanted = step.transcript.filter { !found.contains($0) }.map { "  - " + $0 }
        let new = found.filter { !step.transcript.contains($0) }.map { "  + " + $0 }
        let lines = wanted + new
        return (["\(place(step)): \(step.command)"] + (lines.isEmpty ? ["  the order of the lines differs"] : lines))
            .joined(separator: "\n")
    }

    /// The file with these transcripts in place of its own.
    func rewritten(_ transcripts: [[String]]) -> String {
        var written: [String] = []
        var place = 0
        for line in lines where !line.hasPrefix("    ") {
            written.append(line)
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            written += transcripts[place].map { "    " + $0 }
            place += 1
        }
        return written.joined(separator: "\n")
    }
}
