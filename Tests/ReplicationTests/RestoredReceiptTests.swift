import Appeals
import CanonicalJSON
import Simulator
import Testing

@testable import Replication

/// An office that is put back to any moment of a story of departures: in the end nobody owes a receipt for ever.
@Suite("Receipts after a restore")
struct RestoredReceiptTests {
    /// Two appeals that go from roads to water, of which the second comes back and goes again; roads signs at once, or once
    /// the office has been put back.
    private static let steps = 9

    private func play(_ step: Int, _ town: Town, _ appeals: inout [String]) throws {
        switch step {
        case 0: appeals.append(try town.registers(main: "roads"))
        case 1: try town.assigns(appeals[0], main: "water")
        case 2: appeals.append(try town.registers(main: "roads"))
        case 3: try town.assigns(appeals[1], main: "water")
        case 4: try town.assigns(appeals[1], main: "roads")
        case 5: try town.act("note.added", appeals[1], by: "olena", "registrar", personal: ["text": "Передзвонити"])
        case 6: try town.assigns(appeals[1], main: "water")
        case 7: try town.assigns(appeals[0], main: "roads")
        default: try town.assigns(appeals[0], main: "water")
        }
    }

    @Test(
        "no purge stays unconfirmed, whatever was in the backup and whatever had been told since",
        arguments: 0..<steps,
        [true, false]
    )
    func restored(backup place: Int, isSignedBefore: Bool) throws {
        let town = try Town("roads", "water")
        var appeals: [String] = []
        try town.syncAll()
        var backup = town.officeStore.copy()
        for step in 0..<Self.steps {
            try play(step, town, &appeals)
            if step == place { backup = town.officeStore.copy() }
            town["roads"].signsReceipts = isSignedBefore || step < place
            town["water"].signsReceipts = isSignedBefore || step < place
            try town.syncAll()
        }
        for node in ["roads", "water"] { town[node].signsReceipts = true }
        try town.restoreOffice(to: backup)
        for _ in 0..<3 {
            try town.syncAll()
            town.now += 600_000
        }
        try town.syncAll()
        let owed = try town.officeStore.read { try $0.debts(DebtFilter(kind: .purge), after: 0, limit: .max) }
        #expect(owed.map { "\($0.node) \($0.subject)" } == [])
        for node in ["roads", "water"] {
            let waits = try town[node].store.read { try $0.debts(DebtFilter(kind: .receipt), after: 0, limit: .max) }
            #expect(waits.map(\.subject) == [], "\(node) waits for the word that it was heard")
        }
    }
}
