import Appeals
import Testing

@testable import Replication

@Suite("Before the long poll")
struct HurryTests {
    /// A department that has everything, begun anew; its requests of the read lane until the first that waits.
    private func begun(_ change: (Town) throws -> Void = { _ in }) throws -> (town: Town, pulls: [WireRequest]) {
        let town = try Town("roads", "water")
        for _ in 0..<3 { try town.registers(main: "roads") }
        #expect(try town.sync("roads"))
        try change(town)
        town.restart("roads")
        let place = town["roads"]
        place.link.waitSeconds = 25
        var pulls: [WireRequest] = []
        place.intercept = { request, response in
            if request["stream"] != nil { pulls.append(request) }
            return request["wait"] == nil ? response : nil
        }
        try town.sync("roads", rest: 500)
        return (town, pulls)
    }

    @Test("at a start every stream is compared at its head before anything waits")
    func comparedFirst() throws {
        let pulls = try begun().pulls
        #expect(pulls.prefix(4).map { $0["stream"] } == ["reference", "slice:roads", "node:roads", "slice:roads"])
        #expect(pulls.prefix(4).map { $0["wait"] } == [nil, nil, nil, "25"])
    }

    @Test("a row that was lost while the node stood still is back before the first long poll")
    func repairedFirst() throws {
        var lost = ""
        let town = try begun { town in
            try town["roads"].store.write { transaction in
                var stream = try #require(try transaction.stream(Space.slice("roads")))
                let row = try #require(
                    try transaction.rows(stream.name, generation: stream.generation, after: "", limit: 1).first
                )
                lost = row.key
                try town["roads"].department.remove(row, from: &stream, transaction)
                try transaction.putStream(stream)
            }
        }.town
        #expect(try town.held("roads", lost) != nil)
        #expect(try town.agrees("roads"))
    }

    /// A link whose long poll is on its way.
    private func waiting() throws -> Town {
        let town = try begun().town
        let place = town["roads"]
        let actions = try place.link.step(.woke(.read), now: town.now + 60_000)
        guard case .send(.read, let poll)? = actions.first else { throw Refused("nothing is sent") }
        #expect(poll["wait"] == "25")
        return town
    }

    private struct Refused: Error {
        let words: String
        init(_ words: String) { self.words = words }
    }

    @Test("who hurries gives the long poll up, and every stream is compared again at once")
    func hurried() throws {
        let town = try waiting()
        let place = town["roads"]
        let limit = place.link.limit
        #expect(try place.link.step(.hurried, now: 7).contains(.abandon(.read)))
        #expect(try place.link.step(.failed(.read, retryAfter: nil), now: 8) == [.sleep(.read, until: 8)])
        #expect(place.link.limit == limit, "what was given up says nothing of the line")
        var compared: [String] = []
        place.intercept = { request, response in
            guard request["wait"] == nil else { return nil }
            if let stream = request["stream"] { compared.append(stream) }
            return response
        }
        try town.sync("roads", rest: 500)
        #expect(compared == ["reference", "slice:roads", "node:roads"])
    }

    @Test("the reply of a long poll that was given up too late is not taken")
    func late() throws {
        let town = try waiting()
        let place = town["roads"]
        _ = try place.link.step(.hurried, now: 7)
        #expect(
            try place.link.step(.replied(.read, WireResponse(status: 500, body: [])), now: 8) == [
                .sleep(.read, until: 8)
            ]
        )
        #expect(try place.link.step(.woke(.read), now: 9).count == 1)
    }

    @Test("who hurries wakes lanes that sleep, and leaves a lane that works alone")
    func asleep() throws {
        let town = try begun().town
        let link = town["roads"].link
        var idle = link
        #expect(try idle.step(.hurried, now: 5) == [.sleep(.exchange, until: 5), .sleep(.read, until: 5)])
        var working = link
        working.beginReading()
        _ = try working.step(.woke(.read), now: 5)
        #expect(try working.step(.hurried, now: 6) == [.sleep(.exchange, until: 6)])
    }
}
