import Appeals
import CanonicalJSON
import Cryptography

/// A department's signed word that nothing of what the office sent about an appeal is left on its disk.
///
/// It names what it answers, so that it can be counted for one departure only.
public struct PurgeReceipt: Sendable, Equatable {
    /// What a receipt answers, in one epoch.
    public enum Answered: Sendable, Equatable {
        /// The commit of the `leave`.
        case leave(commit: Int64)
        /// A place in the own slice at which the node does not have the appeal: the head of a snapshot or a probe, and
        /// what was read since.
        case head(Int64)
    }

    /// What it says, all of it signed.
    public struct Content: Sendable, Equatable {
        public var node: String
        public var appeal: String
        /// The tenure that ended; 0 in the second receipt, once no own work is kept.
        public var tenure: Int64
        /// Own operations whose content is still on the disk as this is signed.
        public var kept: Int64
        public var at: Int64
        public var epoch: String
        public var answered: Answered
        /// The epoch of a departure that happened in another one, told again as history.
        public var former: String?

        /// What a receipt says; nothing of it is checked here.
        public init(
            node: String,
            appeal: String,
            tenure: Int64,
            kept: Int64,
            at: Int64,
            epoch: String,
            answered: Answered,
            former: String? = nil
        ) {
            self.node = node
            self.appeal = appeal
            self.tenure = tenure
            self.kept = kept
            self.at = at
            self.epoch = epoch
            self.answered = answered
            self.former = former
        }

        init?(_ json: JSON) {
            guard let object = json.object, let node = object["node"]?.string,
                let appeal = object["appeal"]?.string, Names.isAppeal(appeal),
                let tenure = object["tenure"]?.integer, tenure >= 0, let kept = object["kept"]?.integer, kept >= 0,
                let at = object["at"]?.integer, at >= 0, let epoch = object["epoch"]?.string
            else { return nil }
            switch (object["commit"]?.integer, object["head"]?.integer) {
            case (let commit?, nil): answered = .leave(commit: commit)
            case (nil, let head?): answered = .head(head)
            default: return nil
            }
            self.node = node
            self.appeal = appeal
            self.tenure = tenure
            self.kept = kept
            self.at = at
            self.epoch = epoch
            if let former = object["former"] {
                guard let former = former.string else { return nil }
                self.former = former
            }
            // Nothing beyond what is known: what is signed is what is read.
            guard self.json == json else { return nil }
        }

        var json: JSON {
            var object: JSONObject = [
                "node": .string(node), "appeal": .string(appeal), "tenure": .integer(tenure), "kept": .integer(kept),
                "at": .integer(at), "epoch": .string(epoch),
            ]
            switch answered {
            case .leave(let commit): object["commit"] = .integer(commit)
            case .head(let head): object["head"] = .integer(head)
            }
            object["former"] = former.map(JSON.string)
            return .object(object)
        }
    }

    static let prefix = Array("kartoteka receipt 1\n".utf8)
    public let content: Content
    /// The canonical line, without line feed.
    public let line: [UInt8]
    let signature: [UInt8]

    /// Signs a receipt with the node's key.
    package init(_ content: Content, signer: any Signer) throws {
        self.content = content
        signature = try signer.sign(Self.prefix + content.json.canonicalBytes())
        let line: JSON = ["receipt": content.json, "signature": .string(Base64.encode(signature))]
        self.line = line.canonicalBytes()
    }

    /// Nil if the line is not in the form of the protocol.
    public init?(_ line: [UInt8]) {
        let json: JSON
        do { json = try JSON(parsing: line) } catch { return nil }
        guard let content = json["receipt"].flatMap({ Content($0) }),
            let signature = json["signature"]?.string.flatMap(Base64.decode)
        else { return nil }
        self.content = content
        self.line = line
        self.signature = signature
    }

    /// Whether this key signed the receipt.
    func holds(key: [UInt8], verifier: any Verifier) -> Bool {
        verifier.verifies(signature, over: Self.prefix + content.json.canonicalBytes(), by: key)
    }
}
