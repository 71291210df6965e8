import Appeals
import CanonicalJSON
import Commands
import Desk
import Node
import Replication
import Testing

@Suite("Rows without the office's seal, as the operator meets them")
struct RecoveryTrayTests {
    @Test("the tray and the list of conflicts say in Ukrainian what is offered, what is in force and what to do")
    func shown() throws {
        let city = try CommandCity()
        let index = JSON.string(try city.assigned())
        let id = try #require(try city.expect("appeal show", ["appeal": index]).json["id"]?.string)
        var row = try #require(
            try city.officeStore.read { try $0.row(Space.appeals, generation: 0, key: id)?.aggregate() }
        )
        row[.registers, "control"] = Item(value: "removed", write: "urz#00000000:9", commit: row.commit + 1)
        try city.office.declareRestore(now: city.now)
        let line: JSON = ["stream": .string(Space.slice("zhkg")), "row": row.json, "seal": ""]
        let request = WireRequest(.recovered, body: line.canonicalBytes() + [10])
        _ = try city.office.handle(request, peer: "zhkg", now: city.now)
        let list = try city.expect("tray list", ["kind": "recovery"])
        #expect(list.text.contains("рядок без печатки Центру, нічого не змінено"))
        let number = try #require(list.json["items"]?.array?.first?["id"]?.integer)
        let shown = try city.expect("tray show", ["id": .string(String(number))])
        #expect(shown.text.contains("registers/control: \"removed\" — чинне: \"onControl\""), "\(shown.text)")
        #expect(shown.text.contains("Що робити: Звірте з паперами підрозділу"))
        #expect(shown.json["offered"]?.array?.count == 1)
        #expect(try city.expect("conflict list", [:]).text.contains("kartoteka tray list --kind recovery"))
        try city.expect("tray dismiss", ["id": .string(String(number))])
        #expect(try city.expect("conflict list", [:]).json["recovery"] == nil)
    }
}
