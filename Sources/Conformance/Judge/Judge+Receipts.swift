import CanonicalJSON
import Cryptography
import Node
import Replication

/// Receipts: their form, their signature, and that they come after what they answer.
extension Judge {
    /// What the signed message begins with.
    private static let prefix = Array("kartoteka receipt 1\n".utf8)
    /// What every receipt has; besides, exactly one of `commit` and `head`, and perhaps `former`.
    private static let members: Set<String> = ["node", "appeal", "tenure", "kept", "at", "epoch"]

    /// Receipts, before they are answered: form, signature, and that each answers a departure that was told.
    func tellsReceipts(_ exchange: Exchange) {
        for line in exchange.lines.compactMap({ $0 }) {
            if line["differs"] != nil { continue }
            guard let receipt = line["receipt"]?.object else {
                findings.fail(.receiptForm, "a line that is neither a receipt nor a difference")
                continue
            }
            let names = Set(receipt.keys)
            let answers = names.intersection(["commit", "head"])
            let strange = names.subtracting(Self.members).subtracting(["commit", "head", "former"])
            let appeal = receipt["appeal"]?.string ?? ""
            findings.check(
                .receiptForm,
                Self.members.isSubset(of: names) && answers.count == 1 && strange.isEmpty
                    && receipt["node"]?.string == ProbeIdentity.node,
                "the receipt has \(names.sorted())"
            )
            let message = Self.prefix + JSON.object(receipt).canonicalBytes()
            let signature = line["signature"]?.string.flatMap(Base64.decode) ?? []
            let isSigned = verifier.verifies(signature, over: message, by: key)
            findings.check(.receiptSigned, isSigned, "the receipt of \(appeal) is not signed by the node's key")
            findings.check(
                .receiptAfterLeave,
                departures[appeal] != nil || receipt["head"] != nil,
                "a receipt of \(appeal), of which no leave was sent"
            )
            if let departure = departures[appeal], let commit = receipt["commit"]?.integer {
                let tenure = receipt["tenure"]?.integer ?? -1
                findings.check(
                    .receiptTrue,
                    commit == departure.commit && (tenure == departure.tenure || tenure == 0),
                    "tenure \(tenure) and commit \(commit) of \(appeal), the leave said \(departure)"
                )
            }
        }
    }

    /// The engine says how many paid nothing: an honest node's all count.
    func tookReceipts(_ exchange: Exchange, _ reply: JSON) {
        let uncounted = reply["uncounted"]?.integer ?? 0
        findings.check(.receiptTrue, uncounted == 0, "\(uncounted) receipts pay nothing that is owed")
    }
}
