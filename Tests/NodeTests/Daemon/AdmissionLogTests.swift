import Appeals
import CanonicalJSON
import Cryptography
import Foundation
import Testing

@testable import Commands
@testable import Desk
@testable import Node
@testable import Replication

/// The log of admissions as a file: torn, changed, another's, too old, too long, lost.
@Suite("The log of admissions", .serialized)
struct AdmissionLogTests {
    private let root: String
    private var path: String { root + "/admissions.log" }
    private static let office = SHA256.hash([1])

    init() throws {
        root = "/tmp/kt-" + RandomBytes.hex(6)
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: false)
    }

    private func log(copy: String? = nil, office: SHA256Digest = Self.office) -> AdmissionLog {
        AdmissionLog(path: path, copy: copy, officeKey: office)
    }

    private func line(_ number: Int64, _ node: String, _ state: NodeRecord.State) -> AdmissionLine {
        let standing = AdmissionStanding(key: SHA256.hash(Array(node.utf8)).hex, state: state)
        return AdmissionLine(number: number, at: number, change: .joined, node: node, standing: standing)
    }

    /// `founded`, two nodes that joined, and one of them revoked: three changes of two nodes.
    private func filled(_ log: AdmissionLog) throws {
        try log.begin([AdmissionLine(number: 1, at: 0, change: .founded, node: "", standing: AdmissionStanding())])
        for (node, state) in [("parks", NodeRecord.State.active), ("roads", .active), ("roads", .revoked)] {
            let standing = AdmissionStanding(key: SHA256.hash(Array(node.utf8)).hex, state: state)
            _ = try log.append(state == .active ? .joined : .revoked, node, standing, now: 7)
        }
    }

    private func bytes() throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }
    private func set(_ bytes: some Sequence<UInt8>) throws { try Data(bytes).write(to: URL(filePath: path)) }

    @Test("the last line of a node says how it stands")
    func last() throws {
        try filled(log())
        let read = try #require(try log().read(path))
        #expect(read.last.mapValues(\.standing.state) == ["parks": .active, "roads": .revoked])
        #expect(read.end.number == 4)
        #expect(!read.isTorn && !read.isBroken)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
    }

    @Test("a line torn at any byte is noticed, counts for nothing, and the next one takes its place")
    func torn() throws {
        try filled(log())
        let whole = try bytes()
        let start = try #require(whole.dropLast().lastIndex(of: 10)) + 1
        for end in (start + 1)..<whole.count {
            try set(whole[..<end])
            let torn = log()
            let read = try #require(try torn.read(path))
            #expect(read.isTorn && !read.isBroken && read.end.number == 3, "cut at \(end)")
            #expect(read.last["roads"]?.standing.state == .active)
            guard end % 37 == 0 else { continue }
            #expect(try torn.append(.revoked, "parks", AdmissionStanding(key: "aa", state: .revoked), now: 8) == 4)
            let again = try #require(try log().read(path))
            #expect(!again.isTorn && again.last["parks"]?.standing.state == .revoked)
        }
    }

    @Test("a bit that changed anywhere is noticed: nothing from there on counts")
    func changed() throws {
        try filled(log())
        let whole = try bytes()
        for place in stride(from: 0, to: whole.count, by: 5) {
            var changed = whole
            changed[place] ^= 1
            try set(changed)
            let read = try #require(try log().read(path))
            #expect(read.isTorn || read.isBroken, "the bit of byte \(place)")
            #expect(read.end.number < 4)
        }
    }

    @Test("a line that is missing in the middle is noticed, and so is the log of another office")
    func missingAndForeign() throws {
        try filled(log())
        var lines = try bytes().split(separator: 10)
        #expect(try #require(try log(office: SHA256.hash([2])).read(path)).end.number == 0)
        lines.remove(at: 2)
        try set(lines.joined(separator: [10]) + [10])
        #expect(try #require(try log().read(path)).end.number == 2)
        #expect(try log().read(root + "/none") == nil)
    }

    @Test("a long log is written anew with the last line of each node, and goes on from there")
    func compaction() throws {
        let count: Int64 = 5_000
        let lines = (2...count).map { line($0, "n\($0 % 50)", $0 % 2 == 0 ? .active : .frozen) }
        let founded = AdmissionLine(number: 1, at: 0, change: .founded, node: "", standing: AdmissionStanding())
        let long = log()
        try long.begin([founded] + lines)
        let before = try #require(try long.read(path))
        #expect(before.end.length > AdmissionLog.compactedFrom)
        let opened = log()
        try opened.goOn(before, now: 9)
        let after = try #require(try log().read(path))
        #expect(after.last == before.last)
        #expect(after.end.number == before.end.number)
        #expect(after.end.length < 40_000)
        #expect(try opened.append(.joined, "n1", AdmissionStanding(key: "aa", state: .active), now: 9) == count + 1)
        #expect(try #require(try log().read(path)).end.number == count + 1)
    }

    @Test("the copy is the same at every change; where it cannot be written the change is made, and that is told")
    func copy() throws {
        let copied = log(copy: root + "/copy.log")
        try filled(copied)
        #expect(try Data(contentsOf: URL(filePath: root + "/copy.log")) == Data(try bytes()))
        #expect(copied.copyTrouble == nil)
        let lost = log(copy: root + "/none/copy.log")
        #expect(try lost.append(.revoked, "parks", AdmissionStanding(key: "aa", state: .revoked), now: 8) == 5)
        #expect(lost.copyTrouble?.code == .notFound)
    }

    // MARK: with its office

    /// An office with an admitted node `roads`, and what its directory's files were before and after the node was revoked.
    private func office() throws -> (city: TestCity, before: [UInt8], after: [UInt8]) {
        let city = try TestCity()
        try city.initializeOffice()
        let file = URL(filePath: city.path("center") + "/admissions.log")
        let node = try OpenedNode.open(city.path("center"))
        defer { node.close() }
        let before = Array(try Data(contentsOf: file))
        let invitation = Invitation(node: "roads", secret: RandomBytes.bytes(16), expires: 4_000_000_000_000)
        try node.store.write { try node.admissions.invited(invitation, $0, now: 1) }
        try node.store.write { try node.admissions.joined(invitation, key: "aa", $0, now: 2) }
        return (city, before, Array(try Data(contentsOf: file)))
    }

    private func state(_ city: TestCity) throws -> (NodeRecord.State?, alarms: Int) {
        let node = try OpenedNode.open(city.path("center"))
        defer { node.close() }
        return try node.store.read {
            (try $0.node("roads")?.state, try $0.tray(kind: .alarm, after: 0, limit: 9).count)
        }
    }

    @Test("an office whose log is lost, older than its store, broken or another's admits nobody, and says so")
    func lost() throws {
        for kind in ["lost", "older", "broken", "a directory"] {
            let (city, before, after) = try office()
            let path = city.path("center") + "/admissions.log"
            try FileManager.default.removeItem(atPath: path)
            switch kind {
            case "older": try Data(before).write(to: URL(filePath: path))
            case "broken": try Data([UInt8(ascii: "x")] + after).write(to: URL(filePath: path))
            case "a directory":
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            default: break
            }
            chmod(path, kind == "a directory" ? 0o700 : 0o600)
            let found = try state(city)
            #expect(found.0 == .unconfirmed, "\(kind)")
            #expect(found.alarms == 1, "\(kind)")
            // The log that was begun then is whole: the next opening finds nothing new.
            let again = try state(city)
            #expect(again.0 == .unconfirmed && again.alarms == 1, "\(kind)")
        }
    }

    @Test(
        "a line whose transaction failed does no harm: the next change counts; without one, the line at the next start",
        arguments: [true, false]
    )
    func failedTransaction(isFollowed: Bool) throws {
        let (city, _, _) = try office()
        let node = try OpenedNode.open(city.path("center"))
        #expect(throws: TestFailure.self) {
            try node.store.write { transaction in
                _ = try node.admissions.revoke("roads", transaction, now: 3)
                throw TestFailure("the disk is full")
            }
        }
        #expect(try node.store.read { try $0.node("roads")?.state } == .active)
        let invitation = Invitation(node: "parks", secret: RandomBytes.bytes(16), expires: 4_000_000_000_000)
        if isFollowed { try node.store.write { try node.admissions.invited(invitation, $0, now: 4) } }
        #expect(try node.store.read { try $0.node("roads")?.state } == .active)
        node.close()
        let found = try state(city)
        #expect(found.0 == (isFollowed ? .active : .revoked))
        #expect(found.alarms == 0)
    }
}
