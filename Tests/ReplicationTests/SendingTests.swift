import Appeals
import Testing

@testable import Replication

@Suite("How much is sent of what is being sent")
struct SendingTests {
    /// Where sending began and what the office had acknowledged, before each push.
    private func pushes(_ town: Town) throws -> [(settled: Int64?, acknowledged: Int64)] {
        let place = town["roads"]
        place.link.limit[.exchange] = 1
        var seen: [(settled: Int64?, acknowledged: Int64)] = []
        place.intercept = { request, response in
            if request.call == .push {
                seen.append((place.link.status.settled?.number, try town.origin("roads").acknowledged))
            }
            return response
        }
        try town.sync("roads")
        place.intercept = { _, response in response }
        return seen
    }

    @Test("it is counted from where there was nothing to send, and after a restart from what was acknowledged then")
    func counted() throws {
        let town = try Town("roads")
        let appeal = try town.registers(main: "roads")
        try town.sync("roads")
        for number in 0..<7 { _ = try town.notes("roads", appeal, "Примітка \(number)") }
        let first = try pushes(town)
        #expect(first.map(\.settled) == [0, 0, 0] && first.map(\.acknowledged) == [0, 1, 3])
        #expect(town["roads"].link.status.settled?.number == 7)
        for number in 7..<9 { _ = try town.notes("roads", appeal, "Примітка \(number)") }
        let second = try pushes(town)
        #expect(second.map(\.settled) == [7, 7] && second.map(\.acknowledged) == [7, 8])
        town.restart("roads")
        _ = try town.notes("roads", appeal, "Ще одна")
        #expect(town["roads"].link.status.settled == nil)
        #expect(try pushes(town).map(\.settled) == [9])
    }
}
