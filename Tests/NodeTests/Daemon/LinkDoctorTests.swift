import Appeals
import CanonicalJSON
import Replication
import Testing
import Transport

@testable import Commands
@testable import Desk
@testable import Node

/// `doctor` of a department says how its link stands, and what to do about it.
@Suite("The doctor and the link", .serialized)
struct LinkDoctorTests {
    private func link(_ city: TestCity) throws -> JSON? {
        try city.call("roads", "doctor")["json"]?["checks"]?.array?.first { $0["name"] == "link" }
    }

    private func city() throws -> TestCity {
        let city = try TestCity()
        try city.initializeOffice()
        try city.start("center")
        try city.addDepartment("roads")
        try city.start("roads")
        try city.eventually("the first exchange") { try link(city)?["ok"] == true }
        return city
    }

    private func problem(_ city: TestCity, _ what: String, exit: ExitCode, fix: String, says words: String) throws {
        try city.eventually(what) { try link(city)?["ok"] == false }
        try city.eventually(what + " in words") {
            let found = try link(city)
            return found?["exit"]?.integer == Int64(exit.rawValue) && found?["fix"]?.string?.hasPrefix(fix) == true
                && found?["found"]?["en"]?.string?.contains(words) == true
        }
    }

    @Test("an office that is stopped by its operator, one that is away, and one that refuses this node")
    func faults() throws {
        let city = try city()
        let store = try city.daemon("center").node.store
        try store.write { try $0.setValue(Values.stopped, "behind") }
        _ = try city.call("roads", "sync now")
        try problem(city, "the stop", exit: .unreachable, fix: "kartoteka restore --declare", says: "takes no work")
        try store.write { try $0.setValue(Values.stopped, nil) }
        _ = try city.call("roads", "sync now")
        try city.eventually("it answers again") { try link(city)?["ok"] == true }
        _ = try city.call("center", "node revoke", ["node": "roads", "as": "admin"])
        try problem(
            city,
            "the refusal",
            exit: .permission,
            fix: "kartoteka join --invitation",
            says: "admission is revoked"
        )
        city.stop("center")
        _ = try city.call("roads", "sync now")
        try problem(city, "the silence", exit: .unreachable, fix: "curl -kv https://", says: "cannot be reached")
    }

    @Test("every refusal and every failure has a command, and what belongs to the conversation is none")
    func table() {
        let target = (url: "https://127.0.0.1:1", node: "roads", directory: "/d")
        var fixes: Set<String> = []
        let refusals = ErrorCode.allCases.map { LinkObstacle.Cause.refusal($0) }
        let failures: [ClientError.Kind] = [.unreachable, .tls, .timeout, .stalled, .tooLarge, .cut, .invalid]
        for cause in refusals + failures.map({ .exchange($0) }) + [.stranger] {
            let obstacle = LinkObstacle(label: Label(uk: "щось", en: "something"), cause: cause)
            let check = NodeDoctor.link(obstacle, contact: 1, since: 0, target, now: 2)
            if check.isOK { continue }
            #expect(!check.fix.isEmpty && check.exit != .ok, "\(cause)")
            fixes.insert(check.fix)
        }
        #expect(fixes.count >= 6, "\(fixes)")
        let talk = refusals.filter {
            NodeDoctor.link(LinkObstacle(label: Label(""), cause: $0), contact: 1, since: 0, target, now: 2).isOK
        }
        #expect(talk.count == 5)
    }

    @Test(
        "a line that swallows everything shows after ten minutes without a word, and a node that nobody serves is told"
    )
    func silence() throws {
        let target = (url: "https://127.0.0.1:1", node: "roads", directory: "/d")
        let limit = NodeDoctor.linkSilence
        #expect(NodeDoctor.link(nil, contact: 5, since: 0, target, now: limit + 4).isOK)
        let silent = NodeDoctor.link(nil, contact: 5, since: 0, target, now: limit + 5)
        #expect(!silent.isOK && silent.exit == .unreachable && silent.found.en.contains("10 min"))
        #expect(!NodeDoctor.link(nil, contact: 0, since: 7, target, now: limit + 7).isOK)
        let city = try city()
        city.stop("roads")
        let node = try OpenedNode.open(city.path("roads"))
        defer { node.close() }
        let result = try #require(Commands.named("doctor")).run(node.context, JSONObject())
        let found = result.json["checks"]?.array?.first { $0["name"] == "link" }
        #expect(found?["ok"] == true && found?["warning"] == true && found?["fix"]?.string?.contains("serve") == true)
    }
}
