import Appeals
import CanonicalJSON
import Testing

@testable import Replication
@testable import Simulator

/// Every text of every kind, looked for in everything that the office says to everybody.
@Suite("At every exit of the office")
struct ExitCanaryTests {
    /// What an exit may show of the words that were planted.
    enum Rule {
        /// The rows of the reader's slice: what it may see, and all of it.
        case rows
        /// Operations on an appeal: what the rows show, to who sees all of them; own ones whole.
        case evidence
        /// The own log.
        case own
        /// The entries of `reference`.
        case reference
        /// No word at all.
        case nothing
    }

    struct Exit {
        let name: String
        let path: String
        let rule: Rule
        let ask: (CanaryStage, CanaryStage.Reader) throws -> [UInt8]
    }

    // MARK: asking

    /// All pages of a stream, or of whatever goes on with `after`.
    private static func pages(
        _ stage: CanaryStage,
        _ reader: CanaryStage.Reader,
        _ from: String,
        next: String,
        _ request: (String) -> WireRequest
    ) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var after: String? = from
        for _ in 0..<200 {
            guard let place = after else { return bytes }
            let response = try stage.town.reply(request(place), peer: reader.rawValue)
            bytes += response.body + [10]
            let reply = stage.town.last(response)
            let told = reply[next].flatMap { $0.string ?? $0.integer.map(String.init) }
            after = told == place ? nil : told
        }
        Issue.record("\(reader) \(next) comes to no end")
        return bytes
    }

    private static func pulled(_ stage: CanaryStage, _ reader: CanaryStage.Reader, _ stream: String) throws -> [UInt8] {
        try pages(stage, reader, "0", next: "to") {
            stage.town.pull(reader.rawValue, stream, after: Int64($0) ?? 0)
        }
    }

    private static func copied(_ stage: CanaryStage, _ reader: CanaryStage.Reader, _ stream: String) throws -> [UInt8] {
        try pages(stage, reader, "", next: "next") {
            let query = [("stream", stream), ("epoch", stage.town.epoch), ("after", $0)]
            return WireRequest(.snapshot, query: query)
        }
    }

    private static func post(
        _ stage: CanaryStage,
        _ reader: CanaryStage.Reader,
        _ path: String,
        _ query: [(String, String)],
        _ body: String
    ) throws -> [UInt8] {
        let request = WireRequest("POST", ProtocolCall.prefix + path, query: query, body: Array(body.utf8) + [10])
        return try stage.town.reply(request, peer: reader.rawValue).body
    }

    private static func log(
        _ stage: CanaryStage,
        _ reader: CanaryStage.Reader,
        _ path: String,
        of node: String
    ) throws -> [UInt8] {
        try pages(stage, reader, "0", next: "to") {
            WireRequest("GET", ProtocolCall.prefix + path, query: [("origin", node + "#0ca0a0a0"), ("after", $0)])
        }
    }

    /// Operations on the appeal go by their count, which the reader counts itself.
    private static func evidence(_ stage: CanaryStage, _ reader: CanaryStage.Reader) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var after = 0
        while true {
            let query = [("appeal", stage.appeal), ("after", String(after))]
            let response = try stage.town.reply(
                WireRequest(.operations, query: query),
                peer: reader.rawValue
            )
            bytes += response.body + [10]
            let count = response.status == 200 ? Lines.split(response.body).count - 1 : 0
            if count == 0 { return bytes }
            after += count
        }
    }

    static var exits: [Exit] { general + rows + logs + told }

    private static var general: [Exit] {
        [
            Exit(name: "hello", path: "hello", rule: .nothing) { stage, reader in
                try stage.town.reply(try stage.town.hello(reader.rawValue), peer: reader.rawValue).body
            },
            Exit(name: "push of an unreadable line", path: "push", rule: .nothing) { stage, reader in
                try stage.town.push(reader.rawValue, [Array("{}".utf8)]).body
            },
            Exit(name: "an unknown call", path: "", rule: .nothing) { try post($0, $1, "nothing", [], "{}") },
        ]
    }

    private static var rows: [Exit] {
        [
            Exit(name: "pull", path: "pull", rule: .rows) { try pulled($0, $1, Space.slice($1.rawValue)) },
            Exit(name: "pull of node", path: "pull", rule: .nothing) { try pulled($0, $1, Space.node($1.rawValue)) },
            Exit(name: "pull of reference", path: "pull", rule: .reference) { try pulled($0, $1, Space.reference) },
            Exit(name: "pull of another's slice", path: "pull", rule: .nothing) { stage, reader in
                try CanaryStage.Reader.allCases.filter { $0 != reader }.flatMap {
                    try pulled(stage, reader, Space.slice($0.rawValue))
                }
            },
            Exit(name: "snapshot", path: "snapshot", rule: .rows) { try copied($0, $1, Space.slice($1.rawValue)) },
            Exit(name: "snapshot of reference", path: "snapshot", rule: .reference) {
                try copied($0, $1, Space.reference)
            },
            Exit(name: "probe", path: "probe", rule: .nothing) { stage, reader in
                let query = [("stream", Space.slice(reader.rawValue))]
                return try post(stage, reader, "probe", query, #"{"from":"","to":""}"#)
            },
            Exit(name: "fetch", path: "fetch", rule: .rows) { stage, reader in
                let query = [("stream", Space.slice(reader.rawValue))]
                return try post(stage, reader, "fetch", query, #"{"id":"\#(stage.appeal)"}"#)
            },
            Exit(name: "fetch of another's row", path: "fetch", rule: .nothing) { stage, reader in
                let other = reader == .homes ? "roads" : "homes"
                return try post(stage, reader, "fetch", [("stream", Space.slice(other))], #"{"id":"\#(stage.appeal)"}"#)
            },
        ]
    }

    private static var logs: [Exit] {
        [
            Exit(name: "operations as evidence", path: "operations", rule: .evidence) { try evidence($0, $1) },
            Exit(name: "operations of the own log", path: "operations", rule: .own) {
                try log($0, $1, "operations", of: $1.rawValue)
            },
            Exit(name: "operations of another's log", path: "operations", rule: .nothing) {
                try log($0, $1, "operations", of: $1 == .homes ? "roads" : "homes")
            },
            Exit(name: "outcomes", path: "outcomes", rule: .nothing) { try log($0, $1, "outcomes", of: $1.rawValue) },
            Exit(name: "outcomes of another's log", path: "outcomes", rule: .nothing) {
                try log($0, $1, "outcomes", of: $1 == .homes ? "roads" : "homes")
            },
        ]
    }

    private static var told: [Exit] {
        [
            Exit(name: "receipts", path: "receipts", rule: .nothing) { stage, reader in
                let content = PurgeReceipt.Content(
                    node: reader.rawValue,
                    appeal: stage.appeal,
                    tenure: 1,
                    kept: 0,
                    at: 0,
                    epoch: "",
                    answered: .head(0)
                )
                let receipt = try PurgeReceipt(content, signer: TwinSigner(reader.rawValue))
                return try post(stage, reader, "receipts", [], String(decoding: receipt.line, as: UTF8.self))
            },
            Exit(name: "recovered", path: "recovered", rule: .nothing) { stage, reader in
                let row = #"{"row":{"id":"\#(stage.appeal)"},"stream":"\#(Space.slice(reader.rawValue))"}"#
                return try post(stage, reader, "recovered", [], row)
            },
        ]
    }

    // MARK: judging

    /// What one reader may be shown at one exit, and whether it must be all of it.
    private func expected(
        _ rule: Rule,
        _ stage: CanaryStage,
        _ reader: CanaryStage.Reader
    ) -> (most: Set<String>, least: Set<String>) {
        let all = Set(stage.canaries.keys)
        func words(_ fits: (CanaryStage.Canary) -> Bool) -> Set<String> {
            Set(stage.canaries.filter { fits($0.value) }.keys)
        }
        let ofReference = words { Kinds.named($0.kind)?.isReference == true }
        let seen = all.filter { stage.maySee($0, reader) }
        let own = words { $0.author == reader.rawValue }
        switch rule {
        case .nothing: return ([], [])
        case .own: return (own, own)
        case .reference:
            return (ofReference, words { Kinds.named($0.kind)?.isReference == true && $0.status == .accepted })
        case .rows:
            // A stub tells who had the appeal its index, and nothing that a person wrote.
            let stub = words { $0.kind == "appeal.registered" && $0.field == "body.index" }
            return (seen.union(reader == .green || reader == .police ? stub : []), seen.intersection(stage.inForce))
        case .evidence:
            guard let role = stage.holding(reader)?.role, ["home", "main"].contains(role) else { return ([], []) }
            return (seen.union(own), own.subtracting(ofReference))
        }
    }

    private func told(_ words: Set<String>, _ stage: CanaryStage) -> String {
        let places = words.compactMap { word in
            stage.canaries[word].map { "\($0.kind) \($0.field) of \($0.author), \($0.status.rawValue)" }
        }
        return Set(places).sorted().joined(separator: "\n  ")
    }

    @Test("stands what its reader may see by the policy, and nothing else, of every field of every kind")
    func matrix() throws {
        let stage = try CanaryStage()
        for exit in Self.exits {
            for reader in CanaryStage.Reader.allCases {
                let shown = CanaryStage.words(try exit.ask(stage, reader))
                let (most, least) = expected(exit.rule, stage, reader)
                let leaked = shown.subtracting(most), missing = least.subtracting(shown)
                #expect(leaked.isEmpty, "\(exit.name) shows \(reader.role)\n  \(told(leaked, stage))")
                #expect(missing.isEmpty, "\(exit.name) hides from \(reader.role)\n  \(told(missing, stage))")
            }
        }
    }

    @Test("every call of the office has its row here")
    func everyCall() {
        let calls = Set(ProtocolCall.allCases.map(\.rawValue))
        #expect(calls == Set(Self.exits.map(\.path)).subtracting([""]))
    }

    /// Personal words that no register and no fact keeps.
    private static let kept: Set<String> = []

    @Test("every personal field of every kind has its place under the policy")
    func everyField() throws {
        let stage = try CanaryStage()
        #expect(stage.played == Set(Kinds.all.map(\.name)))
        let planted = Set(stage.canaries.values.filter(\.isPersonal).map(\.kind))
        #expect(planted == Set(Kinds.all.filter { !$0.personal.isEmpty }.map(\.name)))
        let accepted = stage.canaries.values.filter { $0.isPersonal && $0.status == .accepted }
        let placed = Set(accepted.filter { !$0.items.isEmpty }.map { "\($0.kind) \($0.field)" })
        for canary in accepted where !Self.kept.contains("\(canary.kind) \(canary.field)") {
            #expect(placed.contains("\(canary.kind) \(canary.field)"), "\(canary.kind) \(canary.field) is kept nowhere")
        }
    }
}
