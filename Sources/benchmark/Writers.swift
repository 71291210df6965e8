import Appeals
import CanonicalJSON
import Cryptography
import Dispatch
import Node
import Replication
import Synchronization
import Transport

/// Clients that each send one operation a request, and wait for its signed outcome before they send the next.
///
/// They are no nodes: each holds a key and a log with a fixed incarnation, and its requests are signed before the clock
/// starts, so that what is measured is the office alone.
enum Writers {
    /// Connections at a time; the baseline `sqlite.commitsPerSecond` has as many clients.
    static let count = 8
    static func name(_ place: Int) -> String { "writer-\(place)" }

    private struct Writer {
        let client: HTTPSClient
        let requests: [WireRequest]
    }

    /// Sends everything, and gives the nanoseconds from the first request to the last verified outcome.
    ///
    /// Throws if any outcome was not `accepted`.
    static func write(_ root: String, url: String, office epoch: String, each: Int) throws -> JSON {
        let officeKey = try Certificate(pem: TextFile.read(root + "/center/node.pem")).publicKey.spki
        let authorities = TextFile.lines(root + "/authorities")
        let writers = try (0..<count).map {
            try writer($0, root, url, epoch: epoch, authority: authorities[$0], each: each)
        }
        let failed = Atomic(0)
        let start = Machine.nanoseconds()
        let group = DispatchGroup()
        for writer in writers {
            group.enter()
            Threads.start {
                let verifier = KeyVerifier()
                for request in writer.requests {
                    let outcome = Self.send(request, writer.client, url, officeKey, verifier)
                    if outcome != "accepted" { failed.wrappingAdd(1, ordering: .relaxed) }
                }
                group.leave()
            }
        }
        group.wait()
        let spent = Machine.nanoseconds() - start
        guard failed.load(ordering: .relaxed) == 0 else {
            throw Failure("\(failed.load(ordering: .relaxed)) writes were not accepted")
        }
        return ["nanoseconds": .integer(spent)]
    }

    /// The outcome's word, or what kept it from coming; the reply's signature is verified as a department does.
    private static func send(
        _ request: WireRequest,
        _ client: HTTPSClient,
        _ url: String,
        _ key: [UInt8],
        _ verifier: KeyVerifier
    ) -> String {
        do throws(ClientError) {
            let response = try client.request(
                method: "POST",
                url: url + request.target,
                headers: [("content-type", "application/x-ndjson")],
                body: request.body,
                maxBytes: 65_536
            )
            guard let page = VerifiedReply(response.body, key: key, verifier: verifier), let line = page.lines.first
            else {
                return "not signed"
            }
            return (try? JSON(parsing: Array(line)))?["outcome"]?.string ?? "none"
        } catch { return error.description }
    }

    /// Signs all requests of a writer.
    private static func writer(
        _ place: Int,
        _ root: String,
        _ url: String,
        epoch: String,
        authority: String,
        each: Int
    ) throws -> Writer {
        let directory = "\(root)/\(name(place))"
        var notes = try NoteLog(
            directory,
            node: name(place),
            epoch: epoch,
            seed: UInt64(place) + 3
        )
        let requests = try (1...each).map { number in
            try notes.next(to: Seed.appeal(place, number % 100), by: authority)
        }
        return Writer(
            client: try HTTPSClient(.node("center", material: NoteLog.material(directory))),
            requests: requests
        )
    }
}

/// The log of a department whose one executor adds notes: each operation names the one before it, as the office demands of a
/// log (protocol.md section 10).
struct NoteLog {
    private let origin: Origin
    private let user: String
    private let epoch: String
    private let key: PrivateKey
    private var sample: Sample
    private var previous = ""
    private var number: Int64 = 0

    /// Of the node in `directory`, which does not run.
    init(_ directory: String, node: String, epoch: String, seed: UInt64) throws {
        origin = Self.origin(node)
        user = "bondar-" + node
        self.epoch = epoch
        key = try PrivateKey(pem: TextFile.read(directory + "/node.key"))
        sample = Sample(seed: seed)
    }

    /// A fixed incarnation: the office is told of it by `greet`.
    static func origin(_ node: String) -> Origin { Origin(node: node, incarnation: "0a0b0c0d") }

    /// With which the node in `directory` shows itself to the office.
    static func material(_ directory: String) -> TLSMaterial {
        let authority = TextFile.read(directory + "/authority.pem")
        return TLSMaterial(
            certificates: TextFile.read(directory + "/node.pem") + authority,
            key: TextFile.read(directory + "/node.key"),
            authorities: authority
        )
    }

    /// The office learns the logs of these nodes, as if they had said hello.
    static func greet(_ root: String, _ nodes: [String], _ office: any Store) throws {
        for node in nodes {
            let certificate = try Certificate(pem: TextFile.read("\(root)/\(node)/node.pem"))
            try office.write { try $0.putOrigin(OriginRecord(origin: origin(node), key: certificate.publicKey.spki)) }
        }
    }

    /// The request that pushes the next note; `authority` is the assignment that entitles to it.
    mutating func next(to appeal: String, by authority: String) throws -> WireRequest {
        number += 1
        let operation = Operation(
            origin: origin,
            number: number,
            previous: previous,
            appeal: appeal,
            kind: "note.added",
            authority: authority,
            seen: Seen(epoch: epoch, slice: 0, reference: 0),
            clock: HybridClock(milliseconds: Machine.now()),
            actor: Actor(user: user, role: "executor"),
            body: ["salt": .string(RandomBytes.hex(16))],
            personal: ["salt": .string(RandomBytes.hex(16)), "text": .string(sample.text(bytes: 400))]
        )
        let signed = try SignedOperation(operation, sign: key.sign)
        previous = signed.id
        return WireRequest(
            .push,
            query: [("epoch", epoch), ("origin", origin.description), ("chain", "")],
            body: signed.bytes + [10]
        )
    }
}
