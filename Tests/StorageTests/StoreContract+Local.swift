import Replication
import Testing

extension StoreContract {
    private func record(_ space: LocalRecord.Space, _ key: String, appeal: String = "", until: Int64 = 0) -> LocalRecord
    {
        LocalRecord(
            space,
            key,
            appeals: appeal.split(separator: " ").map(String.init),
            until: until,
            bytes: [0, 255, UInt8(key.utf8.count)]
        )
    }

    @Test("keeps what a node has for its people, each space apart", arguments: StoreKind.allCases)
    func locals(_ kind: StoreKind) throws {
        try kind.withStore { store in
            let keys = ["a/1", "a/2", "a/є", "ab/1", "b/1", "а/1"]
            try store.write { transaction in
                for key in keys.reversed() { try transaction.putLocal(record(.draft, key)) }
                try transaction.putLocal(record(.seen, "a/1", appeal: "x", until: greatest))
                var other = record(.draft, "a/2")
                other.bytes = []
                try transaction.putLocal(other)
                try transaction.deleteLocal(.draft, "b/1")
                try transaction.deleteLocal(.draft, "nothing")
                #expect(try transaction.local(.draft, "a/2") == other, "a transaction reads its own writes")
            }
            try store.read { reading throws in
                func found(_ prefix: String, after: String = "", limit: Int = 9) throws -> [String] {
                    try reading.locals(.draft, beginning: prefix, after: after, limit: limit).map(\.key)
                }
                #expect(try found("") == ["a/1", "a/2", "a/є", "ab/1", "а/1"])
                #expect(try found("a/") == ["a/1", "a/2", "a/є"])
                #expect(try found("a/", after: "a/1", limit: 1) == ["a/2"])
                #expect(try found("a/", after: "b").isEmpty && found("а") == ["а/1"] && found("z").isEmpty)
                #expect(try reading.local(.draft, "a/2")?.bytes.isEmpty == true)
                #expect(try reading.local(.seen, "a/1") == record(.seen, "a/1", appeal: "x", until: greatest))
                #expect(try reading.local(.draft, "b/1") == nil && reading.local(.account, "a/1") == nil)
                #expect(try reading.localCount(.draft, beginning: "a", limit: 9) == 4)
                #expect(try reading.localCount(.draft, beginning: "a", limit: 2) == 2)
                #expect(try reading.localCount(.token, beginning: "", limit: 9) == 0)
            }
        }
    }

    @Test(
        "tells whose time is up, the earliest first, and deletes with an appeal what is of it",
        arguments: StoreKind.allCases
    )
    func localsEnd(_ kind: StoreKind) throws {
        try kind.withStore { store in
            try store.write { transaction in
                for (key, until) in [("a", 3), ("b", 1), ("c", 0), ("d", 2), ("e", 1)] as [(String, Int64)] {
                    try transaction.putLocal(record(.session, key, appeal: key == "b" ? "x" : "", until: until))
                }
                try transaction.putLocal(record(.draft, "a", appeal: "x"))
                try transaction.putLocal(record(.draft, "b", appeal: "X"))
                // Of several: they go with any of them, and with no other whose id is a part of theirs.
                try transaction.putLocal(record(.draft, "c", appeal: "w x"))
                try transaction.putLocal(record(.draft, "d", appeal: "xx yx"))
            }
            try store.read { reading throws in
                func ended(_ now: Int64, limit: Int = 9) throws -> [String] {
                    try reading.locals(.session, endedBy: now, limit: limit).map(\.key)
                }
                #expect(try ended(0).isEmpty && ended(1) == ["b", "e"] && ended(9) == ["b", "e", "d", "a"])
                #expect(try ended(9, limit: 3) == ["b", "e", "d"])
            }
            try store.write { transaction in
                try transaction.deleteLocals(of: "")
                try transaction.deleteLocals(of: "x")
            }
            try store.read { reading throws in
                #expect(
                    try reading.locals(.session, beginning: "", after: "", limit: 9).map(\.key) == ["a", "c", "d", "e"]
                )
                #expect(try reading.locals(.draft, beginning: "", after: "", limit: 9).map(\.key) == ["b", "d"])
                #expect(try reading.local(.draft, "d")?.appeals == ["xx", "yx"])
            }
        }
    }

    @Test(
        "takes away so much of each space as has had its time, but no act that is to begin",
        arguments: StoreKind.allCases
    )
    func localsSwept(_ kind: StoreKind) throws {
        try kind.withStore { store in
            try store.write { transaction in
                for space in LocalRecord.Space.allCases {
                    for (key, until) in [("a", 1), ("b", 2), ("c", 3), ("d", 0)] as [(String, Int64)] {
                        try transaction.putLocal(record(space, key, until: until))
                    }
                }
            }
            func left(after now: Int64, limit: Int) throws -> [LocalRecord.Space: [String]] {
                try store.write { try $0.sweepLocals(endedBy: now, limit: limit) }
                return try store.read { reading in
                    try .init(
                        uniqueKeysWithValues: LocalRecord.Space.allCases.map { space in
                            (space, try reading.locals(space, beginning: "", after: "", limit: 9).map(\.key))
                        }
                    )
                }
            }
            for (space, keys) in try left(after: 2, limit: 1) {
                #expect(keys == (space == .delayed ? ["a", "b", "c", "d"] : ["b", "c", "d"]), "\(space)")
            }
            for (space, keys) in try left(after: 2, limit: 9) {
                #expect(keys == (space == .delayed ? ["a", "b", "c", "d"] : ["c", "d"]), "\(space)")
            }
        }
    }

    @Test("takes back what a failed transaction kept for people", arguments: StoreKind.allCases)
    func localsTakenBack(_ kind: StoreKind) throws {
        struct Failure: Error {}
        try kind.withStore { store in
            try store.write { try $0.putLocal(record(.draft, "kept", appeal: "x")) }
            #expect(throws: Failure.self) {
                try store.write { transaction in
                    try transaction.putLocal(record(.draft, "new"))
                    try transaction.deleteLocals(of: "x")
                    throw Failure()
                }
            }
            let kept = try store.read { try $0.locals(.draft, beginning: "", after: "", limit: 9) }
            #expect(kept == [record(.draft, "kept", appeal: "x")])
        }
    }
}
