package import Cryptography
import Dispatch
import Locks
import Replication

/// A node's own key as it signs operations and replies.
package struct KeySigner: Signer {
    private let key: PrivateKey
    package let publicKey: [UInt8]

    package init(_ key: PrivateKey) {
        self.key = key
        publicKey = key.publicKey.spki
    }

    /// 64 bytes r‖s over the message, another value at every call (protocol.md section 3).
    package func sign(_ message: [UInt8]) throws -> [UInt8] { try key.sign(message) }
}

/// Verifies P-256 signatures; keys are read once.
///
/// The cache is emptied when it holds 4,096 keys: a city has fewer nodes, and whoever sends foreign keys must not fill
/// memory.
package final class KeyVerifier: Verifier {
    private let keys = Locked<[[UInt8]: PublicKey]>([:])

    package init() {}

    /// Whether the signature is of this message by the key (91 bytes of SPKI); false also for a key that cannot be
    /// read.
    package func verifies(_ signature: [UInt8], over message: [UInt8], by key: [UInt8]) -> Bool {
        guard let known = keys.withLock({ keys in keys[key] }) ?? remember(key) else { return false }
        return known.verifies(signature, over: message)
    }

    /// Beside the caller, who begins with the first lines: to read a page costs as much as all else with it.
    package func read<Line: Sendable>(
        _ count: Int,
        _ read: @escaping @Sendable (Range<Int>) -> [Line]
    ) -> (Int) -> Line {
        guard count >= 4 else {
            let lines = read(0..<count)
            return { lines[$0] }
        }
        let ahead = ParallelPrefetch(count: count, chunk: min(16, count / 4), read)
        DispatchQueue.global(qos: .userInitiated).async { ahead.work() }
        return { ahead.element($0) }
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
