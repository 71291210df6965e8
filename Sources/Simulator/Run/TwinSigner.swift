import Cryptography
import Replication

/// A deterministic twin of a key: its signature is a function of key and message, so that a seed repeats a run.
package struct TwinSigner: Signer {
    package let publicKey: [UInt8]
    package init(_ node: String) { publicKey = Array("twin of \(node)".utf8) }
    /// 64 bytes, always the same for the same message.
    package func sign(_ message: [UInt8]) -> [UInt8] { Self.signature(message, publicKey) }

    fileprivate static func signature(_ message: [UInt8], _ key: [UInt8]) -> [UInt8] {
        let half = SHA256.hash(key + message).array
        return half + half
    }
}

/// Verifies what a twin signed.
package struct TwinVerifier: Verifier {
    package init() {}
    /// Whether a twin with this key would sign so.
    package func verifies(_ signature: [UInt8], over message: [UInt8], by key: [UInt8]) -> Bool {
        signature == TwinSigner.signature(message, key)
    }
}
