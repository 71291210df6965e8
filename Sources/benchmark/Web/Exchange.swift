import Appeals
import CanonicalJSON
import Commands
import Cryptography
import Glibc
import Replication
import Transport

/// Departments at work as an office sees them: each waits for news of its slice, reads them, and pushes a note now and then.
///
/// One process plays them all, over TLS with the key and the certificate of each. They store nothing and verify no signature:
/// what departments do on their own machines must not be taken from the office's.
enum Exchange {
    static func name(_ place: Int) -> String { "dept-\(place)" }

    /// Where a department stands at first, and what it may do: a line of the file `exchange`.
    struct Member {
        let head: Int64
        let mark: String
        let authority: Authority
        let epoch: String
        let appeals: Int

        var line: String {
            let json: JSON = [
                "head": .integer(head), "mark": .string(mark), "authority": authority.json, "epoch": .string(epoch),
                "appeals": .integer(Int64(appeals)),
            ]
            return json.canonicalText
        }
    }

    /// The assignments that entitle a department to write.
    enum Authority {
        /// One of them on all of its appeals.
        case same(String)
        /// Each appeal's own: made by the operation `first` of a log, and each next one so many operations later.
        case own(origin: String, first: Int64, every: Int64)

        /// On the department's n-th appeal.
        func of(_ number: Int) -> String {
            switch self {
            case .same(let assignment): assignment
            case .own(let origin, let first, let every): "\(origin):\(first + Int64(number) * every)/1"
            }
        }

        fileprivate var json: JSON {
            switch self {
            case .same(let assignment): .string(assignment)
            case .own(let origin, let first, let every):
                ["origin": .string(origin), "first": .integer(first), "every": .integer(every)]
            }
        }

        fileprivate init?(_ json: JSON?) {
            if let assignment = json?.string {
                self = .same(assignment)
            } else if let origin = json?["origin"]?.string, let first = json?["first"]?.integer,
                let every = json?["every"]?.integer
            {
                self = .own(origin: origin, first: first, every: every)
            } else {
                return nil
            }
        }
    }

    /// Never returns; `pause` is in milliseconds, between two notes of a department.
    ///
    /// Ends the process if the office refuses anything.
    static func go(_ root: String, url: String, pause: Int) throws {
        let members = try TextFile.lines(root + "/exchange").map { try Member(line: $0) }
        for (place, member) in members.enumerated() {
            let node = name(place), directory = root + "/" + node
            // A department has two connections: one waits, the other pushes.
            let clients = try (0..<2).map { _ in
                try HTTPSClient(.node("center", material: NoteLog.material(directory)))
            }
            let notes = try NoteLog(
                directory,
                node: node,
                epoch: member.epoch,
                seed: UInt64(place) + 7
            )
            Threads.start { follow(node, member, clients[0], url) }
            Threads.start {
                push(place, notes, member, clients[1], url, pause: pause, first: pause * place / members.count)
            }
            usleep(10_000)
        }
        while true { sleep(60) }
    }

    /// Asks until there is an answer, as a node does whose line is bad.
    private static func ask(
        _ client: HTTPSClient,
        _ method: String,
        _ url: String,
        _ request: WireRequest
    ) -> ClientResponse {
        while true {
            do throws(ClientError) {
                return try client.request(
                    method: method,
                    url: url + request.target,
                    headers: method == "POST" ? [("content-type", "application/x-ndjson")] : [],
                    body: request.body,
                    maxBytes: 16 << 20,
                    silence: 60_000
                )
            } catch { usleep(.random(in: 200_000...2_000_000)) }
        }
    }

    private static func stop(_ node: String, _ response: ClientResponse) -> Never {
        Console.complain("\(node): \(response.status) \(String(decoding: response.body.prefix(300), as: UTF8.self))")
        exit(1)
    }

    private static func follow(_ node: String, _ member: Member, _ client: HTTPSClient, _ url: String) {
        var (after, mark) = (member.head, member.mark)
        while true {
            let request = WireRequest(
                .pull,
                query: [
                    ("stream", Space.slice(node)), ("epoch", member.epoch), ("after", String(after)), ("mark", mark),
                    ("wait", "25"),
                ]
            )
            let response = ask(client, "GET", url, request)
            guard response.status == 200, let last = response.body.split(separator: 10).last,
                let reply = SignedReply(Array(last))?.reply, let to = reply["to"]?.integer,
                let reached = reply["mark"]?.string
            else { stop(node, response) }
            (after, mark) = (to, reached)
        }
    }

    private static func push(
        _ place: Int,
        _ notes: NoteLog,
        _ member: Member,
        _ client: HTTPSClient,
        _ url: String,
        pause: Int,
        first: Int
    ) {
        var notes = notes
        Machine.sleep(milliseconds: first)
        for number in 0... {
            do {
                let turn = number % max(1, member.appeals)
                let request = try notes.next(to: Seed.appeal(place, turn), by: member.authority.of(turn))
                let response = ask(client, "POST", url, request)
                let outcome = response.body.split(separator: 10).first.map { String(decoding: $0, as: UTF8.self) } ?? ""
                guard response.status == 200, outcome.contains("\"accepted\"") else { stop(name(place), response) }
            } catch {
                Console.complain("\(name(place)) cannot write: \(error)")
                exit(1)
            }
            Machine.sleep(milliseconds: pause)
        }
    }

    /// How many operations of departments and rows of slices there are at the office by now, and how many rows the departments have yet
    /// to confirm.
    ///
    /// Called inside the running office by `bench.exchanged`.
    static func progress(_ context: CommandContext) throws -> JSON {
        try context.store.read { reading in
            var operations: Int64 = 0, entries: Int64 = 0, unread: Int64 = 0
            for node in try reading.nodes(after: "", limit: 1_000) where node.node != context.node {
                let head = try reading.stream(Space.slice(node.node))?.head ?? 0
                operations += try reading.origins(node: node.node).map(\.last).reduce(0, +)
                entries += head
                unread += head - (try reading.reader(node.node, Space.slice(node.node))?.sequence ?? head)
            }
            return ["operations": .integer(operations), "rows": .integer(entries), "unread": .integer(unread)]
        }
    }
}

extension Exchange.Member {
    init(line: String) throws {
        let json = try JSON(parsing: Array(line.utf8), limits: .general)
        guard let head = json["head"]?.integer, let mark = json["mark"]?.string,
            let authority = Exchange.Authority(json["authority"]), let epoch = json["epoch"]?.string,
            let appeals = json["appeals"]?.integer
        else { throw Failure("this is no department: \(line)") }
        self.init(head: head, mark: mark, authority: authority, epoch: epoch, appeals: Int(appeals))
    }
}
