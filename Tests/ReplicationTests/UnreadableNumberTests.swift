import Appeals
import CanonicalJSON
import Testing

@testable import Replication

/// Counters, commits and positions that a store keeps as text.
@Suite("A number of the store that cannot be read")
struct UnreadableNumberTests {
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
        Cell(key: "commit", name: "an act") { town, appeal in
            try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "x"])
        },
        Cell(key: "commit", name: "a hello") { town, _ in _ = try town.reply(town.hello("roads"), peer: "roads") },
        Cell(key: "commit", name: "a pull") { town, _ in
            _ = try town.reply(town.pull("roads", after: town.position("roads").head), peer: "roads")
        },
        Cell(key: "commit", name: "a declared restore") { town, _ in try town.office.declareRestore(now: town.now) },
        Cell(key: "clock", name: "an act") { town, appeal in
            try town.act("note.added", appeal, by: "olena", "registrar", personal: ["text": "x"])
        },
        Cell(key: "clock", name: "an act of a department", isOffice: false) { town, appeal in
            try town.notes("roads", appeal)
        },
        Cell(key: "restoredThrough", name: "a hello", isRestored: true) { town, _ in
            _ = try town.reply(town.hello("roads"), peer: "roads")
        },
        Cell(key: "epochs", name: "a hello of a former epoch", isRestored: true) { town, _ in
            _ = try town.reply(town.hello("roads"), peer: "roads")
        },
        Cell(key: "epochs", name: "a declared restore", isRestored: true) { town, _ in
            try town.office.declareRestore(now: town.now)
        },
        Cell(key: "restored", name: "what comes back", isRestored: true) { try offer($0, $1) },
        Cell(key: "restoredThrough", name: "what comes back", isRestored: true) { try offer($0, $1) },
        Cell(key: "commitBase", name: "what comes back", isRestored: true) { try offer($0, $1) },
        Cell(key: "schema", name: "the start of another program") { town, _ in
            _ = try town.office.judgeNewerAgain(now: town.now)
        },
        Cell(key: "replaying", name: "what people are shown", isOffice: false) { town, appeal in
            _ = try town.shown("roads", appeal)
        },
    ]

    private static func offer(_ town: Town, _ appeal: String) throws {
        let row = try JSON(parsing: try town.confirmed(appeal).bytes)
        let line: JSON = ["stream": "slice:roads", "row": row, "seal": "x"]
        _ = try town.reply(WireRequest("POST", "/sync/v1/recovered", body: line.canonicalBytes() + [10]), peer: "roads")
    }

    @Test("is a broken store, told with its key and value, and never a zero", arguments: cells)
    func planted(_ cell: Cell) throws {
        for garbage in ["", "x", "12x", " 7", "007", "9223372036854775808"] {
            let town = try Town("roads")
            let appeal = try town.registers(main: "roads")
            try town.syncAll()
            if cell.isRestored { try town.restoreOffice(to: town.officeStore.copy()) }
            let store = cell.isOffice ? town.officeStore : town["roads"].store
            let text = cell.key == "epochs" ? "a:" + garbage : garbage
            try store.write { try $0.setValue(cell.key, text) }
            let error = #expect(throws: StoreError.self, "\(garbage)") { try cell.reads(town, appeal) }
            #expect(error?.kind == .corrupt && error?.doing == "reading the value \(cell.key)", "\(garbage)")
            #expect(error?.found == "\"\(text)\"")
            #expect(try store.read { try $0.value(cell.key) } == text)
        }
    }

    @Test("so many numbers between spaces are read, or none")
    func several() throws {
        let store = MemoryStore()
        for (text, found) in [("1 2", [1, 2]), ("-1 0", [-1, 0])] as [(String, [Int64])] {
            try store.write { try $0.setValue("k", text) }
            #expect(try store.read { try $0.numbers("k", count: 2) } == found)
        }
        #expect(try store.read { try $0.numbers("none", count: 2) } == nil)
        for text in ["", "1", "1 2 3", "1  2", "1 x", " 1 2"] {
            try store.write { try $0.setValue("k", text) }
            #expect(throws: StoreError.self, "\(text)") { try store.read { try $0.numbers("k", count: 2) } }
        }
    }
}
