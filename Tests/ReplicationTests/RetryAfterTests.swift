import Testing

@testable import Replication

@Suite("Retry-After of a refusal")
struct RetryAfterTests {
    /// A department that has everything, and whose next request of each lane is on its way.
    private func asking() throws -> Town {
        let town = try Town("roads")
        try town.registers(main: "roads")
        #expect(try town.sync("roads"))
        town.restart("roads")
        let place = town["roads"]
        place.link.waitSeconds = 25
        place.intercept = { request, response in request["wait"] == nil ? response : nil }
        try town.sync("roads", rest: 500)
        let now = town.now + 120_000
        for lane in Lane.allCases where !place.link.isBusy.contains(lane) {
            _ = try place.link.step(.woke(lane), now: now)
        }
        return town
    }

    private static func refusal(_ code: ErrorCode, _ milliseconds: Int64?) -> WireResponse {
        var response = WireResponse.refusal(503, code, "later")
        response.retryAfter = milliseconds
        return response
    }

    /// When the link asks next, from what it is told to do at `now`: it is woken as it says, and told of work meanwhile.
    private func nextRequest(
        _ place: Town.Place,
        _ first: [LinkAction],
        now: Int64,
        _ told: [LinkInput]
    ) throws -> Int64? {
        var actions = first
        var wakes: [Lane: Int64] = [:]
        var now = now
        var told = told
        for _ in 0..<1_000 {
            for action in actions {
                switch action {
                case .send: return now
                case .sleep(let lane, let until): wakes[lane] = until
                case .abandon, .purge: break
                }
            }
            if let input = told.popLast() {
                now += 1
                actions = try place.link.step(input, now: now)
                continue
            }
            guard let next = wakes.min(by: { $0.value < $1.value }) else { return nil }
            wakes[next.key] = nil
            now = max(now, next.value)
            actions = try place.link.step(.woke(next.key), now: now)
        }
        return nil
    }

    @Test(
        "nothing is asked sooner on either lane, whatever happens meanwhile",
        arguments: [ErrorCode.stopped, .officeBehind, .frozen, .unconfirmed, .notAllowed]
    )
    func least(_ code: ErrorCode) throws {
        for lane in Lane.allCases {
            for told in [[], [LinkInput.acted], [.hurried], [.woke(.exchange), .woke(.read)], [.purged]] {
                let town = try asking()
                let place = town["roads"]
                guard place.link.isBusy.contains(lane) else { continue }
                for other in Lane.allCases where other != lane && place.link.isBusy.contains(other) {
                    _ = try place.link.step(.failed(other, retryAfter: nil), now: 1_000_000)
                }
                let actions = try place.link.step(.replied(lane, Self.refusal(code, 30_000)), now: 1_000_000)
                let next = try nextRequest(place, actions, now: 1_000_000, told)
                #expect(try #require(next) >= 1_030_000, "\(code) on \(lane.rawValue), then \(told)")
            }
        }
    }

    @Test("a reply that is under way on the other lane does not end the pause")
    func otherLane() throws {
        let town = try asking()
        let place = town["roads"]
        try #require(place.link.isBusy.contains(.read))
        try town.notes("roads", town.uuid(1))
        let first = try place.link.step(.acted, now: 999_001)
        try #require(first.contains { if case .send(.exchange, _) = $0 { true } else { false } })
        let refused = try place.link.step(.replied(.exchange, Self.refusal(.stopped, 30_000)), now: 1_000_000)
        let failed = try place.link.step(.failed(.read, retryAfter: nil), now: 1_000_500)
        #expect(try #require(try nextRequest(place, refused + failed, now: 1_000_500, [])) >= 1_030_000)
    }

    @Test("a quarter of an hour is the most, also by a clock that was set back")
    func most() throws {
        let town = try asking()
        let place = town["roads"]
        let actions = try place.link.step(.replied(.read, Self.refusal(.stopped, .max)), now: 1_000_000)
        let next = try nextRequest(place, actions, now: 1_000_000, [.hurried])
        #expect(next == 1_900_000)
        let another = try asking()
        let other = another["roads"]
        _ = try other.link.step(.replied(.read, Self.refusal(.stopped, 900_000)), now: 10_000_000)
        let soon = try nextRequest(other, [], now: 1_000_000, [.woke(.exchange)])
        #expect(try #require(soon) < 1_000_100)
    }

    @Test("the link says what each lane does, since when, what it waits for and when it tries next")
    func standing() throws {
        let town = try asking()
        let link = town["roads"].link
        let read = link.standing(.read)
        #expect(read.doing == .waiting && read.awaits == .news && read.nextTry == nil && read.since > 0)
        let exchange = link.standing(.exchange)
        #expect(
            exchange.doing == .idle && exchange.awaits == .work && exchange.since <= read.since,
            "\(exchange), \(read)"
        )
        _ = try town["roads"].link.step(.replied(.read, Self.refusal(.stopped, 30_000)), now: 1_000_000)
        let stopped = town["roads"].link.standing(.exchange)
        #expect(stopped.doing == .hello && stopped.awaits == .pause && stopped.since == 1_000_000)
        #expect(stopped.nextTry == 1_030_000)
        let waiting = town["roads"].link.standing(.read)
        #expect(waiting.doing == .waitsForHello && waiting.awaits == .otherLane)
    }
}
