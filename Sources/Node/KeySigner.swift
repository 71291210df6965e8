public import Cryptography
import Dispatch
public import Replication
import Synchronization

/// A node's own key as it signs operations and replies.
public struct KeySigner: Signer {
    private let key: PrivateKey
    public let publicKey: [UInt8]

    public init(_ key: PrivateKey) {
        self.key = key
        publicKey = key.publicKey.spki
    }

    public func sign(_ message: [UInt8]) throws -> [UInt8] { try key.sign(message) }
}

/// Verifies P-256 signatures; keys are read once.
public final class KeyVerifier: Verifier {
    private let keys = Mutex<[[UInt8]: PublicKey]>([:])

    public init() {}

    public func verifies(_ signature: [UInt8], over message: [UInt8], by key: [UInt8]) -> Bool {
        guard let known = keys.withLock({ keys in keys[key] }) ?? remember(key) else { return false }
        return known.verifies(signature, over: message)
    }

    /// On all cores: a page of signatures costs more than all else that is done with it.
    public func verify(_ page: [(signature: [UInt8], message: [UInt8])], by key: [UInt8]) -> [Bool] {
        guard page.count >= 32 else { return page.map { verifies($0.signature, over: $0.message, by: key) } }
        let verdicts = Mutex([Bool](repeating: false, count: page.count))
        let parts = 4
        DispatchQueue.concurrentPerform(iterations: parts) { part in
            let range = page.count * part / parts..<page.count * (part + 1) / parts
            let found = page[range].map { verifies($0.signature, over: $0.message, by: key) }
            verdicts.withLock { $0.replaceSubrange(range, with: found) }
        }
        return verdicts.withLock { $0 }
    }

    private func remember(_ key: [UInt8]) -> PublicKey? {
        guard let read = try? PublicKey(spki: key) else { return nil }
        keys.withLock { keys in
            if keys.count > 4_096 { keys = [:] }
            keys[key] = read
        }
        return read
    }
}
