import Glibc
import Locks
import Testing
import Transport

@Suite("Compressed answers", .serialized)
struct GzipTests {
    private func inflated(_ bytes: [UInt8], limit: Int, pieces: Int = .max) throws(GzipReader.Failure) -> [UInt8] {
        let reader = GzipReader(limit: limit)
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(pieces))
            rest = rest.dropFirst(piece.count)
            let found = piece.withUnsafeBytes { bytes -> GzipReader.Failure? in
                do throws(GzipReader.Failure) {
                    try reader.receive(bytes)
                    return nil
                } catch { return error }
            }
            if let found { throw found }
        }
        return try reader.finish()
    }

    private func failure(_ bytes: [UInt8], limit: Int = 1 << 20) -> GzipReader.Failure? {
        do throws(GzipReader.Failure) {
            _ = try inflated(bytes, limit: limit)
            return nil
        } catch { return error }
    }

    /// Bytes of a fixed sequence that looks like chance.
    private func noise(_ count: Int) -> [UInt8] {
        var state: UInt64 = 7
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
    }

    @Test("what was compressed comes back, however it is cut", arguments: [1, 7, 1_000, Int.max])
    func roundTrip(pieces: Int) throws {
        for body in [[], [1], noise(70_000), [UInt8](repeating: 0x61, count: 200_000)] {
            let zipped = Gzip.deflate(body)
            #expect(try inflated(zipped, limit: body.count, pieces: pieces) == body)
        }
        #expect(Gzip.deflate([UInt8](repeating: 0x61, count: 200_000)).count < 2_000)
    }

    @Test("a bomb is cut at the limit while it is inflated")
    func bomb() throws {
        let bomb = Gzip.deflate([UInt8](repeating: 0, count: 50_000_000))
        #expect(bomb.count < 300_000)
        let reader = GzipReader(limit: 10_000)
        #expect(throws: GzipReader.Failure.tooLarge(limit: 10_000)) {
            try bomb.withUnsafeBytes { try reader.receive($0) }
        }
        #expect(reader.bytes.count == 10_001)
        #expect(failure(Gzip.deflate([1, 2, 3]), limit: 2) == .tooLarge(limit: 2))
        #expect(failure(Gzip.deflate([1, 2, 3]), limit: 3) == nil)
    }

    @Test("a cut, a changed or a continued gzip is refused")
    func broken() throws {
        let body = Array("{\"reply\":{}}\n".utf8)
        let zipped = Gzip.deflate(body)
        for count in 1..<zipped.count { #expect(failure(Array(zipped.prefix(count))) == .truncated) }
        #expect(failure(zipped + [0]) == .trailing)
        #expect(failure(zipped + zipped) == .trailing)
        #expect(failure(body)?.description.hasPrefix("it is no whole gzip: ") == true)
        // Checksum and length stand at the end.
        for place in zipped.count - 8..<zipped.count {
            var changed = zipped
            changed[place] ^= 1
            let found = failure(changed)
            guard case .malformed? = found else {
                Issue.record("byte \(place): \(found.map { "\($0)" } ?? "taken")")
                continue
            }
        }
    }

    @Test("an answer is compressed for who asks, and inflated within the limit")
    func exchange() throws {
        let authority = try TestAuthority()
        let office = try TestOffice.mutual(authority)
        defer { office.stop() }
        let client = try HTTPSClient(.node("office", material: try authority.material("roads")))
        func get(_ count: Int, asking: Bool, maxBytes: Int = 200_000) throws(ClientError) -> ClientResponse {
            try client.request(
                method: "GET",
                url: office.url("/zipped?count=\(count)"),
                acceptGzip: asking,
                maxBytes: maxBytes
            )
        }
        let plain = try get(100_000, asking: false)
        #expect(plain.header("content-encoding") == nil)
        #expect(plain.received == 100_000)
        let zipped = try get(100_000, asking: true)
        #expect(zipped.header("content-encoding") == "gzip")
        #expect(zipped.body == plain.body)
        #expect(zipped.received < 1_000)
        #expect(try get(Gzip.worth - 1, asking: true).header("content-encoding") == nil)
        #expect(try get(Gzip.worth, asking: true).header("content-encoding") == "gzip")
        let bomb = #expect(throws: ClientError.self) { try get(20_000_000, asking: true) }
        #expect(bomb?.kind == .tooLarge)
        // The client goes on.
        #expect(try get(2_000, asking: true).body.count == 2_000)
    }

    @Test("a broken, an unasked or another compression is a failure with a name")
    func brokenExchange() throws {
        let (office, path) = try TestOffice.local()
        defer { office.stop() }
        let client = try HTTPSClient(.socket(path: path))
        func kind(_ body: [UInt8], asking: Bool = true, maxBytes: Int = 2_000, path: String = "gzip") -> String {
            do throws(ClientError) {
                let answer = try client.request(
                    method: "POST",
                    url: "http://a/\(path)",
                    body: body,
                    acceptGzip: asking,
                    maxBytes: maxBytes
                )
                return "\(answer.body.count)"
            } catch { return "\(error.kind): \(error)" }
        }
        let zipped = Gzip.deflate([UInt8](repeating: 0x61, count: 1_000))
        #expect(kind(zipped) == "1000")
        #expect(kind(zipped, maxBytes: 999).hasPrefix("tooLarge: "))
        #expect(kind(zipped.dropLast()) == "invalid: the answer cannot be inflated: its gzip ends in the middle")
        #expect(kind(zipped + [0]) == "invalid: the answer cannot be inflated: bytes follow the end of its gzip")
        #expect(kind([1, 2, 3]).hasPrefix("invalid: the answer cannot be inflated: it is no whole gzip"))
        #expect(kind(zipped, asking: false) == "invalid: the answer is compressed unasked")
        #expect(kind(zipped, path: "brotli") == "invalid: the answer is compressed in another way than gzip")
        // Stored blocks of nothing: ten bytes of head, then five a block, without end.
        let nothing = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3] + (0..<1_000).flatMap { _ in [0, 0, 0, 0xff, 0xff] }
        #expect(kind(nothing.map { UInt8($0) }).hasPrefix("tooLarge: "))
    }

    @Test(
        "only who names gzip gets it",
        arguments: [
            ("gzip", true), ("br, GZIP;q=0.5", true), ("deflate,gzip", true), ("gzip;q=1.0", true), ("", false),
            ("*", false), ("gzip;q=0", false), ("gzip; q=0.000", false), ("x-gzip", false), ("identity", false),
        ]
    )
    func asked(value: String, isAsked: Bool) throws {
        let (office, path) = try TestOffice.local()
        defer { office.stop() }
        let peer = try RawPeer(path: path)
        peer.send(
            "GET /zipped?count=5000 HTTP/1.1\r\nHost: a\r\nAccept-Encoding: \(value)\r\nConnection: close\r\n\r\n"
        )
        #expect(eventually { office.handler.requestCount == 1 })
        #expect(office.handler.seen.withLock { $0.requests[0].acceptsGzip } == isAsked)
        #expect(peer.readToEnd().contains("content-encoding: gzip") == isAsked)
    }

    @Test("a compressed request is refused with 415, over TLS as well")
    func compressedRequest() throws {
        let authority = try TestAuthority()
        let office = try TestOffice.mutual(authority)
        defer { office.stop() }
        let client = try HTTPSClient(.node("office", material: try authority.material("roads")))
        let answer = try client.request(
            method: "POST",
            url: office.url("/x"),
            headers: [("content-encoding", "gzip")],
            body: Gzip.deflate([1, 2, 3]),
            maxBytes: 1_000
        )
        #expect(answer.status == 415)
        #expect(office.handler.requestCount == 0)
    }
}
