import Appeals
import CanonicalJSON
import Replication
import Simulator
import Testing

@testable import Replication

@Suite("Pages of outcomes")
struct OutcomePageTests {
    private let origin = Origin(node: "roads", incarnation: "00000001")

    private func page(_ first: Int64, _ last: Int64, _ text: String, isRetransmitted: Bool = false) -> OutcomePage {
        OutcomePage(origin: origin, first: first, last: last, isRetransmitted: isRetransmitted, bytes: Array(text.utf8))
    }

    private func kept(_ pages: [OutcomePage]) throws -> [String] {
        let town = try Town("roads")
        let place = town["roads"]
        return try place.kept.write { transaction in
            for page in pages { try place.department.keep(page, transaction) }
            return try transaction.outcomePages(origin, from: 1, to: 100).map {
                "\($0.first)-\($0.last) \(String(decoding: $0.bytes, as: UTF8.self))"
            }
        }
    }

    @Test("a page takes the place of one that began with the same number, and leaves it what it does not reach")
    func rest() throws {
        #expect(try kept([page(1, 10, "a"), page(1, 10, "b")]) == ["1-10 b"])
        #expect(try kept([page(1, 10, "a"), page(1, 3, "b")]) == ["1-3 b", "4-10 a"])
        #expect(try kept([page(1, 10, "a"), page(4, 6, "c"), page(1, 3, "b")]) == ["1-3 b", "4-6 c", "7-10 a"])
        #expect(try kept([page(1, 10, "a"), page(1, 3, "b", isRetransmitted: true)]) == ["1-10 a", "1-3 b"])
    }

    @Test("go along when a log is sent again, each once, and are let go when what they tell of is durable")
    func evidence() throws {
        let town = try Town("roads")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        for _ in 0..<3 {
            for _ in 0..<4 { try town.notes("roads", appeal) }
            try town.syncAll()
        }
        let place = town["roads"]
        let record = try town.origin("roads")
        func former() throws -> Int {
            let page = try #require(
                try place.department.page(of: record.origin, after: 0, limit: 500, resends: true)
            )
            return Lines.split(page.body).filter { $0.starts(with: Array(#"{"former""#.utf8)) }.count
        }
        #expect(record.last == 12)
        #expect(try former() == 3)
        try town.office.markDurable([record.origin: 8])
        try town.notes("roads", appeal)
        #expect(try town.syncAll())
        #expect(try place.store.read { try $0.outcomePages(record.origin, from: 1, to: 99) }.map(\.first) == [9, 13])
        #expect(try former() == 2)
    }
}
