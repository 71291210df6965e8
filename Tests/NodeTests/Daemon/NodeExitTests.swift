import Appeals
import CanonicalJSON
import Glibc
import Testing

@testable import Commands
@testable import Desk
@testable import Node

/// What a node writes beside its store, and what it says to who looks after it: none of it holds a word of a citizen.
@Suite("At the other exits of a node", .serialized)
struct NodeExitTests {
    private static let words = ["canary1x", "canary2x", "canary3x", "canary4x", "canary5x", "canary6x", "canary7x"]

    private let card: JSONObject = [
        "as": "koval", "name": "canary1x Іван", "address": "canary2x", "workplace": "canary3x", "text": "canary4x",
        "question": ["canary5x"], "problem-address": ["canary6x"], "email": ["canary7x@example.org"],
        "heading": ["090"],
    ]

    private func found(_ text: String) -> [String] { Self.words.filter { text.contains($0) } }

    private func city() throws -> (city: TestCity, index: JSON) {
        let city = try TestCity()
        try city.initializeOffice()
        try city.start("center")
        try city.addDepartment("roads")
        try city.start("roads")
        for (user, department) in [("koval", "center"), ("vilkul", "center"), ("head", "roads"), ("executor", "roads")]
        {
            let fields: JSONObject = ["user": .string(user), "department": .string(department), "name": .string(user)]
            _ = try city.call("center", "person add", JSONObject(members: fields.members + [("as", "admin")]))
        }
        for (user, role) in [("koval", "registrar"), ("vilkul", "leader")] {
            _ = try city.call("center", "role grant", ["user": .string(user), "role": .string(role), "as": "admin"])
        }
        for role in ["head", "executor"] {
            _ = try city.call(
                "center",
                "role grant",
                ["user": .string(role), "role": .string(role), "department": "roads", "as": "admin"]
            )
        }
        let index = try #require(try city.call("center", "appeal register", card)["json"]?["registrationIndex"])
        _ = try city.call(
            "center",
            "resolution issue",
            ["appeal": index, "as": "koval", "author": "vilkul", "text": "canary4x", "main": "roads"]
        )
        try city.eventually("the card comes") {
            try city.call("roads", "appeal show", ["appeal": index])["text"]?.string.map { !found($0).isEmpty } ?? false
        }
        return (city, index)
    }

    /// Acts that are refused, work that waits, a department that is shut out.
    private func trouble(_ city: TestCity, _ index: JSON) throws {
        for (node, command, arguments) in [
            ("roads", "answer draft", ["appeal": index, "as": "executor", "text": "canary4x", "result": "satisfied"]),
            ("roads", "appeal note", ["appeal": index, "as": "nobody", "text": "canary4x"]),
            ("roads", "feedback add", ["appeal": index, "as": "executor", "how": "phone", "words": "canary4x"]),
            ("center", "appeal register", ["as": "koval", "name": "canary1x", "heading": ["canary4x"]]),
            ("center", "contact add", ["appeal": index, "as": "koval", "email": "canary7x"]),
            (
                "center", "role revoke",
                ["user": "head", "role": "head", "department": "roads", "as": "admin", "reason": "x"]
            ),
            ("roads", "assignment accept", ["appeal": index, "as": "head"]),
        ] as [(String, String, JSONObject)] { _ = try city.call(node, command, arguments) }
        _ = try city.call("roads", "sync now")
    }

    @Test("the log, the backup's list, the files beside the store, and the commands about the node's state")
    func exits() throws {
        let (city, index) = try city()
        try trouble(city, index)
        _ = try city.call("center", "backup create", ["file": .string(city.path("backup"))])
        _ = try city.call("center", "node revoke", ["node": "roads", "as": "admin"])
        try city.eventually("the refusal") { city.logged("peer_refused") || city.logged("link_down") }
        for node in ["center", "roads"] {
            for command in ["doctor", "status", "sync status", "sync debts", "tray list", "node list", "version"] {
                let shown = try city.call(node, command)
                #expect(found(shown.canonicalText).isEmpty, "\(command) at \(node)")
            }
        }
        #expect(Self.words.allSatisfy { !city.logged($0) }, "\(Self.words.filter { city.logged($0) })")
        for directory in ["center", "roads", "backup"] {
            // What pages are made of, as the program has it.
            for name in Files.list(city.path(directory)) ?? [] where !name.hasPrefix("kartoteka.s") && name != "assets"
            {
                let bytes = try Files.read(city.path(directory + "/" + name), limit: 1 << 24, doing: Label("тест"))
                #expect(found(String(decoding: bytes, as: UTF8.self)).isEmpty, "\(directory)/\(name)")
            }
        }
        // The words are there to be found.
        let store = try Files.read(city.path("backup/kartoteka.sqlite"), limit: 1 << 28, doing: Label("тест"))
        #expect(found(String(decoding: store, as: UTF8.self)).count == Self.words.count)
    }
}
