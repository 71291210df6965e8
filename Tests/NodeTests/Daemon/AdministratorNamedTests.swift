import Appeals
import CanonicalJSON
import Desk
import Replication
import Testing

@testable import Commands
@testable import Node

@Suite("An administrator named by the owner of a stopped office")
struct AdministratorNamedTests {
    private func locked() throws -> TestCity {
        let city = try TestCity()
        try city.initializeOffice()
        let node = try OpenedNode.open(city.path("center"))
        defer { node.close() }
        let office = try #require(node.office)
        let admin = Actor(user: "admin", role: "administrator")
        _ = try office.act(now: Clock.now()) { _ in
            Draft(
                kind: "person.put",
                appeal: nil,
                actor: admin,
                body: ["user": "koval", "department": .string(office.node)],
                personal: ["name": "Коваль Марія"]
            )
        }
        // As a former program let it be: the only administrator was revoked.
        try node.store.write { store in
            let key = RoleEntry.key("admin", "administrator", in: office.node)
            var entry = try #require(try store.row(Space.reference, generation: 0, key: key)?.aggregate())
            let commit = (entry[.registers, "granted"]?.commit ?? 0) + 1
            entry[.registers, "revoked"] = Item(
                value: ["reason": "Звільнення"],
                write: "\(office.node)#00000000:1",
                commit: commit
            )
            try store.putRow(Space.reference, generation: 0, Row(entry))
        }
        return city
    }

    private func checks(_ city: TestCity) throws -> [JSON] {
        let node = try OpenedNode.open(city.path("center"))
        defer { node.close() }
        return Commands.doctor.run(node.context, [:]).json["checks"]?.array ?? []
    }

    @Test("an office that nobody administers has one again, and says by whom and why")
    func named() throws {
        let city = try locked()
        let lacking = try #require(try checks(city).first { $0["name"] == "role.administrator" })
        #expect(lacking["ok"] == false)
        #expect(lacking["fix"]?.string?.contains("kartoteka administrator name USER --reason") == true)
        let path = city.path("center")
        let outcome = try NodeSetup.nameAdministrator(
            path,
            user: "koval",
            reason: "Адміністратор звільнився",
            now: Clock.now()
        )
        #expect(outcome.status == .accepted)
        let node = try OpenedNode.open(path)
        defer { node.close() }
        let shown = Commands.personShow.run(node.context, ["user": "koval"])
        #expect(shown.text.contains("адміністратор"))
        #expect(shown.text.contains("назвав власник каталогу: Адміністратор звільнився"))
        #expect(Commands.roleList.run(node.context, [:]).text.contains("чинна: назвав власник каталогу"))
        let granted = Commands.personAdd.run(
            node.context,
            ["user": "sydor", "department": "center", "name": "Сидор Іван", "as": "koval"]
        )
        #expect(granted.exit == .ok, "\(granted.text)")
        let there = Commands.doctor.run(node.context, [:]).json["checks"]?.array ?? []
        let check = try #require(there.first { $0["name"] == "role.administrator" })
        #expect(check["ok"] == true)
        #expect(check["found"]?["uk"]?.string?.contains("назвав власник каталогу: koval") == true)
    }

    @Test("nobody outside of the directory is named, and nobody without a reason")
    func refused() throws {
        let city = try locked()
        #expect(throws: DeskError.self) {
            try NodeSetup.nameAdministrator(city.path("center"), user: "nobody", reason: "Треба", now: Clock.now())
        }
        #expect(throws: DeskError.self) {
            try NodeSetup.nameAdministrator(city.path("center"), user: "koval", reason: " ", now: Clock.now())
        }
    }

    @Test("a running office names nobody this way: its directory is locked, and the act needs the owner")
    func running() throws {
        let city = try locked()
        try city.start("center")
        #expect(throws: NodeError.self) {
            try NodeSetup.nameAdministrator(city.path("center"), user: "koval", reason: "Треба", now: Clock.now())
        }
    }
}
