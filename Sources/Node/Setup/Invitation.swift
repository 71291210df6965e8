import CanonicalJSON
import Cryptography
import Replication

/// What the office keeps of an invitation: never the secret itself.
struct Invitation: Equatable {
    let node: String
    /// SHA-256 of the secret.
    let secret: SHA256Digest
    /// Unix milliseconds.
    let expires: Int64
    /// Wrong secrets so far.
    var tries: Int64 = 0
    /// The key that used it, hex; the same key may ask again, since a reply can be lost.
    var usedBy = ""

    static let tries: Int64 = 5

    init(node: String, secret: [UInt8], expires: Int64) {
        self.node = node
        self.secret = SHA256.hash(secret)
        self.expires = expires
    }

    func isValid(now: Int64) -> Bool { now <= expires && tries < Self.tries }

    // MARK: in the store

    private static let list = "invitations"

    private init?(_ node: String, _ text: String) {
        guard let json = try? JSON(parsing: Array(text.utf8)),
            let secret = json["secret"]?.string.flatMap({ SHA256Digest(hex: $0) }),
            let expires = json["expires"]?.integer, let tries = json["tries"]?.integer
        else { return nil }
        self.node = node
        self.secret = secret
        self.expires = expires
        self.tries = tries
        usedBy = json["usedBy"]?.string ?? ""
    }

    static func read(_ node: String, _ reading: any StoreReading) throws -> Invitation? {
        try reading.value("invitation/" + node).flatMap { Invitation(node, $0) }
    }

    static func all(_ reading: any StoreReading) throws -> [Invitation] {
        try (reading.value(list) ?? "").split(separator: " ").compactMap { try read(String($0), reading) }
    }

    /// Keeps it; what is no longer valid is forgotten with it.
    func keep(_ transaction: any StoreTransaction, now: Int64) throws {
        let json: JSON = [
            "secret": .string(secret.hex), "expires": .integer(expires), "tries": .integer(tries),
            "usedBy": .string(usedBy),
        ]
        try transaction.setValue("invitation/" + node, json.canonicalText)
        var nodes: [String] = []
        for other in try Self.all(transaction) where other.node != node {
            if other.isValid(now: now) {
                nodes.append(other.node)
            } else {
                try transaction.setValue("invitation/" + other.node, nil)
            }
        }
        try transaction.setValue(Self.list, (nodes + [node]).sorted().joined(separator: " "))
    }
}
