import Commands
import Cryptography
import Desk
import Foundation
import Testing
import Transport

@testable import Node

/// The node's own authority for browsers, made once and used for years.
@Suite("The authority for browsers", .serialized)
struct WebAuthorityTests {
    private static let now: Int64 = 1_780_000_000_000
    private static let day: Int64 = 86_400_000

    /// A directory with an office that is reached by these names.
    private func office(_ names: [String], at path: String) throws -> (DataDirectory, NodeConfiguration) {
        var configuration = NodeConfiguration(id: "center", role: .office)
        configuration.web.address = "0.0.0.0"
        configuration.web.port = 0
        configuration.web.names = names
        try NodeSetup.initializeOffice(
            path,
            configuration,
            name: "Центр",
            administrator: Administrator(user: "admin", name: "Адміністратор"),
            now: Clock.now()
        )
        return (DataDirectory(path), configuration)
    }

    private func inTown(_ body: (String) throws -> Void) throws {
        let root = "/tmp/kt-" + RandomBytes.hex(6)
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: false)
        defer { unlinkTree(root) }
        try body(root)
    }

    private func leaf(_ material: TLSMaterial) throws -> Certificate {
        try Certificate.list(pem: material.certificates)[0]
    }

    @Test("its certificate stands until half of its time is over, the authority stays")
    func renewal() throws {
        try inTown { root in
            let (directory, configuration) = try office(["work.example", "10.0.0.5"], at: root + "/o")
            let authority = WebAuthority(directory, configuration)
            let first = try leaf(authority.material(now: Self.now))
            let print = try authority.fingerprint()
            #expect(try leaf(authority.material(now: Self.now + 44 * Self.day)).fingerprint == first.fingerprint)
            let second = try leaf(authority.material(now: Self.now + 46 * Self.day))
            #expect(second.fingerprint != first.fingerprint)
            #expect(try authority.fingerprint() == print)
            #expect(second.notAfter - second.notBefore <= 90 * 86_400)
        }
    }

    @Test("a name that comes later is told, and not served until a person makes a new authority")
    func laterNames() throws {
        try inTown { root in
            let (directory, configuration) = try office(["work.example"], at: root + "/o")
            _ = try WebAuthority(directory, configuration).material(now: Self.now)
            var wider = configuration
            wider.web.names = ["second.example", "work.example"]
            let authority = WebAuthority(directory, wider)
            #expect(try authority.lacking() == ["second.example"])
            #expect(try leaf(authority.material(now: Self.now)).dnsNames == ["work.example"])
            try authority.make(now: Self.now)
            #expect(try authority.lacking() == [])
            #expect(try leaf(authority.material(now: Self.now)).dnsNames == ["second.example", "work.example"])
            var other = configuration
            other.web.names = ["third.example"]
            #expect(throws: NodeError.self) { try WebAuthority(directory, other).material(now: Self.now) }
        }
    }

    @Test("a node's certificate is never shown to browsers")
    func nodeCertificate() throws {
        try inTown { root in
            let (directory, _) = try office(["work.example"], at: root + "/o")
            let identity = try NodeIdentity(directory, id: "center")
            #expect(throws: NodeError.self) {
                try WebCertificate.read(directory.certificate, key: directory.key, nodeKey: identity.key)
            }
        }
    }

    @Test("a restored node has the authority that its devices trust")
    func restored() throws {
        try inTown { root in
            let (directory, configuration) = try office(["work.example"], at: root + "/o")
            let print = try WebAuthority(directory, configuration).fingerprint()
            #expect(print == nil)
            _ = try WebAuthority(directory, configuration).material(now: Self.now)
            let made = try WebAuthority(directory, configuration).fingerprint()
            let node = try OpenedNode.open(root + "/o")
            let backup = try Backup.create(node, into: root + "/copy", withKeys: true, now: Self.now)
            node.close()
            try Restore.restore(
                backup.directory,
                into: root + "/r",
                keys: .file(try #require(backup.keys)),
                erasures: nil,
                admissions: nil,
                now: Self.now
            )
            let restored = WebAuthority(DataDirectory(root + "/r"), configuration)
            #expect(try restored.fingerprint() == made && made != nil)
            #expect(try leaf(restored.material(now: Self.now)).dnsNames == ["work.example"])
        }
    }
}
