import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// What the script looks up in what was said.
extension SyncHandler {
    /// The second operation of a push whose first was said to be unreadable, and what was pushed next in another log.
    func afterUnreadable(_ mark: Int, _ former: String) -> (second: JSON, again: [JSON])? {
        guard let bad = exchanges.dropFirst(mark).first(where: { $0.trick == .unreadable }),
            let second = bad.operations.last,
            let again = requests("push", since: bad.number + 1).first(where: { $0.request["origin"] != former })
        else { return nil }
        return (second, again.operations)
    }

    /// A reply that says that the first operation cannot be read.
    func unreadable(_ exchange: Exchange) throws -> WireResponse {
        let first = exchange.firstNumber ?? 1
        let answers: [JSON] = exchange.operations.indices.map { place in
            place == 0
                ? ["answer": "unreadable", "place": 0, "path": "operation", "reason": "the script says so"]
                : ["answer": "gap", "wanted": .integer(first)]
        }
        let reply: JSONObject = [
            "call": "push", "origin": .string(exchange.request["origin"] ?? ""),
            "epoch": .string(exchange.request["epoch"] ?? ""), "stored": .integer(first - 1),
            "chain": .string(exchange.request["chain"] ?? ""), "commit": 1,
        ]
        return try office.reply(reply, over: answers.map { $0.canonicalBytes() }, to: exchange)
    }

    /// The last operation that has this outcome, with the place of the push that told it.
    func outcome(_ status: String) -> (place: Int, origin: String, number: Int64?)? {
        for exchange in exchanges.reversed() where exchange.call == "push" && exchange.isAnswered {
            if let line = exchange.replyLines.last(where: { $0["outcome"]?.string == status }) {
                return (exchange.number, line["origin"]?.string ?? "", line["number"]?.integer)
            }
        }
        return nil
    }

    /// The receipt of an appeal that was taken, the second one if that is meant.
    func receipt(of appeal: Int, isSecond: Bool = false) -> JSON? {
        exchanges.lazy.filter { $0.call == "receipts" && $0.isAnswered }.flatMap {
            $0.lines.compactMap { $0?["receipt"] }
        }
        .first { receipt in
            receipt["appeal"]?.string == ProbeOffice.id(appeal)
                && (receipt["tenure"]?.integer == 0) == isSecond
        }
    }
}
