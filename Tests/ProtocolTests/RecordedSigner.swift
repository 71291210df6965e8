import CanonicalJSON
import Cryptography
import Locks
import Replication

/// The signatures of the vectors: ECDSA draws a random nonce, so what was signed once is repeated.
///
/// A message that was not recorded is signed anew, which then shows as a vector that differs.
final class SignatureBook: Sendable {
    static let file = "vectors/signatures.json"

    private struct State {
        var recorded: [String: String] = [:]
        var used: [String: String] = [:]
    }
    private let state = Locked(State())

    init() {
        var limits = JSONLimits.general
        limits.integersOnly = true
        guard let text = VectorFiles.text(Self.file), let json = try? JSON(parsing: Array(text.utf8), limits: limits)
        else { return }
        let members = (json.object?.members ?? []).compactMap { member in member.value.string.map { (member.key, $0) } }
        let recorded = Dictionary(members, uniquingKeysWith: { first, _ in first })
        state.withLock { $0.recorded = recorded }
    }

    func signature(_ name: String, key: PrivateKey, _ message: [UInt8]) throws -> [UInt8] {
        let place = "\(name) \(SHA256.hash(message).hex)"
        if let text = state.withLock({ $0.recorded[place] }), let known = Base64.decode(text),
            key.publicKey.verifies(known, over: message)
        {
            state.withLock { $0.used[place] = text }
            return known
        }
        let fresh = try key.sign(message)
        state.withLock { state in
            state.recorded[place] = Base64.encode(fresh)
            state.used[place] = Base64.encode(fresh)
        }
        return fresh
    }

    /// What was used, a signature a line.
    var text: String {
        let used = state.withLock { $0.used }
        let lines = used.keys.sorted().map { "\"\($0)\":\"\(used[$0] ?? "")\"" }
        return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
    }
}

/// Signs with a key of `deploy/protocol/vectors/` by the book.
final class RecordedSigner: Signer {
    let name: String
    let key: PrivateKey
    let publicKey: [UInt8]
    private let book: SignatureBook

    init(_ name: String, book: SignatureBook) {
        guard let key = try? PrivateKey(pem: VectorFiles.given(name + ".key.pem")) else {
            preconditionFailure("deploy/protocol/vectors/\(name).key.pem is not a P-256 key")
        }
        self.name = name
        self.key = key
        publicKey = key.publicKey.spki
        self.book = book
    }

    func sign(_ message: [UInt8]) throws -> [UInt8] { try book.signature(name, key: key, message) }
}

/// Verifies with real keys.
struct RealVerifier: Verifier {
    func verifies(_ signature: [UInt8], over message: [UInt8], by key: [UInt8]) -> Bool {
        (try? PublicKey(spki: key))?.verifies(signature, over: message) ?? false
    }
}
