import Appeals
import Cryptography
import Replication
import Testing

extension StoreContract {
    @Test("keeps what is known of origins", arguments: StoreKind.allCases)
    func origins(_ kind: StoreKind) throws {
        try kind.withStore { store in
            var full = OriginRecord(origin: author, key: [0, 1, 255])
            full.last = greatest
            full.lastID = "id"
            full.state = .frozen
            full.chain = "chain"
            full.seen = Seen(epoch: "e", slice: greatest, reference: 2)
            full.durable = 3
            full.acknowledged = 4
            let later = OriginRecord(origin: origin("zhkg", "ffffffff"), key: [])
            let other = OriginRecord(origin: origin("zhkg-2", "00000000"), key: [1])
            try store.write {
                try $0.putOrigin(OriginRecord(origin: author, key: []))
                for record in [other, later, full] { try $0.putOrigin(record) }
            }
            try store.read { reading throws in
                #expect(try reading.origin(author) == full)
                #expect(try reading.origin(origin("zhkg", "00000001")) == nil)
                #expect(try reading.origins(node: "zhkg") == [full, later])
                #expect(try reading.origins(node: "zhk").isEmpty)
            }
        }
    }

    @Test("keeps nodes, and how far each has read", arguments: StoreKind.allCases)
    func nodes(_ kind: StoreKind) throws {
        try kind.withStore { store in
            var full = NodeRecord(node: "osvita", key: "aa")
            full.state = .revoked
            full.token = "t1"
            full.formerToken = "t0"
            full.contact = greatest
            let other = NodeRecord(node: "zhkg", key: "bb")
            let reader = ReaderRecord(node: "zhkg", stream: "s", sequence: greatest, at: 5, pin: 7, pinnedAt: 8)
            let second = ReaderRecord(node: "osvita", stream: "s", sequence: 1, at: 2)
            try store.write {
                try $0.putNode(NodeRecord(node: "osvita", key: "old"))
                try $0.putNode(other)
                try $0.putNode(full)
                try $0.putReader(ReaderRecord(node: "zhkg", stream: "s", sequence: 0, at: 0))
                try $0.putReader(reader)
                try $0.putReader(second)
                try $0.putReader(ReaderRecord(node: "zhkg", stream: "t", sequence: 9, at: 9))
            }
            try store.read { reading throws in
                #expect(try reading.node("osvita") == full)
                #expect(try reading.node(key: "bb") == other)
                #expect(try reading.node(key: "old") == nil)
                #expect(try reading.nodes(after: "", limit: 9) == [full, other])
                #expect(try reading.nodes(after: "osvita", limit: 9) == [other])
                #expect(try reading.nodes(after: "", limit: 1) == [full])
                #expect(try reading.reader("zhkg", "s") == reader)
                #expect(try reading.reader("zhkg", "u") == nil)
                #expect(try reading.readers(stream: "s", after: "", limit: 9) == [second, reader])
            }
        }
    }

    @Test("keeps stubs, erasures, the tray and numbers taken", arguments: StoreKind.allCases)
    func records(_ kind: StoreKind) throws {
        try kind.withStore { store in
            let stub = StubRecord(appeal: "b", bytes: [0, 1], at: greatest, kept: -1, index: "К-7")
            func item(_ id: Int64, _ kind: TrayKind) -> TrayRecord {
                TrayRecord(id: id, kind: kind, subject: "s\(id)", text: "t", bytes: [UInt8(id)], at: id)
            }
            try store.write {
                try $0.putStub(StubRecord(appeal: "a", bytes: [], at: 1, kept: 2))
                try $0.putStub(StubRecord(appeal: "b", bytes: [], at: 1, kept: 2))
                try $0.putStub(stub)
                try $0.deleteStub("a")
                try $0.deleteStub("never was")
                for appeal in ["c", "a", "b", "a"] { try $0.putErasure(appeal, at: 1) }
                try $0.putErasure(ErasureRecord(appeal: "c", seal: "", index: "К-9"), at: 2)
                // Told again without its index: what is known stays known.
                try $0.putErasure(ErasureRecord(appeal: "c", seal: "s"), at: 3)
                for (id, kind) in [(1, .alarm), (2, .repair), (3, .alarm)] as [(Int, TrayKind)] {
                    try $0.addTray(item(Int64(id), kind))
                }
                try $0.setSeriesLast("К/26", 7)
                try $0.setSeriesLast("К/26", greatest)
            }
            try store.write {
                try $0.deleteTray(3)
                try $0.addTray(item(4, .alarm))
            }
            try store.read { reading throws in
                #expect(try reading.stub("a") == nil)
                #expect(try reading.stub("b") == stub)
                #expect(try reading.stubs(after: "", limit: 9) == [stub])
                #expect(try reading.stubs(after: "b", limit: 9).isEmpty)
                #expect(try reading.stub(index: "К-7") == stub && reading.stub(index: "") == nil)
                #expect(try reading.erasure(index: "К-9") == ErasureRecord(appeal: "c", seal: "s", index: "К-9"))
                #expect(try reading.erasure(index: "") == nil && reading.erasure(index: "К-7") == nil)
                #expect(try reading.erasedAt("c") == 3 && reading.erasedAt("d") == nil)
                #expect(try reading.isErased("a"))
                #expect(try !reading.isErased("d"))
                #expect(try reading.erasures(after: "a", limit: 1).map(\.appeal) == ["b"])
                #expect(
                    try reading.tray(kind: nil, after: 0, limit: 9) == [
                        item(1, .alarm), item(2, .repair), item(4, .alarm),
                    ]
                )
                #expect(try reading.tray(kind: .alarm, after: 1, limit: 9) == [item(4, .alarm)])
                #expect(try reading.tray(kind: .alarm, after: 0, limit: 1) == [item(1, .alarm)])
                #expect(try reading.seriesLast("К/26") == greatest)
                #expect(try reading.seriesLast("К/27") == 0)
            }
        }
    }

    @Test("finds what left by its index, the last that left first", arguments: StoreKind.allCases)
    func departures(_ kind: StoreKind) throws {
        try kind.withStore { store in
            let left = [("a", 3, "К-1"), ("b", 5, "К-1"), ("c", 4, ""), ("d", 5, "К-2")].map { appeal, at, index in
                StubRecord(appeal: appeal, bytes: [], at: Int64(at), kept: 0, index: index)
            }
            try store.write { for stub in left { try $0.putStub(stub) } }
            try store.read { reading throws in
                #expect(try reading.stub(index: "К-1")?.appeal == "b")
                var found: [String] = [], place: (at: Int64, appeal: String)?
                while let next = try reading.departed(before: place, limit: 1).first {
                    found.append(next.appeal)
                    place = (next.at, next.appeal)
                }
                #expect(found == ["d", "b", "c", "a"])
                #expect(try reading.departed(before: nil, limit: 3).map(\.appeal) == ["d", "b", "c"])
            }
        }
    }

    @Test("lists what is to be done: by marks, a person and days", arguments: StoreKind.allCases)
    func work(_ kind: StoreKind) throws {
        try kind.withStore { store in
            try store.write { transaction in
                for (key, term, work) in [
                    ("a", "2026-05-20", ["returned@zhkg:olha", "unappointed@drim:"]), ("b", "", ["decision@urz:"]),
                    ("c", "", []), ("d", "2026-05-21", ["returned@zhkg-2:"]),
                    ("e", "2026-05-19", ["issued@zhkg:olha-2"]),
                ] { try transaction.putRow("s", generation: 1, row(key, term: term, work: work)) }
            }
            func found(_ fill: (inout ListFilter) -> Void) throws -> String {
                var filter = ListFilter()
                fill(&filter)
                return try listed(filter, store)
            }
            #expect(try found { $0.work = ["returned@"] } == "ad")
            #expect(try found { $0.work = ["returned@zhkg:"] } == "a")
            #expect(try found { $0.work = ["issued@", "decision@"] } == "be")
            #expect(try found { $0.person = "olha" } == "a")
            #expect(try found { $0.termThrough = "2026-05-20" } == "ae")
            #expect(try found { ($0.termFrom, $0.termThrough) = ("2026-05-20", "2026-05-21") } == "ad")
            try store.write { try $0.putRow("s", generation: 1, row("a", term: "2026-06-01", work: ["done@urz:"])) }
            #expect(try found { $0.work = ["returned@"] } == "d" && found { $0.work = ["done@"] } == "a")
        }
    }
}
