import COpenSSL

/// A public key, known by the SHA-256 of its DER form (SPKI).
///
/// Signatures are verified with P-256 only.
public struct PublicKey: Sendable, Hashable {
    /// What kind of key it is.
    ///
    /// A certificate may hold any; `init(spki:)` accepts P-256 only.
    public enum Algorithm: Sendable, Hashable {
        case p256, ed25519
        case other(String)
    }

    /// DER in its one form, with the uncompressed point: two spellings of a key would be two fingerprints.
    public let spki: [UInt8]
    /// SHA-256 of `spki`, as allow-lists name the key.
    public let fingerprint: SHA256Digest
    /// P-256, or Ed25519 for witnesses.
    public let algorithm: Algorithm
    private let handle: KeyHandle?

    /// An uncompressed P-256 key in its one DER form: so that a key has one fingerprint.
    public init(spki: [UInt8]) throws(CryptographyError) {
        guard Self.hasFormOfP256(spki) else {
            throw .refused("reading a public key: it is not an uncompressed P-256 key")
        }
        let pointer = Memory.decoded(spki, free: { EVP_PKEY_free($0) }, { d2i_PUBKEY(nil, $0, $1) })
        let handle = KeyHandle(owning: try require(pointer, "reading a P-256 public key"))
        self.init(spki: spki, algorithm: .p256, handle: handle)
    }

    /// The key of a certificate, of whatever kind: the profile says afterwards which it accepts.
    init(certified spki: [UInt8]) {
        do {
            try self.init(spki: spki)
        } catch {
            self.init(spki: spki, algorithm: Self.foreignAlgorithm(spki), handle: nil)
        }
    }

    private init(spki: [UInt8], algorithm: Algorithm, handle: KeyHandle?) {
        self.spki = spki
        self.algorithm = algorithm
        self.handle = handle
        fingerprint = SHA256.hash(spki)
    }

    /// Whether these 64 bytes r‖s are this P-256 key's signature of the SHA-256 of the message.
    public func verifies(_ signature: [UInt8], over message: [UInt8]) -> Bool {
        verifies(signature, over: SHA256.hash(message))
    }

    /// The same for a message whose digest is known already.
    public func verifies(_ signature: [UInt8], over digest: SHA256Digest) -> Bool {
        guard let handle, let der = SignatureForm.der(raw: signature) else { return false }
        guard let context = EVP_PKEY_CTX_new(handle.pointer, nil) else {
            ERR_clear_error()
            return false
        }
        defer { EVP_PKEY_CTX_free(context) }
        let bytes = digest.array
        let verified =
            EVP_PKEY_verify_init(context) == 1
            && EVP_PKEY_verify(context, der, der.count, bytes, bytes.count) == 1
        if !verified { ERR_clear_error() }
        return verified
    }

    public static func == (left: PublicKey, right: PublicKey) -> Bool { left.spki == right.spki }

    public func hash(into hasher: inout Hasher) { hasher.combine(fingerprint) }

    /// SEQUENCE { SEQUENCE { id-ecPublicKey, prime256v1 }, BIT STRING 04 ‖ x ‖ y }.
    private static func hasFormOfP256(_ spki: [UInt8]) -> Bool {
        let prefix: [UInt8] = [
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
            0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
        ]
        return spki.count == 91 && spki.starts(with: prefix)
    }

    private static func foreignAlgorithm(_ spki: [UInt8]) -> Algorithm {
        defer { ERR_clear_error() }
        let ed25519: [UInt8] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
        if spki.count == 44, spki.starts(with: ed25519) { return .ed25519 }
        let pointer = Memory.decoded(spki, free: { EVP_PKEY_free($0) }, { d2i_PUBKEY(nil, $0, $1) })
        guard let pointer else { return .other("unknown") }
        defer { EVP_PKEY_free(pointer) }
        guard let name = EVP_PKEY_get0_type_name(pointer) else { return .other("unknown") }
        return .other("\(String(cString: name)) of \(EVP_PKEY_get_bits(pointer)) bits")
    }
}
