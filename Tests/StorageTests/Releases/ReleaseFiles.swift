import CanonicalJSON
import Cryptography
import Foundation
import Replication

/// What a release left under `Tests/releases`: two stores, one exchange between them, and what is in them before and after it.
///
/// To record those of the present version: `REWRITE_RELEASE=1 swift test --disable-xctest --filter ReleaseTests`.
struct ReleaseFiles {
    let version: String

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let releases = root.appending(path: "Tests/releases")

    /// Whether this run records the present version instead of comparing.
    static var rewrites: Bool { ProcessInfo.processInfo.environment["REWRITE_RELEASE"] == "1" }

    /// Those that are recorded, oldest first; the last two must open, be answered and be read.
    static func recorded() throws -> [ReleaseFiles] {
        let names = try FileManager.default.contentsOfDirectory(atPath: releases.path(percentEncoded: false))
        return names.filter { $0.first?.isNumber == true }.sorted {
            $0.compare($1, options: .numeric) == .orderedAscending
        }
        .suffix(2).map(ReleaseFiles.init(version:))
    }

    /// A key of the vectors: for tests alone, everybody has it.
    static func key(_ name: String) throws -> PrivateKey {
        let file = root.appending(path: "deploy/protocol/vectors/\(name).key.pem")
        return try PrivateKey(pem: Array(Data(contentsOf: file)))
    }

    private var folder: URL { Self.releases.appending(path: version) }

    func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }

    func json(_ name: String) throws -> JSON {
        var limits = JSONLimits.general
        limits.integersOnly = true
        return try JSON(parsing: bytes(name), limits: limits)
    }

    func exchange() throws -> [RecordedCall] {
        try bytes("exchange.ndjson").split(separator: 10).map { try RecordedCall(JSON(parsing: Array($0))) }
    }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: folder.appending(path: name))
    }

    /// The recorded store in a directory of its own, as its program left it.
    func place(_ node: String, in directory: String) throws -> String {
        let path = directory + "/" + node
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        let file = path + "/kartoteka.sqlite"
        try Data(bytes(node + ".sqlite")).write(to: URL(filePath: file))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        return path
    }
}

/// One request of a department and the office's signed reply.
struct RecordedCall {
    /// Who asks what on which lane, and when (Unix ms).
    struct Asked {
        let node: String
        let lane: Lane
        let now: Int64
        let request: WireRequest
    }

    let asked: Asked
    let reply: WireResponse

    init(asked: Asked, reply: WireResponse) {
        self.asked = asked
        self.reply = reply
    }

    init(_ json: JSON) throws {
        guard let node = json["node"]?.string, let lane = json["lane"]?.string.flatMap(Lane.init),
            let now = json["now"]?.integer, let method = json["method"]?.string, let path = json["path"]?.string,
            let query = json["query"]?.array, let body = json["body"]?.string, let status = json["status"]?.integer,
            let reply = json["reply"]?.string
        else { throw StoreError(.corrupt, doing: "Reading a recorded call", found: json.canonicalText) }
        let pairs = query.map { ($0.array?.first?.string ?? "", $0.array?.last?.string ?? "") }
        let request = WireRequest(method, path, query: pairs, body: Array(body.utf8))
        self.init(
            asked: Asked(node: node, lane: lane, now: now, request: request),
            reply: WireResponse(status: Int(status), body: Array(reply.utf8))
        )
    }

    var json: JSON {
        [
            "node": .string(asked.node), "lane": .string(asked.lane.rawValue), "now": .integer(asked.now),
            "method": .string(asked.request.method), "path": .string(asked.request.path),
            "query": .array(asked.request.query.map { [.string($0.0), .string($0.1)] }),
            "body": .string(String(decoding: asked.request.body, as: UTF8.self)),
            "status": .integer(Int64(reply.status)), "reply": .string(String(decoding: reply.body, as: UTF8.self)),
        ]
    }

    /// Whether a request asks for the same: another release may add to what it says beside.
    func answers(_ other: Asked) -> Bool {
        let request = asked.request
        return asked.node == other.node && asked.lane == other.lane && request.method == other.request.method
            && request.path == other.request.path && request["stream"] == other.request["stream"]
            && request["after"] == other.request["after"]
    }
}
