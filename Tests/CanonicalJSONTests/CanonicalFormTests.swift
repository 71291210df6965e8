import Testing

@testable import CanonicalJSON

@Suite("canonical text of RFC 8785")
struct CanonicalFormTests {
    static let numbers: [(bits: UInt64, text: String)] = [
        (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
        (0x8000_0000_0000_0001, "-5e-324"),
        (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"), (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
        (0x4340_0000_0000_0000, "9007199254740992"), (0xc340_0000_0000_0000, "-9007199254740992"),
        (0x4430_0000_0000_0000, "295147905179352830000"), (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
        (0x44b5_2d02_c7e1_4af6, "1e+23"), (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
        (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"), (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
        (0x444b_1ae4_d6e2_ef50, "1e+21"), (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
        (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
        (0x41b3_de43_5555_5553, "333333333.3333332"), (0x41b3_de43_5555_5554, "333333333.33333325"),
        (0x41b3_de43_5555_5555, "333333333.3333333"), (0x41b3_de43_5555_5556, "333333333.3333334"),
        (0x41b3_de43_5555_5557, "333333333.33333343"), (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
        (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    ]

    @Test("a double is written as the table of appendix B says", arguments: numbers)
    func number(_ example: (bits: UInt64, text: String)) {
        #expect(JSON.double(Double(bitPattern: example.bits)).canonicalText == example.text)
    }

    @Test("the other forms of ECMAScript's numbers")
    func otherNumbers() {
        let expected: [(Double, String)] = [
            (1, "1"), (-1.5, "-1.5"), (100000, "100000"), (1e20, "100000000000000000000"), (1e21, "1e+21"),
            (1e-6, "0.000001"), (1e-7, "1e-7"),
            (1.5e-7, "1.5e-7"), (123456.789, "123456.789"), (1e16, "10000000000000000"), (0.1, "0.1"),
            (1e300, "1e+300"), (12e-10, "1.2e-9"),
        ]
        for (number, text) in expected { #expect(JSON.double(number).canonicalText == text) }
    }

    /// The example of RFC 8785 section 3.2.2 and those of the reference implementation, among them arrays, french,
    /// structures, unicode, values and weird.
    static let examples: [(input: String, output: String)] = [
        (
            #"{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"# + "\n"
                + #""string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}"#,
            #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#
                + #""string":"€$\u000f\nA'B\"\\\\\"/"}"#
        ),
        (
            #"{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","#
                + #""\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}"#,
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\","
                + "\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\u{FB33}\":\"Hebrew Letter Dalet With Dagesh\"}"
        ),
        (#"[ 56, { "d": true, "10": null, "1": [ ] } ]"#, #"[56,{"1":[],"10":null,"d":true}]"#),
        (
            #"{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ignore locale"}"#,
            #"{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ignore locale"}"#
        ),
        (
            #"{"1":{"f":{"f":"hi","F":5} ,"\n":56.0},"10":{ },"":"empty","a":{ },"111":[{"e":"yes","E":"no"}],"A":{ }}"#,
            #"{"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{"E":"no","e":"yes"}],"A":{},"a":{}}"#
        ),
        (#"{"Unnormalized Unicode":"A\u030a"}"#, "{\"Unnormalized Unicode\":\"A\u{30A}\"}"),
        (
            #"{"\u20ac":"Euro Sign","\r":"Carriage Return","\u000a":"Newline","1":"One","\u0080":"Control\u007f","\ud83d\ude02":"Smiley","#
                + #""\u00f6":"Latin Small Letter O With Diaeresis","\ufb33":"Hebrew Letter Dalet With Dagesh","</script>":"Browser Challenge"}"#,
            "{\"\\n\":\"Newline\",\"\\r\":\"Carriage Return\",\"1\":\"One\",\"</script>\":\"Browser Challenge\",\"\u{80}\":\"Control\u{7F}\","
                + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😂\":\"Smiley\","
                + "\"\u{FB33}\":\"Hebrew Letter Dalet With Dagesh\"}"
        ),
        (
            #"{"\ufb33":1,"\uffff":2,"\ud800\udc00":3,"\ue000":4,"\ud7ff":5}"#,
            "{\"\u{D7FF}\":5,\"\u{10000}\":3,\"\u{E000}\":4,\"\u{FB33}\":1,\"\u{FFFF}\":2}"
        ),
    ]

    @Test("the RFC's examples come out byte for byte", arguments: examples)
    func example(_ example: (input: String, output: String)) throws {
        let value = try JSON(parsing: Array(example.input.utf8), limits: .general)
        #expect(value.canonicalBytes() == Array(example.output.utf8))
        #expect(try JSON(canonical: Array(example.output.utf8), limits: .general) == value)
        try CanonicalText.validate(Array(example.output.utf8).span, limits: .general)
    }

    @Test("control characters have the RFC's escapes, DEL and the rest stand as they are")
    func escapes() {
        let text = String(String.UnicodeScalarView((0..<0x20).compactMap { Unicode.Scalar($0) })) + "\u{7F}/\u{2028}"
        let expected =
            #""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015"#
            + #"\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f"# + "\u{7F}/\u{2028}\""
        #expect(JSON.string(text).canonicalText == expected)
        #expect(throws: Never.self) { try JSON(canonical: Array(expected.utf8)) }
    }

    static let deviations: [(text: String, offset: Int)] = [
        (" 1", 0), ("1 ", 1), ("[1, 2]", 3), ("[ ]", 1), ("{ }", 1), ("{\"a\" :1}", 4), ("{\"a\": 1}", 5),
        ("{\"b\":1,\"a\":2}", 7),
        ("{\"aa\":1,\"a\":2}", 8), ("{\"a\":1,\"a\":2}", 7), ("\"\\/\"", 1), ("\"a\\u0041\"", 2), ("\"\\u000A\"", 1),
        ("\"\\u000a\"", 1), ("\"\\u001F\"", 1),
        ("\"\\u0008\"", 1), ("\"\\u0022\"", 1), ("\"\\u007f\"", 1), ("\"\\ud83d\\ude00\"", 1), ("{\"\\uFFFF\":1}", 2),
        ("1.0", 1), ("-0", 0),
        ("{\"b\":1,\"\\n\":1}", 7), ("{\"\u{FFFF}\":1,\"\u{10000}\":1}", 9), ("1\n", 1),
    ]

    @Test("bytes that are not canonical are refused at the first deviation", arguments: deviations)
    func deviation(_ example: (text: String, offset: Int)) {
        let text = Array(example.text.utf8)
        let error = #expect(throws: JSONError.self) { try JSON(canonical: text) }
        #expect(error?.offset == example.offset)
        #expect(throws: JSONError.self) { try CanonicalText.validate(text.span) }
    }

    @Test(
        "a fraction has one canonical form",
        arguments: [
            ("1.50", 3), ("1e3", 1), ("-0", 0), ("1E30", 1), ("0.10", 3), ("9007199254740993", 15), ("1e-6", 0),
        ]
    )
    func fractionForm(_ example: (text: String, offset: Int)) {
        let error = #expect(throws: JSONError.self) { try JSON(canonical: Array(example.text.utf8), limits: .general) }
        #expect(error?.offset == example.offset)
    }

    @Test("NaN, infinity and integers beyond 2^53 − 1 have no text: to write them is a bug")
    func noText() async {
        await #expect(processExitsWith: .failure) { _ = JSON.double(.nan).canonicalBytes() }
        await #expect(processExitsWith: .failure) { _ = JSON.double(-.infinity).canonicalBytes() }
        await #expect(processExitsWith: .failure) { _ = JSON.integer(9_007_199_254_740_992).canonicalBytes() }
    }
}
