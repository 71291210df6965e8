import CanonicalJSON
import Testing

@testable import Appeals

@Suite("What is judged of addresses goes by the place")
struct JudgeAddressTests {
    private static let register = "applicant.address"
    private let lookup = AddressLookup(AddressLookupTests.streets)

    private func scene() throws -> Scene {
        let scene = Scene()
        for street in AddressLookupTests.streets {
            var entry = Aggregate(id: "street/" + street.id)
            entry[.registers, "entry"] = Item(value: .object(street.json), write: "office#00000000:1", commit: 1)
            scene.world.entries[entry.id] = entry
        }
        try scene.registers()
        try scene.assigns(main: "roads", co: "water")
        return scene
    }

    private func address(_ typed: String) -> JSON { lookup.address(typed).json }

    @Test("two corrections to one place are no conflict, however each is spelled")
    func spellings() throws {
        for (one, other) in [
            ("вул. Героїв АТО, 30, кв. 5", "вул. Димитрова, буд. 30, кв. 5"), ("вул. Садова, 12а", "Садова 12-A"),
            ("просп. Миру, 12", "м. Кривий Ріг, пр-т Миру, 12"),
        ] {
            for by in ["office/iryna/specialist", "roads/clerk/clerk"] {
                let scene = try scene()
                let seen = scene.state
                try scene.deliver(scene.corrects(Self.register, address(one), by: "office/olena/registrar"))
                let outcome = try scene.deliver(scene.corrects(Self.register, address(other), by: by, on: seen)).outcome
                #expect(outcome.registers == [Self.register: .same], "\(one) \(other) \(outcome.text)")
                #expect(scene.appeal.register(Self.register) == address(one) && scene.conflicts.isEmpty)
            }
        }
    }

    @Test("two places are, and what was typed of each stays")
    func places() throws {
        let scene = try scene()
        let seen = scene.state
        let one = address("вул. Садова, 12"), other = address("пров. Садовий, 12")
        try scene.deliver(scene.corrects(Self.register, one, by: "office/olena/registrar"))
        let late = scene.corrects(Self.register, other, by: "office/iryna/specialist", on: seen)
        #expect(try scene.deliver(late).outcome.registers == [Self.register: .conflict])
        #expect(scene.appeal.items(.conflicts).map { $0.item.value["value"] } == [other])
    }

    @Test("an address that is resolved later takes the place of its words, and a former name means the same street")
    func later() throws {
        let scene = try scene()
        try scene.deliver(scene.corrects(Self.register, "вул. Димитрова, 30", by: "office/olena/registrar"))
        let outcome = try scene.deliver(
            scene.corrects(Self.register, address("вул. Димитрова, 30"), by: "office/olena/registrar")
        ).outcome
        #expect(outcome.registers == [Self.register: .accepted])
        #expect(scene.appeal.register(Self.register)?["street"] == "heroiv-ato")
    }

    @Test("a street that the register does not have is refused, of a registration too")
    func unknown() throws {
        let scene = try scene()
        let value: JSON = ["typed": "вул. Вигадана, 1", "street": "vyhadana", "house": "1"]
        let outcome = try scene.deliver(scene.corrects(Self.register, value, by: "office/olena/registrar")).outcome
        #expect(outcome.text == "refused unknownStreet" && outcome.path == "vyhadana")
        for personal: JSONObject in [["address": value], ["problemAddresses": [value]]] {
            let fresh = try self.scene()
            fresh.state = nil
            #expect(try fresh.registers(addresses: personal).text == "refused unknownStreet")
        }
    }

    @Test("each part of an address has its limit, and the numbers one spelling")
    func limits() throws {
        let long = String(repeating: "я", count: Limits.string / 2)
        let rows: [(String, String, String)] = [
            ("typed", long, "accepted"), ("typed", long + "я", "refused tooLong"), ("more", long, "accepted"),
            ("more", long + "я", "refused tooLong"), ("district", long + "я", "refused tooLong"),
            ("house", "1234567890123456", "accepted"), ("house", "12345678901234567", "refused wrongType"),
            ("house", "12а", "refused wrongType"), ("house", "", "refused wrongType"),
            ("block", "-2", "refused wrongType"),
            ("flat", "5 ", "refused wrongType"), ("flat", "5-А/1", "accepted"),
            ("street", "Садова", "refused wrongType"),
            ("floor", "2", "refused unknownField"),
        ]
        for (part, value, told) in rows {
            let scene = try scene()
            var object = address("вул. Садова, 12").object ?? JSONObject()
            object[part] = .string(value)
            let act = scene.corrects(Self.register, .object(object), by: "office/olena/registrar")
            let outcome = try scene.deliver(act).outcome
            #expect(outcome.text == told, "\(part) \(value.prefix(20))")
            #expect(told == "accepted" || outcome.path.hasSuffix(Self.register + "." + part), "\(outcome.path)")
        }
        for part in ["typed", "street"] {
            let scene = try scene()
            var object = address("вул. Садова, 12").object ?? JSONObject()
            object[part] = nil
            let act = scene.corrects(Self.register, .object(object), by: "office/olena/registrar")
            #expect(try scene.deliver(act).outcome.text == "refused missingField")
        }
    }

    @Test("an act that names a street is of the second form of bodies, so that an older program keeps it")
    func schema() {
        #expect(Kinds.schema(of: "appeal.corrected", [:], ["fields": [Self.register: "вул. Садова, 3"]]) == 1)
        for personal: JSONObject in [
            ["fields": [Self.register: address("вул. Садова, 3")]], ["address": address("вул. Садова, 3")],
            ["problemAddresses": ["", address("вул. Садова, 3")]],
        ] { #expect(Kinds.schema(of: "appeal.corrected", [:], personal) == 2) }
    }
}
