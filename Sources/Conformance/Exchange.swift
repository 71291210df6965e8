import Appeals
import CanonicalJSON
import Cryptography
import Node
import Replication

/// One request and what was answered.
struct Exchange {
    /// Its place among all exchanges of the run.
    let number: Int
    /// Milliseconds of a clock that only goes forward.
    let at: Int64
    let request: WireRequest
    /// As it was sent; nil while it waits.
    var response: WireResponse?
    /// How the reply was dressed, if it was.
    var trick: Trick.Kind?
    /// What the engine had answered, if it was asked.
    var honest: WireResponse?

    init(number: Int, at: Int64, request: WireRequest) {
        self.number = number
        self.at = at
        self.request = request
        call = request.path.split(separator: "/").last.map(String.init) ?? ""
        lines = Lines.split(request.body).map { Read.json(Array($0)) }
    }

    /// The last word of the path, as in `pull` or `push`.
    let call: String
    /// The lines of the body; nil stands for one that is no JSON.
    let lines: [JSON?]
    /// The only line of a hello.
    var hello: JSON? { call == "hello" ? lines.first.flatMap { $0 } : nil }
    /// Of the calls that name one; empty of others.
    var stream: String { request["stream"] ?? "" }
    /// Whether it waits for news.
    var isPoll: Bool { call == "pull" && request["wait"] != nil }
    /// Whether the node has a good reply to it.
    var isAnswered: Bool { response?.status == 200 && (trick?.isReply ?? true) }
    var reply: JSON? { response.flatMap { $0.status == 200 ? Read.reply($0) : nil } }
    var replyLines: [JSON] {
        guard let response, response.status == 200 else { return [] }
        return Lines.split(response.body).dropLast().compactMap { Read.json(Array($0)) }
    }

    /// For findings: `GET /sync/v1/pull stream=slice:probe after=3`.
    var name: String {
        let shown = ["stream", "origin", "epoch", "after", "mark", "chain", "limit", "wait"]
        let query = shown.compactMap { name in request[name].map { "\(name)=\($0)" } }
        return (["\(request.method) \(request.path)"] + query).joined(separator: " ")
    }
}

/// Reading what came, where a failure is an answer.
enum Read {
    static func json(_ bytes: [UInt8]) -> JSON? {
        do { return try JSON(parsing: bytes, limits: Limits.aggregate) } catch { return nil }
    }

    /// What the last line of a reply says.
    static func reply(_ response: WireResponse) -> JSON? {
        Lines.last(response.body).flatMap { json(Array($0)) }?["reply"]
    }
}
