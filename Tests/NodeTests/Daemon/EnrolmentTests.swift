import Appeals
import CanonicalJSON
import Cryptography
import Foundation
import Testing

@testable import Commands
@testable import Desk
@testable import Node
@testable import Replication

/// How a department becomes a node of the city.
@Suite(.serialized)
struct EnrolmentTests {
    private func refusal(_ body: () throws -> Void) -> NodeError? {
        do {
            try body()
            return nil
        } catch { return error as? NodeError }
    }

    private func joining(_ city: TestCity, _ id: String, _ token: String) -> NodeError? {
        refusal { _ = try NodeSetup.join(city.path(id), token: token, now: Clock.now()) }
    }

    @Test("a department joins with its invitation, and joining again with it changes nothing")
    func joins() throws {
        let city = try TestCity()
        try city.initializeOffice()
        try city.start("center")
        let token = try city.invite("roads")
        try city.initializeDepartment("roads")
        let joined = try NodeSetup.join(city.path("roads"), token: token, now: Clock.now())
        #expect(joined == ("roads", "center"))
        let key = try Data(contentsOf: URL(fileURLWithPath: city.path("roads") + "/node.key"))
        _ = try NodeSetup.join(city.path("roads"), token: token, now: Clock.now())
        #expect(try Data(contentsOf: URL(fileURLWithPath: city.path("roads") + "/node.key")) == key)
        let node = try OpenedNode.open(city.path("roads"))
        #expect(try node.store.read { try $0.value(Values.office) } == "center")
        node.close()
    }

    @Test("an invitation is used once: another key is refused")
    func usedToken() throws {
        let city = try TestCity()
        try city.initializeOffice()
        try city.start("center")
        let token = try city.invite("roads")
        try city.initializeDepartment("roads")
        _ = try NodeSetup.join(city.path("roads"), token: token, now: Clock.now())
        try FileManager.default.moveItem(atPath: city.path("roads"), toPath: city.path("former"))
        try city.initializeDepartment("roads")
        let found = try #require(joining(city, "roads", token))
        #expect(found.code == .permission)
        #expect(found.found.en.contains("was used already"))
    }

    @Test(
        "wrong secrets do not end an invitation: they are told to wait, the log names the node, the right one comes in"
    )
    func wrongSecrets() throws {
        let city = try TestCity()
        try city.initializeOffice()
        try city.start("center")
        let right = try InvitationToken(try city.invite("roads"))
        try city.initializeDepartment("roads")
        let wrong = InvitationToken(
            node: "roads",
            secret: RandomBytes.bytes(16),
            authority: right.authority,
            url: right.url
        )
        for place in 0..<8 {
            let found = try #require(joining(city, "roads", wrong.text))
            #expect(found.code == .permission)
            #expect(found.found.en.contains(place < 5 ? "there is no such invitation" : "wrong invitations a minute"))
        }
        #expect(city.logged("a request to join as roads from 127.0.0.1 was answered 403: there is no such invitation"))
        #expect(joining(city, "roads", right.text) == nil)
    }

    @Test("wrong invitations are counted by address, IPv6 by /64, for a minute, of a bounded number of addresses")
    func guesses() {
        var guesses = Guesses()
        for place in 0..<9 { #expect({ guesses.isFirst(from: "10.0.0.1", now: 0) == (place < 5) }()) }
        #expect({ guesses.isFirst(from: "10.0.0.2", now: 0) }())
        #expect({ guesses.isFirst(from: "10.0.0.1", now: 60_000) }())
        for host in 0..<5 { #expect({ guesses.isFirst(from: "2001:db8:1:2:3:4:5:\(host)", now: 0) }()) }
        #expect({ !guesses.isFirst(from: "2001:db8:1:2::9", now: 0) }())
        #expect({ guesses.isFirst(from: "2001:db8:1:3::9", now: 0) }())
        for address in 0..<3_000 { _ = guesses.isFirst(from: "a\(address)", now: Int64(address)) }
        #expect(guesses.count <= Guesses.addresses)
    }

    @Test("an expired invitation is refused as such")
    func expired() throws {
        let city = try TestCity()
        try city.initializeOffice()
        try city.start("center")
        let token = try InvitationToken(try city.invite("roads"))
        let desk = try city.daemon("center")
        let office = try #require(desk.node.office)
        let body = try Enrolment.request(token, key: try PrivateKey.generate())
        let response = try EnrolmentHandler(desk.node, office, url: token.url).answer(
            body,
            now: Clock.now() + 600_001
        )
        .response
        #expect(response.status == 403)
        #expect(String(decoding: response.body, as: UTF8.self).contains("has expired"))
    }

    @Test("a server of another authority than the invitation names is not spoken to")
    func otherAuthority() throws {
        let city = try TestCity()
        try city.initializeOffice()
        try city.start("center")
        let right = try InvitationToken(try city.invite("roads"))
        try city.initializeDepartment("roads")
        let wrong = InvitationToken(node: "roads", secret: right.secret, authority: SHA256.hash([1]), url: right.url)
        #expect(joining(city, "roads", wrong.text)?.code == .wrongKey)
    }

    @Test("half a line of an invitation is refused with what to do")
    func halfToken() throws {
        let found = refusal { _ = try InvitationToken("kartoteka-join-1:eyJhdXRo") }
        #expect(found?.code == .usage)
    }
}
