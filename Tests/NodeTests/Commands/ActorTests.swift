import Appeals
import CanonicalJSON
import Commands
import Desk
import Node
import Replication
import Testing

@Suite("Who acts through a command")
struct ActorTests {
    @Test("every operation says that the node's owner named its actor, at the office and at a department")
    func owner() throws {
        let city = try CommandCity()
        let index = JSON.string(try city.assigned())
        try city.sync("zhkg")
        try city.expect("assignment accept", ["appeal": index, "as": "head-zhkg"], at: "zhkg")
        try city.expect("appeal note", ["appeal": index, "as": "koval", "text": "Примітка"])
        try city.sync("zhkg")
        let id = try #require(try city.expect("appeal show", ["appeal": index]).json["id"]?.string)
        let operations = try city.officeStore.read { try $0.operations(appeal: id, limit: 100) }
        #expect(Set(operations.map(\.origin.node)) == ["urz", "zhkg"] && operations.count == 4)
        for record in operations {
            #expect(String(decoding: record.bytes, as: UTF8.self).contains(#""via":"owner""#), "\(record.kind)")
        }
    }
}
