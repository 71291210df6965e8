import Appeals
import CanonicalJSON
import Commands
import Cryptography
import Desk
import Replication

/// An `Idempotency-Key`: a UUID that belongs to one account and one act.
///
/// It becomes the operation's `command`, by which a repetition finds the operation in the node's own logs, after a restart
/// and after a restore. Beside it the node keeps what was asked: the act, a digest of the body and the name of the write,
/// for 30 days; with the content of an appeal it goes with the appeal.
struct AskedKey {
    /// Small letters.
    let uuid: String
    private let endpoint: Endpoint
    private let call: WebCall
    private let user: String
    private let asked: String

    /// Milliseconds for which the node keeps what was asked.
    static let kept: Int64 = 30 * 86_400_000
    /// Records whose time is up that are swept with each new one.
    static let swept = 16

    /// Nil without the header; a `Problem` if it is no UUID, or if the act takes none.
    init?(_ endpoint: Endpoint, _ given: Given, _ call: WebCall) throws {
        guard let header = call.request.header("idempotency-key"), let user = call.person?.user else { return nil }
        guard endpoint.takesKey else {
            throw Self.wrong(
                "keyNotTaken",
                uk: "ця дія не бере ключа: повторена, вона знаходить зроблене сама",
                en: "this act takes no key: repeated it finds itself what is done"
            )
        }
        // A string of RFC 9651 has quotation marks.
        let uuid = header.filter { $0 != "\"" }.lowercased()
        guard Names.isAppeal(uuid) else {
            throw Self.wrong("wrongKey", uk: "ключ має бути UUID", en: "the key must be a UUID")
        }
        self.uuid = uuid
        self.endpoint = endpoint
        self.call = call
        self.user = user
        asked = SHA256.hash(JSON.object(given.arguments).canonicalBytes()).hex
    }

    private var key: String { user + "/" + uuid }

    /// The operation that was written under the key; nil if there is none, a `Problem` if the key belongs to something else.
    func done() throws -> OperationRecord? {
        try call.desk.read { reading in
            let record = try reading.local(.asked, key)
            if let record { try check(record) }
            guard let found = try reading.operation(ofCommand: uuid, node: call.site.node) else { return nil }
            if record == nil { try check(found) }
            return found
        }
    }

    /// The same act with the same body.
    private func check(_ record: LocalRecord) throws {
        let kept = try JSON(parsing: record.bytes)
        guard kept["act"]?.string == endpoint.name else { throw ofAnotherAct }
        guard kept["body"]?.string == asked else {
            throw Self.wrong(
                "keyOfAnotherBody",
                uk: "під цим ключем уже просили іншого: візьміть новий ключ",
                en: "something else was asked under this key: take a new key"
            )
        }
    }

    /// Of an operation beside which nothing is kept any more: its author and its kind.
    private func check(_ record: OperationRecord) throws {
        // Its words were destroyed; that it was is all that is left to tell.
        if !record.bytes.isEmpty, try record.signed().operation.actor.user != user {
            throw Self.wrong(
                "keyOfAnother",
                uk: "цей ключ уже взяв інший: візьміть новий",
                en: "somebody else has this key: take a new one"
            )
        }
        guard endpoint.row.writes.all.contains(record.kind) else { throw ofAnotherAct }
    }

    private var ofAnotherAct: Problem {
        Self.wrong(
            "keyOfAnotherAct",
            uk: "під цим ключем уже просили іншої дії: візьміть новий ключ",
            en: "another act was asked for under this key: take a new key"
        )
    }

    private static func wrong(_ code: String, uk: Phrase, en: Phrase) -> Problem {
        Problem([Fault(path: "/Idempotency-Key", code: code, reason: Sentence(uk: uk, en: en))])
    }

    /// Keeps what was asked, beside the operation that it became, and sweeps what was kept long enough.
    func keep(_ result: JSON) throws {
        guard let write = result["write"] else { return }
        let kept: JSON = ["act": .string(endpoint.name), "body": .string(asked), "write": write]
        try call.site.context.store.write { transaction in
            try transaction.sweepLocals(endedBy: call.now, limit: Self.swept)
            try transaction.putLocal(
                LocalRecord(
                    .asked,
                    key,
                    appeals: [result["appeal"]?.string].compactMap(\.self),
                    until: call.now + Self.kept,
                    bytes: kept.canonicalBytes()
                )
            )
        }
    }
}
