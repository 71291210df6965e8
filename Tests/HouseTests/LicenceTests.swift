import Replication
import Testing

/// The licence has one name everywhere, and its whole text comes with the program.
struct LicenceTests {
    private static func violations(copyright: String, readme: String, licence: String) -> [Violation] {
        var found: [Violation] = []
        let stanzas = copyright.split(separator: "\n\n")
        func has(_ lines: String...) -> Bool {
            stanzas.contains { stanza in lines.allSatisfy { stanza.split(separator: "\n").contains(Substring($0)) } }
        }
        if !has("Files: *", "License: \(licence)") {
            let told = "the program's files are not under \(licence)"
            found.append(Violation("deploy/copyright", told, remedy: "Name it as Program.licence does"))
        }
        // The first and the last words of the text, and every article.
        let text = stanzas.first { $0.hasPrefix("License: \(licence)\n") } ?? ""
        let marks =
            ["EUROPEAN UNION PUBLIC LICENCE v. 1.2", "\n EUPL version."]
            + (1...15).map { "\n \($0). " }
        for mark in marks where !text.contains(mark) {
            found.append(Violation("deploy/copyright", "the text lacks \"\(mark)\"", remedy: "Bring the whole text"))
        }
        if !readme.contains("SPDX-License-Identifier: \(licence)") {
            found.append(Violation("README.md", "does not say \(licence)", remedy: "Say it as Program.licence does"))
        }
        return found
    }

    @Test("README and deploy/copyright name the licence of Program, with its whole text")
    func licence() throws {
        let copyright = try #require(Project.here.text("deploy/copyright"))
        #expect(copyright.hasPrefix("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"))
        let readme = try #require(Project.here.text("README.md"))
        expectNone(Self.violations(copyright: copyright, readme: readme, licence: Program.licence))
    }

    @Test("another licence, and an article that is missing, are found")
    func planted() throws {
        let copyright = try #require(Project.here.text("deploy/copyright"))
        let readme = try #require(Project.here.text("README.md"))
        #expect(Self.violations(copyright: copyright, readme: readme, licence: "MIT").count == 2 + 17)
        let cut = copyright.replacing("\n 12. Termination", with: "\n Termination")
        #expect(Self.violations(copyright: cut, readme: readme, licence: Program.licence).count == 1)
    }
}
