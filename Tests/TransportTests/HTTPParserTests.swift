import Testing

@testable import Transport

@Suite("Requests are read strictly")
struct HTTPParserTests {
    /// What became of the bytes: heads and bodies in order, then the refusal, or "needs more".
    private func outcome(
        _ bytes: [UInt8],
        cutEvery size: Int = .max,
        limit: Int = 1_000,
        encodedSlashes: Bool = false
    ) -> String {
        var parser = HTTPParser(encodedSlashes: encodedSlashes)
        var words: [String] = []
        var position = 0
        do {
            while position < bytes.count {
                let piece = Array(bytes[position..<min(bytes.count, position + min(size, bytes.count))])
                position += piece.count
                var offset = 0
                var isDone = false
                while !isDone {
                    switch try parser.receive(piece.span, from: &offset) {
                    case .needsMore: isDone = true
                    case .head(let head):
                        words.append("\(head.method) \(head.path) \(head.query) \(head.headers) \(head.framing)")
                        try parser.accept(bodyLimit: limit)
                    case .complete(let body):
                        words.append(String(decoding: body, as: UTF8.self))
                        parser.next()
                        isDone = offset == piece.count
                    }
                }
            }
        } catch {
            return (words + ["refused \(error.status) \(error.code)"]).joined(separator: "|")
        }
        return (words + [parser.isInside ? "more" : "done"]).joined(separator: "|")
    }

    private func outcome(_ text: String) -> String { outcome(Array(text.utf8)) }

    private func fields(_ lines: String...) -> String {
        outcome("POST / HTTP/1.1\r\nHost: a\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n")
    }

    @Test(
        "a length is digits and nothing else",
        arguments: [
            "Content-Length: +5", "Content-Length:  5", "Content-Length: 5,5", "Content-Length: 0x5",
            "Content-Length: -1", "Content-Length: 5 ", "Content-Length:", "Content-Length: 5\r\nContent-Length: 5",
            "Content-Length: ٥", "Content-Length: 99999999999999999999", "Content-Length: 9223372036854775808",
        ]
    )
    func lengths(_ field: String) {
        #expect(fields(field) == "refused 400 content_length")
    }

    @Test("a body has exactly one framing")
    func framing() {
        #expect(fields("Content-Length: 5", "Transfer-Encoding: chunked") == "refused 400 two_framings")
        #expect(fields("Transfer-Encoding: chunked", "Content-Length: 5") == "refused 400 two_framings")
        #expect(fields("Transfer-Encoding: gzip") == "refused 400 transfer_encoding")
        #expect(fields("Transfer-Encoding: chunked, gzip") == "refused 400 transfer_encoding")
        #expect(fields("Transfer-Encoding: gzip, chunked") == "refused 501 transfer_encoding")
        #expect(fields("Transfer-Encoding:  chunked") == "refused 501 transfer_encoding")
        #expect(fields("Transfer-Encoding: chun\u{212A}ed") == "refused 400 transfer_encoding")
        #expect(
            fields("Transfer-Encoding: chunked", "Transfer-Encoding: chunked") == "refused 400 transfer_encoding"
        )
        #expect(fields("Transfer-Encoding: CHUNKED").hasSuffix("chunked|more"))
    }

    @Test("a field is a token, a colon and text")
    func fieldLines() {
        #expect(fields("A: b", " folded") == "refused 400 obs_fold")
        #expect(fields("A : b") == "refused 400 field_name")
        #expect(fields(": b") == "refused 400 field_name")
        #expect(fields("no colon") == "refused 400 field_name")
        #expect(fields("\u{212A}: b") == "refused 400 field_name")
        #expect(fields("A: b\0c") == "refused 400 control_character")
        #expect(fields("A: b\u{7f}") == "refused 400 control_character")
        #expect(outcome("GET / HTTP/1.1\nHost: a\n\n") == "refused 400 line_end")
        #expect(outcome("GET / HTTP/1.1\r\nHost: a\rB: c\r\n\r\n") == "refused 400 line_end")
        #expect(
            outcome(Array("GET / HTTP/1.1\r\nHost: a\r\nA: ".utf8) + [0xff, 13, 10, 13, 10]).hasSuffix("field_value")
        )
        #expect(fields("Content-Encoding: gzip") == "refused 415 content_encoding")
        #expect(fields("Expect: tea") == "refused 417 expect")
        #expect(fields("Host: b") == "refused 400 host")
        #expect(outcome("GET / HTTP/1.1\r\n\r\n") == "refused 400 host")
        #expect(outcome("GET / HTTP/1.1\r\nHost: a b\r\n\r\n") == "refused 400 host")
    }

    @Test("the request line has three words of the right kind")
    func requestLines() {
        func line(_ text: String) -> String { outcome(text + "\r\nHost: a\r\n\r\n") }
        #expect(line("GET / HTTP/1.0") == "refused 505 version")
        #expect(line("GET / HTTP/2.0") == "refused 505 version")
        #expect(line("GET / http/1.1") == "refused 400 version")
        #expect(line("GET  / HTTP/1.1") == "refused 400 request_line")
        #expect(line("GET /") == "refused 400 request_line")
        #expect(line("G(T / HTTP/1.1") == "refused 400 method")
        #expect(line("GET http://a/b?c=d HTTP/1.1").hasPrefix(#"GET /b [("c", "d")]"#))
        #expect(line("GET HTTPS://a:8443 HTTP/1.1").hasPrefix("GET / []"))
        #expect(line("GET http://a?c=d HTTP/1.1").hasPrefix(#"GET / [("c", "d")]"#))
        #expect(line("GET http:///b HTTP/1.1") == "refused 400 target_form")
        #expect(line("GET http://u@a/b HTTP/1.1") == "refused 400 target_form")
        #expect(line("GET ftp://a/b HTTP/1.1") == "refused 400 target_form")
        #expect(line("POST / HTTP/1.0\r\nTransfer-Encoding: chunked") == "refused 400 transfer_encoding")
        #expect(line("OPTIONS * HTTP/1.1") == "refused 400 target_form")
        #expect(line("").hasSuffix("refused 400 request_line"))
        #expect(line("\r\nGET / HTTP/1.1").hasPrefix("GET / []"))
        #expect(line("\r\n\r\nGET / HTTP/1.1") == "refused 400 request_line")
    }

    @Test("the target is decoded strictly")
    func targets() {
        func target(_ text: String) -> String { outcome("GET \(text) HTTP/1.1\r\nHost: a\r\n\r\n") }
        #expect(target("/a%20b?x=%D1%97&y=1+2&z").hasPrefix(#"GET /a b [("x", "ї"), ("y", "1 2"), ("z", "")]"#))
        #expect(target("/%4") == "refused 400 percent")
        #expect(target("/%zz") == "refused 400 percent")
        #expect(target("/%00") == "refused 400 target_text")
        #expect(target("/%ff") == "refused 400 target_text")
        #expect(target("/a%2Fb") == "refused 400 target_path")
        #expect(target("/a/../b") == "refused 400 target_path")
        #expect(target("/%2e%2E/b") == "refused 400 target_path")
        #expect(target("/ї") == "refused 400 target_byte")
        #expect(target("/?a=1&a=2") == "refused 400 query_duplicate")
        #expect(target("/?a=1&%61=2") == "refused 400 query_duplicate")
        #expect(target("/?=2") == "refused 400 query_name")
        func open(_ text: String) -> String {
            outcome(Array("GET \(text) HTTP/1.1\r\nHost: a\r\n\r\n".utf8), encodedSlashes: true)
        }
        #expect(open("/a%2Fb/c").hasPrefix("GET /a/b/c ") && open("/a%2fb").hasPrefix("GET /a/b "))
        for path in ["/a%2F..%2Fb", "/%2e%2e%2fb", "/a%2F%2E", "/..%2Fa"] {
            #expect(open(path) == "refused 400 target_path", "\(path)")
        }
        #expect(target("/?a=1&&b=2") == "refused 400 query_name")
    }

    @Test("a head has its largest size and number of fields")
    func headLimits() {
        let start = "GET / HTTP/1.1\r\nHost: a\r\nA: "
        let room = 16_384 - start.utf8.count - 4
        #expect(outcome(start + String(repeating: "x", count: room) + "\r\n\r\n").hasSuffix("done"))
        #expect(outcome(start + String(repeating: "x", count: room + 1) + "\r\n\r\n") == "refused 431 head_too_large")
        func many(_ count: Int) -> String {
            outcome("GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "A: b\r\n", count: count - 1) + "\r\n")
        }
        #expect(many(64).hasSuffix("done"))
        #expect(many(65) == "refused 431 too_many_fields")
    }

    @Test("a body has its largest size, with a length and in chunks")
    func bodyLimits() {
        let head = "POST / HTTP/1.1\r\nHost: a\r\n"
        let limit = String(repeating: "x", count: 1_000)
        #expect(outcome(head + "Content-Length: 1000\r\n\r\n" + limit).hasSuffix("x|done"))
        #expect(outcome(head + "Content-Length: 1001\r\n\r\n").hasSuffix("refused 413 body_too_large"))
        let chunked = head + "Transfer-Encoding: chunked\r\n\r\n"
        #expect(outcome(chunked + "3e8\r\n" + limit + "\r\n0\r\n\r\n").hasSuffix("x|done"))
        #expect(outcome(chunked + "3e8\r\n" + limit + "\r\n1\r\nx").hasSuffix("refused 413 body_too_large"))
        #expect(outcome(chunked + "ffffffff\r\n").hasSuffix("refused 413 body_too_large"))
    }

    @Test("chunks are sizes and data, without extensions and trailers")
    func chunks() {
        func chunked(_ text: String) -> String {
            String(
                outcome("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + text).split(separator: "|")
                    .dropFirst().joined(separator: "|")
            )
        }
        #expect(chunked("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n") == "abcde|done")
        #expect(chunked("3\r\nabc\r\n2\r\nde\r\n0\r\n") == "more")
        for bad in ["+3\r\n", "0x3\r\n", " 3\r\n", "3 \r\n", "3;a=b\r\n", "\r\n", "3\n", "fffffffff\r\n"] {
            #expect(chunked(bad) == "refused 400 chunk_size")
        }
        #expect(chunked("3\r\nabcd\r\n") == "refused 400 chunk_end")
        #expect(chunked("3\rXabc") == "refused 400 chunk_end")
        #expect(chunked("0\r\nA: b\r\n\r\n") == "refused 400 trailers")
    }

    static let examples = [
        "GET /a?b=c HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde",
        "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n02\r\nde\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n",
        "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nabcde",
        "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\nPOST /c HTTP/1.1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\nb: c\r\n\r\n",
    ]

    @Test("where the bytes are cut makes no difference", arguments: examples)
    func cuts(_ text: String) {
        let bytes = Array(text.utf8)
        let whole = outcome(bytes)
        for size in 1...min(17, bytes.count) { #expect(outcome(bytes, cutEvery: size) == whole) }
    }

    @Test("a truncated request is never complete", arguments: examples[0..<3])
    func truncations(_ text: String) {
        let bytes = Array(text.utf8)
        for count in 1..<bytes.count { #expect(outcome(Array(bytes[..<count])).hasSuffix("more")) }
        #expect(outcome(bytes).hasSuffix("done"))
    }

    @Test("any bytes are refused or wanted, and end no process")
    func noise() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            var bytes = Array(Self.examples.randomElement(using: &random)?.utf8 ?? "".utf8)
            for _ in 0..<3 {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                bytes[at] = UInt8.random(in: 0...255, using: &random)
            }
            #expect(outcome(bytes, cutEvery: 7) == outcome(bytes))
        }
    }
}
