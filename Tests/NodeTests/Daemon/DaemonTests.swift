import Appeals
import CanonicalJSON
import Cryptography
import Foundation
import Testing
import Transport

@testable import Commands
@testable import Desk
@testable import Node
@testable import Replication

/// Daemons of one process, over TLS on loopback.
@Suite(.serialized)
struct DaemonTests {
    private func person(_ user: String, _ department: String) -> Draft {
        Draft(
            kind: "person.put",
            appeal: nil,
            actor: Actor(user: "admin", role: "administrator"),
            body: ["user": .string(user), "department": .string(department)],
            personal: ["name": .string("Особа " + user)]
        )
    }

    private func act(_ city: TestCity, _ draft: Draft) throws {
        let daemon = try city.daemon("center")
        let office = try #require(daemon.node.office)
        let (outcome, changed) = try office.act(now: Clock.now()) { _ in draft }
        #expect(outcome.status == .accepted)
        daemon.wake(changed)
    }

    private func sees(_ city: TestCity, _ node: String, _ key: String) throws -> Bool {
        try city.daemon(node).node.store.read { reading in
            let stream = try reading.stream(Space.reference)
            return try reading.row(Space.reference, generation: stream?.generation ?? 0, key: key) != nil
        }
    }

    private func begin() throws -> TestCity {
        let city = try TestCity()
        try city.initializeOffice()
        try city.start("center")
        try city.addDepartment("roads")
        try city.start("roads")
        return city
    }

    @Test("what the office does is seen at a connected department")
    func officeActIsSeen() throws {
        let city = try begin()
        try city.eventually("the snapshot") { try sees(city, "roads", "person/admin") }
        try city.eventually("the long poll") { try city.daemon("center").waiting == 1 }
        try act(city, person("ivanenko", "roads"))
        try city.eventually("the person") { try sees(city, "roads", "person/ivanenko") }
    }

    /// An executor at roads, and an appeal that he registers there.
    private func grantExecutor(_ city: TestCity) throws {
        try act(city, person("bondar", "roads"))
        try act(
            city,
            Draft(
                kind: "role.granted",
                appeal: nil,
                actor: Actor(user: "admin", role: "administrator"),
                body: ["user": "bondar", "role": "executor", "department": "roads"]
            )
        )
    }

    private func registration(_ number: Int) -> Draft {
        let digits = String(number)
        return Draft(
            kind: "appeal.registered",
            appeal: "01995c3a-7f10-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits,
            actor: Actor(user: "bondar", role: "executor"),
            body: [
                "index": .string("ROADS-Ж-\(number)"), "registeredOn": "2026-05-14",
                "receivedAt": "2026-05-14T09:00:00+03:00",
                "channel": "departmentEmail", "addressee": "department", "kind": "application", "receiptSign": "first",
                "subjectType": "unknown", "issues": [["heading": "090"]],
            ],
            personal: ["text": "Немає води"]
        )
    }

    private func register(_ city: TestCity, _ number: Int) throws -> SignedOperation {
        let daemon = try city.daemon("roads")
        let department = try #require(daemon.node.department)
        let signed = try department.act(now: Clock.now()) { _ in registration(number) }
        daemon.acted()
        return signed
    }

    private func outcome(_ city: TestCity, _ signed: SignedOperation) throws -> OutcomeStatus? {
        try city.daemon("roads").node.store.read {
            try $0.operation(signed.operation.origin, signed.operation.number)?.status
        }
    }

    private func appeals(_ city: TestCity) throws -> Int64 {
        try city.daemon("center").node.store.read { try $0.count(Space.appeals, generation: 0, filter: ListFilter()) }
    }

    @Test("what a department does gets its outcome from the office")
    func departmentActGetsItsOutcome() throws {
        let city = try begin()
        try grantExecutor(city)
        try city.eventually("the role") { try sees(city, "roads", "role/roads/bondar/executor") }
        let signed = try register(city, 1)
        try city.eventually("the outcome") { try outcome(city, signed) == .accepted }
        #expect(try appeals(city) == 1)
    }

    @Test("work that an older program held as newer is judged when the office starts with a higher schema")
    func upgraded() throws {
        let city = try begin()
        try grantExecutor(city)
        try city.eventually("the role") { try sees(city, "roads", "role/roads/bondar/executor") }
        city.stop("center")
        let signed = try register(city, 1)
        let operation = signed.operation
        city.stop("roads")
        let node = try OpenedNode.open(city.path("center"))
        let held = Outcome(
            origin: operation.origin,
            number: operation.number,
            id: signed.id,
            status: .held,
            reason: .newer,
            commit: 1
        )
        try node.store.write { transaction in
            try transaction.putOperation(OperationRecord(signed, outcome: held, at: Clock.now()))
            try transaction.setValue(Values.schema, 0)
        }
        node.close()
        try city.start("center")
        #expect(try appeals(city) == 1)
        let record = try city.daemon("center").node.store.read { try $0.operation(operation.origin, operation.number) }
        #expect(record?.status == .accepted)
    }

    @Test("a department works on while the office is away, and sends its work when it is back")
    func officeRestarts() throws {
        let city = try TestCity()
        try city.initializeOffice(port: try freePort())
        try city.start("center")
        try city.addDepartment("roads")
        try city.start("roads")
        try grantExecutor(city)
        try city.eventually("the role") { try sees(city, "roads", "role/roads/bondar/executor") }
        try city.eventually("the long poll") { try city.daemon("center").waiting == 1 }
        city.stop("center")
        let signed = try register(city, 1)
        try city.eventually("the failure") { city.logged("link_down") }
        #expect(try outcome(city, signed) == nil)
        try city.start("center")
        try city.eventually("the outcome") { try outcome(city, signed) == .accepted }
    }

    @Test("sync now gives the waiting poll up, and the department asks for every stream and waits again")
    func hurried() throws {
        let city = try begin()
        let office = try city.daemon("center")
        try city.eventually("the long poll") { office.waiting == 1 }
        for _ in 0..<3 {
            let before = office.server?.counters.requests ?? 0
            let answer = try city.call("roads", "sync now", ["lang": "en"])
            #expect(answer["exit"]?.integer == 0 && answer["json"]?["problem"] == "")
            // Sooner than the 25 seconds of a poll that nobody gives up.
            try city.eventually("three streams and the next poll") {
                office.server?.counters.requests ?? 0 >= before + 4 && office.waiting == 1
            }
        }
        #expect(!city.logged("link_down"))
    }

    @Test("a revoked node's connections end, and its requests are refused with a line that says why")
    func revocation() throws {
        let city = try begin()
        try city.eventually("the long poll") { try city.daemon("center").waiting == 1 }
        let answer = try city.call("center", "node revoke", ["node": "roads", "as": "admin"])
        #expect(answer["json"]?["state"]?.string == "revoked")
        try city.eventually("the end of the long poll") { try city.daemon("center").waiting == 0 }
        try city.eventually("the refusal") { city.logged("the key of roads was revoked") }
        try city.eventually("the department's line") {
            city.logged("the office refused: the node's admission is revoked (403: the key of roads was revoked)")
        }
        // An invitation brings it back.
        let token = try city.invite("roads")
        #expect(throws: NodeError.self) { try NodeSetup.join(city.path("roads"), token: token, now: Clock.now()) }
        city.stop("roads")
        _ = try NodeSetup.join(city.path("roads"), token: token, now: Clock.now())
        try city.start("roads")
        try city.eventually("the long poll again") { try city.daemon("center").waiting == 1 }
    }

    @Test("a node that takes another's name, or has a certificate of another authority, is refused")
    func impostors() throws {
        let city = try begin()
        let other = try TestCity()
        try other.initializeOffice()
        try other.start("center")
        try other.addDepartment("parks")
        // A certificate of the city's own authority in another node's name, but with a key that is not on the list.
        let center = DataDirectory(city.path("center"))
        let authority = try Certificate(pem: try bytes(center.authority))
        let key = try PrivateKey.generate()
        let forged = try CertificateAuthority.issue(
            request: try CertificateRequest.make(key: key, node: "roads"),
            node: "roads",
            dnsNames: [],
            addresses: [],
            authority: authority,
            key: try PrivateKey(pem: try bytes(center.authorityKey)),
            notBefore: NodeSetup.begin(Clock.now()),
            days: 1,
            serial: NodeSetup.serial()
        )
        let url = "https://127.0.0.1:\(try city.daemon("center").port)/sync/v1/hello"
        let material = TLSMaterial(certificates: try forged.pem(), key: try key.pem(), authorities: try authority.pem())
        let response = try HTTPSClient(.node("center", material: material)).request(
            method: "POST",
            url: url,
            body: [10],
            maxBytes: 65_536
        )
        #expect(response.status == 403)
        #expect(city.logged("the key of the certificate of roads is not on the allow-list"))

        let parks = DataDirectory(other.path("parks"))
        let foreign = TLSMaterial(
            certificates: try bytes(parks.certificate),
            key: try bytes(parks.key),
            authorities: try authority.pem()
        )
        #expect(throws: ClientError.self) {
            _ = try HTTPSClient(.node("center", material: foreign)).request(
                method: "POST",
                url: url,
                body: [10],
                maxBytes: 65_536
            )
        }
        try city.eventually("the line") { city.logged("peer_refused") }
    }

    @Test("a node restored from its backup serves nothing until it is declared, and then loses nothing")
    func backupAndRestore() throws {
        let city = try TestCity()
        let port = try freePort()
        try city.initializeOffice(port: port)
        try city.start("center")
        try city.addDepartment("roads")
        try city.start("roads")
        try grantExecutor(city)
        try city.eventually("the role") { try sees(city, "roads", "role/roads/bondar/executor") }
        let first = try register(city, 1)
        try city.eventually("the first outcome") { try outcome(city, first) == .accepted }
        let made = try city.call(
            "center",
            "backup create",
            ["file": .string(city.path("backup")), "with-keys": true]
        )
        #expect(made["json"]?["rows"]?.integer == 1, "\(made)")
        let second = try register(city, 2)
        try city.eventually("the second outcome") { try outcome(city, second) == .accepted }

        city.stop("center")
        try FileManager.default.removeItem(atPath: city.path("center"))
        try Restore.restore(
            city.path("backup"),
            into: city.path("center"),
            keys: .file(city.path("backup") + ".keys"),
            erasures: nil,
            admissions: nil,
            now: Clock.now()
        )
        let refusal = #expect(throws: NodeError.self) { try city.start("center") }
        #expect(refusal?.remedy.en.contains("restore --declare") == true)
        try Restore.declare(city.path("center"), now: Clock.now())
        try city.start("center")
        // Nothing of the office's disk is left: its operator says who is still admitted.
        _ = try city.call("center", "node confirm", ["all": true, "as": "admin"])
        try city.eventually("both appeals") { try appeals(city) == 2 }
    }

    @Test("an erasure outlives the restore of a backup that is older than it")
    func erasureOutlivesRestore() throws {
        let city = try begin()
        try grantExecutor(city)
        try city.eventually("the role") { try sees(city, "roads", "role/roads/bondar/executor") }
        let signed = try register(city, 1)
        try city.eventually("the outcome") { try outcome(city, signed) == .accepted }
        city.stop("roads")
        _ = try city.call("center", "backup create", ["file": .string(city.path("backup"))])
        let appeal = try #require(signed.operation.appeal)
        try act(
            city,
            Draft(
                kind: "appeal.erased",
                appeal: appeal,
                actor: Actor(user: "admin", role: "administrator"),
                body: ["reason": "суд"]
            )
        )
        city.stop("center")
        try Restore.restore(
            city.path("backup"),
            into: city.path("again"),
            keys: .directory(city.path("center")),
            erasures: city.path("center") + "/erasures.log",
            admissions: city.path("center") + "/admissions.log",
            now: Clock.now()
        )
        try Restore.declare(city.path("again"), now: Clock.now())
        let node = try OpenedNode.open(city.path("again"))
        defer { node.close() }
        let row = try node.store.read { try $0.row(Space.appeals, generation: 0, key: appeal) }
        #expect(row == nil)
        #expect(try node.store.read { try $0.isErased(appeal) })
    }

    @Test("a backup with a changed byte is refused")
    func brokenBackup() throws {
        let city = try TestCity()
        try city.initializeOffice()
        try city.start("center")
        _ = try city.call("center", "backup create", ["file": .string(city.path("backup"))])
        let verified = try Backup.verify(city.path("backup"))
        #expect(verified["node"]?.string == "center")
        let path = city.path("backup") + "/kartoteka.sqlite"
        var changed = try bytes(path)
        changed[changed.count / 2] ^= 1
        try Data(changed).write(to: URL(fileURLWithPath: path))
        let found = #expect(throws: NodeError.self) { try Backup.verify(city.path("backup")) }
        #expect(found?.code == .integrity)
        #expect(found?.found.en.contains("kartoteka.sqlite differs from the manifest") == true)
    }

    @Test("a command of the command line runs on the node that serves")
    func commands() throws {
        let city = try TestCity()
        try city.initializeOffice()
        try city.start("center")
        let people = try city.call("center", "person list")
        #expect(people["exit"]?.integer == 0)
        #expect(people["text"]?.string?.contains("Адміністратор") == true)
        let unknown = try city.call("center", "coffee make")
        #expect(unknown["exit"]?.integer == 2)
        #expect(!LocalClient.isServed(city.path("roads")))
        #expect(LocalClient.isServed(city.path("center")))
    }

    private func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

    /// A port that nobody uses now: an office listens there, stops, and listens there again.
    private func freePort() throws -> UInt16 {
        let city = try TestCity()
        try city.initializeOffice()
        return try city.start("center").port
    }
}
