import Appeals
import Replication
import Testing

extension StoreContract {
    private func debt(_ kind: DebtRecord.Kind, _ node: String, _ subject: String, at: Int64 = 1) -> DebtRecord {
        var debt = DebtRecord(kind, node: node, subject: subject, at: at)
        debt.tenure = greatest
        debt.epoch = "e"
        debt.commit = greatest
        debt.sequence = 3
        debt.kept = 4
        return debt
    }

    @Test("keeps what is owed, open and closed, and counts both", arguments: StoreKind.allCases)
    func debts(_ kind: StoreKind) throws {
        try kind.withStore { store in
            let ids = try store.write { store in
                try [
                    store.openDebt(debt(.purge, "zhkg", "a")), store.openDebt(debt(.purge, "zhkg", "b", at: 5)),
                    store.openDebt(debt(.purge, "osvita", "a")), store.openDebt(debt(.letter, "zhkg", "a")),
                ]
            }
            #expect(ids == ids.sorted() && Set(ids).count == 4)
            try store.write { transaction in
                var signed = try #require(try transaction.debt(.purge, node: "zhkg", subject: "b"))
                #expect(signed.id == ids[1])
                signed.bytes = [0, 1, 255]
                signed.state = .paid
                try transaction.putDebt(signed)
                let first = try #require(try transaction.debt(.purge, node: "zhkg", subject: "a"))
                var paid = first
                paid.kept = 9
                try transaction.closeDebt(paid, as: .paid, at: 7)
                // Closed is closed: another word changes nothing of it, and is not counted.
                try transaction.closeDebt(paid, as: .dropped, at: 8)
            }
            try store.read { reading throws in
                func open(_ filter: DebtFilter, after: Int64 = 0, limit: Int = 9) throws -> [Int64] {
                    try reading.debts(filter, after: after, limit: limit).map(\.id)
                }
                #expect(try open(DebtFilter()) == Array(ids.dropFirst()))
                #expect(try open(DebtFilter(), after: ids[1], limit: 1) == [ids[2]])
                #expect(try open(DebtFilter(kind: .purge)) == [ids[1], ids[2]])
                #expect(try open(DebtFilter(kind: .purge, node: "zhkg")) == [ids[1]])
                #expect(try open(DebtFilter(isSigned: true)) == [ids[1]])
                #expect(try open(DebtFilter(isSigned: false)) == [ids[2], ids[3]])
                #expect(try open(DebtFilter(openedUpTo: 4)) == [ids[2], ids[3]])
                #expect(try reading.debtCount(DebtFilter(kind: .purge)) == 2)
                #expect(try reading.debtTotals(.purge) == DebtTotals(opened: 3, closed: 1, open: 2))
                #expect(try reading.debtTotals(.receipt) == DebtTotals(opened: 0, closed: 0, open: 0))
                var expected = debt(.purge, "zhkg", "b", at: 5)
                expected.id = ids[1]
                expected.bytes = [0, 1, 255]
                #expect(try reading.debt(.purge, node: "zhkg", subject: "b") == expected)
                let closed = try #require(try reading.debt(.purge, node: "zhkg", subject: "a"))
                #expect(closed.state == .paid && closed.closedAt == 7 && closed.kept == 9)
                #expect(try reading.debt(.purge, node: "zhk", subject: "a") == nil)
            }
        }
    }

    @Test("takes back debts of a transaction that failed, with their counts", arguments: StoreKind.allCases)
    func debtsTakenBack(_ kind: StoreKind) throws {
        struct Failure: Error {}
        try kind.withStore { store in
            try store.write { _ = try $0.openDebt(debt(.purge, "zhkg", "a")) }
            #expect(throws: Failure.self) {
                try store.write { transaction in
                    try transaction.openDebt(debt(.purge, "zhkg", "b"))
                    try transaction.settleDebt(.purge, node: "zhkg", subject: "a", as: .paid, at: 2)
                    throw Failure()
                }
            }
            try store.read { reading throws in
                #expect(try reading.debtTotals(.purge) == DebtTotals(opened: 1, closed: 0, open: 1))
                #expect(try reading.debt(.purge, node: "zhkg", subject: "a")?.state == .open)
                #expect(try reading.debt(.purge, node: "zhkg", subject: "b") == nil)
            }
            let settled = try store.write { transaction in
                try (0..<2).map { _ in
                    try transaction.settleDebt(.purge, node: "zhkg", subject: "a", as: .dropped, at: 3)
                }
            }
            #expect(settled == [true, false])
        }
    }
}
