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

    @Test("gives back to a field what was typed in it, with its marks of direction, but no controls")
    func typedAgain() {
        let marks = "\u{061C}\u{200E}\u{200F}\u{202A}\u{202E}\u{2066}\u{2069}"
        let html = tag("input", ["value": "а\(marks)<\u{0}\u{85}\u{7F}б"])
        #expect(html.text == "<input value=\"а\(marks)&lt;б\">")
        #expect(Markup(typed: "\n\(marks)&").text == "\n\(marks)&amp;" && Markup(marks).text.isEmpty)
        #expect(tag("a", ["href": marks]).text == "<a href=\"\">" + "</a>")
    }
}
