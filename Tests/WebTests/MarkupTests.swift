import Testing

@testable import Web

@Suite("HTML")
struct MarkupTests {
    @Test("takes what people type for words, in text and in attributes")
    func hostile() {
        let typed = "<script>alert('x')</script> & \"К-101\"\u{202E}\u{0}"
        let html = tag("a", ["href": typed, "hidden": nil, "disabled": ""]) {
            typed
            tag("br")
        }
        let escaped = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;К-101&quot;"
        #expect(html.text == "<a href=\"\(escaped)\" disabled>\(escaped)<br></a>")
    }
}
