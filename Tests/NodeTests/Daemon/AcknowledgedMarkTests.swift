import Appeals
import CanonicalJSON
import Foundation
import Testing

@testable import Commands
@testable import Desk
@testable import Node
@testable import Replication

@Suite("The mark of what was acknowledged")
struct AcknowledgedMarkTests {
    private func act(_ city: TestCity, _ user: String) throws {
        let arguments: JSONObject = [
            "user": .string(user), "department": "center", "name": .string("Хтось"), "as": "admin",
        ]
        let answer = try city.call("center", "person add", arguments)
        #expect(answer["exit"]?.integer == 0, "\(answer)")
    }

    private func files(_ city: TestCity) -> [String] {
        ["", "-wal", "-shm"].map { city.path("center") + "/kartoteka.sqlite" + $0 }
    }

    private func keep(_ city: TestCity) throws -> [String: Data] {
        var kept: [String: Data] = [:]
        for path in files(city) where FileManager.default.fileExists(atPath: path) {
            kept[path] = try Data(contentsOf: URL(fileURLWithPath: path))
        }
        return kept
    }

    private func putBack(_ kept: [String: Data], _ city: TestCity) throws {
        for path in files(city) where FileManager.default.fileExists(atPath: path) {
            try FileManager.default.removeItem(atPath: path)
        }
        for (path, data) in kept { try data.write(to: URL(fileURLWithPath: path)) }
        for path in kept.keys { chmod(path, 0o600) }
    }

    private func stopped(_ city: TestCity) throws -> String? {
        let node = try OpenedNode.open(city.path("center"))
        defer { node.close() }
        return try node.store.read { try $0.value(Values.stopped) }
    }

    @Test("finds a store that was put back without a word, and a declaration begins anew")
    func putBack() throws {
        let city = try TestCity()
        try city.initializeOffice()
        try city.start("center")
        try act(city, "bondar")
        city.stop("center")
        #expect(try stopped(city) == nil)
        let kept = try keep(city)
        try city.start("center")
        try act(city, "melnyk")
        let mark = city.path("center") + "/acknowledged"
        try city.eventually("the mark") {
            let present = try Data(contentsOf: URL(fileURLWithPath: mark))
            let node = try city.daemon("center").node
            let commit = try #require(try node.store.read { try $0.value(Values.commit) })
            return String(decoding: present, as: UTF8.self).contains("\"commit\":\(commit)")
        }
        city.stop("center")
        #expect(try stopped(city) == nil, "an office that goes on is not below its own mark")
        try putBack(kept, city)
        #expect(try stopped(city)?.contains("acknowledged") == true)
        try city.start("center")
        let refused = try city.call(
            "center",
            "person add",
            ["user": "x", "department": "center", "name": "Х", "as": "admin"]
        )
        #expect(refused["text"]?.string?.contains("restore --declare") == true)
        city.stop("center")
        try Restore.declare(city.path("center"), now: Clock.now())
        #expect(try stopped(city) == nil)
        // Put back once more, to before the declaration: the epoch of the mark is not known there.
        try putBack(kept, city)
        #expect(try stopped(city) != nil)
    }

    @Test("is no part of a backup, and damaged it is refused with what to do")
    func damaged() throws {
        let city = try TestCity()
        try city.initializeOffice()
        try city.start("center")
        _ = try city.call("center", "backup create", ["file": .string(city.path("backup"))])
        try act(city, "bondar")
        city.stop("center")
        #expect(!FileManager.default.fileExists(atPath: city.path("backup") + "/acknowledged"))
        try Data("rubbish".utf8).write(to: URL(fileURLWithPath: city.path("center") + "/acknowledged"))
        let found = #expect(throws: NodeError.self) { try OpenedNode.open(city.path("center")) }
        #expect(found?.code == .integrity)
    }
}
