import CanonicalJSON
import Testing

@testable import Web

@Suite("Registers of other systems over HTTP")
struct ImportedRegisterTests {
    private static let csv = """
        id,when,what,who,surname
        1,2026-02-03T09:00:00,Яма,zhkg,Петренко
        2,2026-02-03T10:00:00,Ліхтар,zhkg,Коваль
        3,2026-02-30T10:00:00,Ліхтар,zhkg,Коваль
        """
    private static let mapping: JSON = [
        "source": "csv", "key": "id",
        "constants": [
            "channel": "post", "kind": "application", "subjectType": "individual", "deadlineBasis": "month",
        ],
        "fields": [
            "receivedAt": ["column": "when", "format": "iso-local", "zone": "Europe/Kyiv"], "text": "what",
            "department": "who", "lastName": "surname",
        ],
    ]

    private func body(_ file: String, _ mapping: String? = nil, dry: Bool = false) -> JSON {
        [
            "file": .string(file), "mapping": .string(mapping ?? Self.mapping.canonicalText), "source": "old",
            "dry-run": .bool(dry),
        ]
    }

    @Test("a file comes as its contents; good rows are registered, others told by number, and none is taken twice")
    func imported() throws {
        let city = try WebCity()
        let checked = try city.act("import", body(Self.csv, dry: true), as: "koval")
        #expect(
            checked.status == 200 && checked.json["imported"] == 2 && checked.json["rejected"] == 1,
            "\(checked.json)"
        )
        #expect(try city.get("/appeals", as: "koval").json["total"] == 0)
        let first = try city.act("import", body(Self.csv), as: "koval")
        #expect(first.json["imported"] == 2 && first.json["rejects"]?.array?.map { $0["row"] } == [4])
        #expect(try city.act("import", body(Self.csv), as: "koval").json["existing"] == 2)
        #expect(try city.get("/appeals", as: "koval").json["total"] == 2)
    }

    @Test("what cannot be read, and who may not, is a problem")
    func refused() throws {
        let city = try WebCity()
        #expect(try city.act("import", body(Self.csv, "{"), as: "koval").status == 422)
        #expect(try city.act("import", ["file": .string(Self.csv), "source": "old"], as: "koval").status == 422)
        let admin = try city.act("import", body(Self.csv), as: "admin")
        // Each row says why.
        #expect(admin.json["imported"] == 0 && admin.json["rejected"] == 3)
        #expect(try city.act("import", body(Self.csv), as: "head-zhkg", at: "zhkg").status == 403)
        #expect(try city.act("import", ["file": ["a"]], as: "koval").faults == ["/file wrongType"])
        #expect(try city.get("/appeals", as: "koval").json["total"] == 0)
    }
}
