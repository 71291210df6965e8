import Appeals
import CanonicalJSON
import Cryptography
import Testing

@testable import Replication

@Suite("Hello, rollback, clones, restores")
struct HelloTests {
    func town() throws -> (Town, String) {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        return (town, appeal)
    }

    @Test("a new incarnation is recorded, the former one is closed at its last number")
    func new() throws {
        let (town, appeal) = try town()
        try town.notes("roads", appeal)
        try town.sync("roads")
        let former = try town.origin("roads").origin
        try town["roads"].department.declareRestore()
        #expect(try town.greeting("roads") == "new")
        let record = try town.officeStore.read { try $0.origin(former) }
        #expect(record?.state == .closed && record?.last == 1)
    }

    @Test("a log that both know is known; one that the office has more of is behind")
    func knownAndBehind() throws {
        let (town, appeal) = try town()
        #expect(try town.greeting("roads") == "known")
        try town.notes("roads", appeal)
        let disk = town["roads"].store.copy()
        try town.notes("roads", appeal)
        try town.sync("roads")
        town.restart("roads", on: disk)
        #expect(try town.greeting("roads") { $0.token = "" } == "tokenStale")
        let token = try #require(try town.officeStore.read { try $0.node("roads")?.token })
        #expect(try town.greeting("roads") { $0.token = token } == "behind")
    }

    @Test("the same number with another id is a fork")
    func fork() throws {
        let (town, appeal) = try town()
        let disk = town["roads"].store.copy()
        try town.notes("roads", appeal, "Одна")
        try town.sync("roads")
        town.restart("roads", on: disk)
        town.now += 1
        try town.notes("roads", appeal, "Інша")
        let token = try #require(try town.officeStore.read { try $0.node("roads")?.token })
        #expect(try town.greeting("roads") { $0.token = token } == "fork")
    }

    @Test("a node rolled back unknowing goes on under a new incarnation: nothing of either branch is lost")
    func rollback() throws {
        let (town, appeal) = try town()
        try town.notes("roads", appeal, "Спільна")
        try town.sync("roads")
        let disk = town["roads"].store.copy()
        try town.notes("roads", appeal, "Надіслана")
        try town.sync("roads")
        town.restart("roads", on: disk)
        town.now += 1
        let other = try town.notes("roads", appeal, "Інша гілка")
        try town.notes("roads", appeal, "І далі")
        #expect(try town.syncAll())
        let texts = try Set(town.confirmed(appeal).items(.facts).compactMap { $0.item.value["text"]?.string })
        #expect(texts.isSuperset(of: ["Спільна", "Надіслана", "Інша гілка", "І далі"]))
        #expect(try town.origin("roads").origin != other.operation.origin)
        #expect(try town.agrees("roads"))
        let again = try town["roads"].store.read { try $0.operations(town.origin("roads").origin, after: 0, limit: 9) }
        #expect(try SignedOperation(stored: again[0].bytes).operation.reissues == other.id)
    }

    @Test("a clone with operations beyond the end of a closed incarnation is frozen, for a person to decide")
    func clone() throws {
        let (town, appeal) = try town()
        let disk = town["roads"].store.copy()
        try town["roads"].department.declareRestore()
        town.restart("roads")
        try town.notes("roads", appeal)
        try town.sync("roads")
        town.restart("roads", on: disk)
        try town.notes("roads", appeal, "Двійник")
        #expect(try town.greeting("roads") == "frozen")
        #expect(try town.greeting("roads") == "frozen")
        #expect(try town.tray(town.officeStore, .alarm).contains { $0.text.hasPrefix("clone") })
        #expect(try town.officeStore.read { try $0.node("roads")?.state } == .frozen)
    }

    @Test("a clone that was let in again goes on under a new incarnation, with all that it had done")
    func readmitted() throws {
        let (town, appeal) = try town()
        let disk = town["roads"].store.copy()
        try town["roads"].department.declareRestore()
        town.restart("roads")
        try town.notes("roads", appeal, "Одна копія")
        try town.sync("roads")
        town.restart("roads", on: disk)
        try town.notes("roads", appeal, "Інша копія")
        #expect(try town.greeting("roads") == "frozen")
        // The operator destroys the other copy and lets this one join with its key.
        try town.officeStore.write { transaction in
            var node = try #require(try transaction.node("roads"))
            node.state = .active
            try transaction.putNode(node)
        }
        town.restart("roads")
        #expect(try town.sync("roads"))
        let texts = try town.confirmed(appeal).items(.facts).compactMap { $0.item.value["text"]?.string }
        #expect(Set(texts).isSuperset(of: ["Одна копія", "Інша копія"]))
        #expect(try town.agrees("roads"))
    }

    @Test("the last common operation is found beyond a page that was full, and nothing is issued twice")
    func looksBackBeyondAPage() throws {
        let (town, appeal) = try town()
        let long = String(repeating: "я", count: 20_000)
        for place in 0..<30 { try town.notes("roads", appeal, "\(place) " + long) }
        #expect(try town.sync("roads"))
        let disk = town["roads"].store.copy()
        try town.notes("roads", appeal, "Надіслана")
        #expect(try town.sync("roads"))
        town.restart("roads", on: disk)
        town.now += 1
        try town.notes("roads", appeal, "Інша гілка")
        #expect(try town.syncAll())
        let texts = try town.confirmed(appeal).items(.facts).compactMap { $0.item.value["text"]?.string }
        #expect(texts.count == Set(texts).count)
        #expect(texts.count { $0.hasSuffix(long) } == 30 && texts.contains("Інша гілка") && texts.contains("Надіслана"))
        #expect(try town.agrees("roads"))
    }

    /// Another copy sends these between the hello that says that this one is old and its look back.
    private func sends(_ sent: [SignedOperation], afterHelloOf town: Town) {
        var isSent = false
        town["roads"].intercept = { request, response in
            guard request.call == .hello, !isSent else { return response }
            isSent = true
            do {
                let answers = try town.answers(town.push("roads", sent.map(\.bytes)))
                #expect(answers == sent.map { _ in "accepted" })
            } catch { Issue.record(error) }
            return response
        }
    }

    /// Its token is one that the office has forgotten.
    private func isOld(_ town: Town) throws {
        try town["roads"].store.write { try $0.setValue(Values.token, String(repeating: "0", count: 32)) }
    }

    @Test("what comes to the office while a node looks back has its outcome, beyond a full page too, and nothing twice")
    func looksBackWhileTheLogGrows() throws {
        let (town, appeal) = try town()
        let notes = try ["Перша", "Друга", "Третя"].map { try town.notes("roads", appeal, $0) }
        try isOld(town)
        town.restart("roads")
        town["roads"].link.limit[.exchange] = 1
        sends(notes, afterHelloOf: town)
        #expect(try town.syncAll())
        #expect(try notes.map { try town.status($0) } == ["accepted", "accepted", "accepted"])
        let texts = try town.confirmed(appeal).items(.facts).compactMap { $0.item.value["text"]?.string }
        #expect(texts.filter { ["Перша", "Друга", "Третя"].contains($0) }.count == 3)
        #expect(try town.origin("roads").origin != notes[0].operation.origin)
        #expect(try town.agrees("roads"))
    }

    @Test("another branch that comes to the office while a node looks back is fetched as its own work")
    func branchGrowsWhileLookingBack() throws {
        let (town, appeal) = try town()
        let common = try town.notes("roads", appeal, "Спільна")
        let disk = town["roads"].store.copy()
        let theirs = try town.notes("roads", appeal, "Двійника")
        town.restart("roads", on: disk)
        town.now += 1
        try town.notes("roads", appeal, "Власна")
        try isOld(town)
        sends([common, theirs], afterHelloOf: town)
        #expect(try town.syncAll())
        #expect(try town.status(common) == "accepted" && town.status(theirs) == "accepted")
        let texts = try town.confirmed(appeal).items(.facts).compactMap { $0.item.value["text"]?.string }
        #expect(texts.filter { ["Спільна", "Двійника", "Власна"].contains($0) }.count == 3)
        #expect(try town.agrees("roads"))
    }

    @Test("a token whose reply was lost still counts once; an older one is stale")
    func tokens() throws {
        let (town, _) = try town()
        let first = try #require(try town["roads"].store.read { try $0.value(Values.token) })
        #expect(try town.greeting("roads") == "known")
        #expect(try town.greeting("roads") { $0.token = first } == "known")
        #expect(try town.greeting("roads") { $0.token = String(repeating: "0", count: 32) } == "tokenStale")
    }

    @Test("a node that is not on the allow-list, or speaks another version, is refused")
    func strangers() throws {
        let (town, _) = try town()
        let request = try town.hello("roads")
        #expect(try town.reply(request, peer: "water").errorCode == .badRequest)
        #expect(try town.greeting("roads") { $0.version = 2 } == "badRequest")
        let stranger = try Town("parks")
        let body = try stranger.hello("parks").body
        #expect(
            try town.reply(WireRequest(.hello, body: body), peer: "parks").errorCode == .notAllowed
        )
    }
}
