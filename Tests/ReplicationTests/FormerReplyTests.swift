import CanonicalJSON
import Replication
import Simulator
import Testing

@testable import Appeals

/// Who stands between a node and its office keeps a signed reply and gives it to a later request of the same call.
@Suite("A reply to a former request")
struct FormerReplyTests {
    static let calls = [
        "fetch", "hello", "operations", "outcomes", "probe", "pull", "push", "receipts", "recovered", "snapshot",
    ]

    /// Everything once: repair, departure, a node put back, a restored office.
    private func round(_ town: Town) throws {
        let place = town["roads"]
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        try town.notes("roads", appeal, "A")
        try town.syncAll()
        try town.damage("roads", appeal)
        try town.syncAll()
        let other = try town.registers(main: "roads")
        try town.syncAll()
        try town.assigns(other, main: "water")
        try town.syncAll()
        let disk = place.store.copy()
        let backup = town.officeStore.copy()
        try town.notes("roads", appeal, "B")
        try town.syncAll()
        town.restart("roads", on: disk)
        town.now += 1
        try town.notes("roads", appeal, "C")
        try town.syncAll()
        try town.restoreOffice(to: backup)
        try town.syncAll()
    }

    /// The town after two rounds, in which one reply of a call came twice, and what the node said of replies.
    private func replays(_ call: String, asks: Bool) throws -> Town {
        let town = try Town("roads", "water")
        town.rules.replyRepeatsAsk = asks
        town.restart("roads", on: town["roads"].store)
        var kept: WireResponse?
        var given = false
        town["roads"].intercept = { request, response in
            guard request.path == ProtocolCall.prefix + call, response.status == 200 else { return response }
            guard let former = kept else {
                kept = response
                return response
            }
            guard !given, former != response else { return response }
            given = true
            return former
        }
        try round(town)
        try round(town)
        #expect(given, "the rounds have two different replies of \(call)")
        return town
    }

    private static let refusal = "the reply is not for this request"

    @Test("is no reply: it is dropped by name, and the request is made again", arguments: calls)
    func replayed(call: String) throws {
        let town = try replays(call, asks: true)
        #expect(town["roads"].problems.contains(Self.refusal))
        #expect(try town.sync("roads"))
        #expect(try town.agrees("roads"))
    }

    @Test("is taken for one without the rule by every call that has no place of its own to compare")
    func withoutTheRule() throws {
        let taken = try Self.calls.filter { try !replays($0, asks: false)["roads"].problems.contains(Self.refusal) }
        #expect(taken == ["fetch", "hello", "operations", "probe", "receipts", "recovered"])
    }

    @Test("what a request asks under is 16 hexadecimal digits, or nothing, for every call")
    func form() throws {
        let town = try Town("roads")
        for call in Self.calls {
            let method = ["operations", "outcomes", "pull"].contains(call) ? "GET" : "POST"
            for ask in ["", "0123456789abcde", "0123456789abcdef0", "0123456789ABCDEF"] {
                let request = WireRequest(method, ProtocolCall.prefix + call, query: [("ask", ask)])
                let reply = try town.reply(request, peer: "roads")
                #expect(reply.errorCode == .badRequest && reply.errorMessage?.contains("ask") == true, "\(call) \(ask)")
            }
        }
        let hello = try town.reply(try town.hello("roads"), peer: "roads")
        #expect(hello.status == 200 && town.last(hello)["ask"] == nil)
    }
}
