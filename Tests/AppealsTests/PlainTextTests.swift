import Appeals
import CanonicalJSON
import Testing

@Suite("Text from outside is harmless to who reads it")
struct PlainTextTests {
    /// Every character that a terminal, a log or a reader of lines may obey.
    private static let harmful: [UInt32] =
        [UInt32](0...0x1f).filter { $0 != 9 && $0 != 10 } + [UInt32](0x7f...0x9f)
        + [0x061c, 0x200e, 0x200f, 0x2028, 0x2029] + [UInt32](0x202a...0x202e) + [UInt32](0x2066...0x2069)

    @Test("every control character and mark of direction is replaced, once each", arguments: harmful)
    func replaced(_ value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        let text = "а\(Character(scalar))б"
        #expect(PlainText.text(text).unicodeScalars.map(\.value) == [0x430, 0xfffd, 0x431])
        #expect(PlainText.line(text).unicodeScalars.map(\.value) == [0x430, 0xfffd, 0x431])
        let json = JSON.string(text)
        let escaped = PlainText.json(json.canonicalText)
        #expect(!escaped.unicodeScalars.contains(scalar))
        #expect(try JSON(parsing: Array(escaped.utf8)) == json)
    }

    @Test("lines stay in a text and fold in a value; all else stays as it is")
    func lines() {
        #expect(PlainText.text("а\n\tб") == "а\n\tб")
        #expect(PlainText.line("а\n\tб") == "а  б")
        let text = "Їжак’s «ґанок» — №5, 👩‍👧 é \u{200d}\u{2011}"
        #expect(PlainText.text(text) == text)
        #expect(PlainText.line(text) == text)
        #expect(PlainText.json(text) == text)
    }
}
