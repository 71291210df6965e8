import Testing

/// Whoever edits a configuration finds each key of the examples in the operator's manual.
struct ConfigurationDocumentationTests {
    @Test("every key of deploy/*.conf is in deploy/README.md")
    func keys() {
        let manual = Page("deploy/README.md")
        let examples = Project.here.paths.filter { $0.hasPrefix("deploy/") && $0.hasSuffix(".conf") }
        expectNone(
            examples.flatMap { path in
                Project.here.text(path).map { ConfigurationExample.violations(in: path, $0, manual: manual) } ?? []
            }
        )
    }

    @Test("a key that the manual lacks is found with its line, also one shown in a comment")
    func planted() {
        let example = "; A sentence.\n[listen]\nport = 8443\n;address = 127.0.0.1\n# names = a, b\n"
        let manual = Page("deploy/README.md", "`listen.port` is the port.\n")
        let found = ConfigurationExample.violations(in: "deploy/office.conf", example, manual: manual)
        #expect(found.map(\.line) == [4, 5])
    }
}
