import Testing

/// What comments and pages cite is in the project.
struct CitationTests {
    /// Written apart, so that this file does not cite what is not there.
    private let page = "protocol" + ".md"
    private let gone = "gone" + ".md"
    private let word = "section"

    private var citations: Citations {
        Citations(
            [
                page: """
                # The page
                ## 3. Guards
                ## 4. Joining: `POST /enrol/v1`
                ### 4.1 Renewing
                ```sh
                # Not a title
                ```
                """,
                Citations.design: "# The design\n## Slices\n| C\(1) | a rule |\n| R\(11) | another |\n",
                "deploy/README.md": "# The manual\n",
            ],
            files: ["Sources/A/B.swift", "Sources/A/C+D.swift"]
        )
    }

    private func found(_ text: String, in path: String = "Sources/A/B.swift") -> [String] {
        citations.violations(in: path, text).map { "\($0.line) \($0.found)" }
    }

    @Test("every page, title, section and numbered rule that is cited is there")
    func resolve() {
        let project = Project.here
        let citations = Citations(project)
        let read = project.paths.filter(Citations.isRead)
        #expect(read.count > 700)
        expectNone(read.flatMap { path in project.text(path).map { citations.violations(in: path, $0) } ?? [] })
    }

    @Test("a page that is not here is found, wherever it is looked for")
    func pages() {
        #expect(
            found("/// As \(gone) says.\n// See deploy/\(gone).") == [
                "1 the page \(gone) is not here", "2 the page deploy/\(gone) is not here",
            ]
        )
        #expect(found("// \(page), DESIGN.md, ../\("DESIGN" + ".md"), deploy/README.md, a.mdx, *.md").isEmpty)
        #expect(
            found("see \(gone) here\n```sh\ncat \(gone)\n```", in: "deploy/README.md") == [
                "1 the page \(gone) is not here"
            ]
        )
    }

    @Test("a file that a page names and that is gone is found; comments may name what they like")
    func files() {
        let text = "`B.swift`, `A/C+D.swift`, `../A/B.swift`, `C+….swift`, `*.swift`, D.swift"
        #expect(found(text, in: "Sources/E/README" + ".md") == ["1 there is no file D.swift"])
        #expect(found("// D.swift").isEmpty)
    }

    @Test("a title that a page has not is found, also over the end of a line")
    func titles() {
        #expect(
            found(
                "/// (\(page) \"Guards\"), `\(page)`, \"Joining\", DESIGN.md \"Slices\".\n\"\"\"\(page), \"Renewing\": all"
            ).isEmpty
        )
        #expect(found("/// (\(page) \"Guard\")") == ["1 \(page) has no title \"Guard\""])
        #expect(found("/// As \(page),\n/// \"Not a title\", says") == ["1 \(page) has no title \"Not a title\""])
        #expect(found("let a = Page(\"\(page)\", \"Guard\")").isEmpty)
    }

    @Test("a section that a page has not is found, and one of no page")
    func sections() {
        #expect(
            found("// \(page) \(word) 3, \(page) \(word)s 3 and 4.1; RFC 9112 \(word) 7.1. A \(word) of it.").isEmpty
        )
        #expect(
            found("// \(page) \(word) \(5), \(page)\n// \(word)s 3–\(7).") == [
                "1 \(page) has no \(word) \(5)", "2 \(page) has no \(word) \(7)",
            ]
        )
        #expect(found("/// (\(word) \(4.1))") == ["1 a \(word) \(4.1) of no page"])
        #expect(found("\(word) 4.1, \(word) \(9)", in: page) == ["1 \(page) has no \(word) \(9)"])
    }

    @Test("a numbered rule without a row is found; bytes and names are no rules")
    func rules() {
        #expect(
            found("// C\(1) to C\(2), (R\(11))\n@Test(\"I\(1): all\")") == [
                "1 C\(2) has no home", "2 I\(1) has no home",
            ]
        )
        #expect(found("let c = \"<C\(3) 80>\", d = iC\(4), e = P\(5)b, f = 0xC\(6), g = \"\\u{C\(7)}\"").isEmpty)
    }
}
