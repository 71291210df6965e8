import Testing

@testable import CanonicalJSON

/// In the manner of JSONTestSuite, written for this reader: the text and the offset of its refusal.
@Suite("texts that are refused")
struct RefusalTests {
    typealias Case = (text: String, offset: Int)

    static let structure: [Case] = [
        ("", 0), (" ", 1), ("[", 1), ("]", 0), ("{", 1), ("}", 0), ("[1,]", 3), ("[,1]", 1), ("[,]", 1), ("[1,,2]", 3),
        ("[1 2]", 3), ("[1}", 2), ("{\"a\":1]", 6), ("[1", 2), ("[1,", 3), ("{\"a\"}", 4), ("{\"a\":}", 5),
        ("{\"a\":1,}", 7),
        ("{,}", 1), ("{\"a\" 1}", 5), ("{\"a\",1}", 4), ("{\"a\"::1}", 5), ("{\"a\":1,,\"b\":2}", 7), ("{1:1}", 1),
        ("{a:1}", 1),
        ("{'a':1}", 1), ("{null:1}", 1), ("{[]:1}", 1), ("{\"a\":1 \"b\":2}", 7), ("{\"a\"", 4), ("{\"a\":", 5),
        ("{\"a\":1", 6),
        ("{\"a\":1,", 7), ("[]]", 2), ("{}}", 2), ("[] x", 3), ("1 2", 2), ("\"a\"b", 3), ("null null", 5), ("[],", 2),
        (",", 0), (":", 0),
        ("[:]", 1), ("(1)", 0), ("// c\n1", 0), ("/* c */1", 0), ("1 # c", 2), ("<EF BB BF>1", 0), ("<EF BB>", 0),
        ("<FE FF>", 0),
        ("<00>", 0), ("1<00>", 1), ("[1<00>]", 2), ("<0C>1", 0), ("<0B>1", 0), ("<C2 A0>1", 0), ("<E2 80 A9>1", 0),
        ("[1<0C>]", 2),
        ("\\u0031", 0), ("*", 0), ("[*]", 1), ("&", 0), ("<FF>", 0), ("[<FF>]", 1),
    ]

    static let words: [Case] = [
        ("nul", 3), ("nulL", 3), ("Null", 0), ("NULL", 0), ("tru", 3), ("truth", 3), ("True", 0), ("fals", 4),
        ("falsy", 4), ("nullx", 4),
        ("truefalse", 4), ("[nul]", 4), ("[true", 5), ("undefined", 0), ("nan", 1), ("NaN", 0), ("Infinity", 0),
        ("-Infinity", 1), ("n", 1),
        ("t", 1), ("f", 1), ("<00 6E>", 0),
    ]

    static let strings: [Case] = [
        ("\"", 1), ("\"a", 2), ("\"\\\"", 3), ("\"\\", 2), ("'a'", 0), ("\"\\x41\"", 1), ("\"\\a\"", 1), ("\"\\'\"", 1),
        ("\"\\0\"", 1),
        ("\"\\U0041\"", 1), ("\"\\u\"", 3), ("\"\\u0\"", 4), ("\"\\u004\"", 6), ("\"\\u00G0\"", 5), ("\"\\u 041\"", 3),
        ("\"\\u+041\"", 3),
        ("\"\\u004", 6), ("\"\\<E2 82 AC>\"", 1), ("\"\\<00>\"", 1), ("\"<00>\"", 1), ("\"<1F>\"", 1),
        ("\"a<0A>b\"", 2), ("\"a<09>b\"", 2),
        ("\"abcdefgh<0D>\"", 9), ("\"\\ud800\"", 1), ("\"\\udc00\"", 1), ("\"\\uD800x\"", 1), ("\"\\ud800\\n\"", 1),
        ("\"\\ud800\\u0041\"", 1),
        ("\"\\ud800\\ud800\"", 1), ("\"\\udc00\\ud800\"", 1), ("\"\\ud83d\\ude00\\ud83d\"", 13), ("\"\\ud800", 1),
        ("\"\\ud800\\", 1),
        ("\"<80>\"", 1), ("\"<BF>\"", 1), ("\"<C0 80>\"", 1), ("\"<C1 BF>\"", 1), ("\"<C2>\"", 1), ("\"<C2 41>\"", 1),
        ("\"<D0 D0>\"", 1),
        ("\"<E0 80 80>\"", 1), ("\"<E0 9F BF>\"", 1), ("\"<E2 82>\"", 1), ("\"<E2 28 A1>\"", 1), ("\"<ED A0 80>\"", 1),
        ("\"<ED BF BF>\"", 1),
        ("\"<F0 80 80 80>\"", 1), ("\"<F0 8F BF BF>\"", 1), ("\"<F0 9F 98>\"", 1), ("\"<F4 90 80 80>\"", 1),
        ("\"<F5 80 80 80>\"", 1),
        ("\"<F8 88 80 80 80>\"", 1), ("\"<FC 84 80 80 80 80>\"", 1), ("\"<FE>\"", 1), ("\"<FF>\"", 1),
        ("\"<D0 B0 D0>\"", 3),
        ("\"abcdefg<D0>\"", 8), ("\"abcdefg<D0>hijklmnop\"", 8), ("\"abcdefgh<B0>ijklmnop\"", 9), ("\"<D0>", 1),
        ("\"<E2 82>", 1),
        ("{\"<FF>\":1}", 2), ("{\"\\ud800\":1}", 2),
    ]

    static let numbers: [Case] = [
        ("-", 1), ("--1", 1), ("+1", 0), ("01", 0), ("-01", 1), ("00", 0), ("1a", 1), ("0x10", 1), ("1_000", 1),
        ("- 1", 1), (".5", 0), ("-.5", 1),
        ("[-]", 2), ("[1-2]", 2), ("<EF BC 91>", 0), ("[-a]", 2), ("-<00>", 1), ("1,5", 1),
    ]

    static let integersOnly: [Case] = [
        ("1.5", 1), ("1.0", 1), ("1e3", 1), ("1E3", 1), ("-0", 0), ("[0.1]", 2), ("0e1", 1), ("1.", 1),
        ("9007199254740992", 0),
        ("-9007199254740992", 0), ("9223372036854775808", 0), ("18446744073709551617", 0),
        ("[99999999999999999999999999]", 1), ("-0.0", 2),
    ]

    static let general: [Case] = [
        ("1.", 2), ("1.e1", 2), ("1e", 2), ("1e+", 3), ("1E-", 3), ("1.5.5", 3), ("1e5.5", 3), ("0e", 2), ("1e1e1", 3),
        ("1.a", 2), ("1ea", 2),
        ("1e400", 0), ("-1e400", 0), ("[1e999]", 1), ("1.-5", 2), ("0.", 2), ("-0.", 3), ("1e++1", 3), ("00.5", 0),
    ]

    static let duplicates: [Case] = [
        ("{\"a\":1,\"a\":2}", 7), ("{\"a\":1,\"b\":2,\"a\":3}", 13), ("{\"b\":1,\"a\":2,\"b\":3}", 13),
        ("{\"a\":1,\"\\u0061\":2}", 7),
        ("{\"\":1,\"\":1}", 6), ("[{\"b\":{\"x\":1},\"a\":[2], \"c\":0, \"a\":3}]", 30), ("{\"ї\":1,\"\\u0457\":1}", 8),
        ("{\"c\":1,\"c\":1,\"a\":1,\"a\":1}", 7), ("{\"z\":1,\"b\":1,\"a\":1,\"b\":1,\"a\":1}", 19),
    ]

    @Test(
        "a broken text is refused at its first wrong byte",
        arguments: structure + words + strings + numbers + duplicates
    )
    func broken(_ example: Case) {
        for limits in [JSONLimits.protocolProfile, .general] {
            expectRefusal(bytes(example.text), example.offset, limits)
        }
    }

    @Test("the protocol has no fractions, no -0 and nothing beyond 2^53 − 1", arguments: integersOnly)
    func notInteger(_ example: Case) {
        expectRefusal(bytes(example.text), example.offset, .protocolProfile)
    }

    @Test("a broken or infinite fraction is refused", arguments: general)
    func brokenFraction(_ example: Case) {
        expectRefusal(bytes(example.text), example.offset, .general)
    }

    @Test("a hundred thousand open brackets are refused at the limit of depth")
    func deep() {
        for opening in ["[", "{\"a\":", " [", "[[],"] {
            let text = Array(String(repeating: opening, count: 100_000).utf8)
            for limits in [JSONLimits.protocolProfile, .general] {
                let error = #expect(throws: JSONError.self) { try JSON(parsing: text, limits: limits) }
                #expect(error?.reason == "more than \(limits.depth) arrays and objects inside each other")
                #expect(throws: JSONError.self) { try CanonicalText.validate(text.span, limits: limits) }
            }
        }
        var endless = JSONLimits.general
        endless.depth = .max
        #expect(throws: JSONError.self) { try JSON(parsing: Array(repeating: 0x5B, count: 100_000), limits: endless) }
    }

    @Test("an error names its byte and its reason")
    func description() {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: Array("[1,]".utf8)) }
        #expect(error?.description == "JSON refused at byte 3: byte 0x5D, a value was expected")
    }

    private func expectRefusal(_ text: [UInt8], _ offset: Int, _ limits: JSONLimits) {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: text, limits: limits) }
        #expect(error?.offset == offset, "\(String(decoding: text, as: UTF8.self)): \(String(describing: error))")
        #expect(throws: JSONError.self) { try JSON(canonical: text, limits: limits) }
    }
}
