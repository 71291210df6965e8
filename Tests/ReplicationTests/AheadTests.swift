import CanonicalJSON
import Replication
import Testing

/// A node asks for the next page while it applies the last; what it asks under is still its own for each request.
@Suite("Asking ahead")
struct AheadTests {
    @Test("what is foreseen is what the link then asks, word for word, and anything else is asked under another number")
    func foreseen() throws {
        let town = try Town("roads")
        town.office.rules.sizes.pageRecords = 2
        for _ in 0..<6 { try town.registers(main: "roads") }
        let place = town["roads"]
        var ahead: WireRequest?
        var (hits, misses) = (0, 0)
        var asks: Set<String> = []
        place.intercept = { request, response in
            guard request.call == .snapshot || request.call == .pull else { return response }
            if let expected = ahead {
                if expected == request { hits += 1 } else { misses += 1 }
                #expect(expected == request || expected["ask"] != request["ask"])
            }
            asks.insert(request["ask"] ?? "")
            ahead = try place.department.predictNextRequest(after: request, reply: response.body).map {
                place.link.foresee($0, on: .read, now: town.now)
            }
            return response
        }
        #expect(try town.sync("roads"))
        #expect(hits >= 3, "pages of a snapshot follow one another: \(hits) as foreseen, \(misses) not")
        #expect(
            asks.count == (place.calls[ProtocolCall.snapshot.path] ?? 0) + (place.calls[ProtocolCall.pull.path] ?? 0)
        )
        #expect(try town.agrees("roads"))
    }
}
