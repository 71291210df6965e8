import Cryptography
import Replication

/// A deterministic twin of a key: its signature is a function of key and message.
struct Twin: Signer {
    let publicKey: [UInt8]
    init(_ node: String) { publicKey = Array("twin of \(node)".utf8) }
    func sign(_ message: [UInt8]) throws -> [UInt8] { Self.signature(message, publicKey) }

    static func signature(_ message: [UInt8], _ key: [UInt8]) -> [UInt8] {
        let half = SHA256.hash(key + message).array
        return half + half
    }
}

struct TwinVerifier: Verifier {
    func verifies(_ signature: [UInt8], over message: [UInt8], by key: [UInt8]) -> Bool {
        signature == Twin.signature(message, key)
    }
}
