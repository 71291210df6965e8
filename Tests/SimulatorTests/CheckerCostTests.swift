import Appeals
import CanonicalJSON
import Testing

@testable import Replication
@testable import Simulator

@Suite("The judges of what a catch-up costs and of what a receipt says")
struct CheckerCostTests {
    private typealias Quiet = QuietCity

    /// A pull of the whole slice of roads, and its reply.
    private func pull(_ quiet: QuietCity) throws -> (WireRequest, WireResponse) {
        let epoch = try quiet.city.officeStore.read { try $0.value(Values.epoch) } ?? ""
        let request = WireRequest(
            .pull,
            query: [("stream", Space.slice("roads")), ("epoch", epoch), ("after", "0"), ("mark", "")]
        )
        return (request, try quiet.city.serve(request, quiet.roads))
    }

    @Test("a page that says everything twice costs too much; the same page asked for again does not count")
    func cost() throws {
        let quiet = try Quiet()
        let (request, response) = try pull(quiet)
        quiet.roads.catchUp = nil
        let lines = Lines.split(response.body)
        try #require(response.status == 200 && lines.count > 2)
        for _ in 0..<5 {
            let city = quiet.city
            #expect(try Quiet.named { try CatchUpCost.judge(response, to: request, of: quiet.roads, in: city) } == nil)
        }
        quiet.roads.catchUp = nil
        let row: [UInt8] = Array(lines[0]) + [10]
        let copies = [[UInt8]](repeating: row, count: lines.count * 6).joined()
        let bloated = WireResponse(status: 200, body: Array(copies) + response.body)
        #expect(
            try Quiet.named { try CatchUpCost.judge(bloated, to: request, of: quiet.roads, in: quiet.city) }
                == CatchUpCost.name
        )
    }

    /// The receipt of an appeal, signed by roads as if it were true.
    private func sign(_ appeal: String, tenure: Int64, _ quiet: QuietCity) throws {
        try quiet.roads.store.write { transaction in
            var debt = DebtRecord(.receipt, node: "roads", subject: appeal, at: 1)
            debt.tenure = tenure
            debt.bytes = [1]
            try transaction.openDebt(debt)
        }
    }

    @Test("a receipt of an appeal that is shown, or set aside, is found as it is signed")
    func receipts() throws {
        let quiet = try Quiet()
        let row = try quiet.held(by: quiet.roads)
        #expect(try Quiet.named { try ReceiptsAreTrue.judge(quiet.roads, since: []) } == nil)
        try sign(row.key, tenure: row.tenure, quiet)
        #expect(try Quiet.named { try ReceiptsAreTrue.judge(quiet.roads, since: []) } == ReceiptsAreTrue.name)
        let signed = try ReceiptsAreTrue.signed(by: quiet.roads)
        #expect(try Quiet.named { try ReceiptsAreTrue.judge(quiet.roads, since: signed) } == nil)
        // Of the tenure before this one it is true.
        let other = try Quiet()
        var later = row
        later.tenure = row.tenure + 1
        try other.roads.store.write { transaction in
            let generation = try transaction.stream(Space.slice("roads"))?.generation ?? 0
            try transaction.putRow(Space.slice("roads"), generation: generation, later)
        }
        try sign(row.key, tenure: row.tenure, other)
        #expect(try Quiet.named { try ReceiptsAreTrue.judge(other.roads, since: []) } == nil)
        let aside = try Quiet()
        var gone = Appeals.Aggregate(id: "an appeal that was")
        gone[.registers, "index"] = Item(value: "1", write: "office#1:1", commit: 1)
        try aside.roads.store.write {
            try $0.addTray(TrayRecord(kind: .offered, subject: "slice:roads", text: "", bytes: gone.bytes, at: 1))
        }
        try sign(gone.id, tenure: 1, aside)
        #expect(try Quiet.named { try ReceiptsAreTrue.judge(aside.roads, since: []) } == ReceiptsAreTrue.name)
    }
}
