import Testing

/// Pages use what the browsers of offices have, and nothing that came later.
struct BrowserFeatureTests {
    private static let folder = "Sources/WebAssets/ui/"

    @Test("style and scripts use what Chrome 109, Firefox 121 and Safari 16 have")
    func listed() throws {
        let files = Project.here.paths.filter { $0.hasPrefix(Self.folder) }
        #expect(files.count >= 6)
        for path in files {
            let text = try #require(Project.here.text(path))
            if path.hasSuffix(".css") { expectNone(BrowserFeatures.inStyle(path, text)) }
            if path.hasSuffix(".js") { expectNone(BrowserFeatures.inScript(path, text)) }
        }
    }

    @Test("nesting, light-dark(), popovers, newer selectors and calls are found")
    func planted() {
        func style(_ text: String) -> [String] { BrowserFeatures.inStyle("a.css", text).map(\.found) }
        #expect(style(".a{color:var(--x)}.b:hover{inline-size:calc(1px + 2px)}").isEmpty)
        #expect(style(".a{color:red;&:hover{color:blue}}").contains("nesting (&)"))
        #expect(style(".a{color:light-dark(red,blue)}") == ["the function light-dark"])
        #expect(style(".a:popover-open{color:red}") == ["the selector : popover-open"])
        #expect(style("@scope (.a){b{color:red}}").contains("the rule @ scope"))
        #expect(style(".a{anchor-name:--b}") == ["the property anchor-name"])
        func script(_ text: String) -> [String] { BrowserFeatures.inScript("a.js", text).map(\.found) }
        #expect(script("page.querySelector('a.b')?.click(); // x.toSorted()").isEmpty)
        #expect(script("rows.toSorted()") == ["the member .toSorted"])
        #expect(script("panel.showPopover()") == ["the member .showPopover"])
        #expect(script("eval('1')") == ["text that becomes script"])
    }
}
