import Appeals
import CanonicalJSON
import Cryptography
import Simulator

@testable import Replication

/// The calls of the protocol, one by one, for tests that stand in the department's stead.
extension Town {
    var epoch: String { (try? officeStore.read { try $0.value(Values.epoch) }) ?? "" }

    /// What the office has of the last departure of an appeal from a department.
    func purge(_ name: String, _ appeal: String) throws -> DebtRecord? {
        try officeStore.read { try $0.debt(.purge, node: name, subject: appeal) }
    }

    /// What a receipt of an appeal may say.
    func receipt(
        _ name: String,
        _ appeal: String,
        tenure: Int64 = 1,
        kept: Int64 = 0,
        epoch: String? = nil,
        _ answered: PurgeReceipt.Answered = .leave(commit: 1)
    ) -> PurgeReceipt.Content {
        PurgeReceipt.Content(
            node: name,
            appeal: appeal,
            tenure: tenure,
            kept: kept,
            at: now,
            epoch: epoch ?? self.epoch,
            answered: answered
        )
    }

    func tell(_ receipts: [PurgeReceipt.Content], by name: String) throws -> WireResponse {
        let lines = try receipts.flatMap { receipt -> [UInt8] in
            try PurgeReceipt(receipt, signer: TwinSigner(name)).line + [10]
        }
        return try reply(WireRequest(.receipts, body: lines), peer: name)
    }

    func push(
        _ name: String,
        _ lines: [[UInt8]],
        epoch: String? = nil,
        origin: Origin? = nil,
        peer: String? = nil
    ) throws -> WireResponse {
        let origin = try origin ?? self.origin(name).origin
        let query = [("epoch", epoch ?? self.epoch), ("origin", origin.description)]
        return try reply(
            WireRequest(.push, query: query, body: Array(lines.joined(separator: [10])) + [10]),
            peer: peer ?? name
        )
    }

    /// The lines of a reply above its signed last line, as JSON.
    func lines(_ response: WireResponse) throws -> [JSON] {
        try Lines.split(response.body).dropLast().map { try JSON(parsing: Array($0), limits: Limits.aggregate) }
    }

    func last(_ response: WireResponse) -> JSONObject {
        Lines.split(response.body).last.flatMap { SignedReply(Array($0))?.reply } ?? JSONObject()
    }

    /// `accepted`, `gap 3`, `fork 2`, `unreadable 0 operation.v`: what each line of a push was answered.
    func answers(_ response: WireResponse) throws -> [String] {
        guard response.status == 200 else { return [response.errorCode?.rawValue ?? "\(response.status)"] }
        return try lines(response).map { line in
            if let outcome = Outcome(line) {
                return outcome.reason.map { "\(outcome.status.rawValue) \($0.rawValue)" } ?? outcome.status.rawValue
            }
            switch line["answer"]?.string {
            case "gap": return "gap \(line["wanted"]?.integer ?? 0)"
            case "fork": return "fork \(line["number"]?.integer ?? 0)"
            default: return "unreadable \(line["place"]?.integer ?? -1) \(line["path"]?.string ?? "")"
            }
        }
    }

    func pull(
        _ name: String,
        _ stream: String? = nil,
        after: Int64,
        mark: String? = nil,
        limit: Int = 500,
        wait: Int64 = 0,
        epoch: String? = nil,
        more: [(String, String)] = []
    ) -> WireRequest {
        let stream = stream ?? Space.slice(name)
        var query = [
            ("stream", stream), ("epoch", epoch ?? self.epoch), ("after", String(after)),
            ("mark", mark ?? self.mark(stream, after)),
            ("limit", String(limit)),
        ]
        if wait > 0 { query.append(("wait", String(wait))) }
        return WireRequest(.pull, query: query + more)
    }

    func mark(_ stream: String, _ sequence: Int64) -> String {
        sequence == 0 ? "" : (try? officeStore.read { try $0.entry(stream, atOrBefore: sequence)?.mark }) ?? ""
    }

    /// `enter 3`, `leave 2`: kind and tenure of each entry of a page.
    func entries(_ response: WireResponse) throws -> [String] {
        try lines(response).map { "\($0["entry"]?.string ?? "") \($0["tenure"]?.integer ?? 0)" }
    }

    func hello(_ name: String, change: (inout Hello) throws -> Void = { _ in }) throws -> WireRequest {
        let place = self[name]
        return try place.store.read { reading in
            let record = try place.department.currentOrigin(reading)
            let positions = try [Space.reference, place.slice, Space.node(name)].map {
                try place.department.position($0, reading)
            }
            var hello = Hello(
                origin: record.origin,
                key: record.key,
                last: (record.last, record.lastID),
                acknowledged: (
                    record.acknowledged, try reading.operation(record.origin, record.acknowledged)?.id ?? ""
                ),
                epoch: try reading.value(Values.epoch) ?? "",
                token: try reading.value(Values.token) ?? "",
                positions: positions.filter { !$0.epoch.isEmpty }.map {
                    Position(stream: $0.name, epoch: $0.epoch, sequence: $0.head, mark: $0.mark)
                },
                clock: now,
                oldestUnsent: 0,
                erasures: []
            )
            try change(&hello)
            return WireRequest(.hello, body: hello.json.canonicalBytes() + [10])
        }
    }

    /// The state of the log that a hello is answered, or the code of its refusal.
    func greeting(_ name: String, change: (inout Hello) throws -> Void = { _ in }) throws -> String {
        let response = try reply(try hello(name, change: change), peer: name)
        return response.errorCode?.rawValue ?? last(response)["log"]?["state"]?.string ?? ""
    }
}
