import CanonicalJSON
import Cryptography
import Glibc
import Node
import Replication
import Transport

/// Many departments that are connected and wait, each with a key and a certificate of its own.
///
/// One process plays them all: a thread of 256 KiB and a connection each. They never read what they are told; their
/// slices are empty, so the office holds every poll for its whole `wait`.
enum Crowd {
    private struct Member {
        let node: String
        let material: TLSMaterial
    }

    /// Puts so many departments on a stopped office's allow-list, their keys and certificates into a file.
    ///
    /// The office must not run: its directory is opened, and locked, by this process. Certificates are valid for a day
    /// and begin an hour ago, so that a clock that steps back a little does no harm. The file holds private keys and
    /// lies below the stage, which is removed at the end.
    static func enlist(_ directory: String, count: Int, into file: String) throws -> JSON {
        let node = try OpenedNode.open(directory)
        defer { node.close() }
        let authorityKey = try PrivateKey(pem: TextFile.read(directory + "/authority.key"))
        let authorityText = TextFile.read(directory + "/authority.pem")
        let authority = try Certificate(pem: authorityText)
        var lines: [UInt8] = []
        var records: [NodeRecord] = []
        for number in 0..<count {
            let name = "crowd-\(number)"
            let key = try PrivateKey.generate()
            var serial = RandomBytes.bytes(16)
            // A positive INTEGER without leading zeros (RFC 5280 section 4.1.2.2).
            serial[0] = serial[0] & 0x7F | 0x01
            let certificate = try CertificateAuthority.issue(
                request: try CertificateRequest.make(key: key, node: name),
                node: name,
                dnsNames: [],
                addresses: [],
                usages: [.client],
                authority: authority,
                key: authorityKey,
                notBefore: Machine.now() / 1_000 - 3_600,
                days: 1,
                serial: serial
            )
            let line: JSON = [
                "node": .string(name), "key": .string(String(decoding: try key.pem(), as: UTF8.self)),
                "certificate": .string(String(decoding: try certificate.pem(), as: UTF8.self)),
                "authority": .string(String(decoding: authorityText, as: UTF8.self)),
            ]
            lines += line.canonicalBytes() + [10]
            records.append(NodeRecord(node: name, key: key.publicKey.fingerprint.hex))
        }
        try node.store.write { transaction in for record in records { try transaction.putNode(record) } }
        try TextFile.write(file, lines)
        return ["count": .integer(Int64(count))]
    }

    private static func members(_ file: String) throws -> [Member] {
        try TextFile.lines(file).map { line in
            let json = try JSON(parsing: Array(line.utf8), limits: .general)
            guard let node = json["node"]?.string, let key = json["key"]?.string,
                let certificate = json["certificate"]?.string,
                let authority = json["authority"]?.string
            else { throw Failure("\(file) is not a crowd") }
            let material = TLSMaterial(
                certificates: Array(certificate.utf8) + Array(authority.utf8),
                key: Array(key.utf8),
                authorities: Array(authority.utf8)
            )
            return Member(node: node, material: material)
        }
    }

    /// Every member waits for news of its slice, again and again, until the process is ended.
    ///
    /// Never returns. 60 s of silence are allowed, far beyond the empty line every 5 s: a busy office must not be taken
    /// for a dead one, and a crowd that reconnects all at once would measure handshakes.
    static func wait(_ file: String, url: String, office: String, epoch: String) throws {
        for member in try members(file) {
            let client = try HTTPSClient(.node(office, material: member.material))
            let target = WireRequest(
                .pull,
                query: [
                    ("stream", Space.slice(member.node)), ("epoch", epoch), ("after", "0"), ("mark", ""),
                    ("wait", "25"),
                ]
            ).target
            Threads.start {
                while true {
                    do throws(ClientError) {
                        _ = try client.request(method: "GET", url: url + target, maxBytes: 65_536, silence: 60_000)
                    } catch {
                        // All come from one address, whose places in a handshake are few: who is sent away comes back
                        // when others have gone in, as a node does.
                        usleep(.random(in: 500_000...5_000_000))
                    }
                }
            }
            // A handshake takes both sides a millisecond; the office serves others meanwhile.
            usleep(5_000)
        }
        while true { sleep(60) }
    }
}
