import Appeals
import Cryptography
import Simulator
import Testing

@testable import Replication
@testable import Storage

/// What the writer does for one question is bounded by what is asked for, not by what lies in the store: rows are counted,
/// never milliseconds.
@Suite("The work of the writer")
struct WriterWorkTests {
    private func withStore(_ body: (SQLiteStore) throws -> Void) throws {
        try withDirectory { directory in
            let store = try SQLiteStore.open(directory: directory + "/store", create: true)
            try body(store)
            try store.close()
        }
    }

    private func appeal(_ number: Int) -> String { "01995c3a-0000-7000-8000-" + String(100_000_000_000 + number) }

    /// Rows that the writer's statements give in one transaction.
    private func rows(_ store: SQLiteStore, _ body: (any StoreTransaction) throws -> Void) throws -> Int64 {
        let before = store.writer.rowsGiven
        try store.write(body)
        return store.writer.rowsGiven - before
    }

    private func fill(_ store: SQLiteStore, tray count: Int) throws {
        try store.write { transaction in
            for number in 0..<count {
                for kind in [TrayKind.recovery, .alarm] {
                    try transaction.addTray(TrayRecord(kind: kind, subject: appeal(number), text: "x", at: 1))
                }
            }
        }
    }

    @Test("whether a receipt is due is known from one debt, whatever else is owed and lies in the tray")
    func due() throws {
        func asked(debts: Int, tray: Int) throws -> Int64 {
            var given: Int64 = 0
            try withStore { store in
                let department = Department(
                    node: "zhkg",
                    store: store,
                    signer: TwinSigner("zhkg"),
                    verifier: TwinVerifier(),
                    draw: { String(repeating: "a", count: 2 * $0) }
                )
                try department.initialize(office: "urz", officeKey: TwinSigner("urz").publicKey)
                try fill(store, tray: tray)
                try store.write { transaction in
                    try transaction.putStream(StreamRecord(name: Space.slice("zhkg"), epoch: "e"))
                    for number in 0..<debts {
                        var debt = DebtRecord(.receipt, node: "zhkg", subject: appeal(500_000 + number), at: 1)
                        debt.tenure = 1
                        try transaction.openDebt(debt)
                    }
                }
                given = try rows(store) { transaction in
                    let due = try department.receiptsDue(transaction, limit: 1)
                    #expect(due.count == 1)
                }
            }
            return given
        }
        let least = try asked(debts: 1, tray: 1)
        #expect(try asked(debts: 300, tray: 1_000) == least && least < 20, "\(least)")
    }

    @Test("an erasure looks at what the tray has of its appeal, and at nothing else there")
    func erases() throws {
        func erased(tray: Int) throws -> Int64 {
            var given: Int64 = 0
            try withStore { store in
                let office = Office(
                    node: "urz",
                    store: store,
                    signer: TwinSigner("urz"),
                    verifier: TwinVerifier(),
                    draw: { String(repeating: "a", count: 2 * $0) }
                )
                try office.initialize()
                try fill(store, tray: tray)
                given = try rows(store) { transaction in
                    let admission = try Admission(office, transaction, now: 2)
                    try admission.erase(appeal(0), commit: admission.nextCommit())
                    _ = try admission.finish()
                }
                try store.read { reading throws in
                    #expect(try reading.tray(kind: .recovery, subject: appeal(0), after: 0, limit: 9).isEmpty)
                    #expect(try reading.tray(kind: .alarm, subject: appeal(0), after: 0, limit: 9).count == 1)
                }
            }
            return given
        }
        #expect(try erased(tray: 1_000) == erased(tray: 1))
    }

    @Test("the check of the whole file runs beside the writer, and finds in the copy what is wrong with the file")
    func checked() throws {
        try withStore { store in
            try store.write { transaction in
                for number in 0..<50 { try transaction.putRow("s", generation: 0, row("\(number)")) }
            }
            #expect(try store.integrityCheck().isEmpty)
            #expect(store.writer.statements.keys.allSatisfy { !$0.contains("integrity_check") })
            try store.withWriter { try $0.execute("DELETE FROM row WHERE key = '7'") }
            #expect(try store.integrityCheck() == ["1 bytes without a row"])
            #expect(!StoreDirectory.exists(store.path + "/" + PrivateCopy.name))
        }
    }
}
