import Appeals
import CanonicalJSON
import Testing

@testable import Replication

/// Water was the main executor, then roads; the office was put back to before both and has since assigned homes, and
/// recalled it: no main executor is in force.
@Suite("The main executor that a restore has lost")
struct MainExecutorTests {
    private let town: Town
    private let appeal: String
    private let water: String
    private let roads: String

    init() throws {
        town = try Town("homes", "roads", "water")
        appeal = try town.registers()
        try town.syncAll()
        let backup = town.officeStore.copy()
        try town.assigns(appeal, main: "water")
        water = try Self.main(town, appeal) ?? ""
        try town.sync("water")
        try town.assigns(appeal, main: "roads")
        roads = try Self.main(town, appeal) ?? ""
        try town.sync("roads")
        try town.restoreOffice(to: backup)
        try town.assigns(appeal, main: "homes")
        let homes = try Self.main(town, appeal) ?? ""
        let recalled = try town.act(
            "assignment.recalled",
            appeal,
            by: "iryna",
            "specialist",
            ["assignment": .string(homes), "reason": "Помилка"]
        )
        #expect(try recalled.status == .accepted && Self.main(town, appeal) == nil)
    }

    private static func main(_ town: Town, _ appeal: String) throws -> String? {
        try town.confirmed(appeal).register("mainExecutor")?.string
    }

    private func states() throws -> [String?] {
        let row = try town.confirmed(appeal)
        return [water, roads].map { row.register("state@" + $0)?.string }
    }

    @Test("stays one though none was in force: what was issued last, even when the former one was taken up meanwhile")
    func takenUp() throws {
        #expect(try town.sync("water"))
        #expect(try states() == ["issued", nil])
        try town.does("water", "assignment.accepted", appeal, "head", ["assignment": .string(water)])
        #expect(try town.sync("water"))
        #expect(try states() == ["accepted", nil])
        #expect(try town.sync("roads"))
        try check()
        #expect(
            try town.tray(town.officeStore, .recovery).contains {
                $0.subject == appeal && $0.text == "\(water) came back beside a newer main executor: superseded"
            }
        )
    }

    @Test("is the same one when the readers come in the other order")
    func otherOrder() throws {
        #expect(try town.sync("roads"))
        #expect(try town.sync("water"))
        try check()
    }

    private func check() throws {
        #expect(try town.syncAll())
        #expect(try states() == ["superseded", "issued"])
        #expect(try town.agrees("water") && town.agrees("roads") && town.agrees("homes"))
    }
}
