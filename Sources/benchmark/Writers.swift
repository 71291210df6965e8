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
    static func origin(_ place: Int) -> Origin { Origin(node: name(place), incarnation: "0a0b0c0d") }

    private struct Writer {
        let client: HTTPSClient
        let requests: [WireRequest]
    }

    /// The office learns the logs of the writers, as if they had said hello.
    static func greet(_ root: String, _ office: any Store) throws {
        for place in 0..<count {
            let certificate = try Certificate(pem: TextFile.read("\(root)/\(name(place))/node.pem"))
            try office.write { try $0.putOrigin(OriginRecord(origin: origin(place), key: certificate.publicKey.spki)) }
        }
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

    /// Signs a chain of operations, each naming the one before it, as the office demands of a log (protocol.md section
    /// 10).
    private static func writer(
        _ place: Int,
        _ root: String,
        _ url: String,
        epoch: String,
        authority: String,
        each: Int
    ) throws -> Writer {
        let directory = "\(root)/\(name(place))"
        let keyText = TextFile.read(directory + "/node.key")
        let key = try PrivateKey(pem: keyText)
        let authorityText = TextFile.read(directory + "/authority.pem")
        let material = TLSMaterial(
            certificates: TextFile.read(directory + "/node.pem") + authorityText,
            key: keyText,
            authorities: authorityText
        )
        var sample = Sample(seed: UInt64(place) + 3)
        var previous = ""
        let requests = try (1...each).map { number in
            let operation = Operation(
                origin: origin(place),
                number: Int64(number),
                previous: previous,
                appeal: Seed.appeal(place, number % 100),
                kind: "note.added",
                authority: authority,
                seen: Seen(epoch: epoch, slice: 0, reference: 0),
                clock: HybridClock(milliseconds: Machine.now()),
                actor: Actor(user: "bondar-" + name(place), role: "executor"),
                body: ["salt": .string(RandomBytes.hex(16))],
                personal: ["salt": .string(RandomBytes.hex(16)), "text": .string(sample.text(bytes: 400))]
            )
            let signed = try SignedOperation(operation, sign: key.sign)
            previous = signed.id
            return WireRequest(
                .push,
                query: [("epoch", epoch), ("origin", origin(place).description), ("chain", "")],
                body: signed.bytes + [10]
            )
        }
        return Writer(client: try HTTPSClient(.node("center", material: material)), requests: requests)
    }
}
