import Appeals
import CanonicalJSON
import Cryptography
import Simulator
import Testing

@testable import Replication

@Suite("A reply that is not what was asked")
struct LyingOfficeTests {
    private func town() throws -> (Town, [String]) {
        let town = try Town("roads", "water")
        let appeals = try (0..<3).map { _ in try town.registers(main: "roads") }
        try town.syncAll()
        return (town, appeals)
    }

    /// Signs the lines anew as somebody.
    private func resigned(
        _ response: WireResponse,
        by signer: TwinSigner,
        _ change: (inout [[UInt8]], inout JSONObject) -> Void
    ) throws -> WireResponse {
        var lines = Lines.split(response.body).map(Array.init)
        var reply = lines.popLast().flatMap { SignedReply($0)?.reply } ?? JSONObject()
        change(&lines, &reply)
        return try .signed(reply, over: lines, by: signer)
    }

    enum Lie: String, CaseIterable, Sendable {
        case otherKey, noSignature, lineChanged, lineDropped, otherStream, wrongMark, wrongFrom, otherEpoch, noEntry,
            cut
    }

    @Test("is not applied: rows and position stay as they are", arguments: Lie.allCases)
    func pull(lie: Lie) throws {
        let (town, appeals) = try town()
        let position = try town.position("roads")
        try town.act("note.added", appeals[0], by: "olena", "registrar", personal: ["text": "Нове"])
        let office = TwinSigner("office")
        town["roads"].intercept = { request, response in
            guard request.path.hasSuffix("pull"), request["stream"] == Space.slice("roads"), response.status == 200
            else { return response }
            switch lie {
            case .otherKey: return try? resigned(response, by: TwinSigner("water")) { _, _ in }
            case .noSignature:
                return WireResponse(
                    status: 200,
                    body: Lines.split(response.body).dropLast().flatMap { Array($0) + [10] }
                )
            case .lineChanged:
                return WireResponse(
                    status: 200,
                    body: Array(String(decoding: response.body, as: UTF8.self).replacing("Нове", with: "Інше").utf8)
                )
            case .lineDropped:
                return WireResponse(
                    status: 200,
                    body: Lines.split(response.body).dropFirst().flatMap { Array($0) + [10] }
                )
            case .otherStream:
                return try? resigned(response, by: office) { $1["stream"] = .string(Space.slice("water")) }
            case .wrongMark: return try? resigned(response, by: office) { $1["fromMark"] = "0000000000000000" }
            case .wrongFrom: return try? resigned(response, by: office) { $1["from"] = 0 }
            case .otherEpoch:
                return try? resigned(response, by: office) { $1["epoch"] = .string(String(repeating: "0", count: 32)) }
            case .noEntry: return try? resigned(response, by: office) { lines, _ in lines[0] = Array("{}".utf8) }
            case .cut: return WireResponse(status: 200, body: Array(response.body.dropLast(40)))
            }
        }
        try town.sync("roads", steps: 12)
        let after = try town.position("roads")
        #expect(after.head == position.head && after.mark == position.mark && after.digest == position.digest)
        #expect(try town.held("roads", appeals[0])?.names(.facts).contains { $0.hasPrefix("note ") } == false)
        town["roads"].intercept = { _, response in response }
        #expect(try town.sync("roads"))
        #expect(try town.agrees("roads"))
    }

    @Test("a fetch of another stream puts nothing into the slice")
    func fetchOfAnotherStream() throws {
        let (town, _) = try town()
        let body = Array(#"{"id":"department/water"}"#.utf8) + [10]
        let response = try town.reply(
            WireRequest(.fetch, query: [("stream", Space.reference)], body: body),
            peer: "roads"
        )
        let page = try #require(
            VerifiedReply(response.body, key: TwinSigner("office").publicKey, verifier: TwinVerifier())
        )
        do {
            let department = town["roads"].department
            _ = try department.repair(
                page,
                stream: Space.slice("roads"),
                asked: ["department/water"],
                now: town.now
            )
        } catch is Department.ReadProblem {}
        #expect(try !town.slice("roads").contains("department/water"))
    }

    @Test("outcomes without the office's signature change nothing")
    func unsignedOutcomes() throws {
        let (town, appeals) = try town()
        let note = try town.notes("roads", appeals[0])
        town["roads"].intercept = { request, response in
            request.path.hasSuffix("push") ? try? resigned(response, by: TwinSigner("water")) { _, _ in } : response
        }
        try town.sync("roads", steps: 12)
        #expect(try town.status(note) == nil)
        town["roads"].intercept = { _, response in response }
        try town.sync("roads")
        #expect(try town.status(note) == "accepted")
    }

    @Test("an outcome of another operation under this number is a fork, not this one's outcome")
    func otherID() throws {
        let (town, appeals) = try town()
        let note = try town.notes("roads", appeals[0])
        let origin = note.operation.origin
        var outcome = Outcome(
            origin: origin,
            number: 1,
            id: String(repeating: "a", count: 64),
            status: .accepted,
            commit: 99
        )
        outcome.flags = []
        let line = outcome.json.canonicalBytes()
        let reply: JSONObject = ["call": "push", "origin": .string(origin.description), "stored": 1]
        let signed = try SignedReply(reply, lines: Lines.digest([line[...]]), signer: TwinSigner("office"))
        let body = line + [10] + signed.line + [10]
        let page = try #require(VerifiedReply(body, key: TwinSigner("office").publicKey, verifier: TwinVerifier()))
        #expect(
            try town["roads"].department.apply(page, body: body, origin: origin, first: 1, last: 1) == .fork(known: 1)
        )
        #expect(try town.status(note) == nil)
    }

    @Test("a former page of outcomes given again does not count for operations that it does not name")
    func replayedOutcomes() throws {
        let (town, appeals) = try town()
        try town.notes("roads", appeals[0], "Перша")
        var former: WireResponse?
        town["roads"].intercept = { request, response in
            if request.path.hasSuffix("push") { former = response }
            return response
        }
        try town.sync("roads")
        let second = try town.notes("roads", appeals[0], "Друга")
        let replayed = former
        town["roads"].intercept = { request, response in request.path.hasSuffix("push") ? replayed : response }
        try town.sync("roads", steps: 12)
        #expect(try town.status(second) == nil)
        town["roads"].intercept = { _, response in response }
        #expect(try town.sync("roads"))
        #expect(try town.status(second) == "accepted")
    }

    @Test("an answer that is neither an outcome nor about the log is no answer: its operation is sent again")
    func noAnswer() throws {
        let (town, appeals) = try town()
        let first = try town.notes("roads", appeals[0], "Перша")
        let second = try town.notes("roads", appeals[0], "Друга")
        town["roads"].intercept = { request, response in
            guard request.path.hasSuffix("push") else { return response }
            do {
                return try resigned(response, by: TwinSigner("office")) { lines, _ in lines[0] = Array("{}".utf8) }
            } catch {
                return nil
            }
        }
        try town.sync("roads", steps: 12)
        town["roads"].intercept = { _, response in response }
        #expect(try town.sync("roads"))
        #expect(try town.status(first) == "accepted")
        #expect(try town.status(second) == "accepted")
    }

    @Test("a page is half as large after one that was cut, down to one record")
    func halved() throws {
        let (town, _) = try town()
        town["roads"].intercept = { _, _ in nil }
        try town.sync("roads", steps: 24)
        #expect(town["roads"].link.limit.values.contains(1))
        #expect(town["roads"].link.status.problem == "unreachable")
    }

    // MARK: back-off and escapes

    @Test("back-off doubles from half a second, with the caps of two minutes, an hour and beyond; contact resets it")
    func backoff() {
        var longest: [Int64: Int64] = [:]
        for seed: UInt64 in 0..<50 {
            var backoff = Backoff(seed: seed)
            for (now, cap) in [
                (0, 500), (100, 1_000), (200, 2_000), (300, 4_000), (400, 5_000), (119_999, 5_000), (120_000, 60_000),
                (3_599_999, 60_000), (3_600_000, 900_000),
            ] as [(Int64, Int64)] {
                let delay = backoff.delay(now: now)
                #expect(delay >= 1 && delay <= cap)
                longest[now] = max(longest[now] ?? 0, delay)
            }
            backoff.reset()
            #expect(backoff.delay(now: 9_999_999) <= 500)
        }
        #expect(longest[119_999] ?? 0 > 4_000 && longest[0] ?? 0 > 400)
    }

    @Test("a Retry-After is honoured, up to a quarter of an hour")
    func retryAfter() {
        var backoff = Backoff(seed: 3)
        #expect(backoff.delay(now: 0, retryAfter: 30_000) >= 30_000)
        #expect(backoff.delay(now: 0, retryAfter: .max) == 900_000)
        #expect(backoff.delay(now: 0, retryAfter: -5) >= 1)
    }

    @Test("a clock that jumps back does not break the back-off")
    func clockBack() {
        var backoff = Backoff(seed: 3)
        _ = backoff.delay(now: 10_000_000)
        #expect(backoff.delay(now: 0) <= 5_000)
    }

    @Test("a target escapes all but letters, digits, dash, dot and underscore, byte by byte")
    func escapes() {
        let request = WireRequest(
            .pull,
            query: [("stream", "slice:roads"), ("origin", "zhkg#5b1e90c2"), ("x", "а&b=%\n 0-._~")]
        )
        #expect(
            request.target
                == "/sync/v1/pull?stream=slice%3Aroads&origin=zhkg%235b1e90c2&x=%D0%B0%26b%3D%25%0A%200-._%7E"
        )
        #expect(WireRequest("GET", "/x").target == "/x")
    }

    @Test("a number of the query is digits alone")
    func numbers() {
        for (text, number) in [("0", 0), ("42", 42), ("007", 7), ("9999999999999999", 9_999_999_999_999_999)]
            as [(String, Int64)]
        {
            #expect(WireRequest("GET", "/", query: [("n", text)]).number("n") == number)
        }
        for text in ["", "-1", "+1", " 1", "1 ", "1.0", "٣", "99999999999999999"] {
            #expect(WireRequest("GET", "/", query: [("n", text)]).number("n") == nil)
        }
        #expect(WireRequest("GET", "/").number("n") == nil)
    }
}
