import Testing

@testable import CanonicalJSON

@Suite("texts that are accepted")
struct AcceptanceTests {
    typealias Case = (text: String, value: JSON)

    static let cases: [Case] = [
        ("null", .null), ("true", true), ("false", false), ("0", 0), ("-1", -1), ("1234567890", 1_234_567_890),
        (" 1 ", 1),
        ("\t\r\n 1\t\r\n ", 1), ("9007199254740991", 9_007_199_254_740_991),
        ("-9007199254740991", -9_007_199_254_740_991),
        ("[]", []), ("[ ]", []), ("{}", [:]), ("{ \n}", [:]), ("[[]]", [[]]), ("[1,2]", [1, 2]), ("[ 1 , 2 ]", [1, 2]),
        ("[{}]", [[:]]),
        ("{\"a\":1}", ["a": 1]), ("{ \"a\" : 1 , \"b\" : [ ] }", ["a": 1, "b": []]),
        ("{\"b\":1,\"a\":2}", ["a": 2, "b": 1]), ("{\"\":0}", ["": 0]),
        ("[null,true,false]", [.null, true, false]), ("\"\"", ""), ("\"a\"", "a"), ("\" \"", " "),
        ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\u{8}\u{C}\n\r\t"),
        ("\"\\u0041\\u00e9\\u00E9\"", "A\u{E9}\u{E9}"), ("\"\\u0000\"", "\u{0}"), ("\"\\u20AC\"", "€"),
        ("\"\\ud83d\\ude00\"", "😀"),
        ("\"\\uD834\\uDd1e\"", "\u{1D11E}"), ("\"\\uDBFF\\uDFFF\"", "\u{10FFFF}"), ("\"\\uFFFF\"", "\u{FFFF}"),
        ("\"<7F>\"", "\u{7F}"), ("\"<C2 80>\"", "\u{80}"),
        ("\"<DF BF>\"", "\u{7FF}"), ("\"<E0 A0 80>\"", "\u{800}"), ("\"<ED 9F BF>\"", "\u{D7FF}"),
        ("\"<EE 80 80>\"", "\u{E000}"), ("\"<EF BF BF>\"", "\u{FFFF}"),
        ("\"<F0 90 80 80>\"", "\u{10000}"), ("\"<F4 8F BF BF>\"", "\u{10FFFF}"),
        ("\"<E2 80 A8 E2 80 A9>\"", "\u{2028}\u{2029}"), ("\"<EF BB BF>\"", "\u{FEFF}"),
        ("\"Щодо опалення\"", "Щодо опалення"), ("\"п’ять № 5 — «так»\"", "п’ять № 5 — «так»"), ("\"a/b\"", "a/b"),
        ("\"\\\\u0041\"", "\\u0041"),
        ("\"{[,:]}\"", "{[,:]}"), ("{\"a\":{\"a\":{\"a\":[]}}}", ["a": ["a": ["a": []]]]),
        ("[\"a\",[\"b\"],{\"c\":\"d\"}]", ["a", ["b"], ["c": "d"]]),
        ("{\"a\\u0062\":1}", ["ab": 1]), ("{\"é\":1,\"e<CC 81>\":2}", ["\u{E9}": 1, "e\u{301}": 2]), ("[-9]", [-9]),
        ("[10,0,-10]", [10, 0, -10]),
    ]

    static let fractions: [Case] = [
        ("0.5", 0.5), ("-0.5", -0.5), ("1.25e2", 125), ("1E2", 100), ("1e+2", 100), ("1e-2", 0.01), ("0e1", 0),
        ("-0", 0), ("-0.0", 0), ("1.0", 1),
        ("1e-400", 0), ("123e65", 1.23e67), ("4.9e-324", .double(.leastNonzeroMagnitude)),
        ("1.7976931348623157e308", 1.797_693_134_862_315_7e308), ("[1.5,2]", [1.5, 2]),
        ("9007199254740992", .double(9_007_199_254_740_992)),
        ("-9223372036854775808", .double(-9_223_372_036_854_775_808)), ("0.1", 0.1),
        ("100000000000000000000", .double(1e20)), ("9007199254740991.0", 9_007_199_254_740_991), ("0E-1", 0),
        ("20e1", 200),
    ]

    @Test("a valid text gives its value under both sets of limits", arguments: cases)
    func accepted(_ example: Case) throws {
        for limits in [JSONLimits.protocolProfile, .general] {
            let value = try JSON(parsing: bytes(example.text), limits: limits)
            #expect(value == example.value, "\(example.text)")
            #expect(try JSON(canonical: value.canonicalBytes(), limits: limits) == value)
        }
    }

    @Test("fractions are read where they are allowed, whole ones as integers", arguments: fractions)
    func fraction(_ example: Case) throws {
        #expect(try JSON(parsing: bytes(example.text), limits: .general) == example.value, "\(example.text)")
    }

    @Test("each limit holds at it and refuses one past it")
    func limits() throws {
        func parse(_ text: String, _ limits: JSONLimits = .protocolProfile) -> JSONError? {
            do throws(JSONError) {
                let value = try JSON(parsing: Array(text.utf8), limits: limits)
                #expect(value.canonicalText == text)
                try CanonicalText.validate(Array(text.utf8).span, limits: limits)
                return nil
            } catch { return error }
        }
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(parse(nested(32)) == nil)
        #expect(parse(nested(33))?.offset == 32)
        #expect(parse("{\"" + String(repeating: "k", count: 128) + "\":1}") == nil)
        #expect(parse("{\"" + String(repeating: "k", count: 129) + "\":1}")?.offset == 1)
        #expect(parse("\"" + String(repeating: "ї", count: 24 << 10) + "\"") == nil)
        #expect(parse("\"" + String(repeating: "ї", count: 24 << 10) + "a\"")?.offset == 0)
        // An escape counts as the byte it stands for.
        #expect(parse("\"" + String(repeating: "\\n", count: 48 << 10) + "\"") == nil)
        #expect(parse("\"" + String(repeating: "\\n", count: (48 << 10) + 1) + "\"")?.offset == 0)
        let small = JSONLimits(stringBytes: 100, integersOnly: true, totalBytes: 5)
        #expect(parse("[1,2]", small) == nil)
        #expect(parse("[1,23]", small)?.offset == 5)
    }

    @Test("a slice is read by itself and its offsets count from its start")
    func slice() throws {
        let text = Array("xx[1,]yy".utf8)
        let error = #expect(throws: JSONError.self) { try JSON(parsing: text[2..<6]) }
        #expect(error?.offset == 3)
        #expect(try JSON(parsing: text[3..<4]) == 1)
        #expect(try JSON(canonical: text[3..<4]) == 1)
    }
}
