import Foundation
import Testing

/// The bugs that are planted on purpose quote the sources: a quotation that is no longer there plants nothing.
struct PlantedTests {
    /// What `deploy/planted --check` says, and how it ends.
    private func check(_ root: URL) throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", root.appending(path: "deploy/planted").path, "--check"]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let said = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: said, as: UTF8.self))
    }

    @Test("every edit of every planted bug fits its file exactly once")
    func edits() throws {
        let (status, text) = try check(Project.here.root)
        #expect(status == 0, "\(text)")
        #expect(text.contains(", 0 edits that do not fit"))
    }

    @Test("an edit that does not fit is found")
    func misfit() throws {
        let root = URL.temporaryDirectory.appending(path: "planted-\(UUID().uuidString)")
        defer { do { try FileManager.default.removeItem(at: root) } catch { Issue.record(error) } }
        for path in Project.here.paths where path.hasPrefix("Tests/planted/") || path == "deploy/planted" {
            let copy = root.appending(path: path)
            try FileManager.default.createDirectory(
                at: copy.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try FileManager.default.copyItem(at: Project.here.root.appending(path: path), to: copy)
        }
        let (status, text) = try check(root)
        #expect(status == 1)
        #expect(text.contains("Link/LinkReceipts.swift has 0 times"))
    }
}
