import Appeals
import CanonicalJSON
import Testing

@testable import Replication

/// Counters, commits, positions and lists that a store keeps as text.
@Suite("A value of the store that cannot be read")
struct UnreadableValueTests {
    /// A cell at the office (or at `roads`), and what reads it.
    struct Cell: Sendable, CustomTestStringConvertible {
        let key: String
        let name: String
        var isOffice = true
        var isRestored = false
        let reads: @Sendable (Town, String) throws -> Void
        var testDescription: String { "\(key) by \(name)" }
    }

    static let cells: [Cell] = [
        Cell(key: Values.commit.key, name: "an act") { town, appeal in
            try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "x"])
        },
        Cell(key: Values.commit.key, name: "a hello") { town, _ in
            _ = try town.reply(town.hello("roads"), peer: "roads")
        },
        Cell(key: Values.commit.key, name: "a pull") { town, _ in
            _ = try town.reply(town.pull("roads", after: town.position("roads").head), peer: "roads")
        },
        Cell(key: Values.commit.key, name: "a declared restore") { town, _ in
            try town.office.declareRestore(now: town.now)
        },
        Cell(key: Values.clock.key, name: "an act") { town, appeal in
            try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "x"])
        },
        Cell(key: Values.clock.key, name: "an act of a department", isOffice: false) { town, appeal in
            try town.notes("roads", appeal)
        },
        Cell(key: Values.restoredThrough.key, name: "a hello", isRestored: true) { town, _ in
            _ = try town.reply(town.hello("roads"), peer: "roads")
        },
        Cell(key: Values.epochs.key, name: "a hello of a former epoch", isRestored: true) { town, _ in
            _ = try town.reply(town.hello("roads"), peer: "roads")
        },
        Cell(key: Values.epochs.key, name: "a declared restore", isRestored: true) { town, _ in
            try town.office.declareRestore(now: town.now)
        },
        Cell(key: Values.restored.key, name: "what comes back", isRestored: true) { try offer($0, $1) },
        Cell(key: Values.restoredThrough.key, name: "what comes back", isRestored: true) { try offer($0, $1) },
        Cell(key: Values.commitBase.key, name: "what comes back", isRestored: true) { try offer($0, $1) },
        Cell(key: Values.schema.key, name: "the start of another program") { town, _ in
            _ = try town.office.judgeNewerAgain(now: town.now)
        },
        Cell(key: Values.replaying.key, name: "what people are shown", isOffice: false) { town, appeal in
            _ = try town.shown("roads", appeal)
        },
    ]

    private static func offer(_ town: Town, _ appeal: String) throws {
        let row = try JSON(parsing: try town.confirmed(appeal).bytes)
        let line: JSON = ["stream": "slice:roads", "row": row, "seal": "x"]
        _ = try town.reply(WireRequest(.recovered, body: line.canonicalBytes() + [10]), peer: "roads")
    }

    @Test("is a broken store, told with its key and value, and never a zero", arguments: cells)
    func planted(_ cell: Cell) throws {
        for garbage in ["", "x", "12x", " 7", "007", "9223372036854775808"] {
            let town = try Town("roads")
            let appeal = try town.registers(main: "roads")
            try town.syncAll()
            if cell.isRestored { try town.restoreOffice(to: town.officeStore.copy()) }
            let store = cell.isOffice ? town.officeStore : town["roads"].store
            let text = cell.key == Values.epochs.key ? "a:" + garbage : garbage
            try store.write { try $0.setValue(cell.key, text) }
            let error = #expect(throws: StoreError.self, "\(garbage)") { try cell.reads(town, appeal) }
            #expect(error?.kind == .corrupt && error?.doing == "reading the value \(cell.key)", "\(garbage)")
            #expect(error?.found == "\"\(text)\"")
            #expect(try store.read { try $0.value(cell.key) } == text)
        }
    }

    @Test("two numbers between spaces are read, or none")
    func several() throws {
        let store = MemoryStore()
        let pair = Values.admissions
        for (text, found) in [("1 2", (1, 2)), ("-1 0", (-1, 0))] as [(String, (Int64, Int64))] {
            try store.write { try $0.setValue(pair.key, text) }
            #expect(try #require(try store.read { try $0.value(pair) }) == found)
        }
        #expect(try store.read { try $0.value(Values.unsealed("none")) } == nil)
        for text in ["", "1", "1 2 3", "1  2", "1 x", " 1 2"] {
            try store.write { try $0.setValue(pair.key, text) }
            #expect(throws: StoreError.self, "\(text)") { try store.read { try $0.value(pair) } }
        }
    }

    @Test("is refused by every form but that of a text, and what is kept is read as it was")
    func forms() throws {
        let texts = Values.all.filter { $0.reads("\u{0}  x") }.map(\.key)
        // Ids, addresses, lines that their readers verify, and the cursors of lists.
        #expect(
            texts == [
                Values.role.entry.key,
                Values.node.entry.key,
                Values.office.entry.key,
                Values.epoch.entry.key,
                Values.incarnation.entry.key,
                Values.stopped.entry.key,
                Values.sealKey.entry.key,
                Values.projection.entry.key,
                Values.distrusted.entry.key,
                Values.officeURL.entry.key,
                Values.enrolURL.entry.key,
                Values.token.entry.key,
                Values.evidence.entry.key,
                Values.erasuresLearnt.entry.key,
                Values.erasuresTold.entry.key,
                Values.purgedAfter.entry.key,
                Values.difference.entry.key,
                Values.stagedAfter.entry.key,
                Values.setAsideAfter.entry.key,
            ]
        )
        func same<Content: Equatable>(_ value: Value<Content>, _ content: Content, _ text: String) throws {
            let store = MemoryStore()
            try store.write { try $0.setValue(value, content) }
            #expect(try store.read { try $0.value(value.key) } == text)
            #expect(try store.read { try $0.value(value) } == content)
        }
        try same(Values.founded, true, "1")
        try same(Values.commit, -7, "-7")
        try same(Values.invitations, [], "")
        try same(Values.invitations, ["a", "b"], "a b")
        try same(Values.officeKey, [0, 255], "AP8=")
        try same(Values.invitation("a"), ["b": 1], "{\"b\":1}")
    }
}
