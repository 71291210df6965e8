import CanonicalJSON
import Testing

@testable import Web

/// Who listens, as a browser does: keeps the last id, comes again with it.
private final class Listener {
    let city: WebCity
    let user: String
    let node: String
    private(set) var lastID: String?
    private let stream: WebStream

    init(_ city: WebCity, _ user: String, at node: String = "urz", after lastID: String? = nil) throws {
        (self.city, self.user, self.node, self.lastID) = (city, user, node, lastID)
        stream = try city.stream(user, at: node, after: lastID)
        first = try #require(stream.next(.begun)).lines
        note(first)
    }

    /// What was said at the beginning.
    private(set) var first: [String] = []

    /// Kinds and ids of what is told now; nil at the end.
    func hear(_ cause: WebStream.Cause = .changed) -> [String]? {
        guard let lines = stream.next(cause)?.lines else { return nil }
        note(lines)
        return lines.events
    }

    private func note(_ lines: [String]) {
        if let id = lines.last(where: { $0.hasPrefix("id: ") }) { lastID = String(id.dropFirst(4)) }
    }

    /// The connection is lost, or the node began anew.
    func again() throws -> [String] { try Listener(city, user, at: node, after: lastID).first.events }
}

extension [UInt8] {
    fileprivate var lines: [String] { String(decoding: self, as: UTF8.self).split(separator: "\n").map(String.init) }
}

extension [String] {
    /// `appeal 0199…`, `reload`.
    fileprivate var events: [String] {
        if contains("event: reload") { return ["reload"] }
        return compactMap { line in
            line.wholeMatch(of: #/data: {"id":"(.*)","kind":"(.*)","revision":".*"}/#).map { "\($0.2) \($0.1)" }
        }
    }
}

@Suite("The stream of changes")
struct ChangeStreamTests {
    private func id(
        _ city: WebCity,
        _ index: String,
        _ user: String = "koval",
        at node: String = "urz"
    ) throws -> String {
        try #require(city.get("/appeals/" + index, as: user, at: node).json["id"]?.string)
    }

    private func note(_ city: WebCity, _ index: String, as user: String = "koval", at node: String = "urz") throws {
        #expect(
            try city.act("appeal-note", ["appeal": .string(index), "text": "Телефонував"], as: user, at: node).status
                == 200
        )
    }

    @Test("tells what changed since it began, once, and nothing when nothing did")
    func told() throws {
        let city = try WebCity()
        let index = try city.register()
        let listener = try Listener(city, "marko")
        #expect(listener.first.events == [] && listener.lastID != nil)
        #expect(listener.hear() == [])
        try note(city, index)
        #expect(listener.hear() == ["appeal " + (try id(city, index))])
        #expect(listener.hear() == [])
        #expect(listener.hear(.time) == [])
        #expect(try city.act("department-add", ["department": "new", "name": "Новий"], as: "admin").status == 200)
        #expect(listener.hear() == ["directory department/new"])
    }

    @Test("what a reader may not know of is not told, nor that anything was: no event, no other position")
    func kept() throws {
        let city = try WebCity()
        let index = try city.register(["complained-against": ["marko"]])
        let (marko, koval) = (try Listener(city, "marko"), try Listener(city, "koval"))
        let before = marko.lastID
        try note(city, index)
        #expect(koval.hear() == ["appeal " + (try id(city, index))])
        #expect(marko.hear() == [] && marko.lastID == before)
        // Rights are asked anew: what they could read an hour ago is about them now.
        let other = try city.register()
        #expect(marko.hear() == ["appeal " + (try id(city, other))])
        let correction: JSON = ["appeal": .string(other), "set": ["complainedAgainst=marko"]]
        #expect(try city.act("appeal-correct", correction, as: "koval").json["outcome"] == "accepted")
        #expect(koval.hear()?.count == 1 && marko.hear() == [])
    }

    @Test("a department hears of its own work, of the office's answer to it, and of what comes and goes")
    func department() throws {
        let city = try WebCity()
        let listener = try Listener(city, "head-zhkg", at: "zhkg")
        let index = try city.assigned()
        #expect(listener.hear() == [])
        try city.sync("zhkg")
        let appeal = "appeal " + (try id(city, index))
        #expect(listener.hear() == [appeal])
        try note(city, index, as: "executor-zhkg", at: "zhkg")
        #expect(listener.hear() == [appeal, "sync zhkg"])
        try city.sync("zhkg")
        #expect(listener.hear() == [appeal, "sync zhkg"])
        let recall: JSON = ["appeal": .string(index), "assignment": "zhkg", "reason": "Видано помилково"]
        #expect(try city.act("assignment-recall", recall, as: "koval").json["outcome"] == "accepted")
        try city.sync("zhkg")
        #expect(listener.hear() == ["left" + appeal.dropFirst(6)])
    }

    @Test("after a lost connection and after a restart it goes on where the listener was", arguments: [false, true])
    func resumed(restarts: Bool) throws {
        let city = try WebCity()
        let (index, other) = (try city.register(), try city.register())
        let listener = try Listener(city, "marko")
        try note(city, index)
        #expect(listener.hear()?.count == 1)
        try note(city, other)
        if restarts { city.restart() }
        #expect(try listener.again() == ["appeal " + (try id(city, other))])
    }

    @Test("an id of another person, of another node, changed or of nothing is none: the listener reads anew")
    func foreign() throws {
        let city = try WebCity()
        let mark = try #require(Listener(city, "marko").lastID)
        let changed = mark.prefix(30) + (mark.dropFirst(30).first == "A" ? "B" : "A") + mark.dropFirst(31)
        for id in [String(changed), "", "x", String(repeating: "A", count: 2_000)] {
            #expect(try Listener(city, "marko", after: id).first.events == ["reload"], "\(id)")
        }
        #expect(try Listener(city, "koval", after: mark).first.events == ["reload"])
        #expect(try Listener(city, "head-zhkg", at: "zhkg", after: mark).first.events == ["reload"])
        #expect(try Listener(city, "marko", after: mark).first.events == [])
    }

    @Test("it looks back at so many changes and no more, and nobody waits for what a restore took back")
    func bounded() throws {
        let city = try WebCity(departments: [])
        let backup = city.backup()
        let listener = try Listener(city, "marko")
        let index = try city.register()
        for _ in 0...News.lookBack { _ = try city.register() }
        #expect(try listener.again() == ["reload"])
        #expect(listener.hear() == ["reload"])
        try note(city, index)
        #expect(listener.hear()?.count == 1)
        try city.restore(backup)
        #expect(try listener.again() == ["reload"])
    }

    @Test("the end of the session ends it")
    func ended() throws {
        let city = try WebCity()
        let listener = try Listener(city, "marko")
        city.ended = ["marko"]
        #expect(listener.hear(.time) == nil)
    }

    @Test("what it keeps between two calls is small, whatever was told")
    func small() throws {
        let city = try WebCity()
        let listener = try Listener(city, "marko")
        for _ in 0..<20 { _ = try city.register() }
        #expect(listener.hear()?.count == 20)
        #expect(listener.lastID.map { $0.utf8.count < ChangePosition.longest } == true)
    }
}
