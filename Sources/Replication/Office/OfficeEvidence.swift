import Appeals
import CanonicalJSON
import Cryptography

/// `GET /sync/v1/operations`: signed operations as stored in the log, for readers who may see their contents.
extension Office {
    /// `?origin&after` returns a node's own operations; `?appeal` returns evidence to a role that may see the whole
    /// appeal, with the parts of each operation that its view shows.
    func operations(_ request: WireRequest, peer: String, now: Int64) throws -> Handling {
        let limit = Int(request.number("limit") ?? 100)
        let response: WireResponse = try store.read { reading in
            var page = PageWriter(limit: limit, rules.sizes)
            var reply: JSONObject = [
                "call": ProtocolCall.operations.json, "epoch": .string(try reading.value(Values.epoch) ?? ""),
            ]
            if let text = request["origin"], let origin = Origin(text), let after = request.number("after") {
                guard origin.node == peer else { return .refusal(403, .foreignStream, "\(origin) is not of \(peer)") }
                for record in try reading.operations(origin, after: after, limit: page.limit) where !page.isFull {
                    page.append(Self.line(try hidden(record, reading)))
                    reply["to"] = .integer(record.number)
                }
                reply["origin"] = .string(origin.description)
            } else if let appeal = request["appeal"] {
                guard let reader = try EvidenceReader(peer, appeal, office: self, reading, now: now) else {
                    return .refusal(403, .foreignStream, "\(peer) may not see all of \(appeal)")
                }
                let after = request.number("after") ?? 0
                for record in try reading.operations(
                    appeal: appeal,
                    skipping: Int(clamping: after),
                    limit: page.limit
                ) where !page.isFull {
                    page.append(Self.line(try reader.withheld(record)))
                }
                reply["appeal"] = .string(appeal)
            } else {
                return .refusal(400, .badRequest, "origin and after, or appeal, are required")
            }
            return try page.finish(reply, to: request, signer: signer)
        }
        return .reply(response, changed: [])
    }

    /// Nothing of a suspended appeal is sent, not even to the author.
    private func hidden(_ record: OperationRecord, _ reading: any StoreReading) throws -> OperationRecord {
        guard let appeal = record.appeal, try reading.isSuspended(appeal) else {
            return record
        }
        var record = record
        record.bytes = []
        return record
    }

    /// `{"operation":<line>,"outcome":<line>}`; an erased operation gives its id alone.
    private static func line(_ record: OperationRecord) -> [UInt8] {
        var line: [UInt8] = []
        line += Array(#"{"id":""#.utf8) + Array(record.id.utf8) + Array(#"","number":\#(record.number)"#.utf8)
        if !record.bytes.isEmpty { line += Array(#","operation":"#.utf8) + record.bytes }
        if let outcome = record.outcome { line += Array(#","outcome":"#.utf8) + outcome }
        return line + Array("}".utf8)
    }
}

/// A department and the view through which it is shown an appeal's evidence.
private struct EvidenceReader {
    let view: View
    let appeal: Appeals.Aggregate
    let world: StoreWorld

    /// Nil for a reader that does not see the whole appeal.
    init?(_ peer: String, _ appeal: String, office: Office, _ reading: any StoreReading, now: Int64) throws {
        guard let tenure = try reading.tenure(Space.slice(peer), key: appeal), tenure.isOpen,
            let view = View(department: peer, text: tenure.view), view.role >= .main,
            let row = try reading.row(Space.appeals, generation: 0, key: appeal)
        else { return nil }
        self.view = view
        self.appeal = try row.aggregate()
        world = StoreWorld(
            reading,
            office: office.node,
            today: office.today(now),
            advises: false,
            epoch: try reading.value(Values.epoch) ?? "",
            appeals: (Space.appeals, 0),
            reference: (Space.reference, 0)
        )
    }

    /// The record without the parts that the view hides; chain and signature still verify.
    func withheld(_ record: OperationRecord) throws -> OperationRecord {
        guard !record.bytes.isEmpty else { return record }
        let signed = try record.signed()
        let shown = Evidence(of: signed.operation, status: record.status, on: appeal, for: view, world: world)
        if shown.showsBody, shown.showsPersonal { return record }
        var record = record
        record.bytes = signed.without(body: !shown.showsBody, personal: !shown.showsPersonal)
        return record
    }
}
