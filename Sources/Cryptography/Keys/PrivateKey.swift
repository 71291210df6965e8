import COpenSSL
import CPlatform

/// A P-256 private key: of a node, a device or a certificate authority.
public final class PrivateKey: Sendable {
    /// What may be shown of it.
    public let publicKey: PublicKey
    let handle: KeyHandle

    private init(owning pointer: OpaquePointer, _ doing: String) throws(CryptographyError) {
        handle = KeyHandle(owning: pointer)
        let spki = try Memory.encoded(doing) { i2d_PUBKEY(pointer, $0) }
        publicKey = try PublicKey(spki: spki)
    }

    /// A new key by OpenSSL's generator.
    public static func generate() throws(CryptographyError) -> PrivateKey {
        let doing = "generating a P-256 key"
        return try PrivateKey(owning: try require(kartoteka_p256_generate(), doing), doing)
    }

    /// Reads an unencrypted P-256 key (PKCS#8 or the older SEC 1 form).
    public convenience init(pem: [UInt8]) throws(CryptographyError) {
        let doing = "reading a private key from PEM"
        let pointer = Memory.reading(pem) { bio in
            // NB: without a callback OpenSSL asks for the password of an encrypted key at the terminal, and waits.
            PEM_read_bio_PrivateKey(bio, nil, { _, _, _, _ in -1 }, nil)
        }
        try self.init(owning: try require(pointer, doing), doing)
        ERR_clear_error()
    }

    /// PKCS#8 in PEM, not encrypted.
    public func pem() throws(CryptographyError) -> [UInt8] {
        try Memory.written("writing a private key as PEM") { bio in
            PEM_write_bio_PKCS8PrivateKey(bio, handle.pointer, nil, nil, 0, nil, nil)
        }
    }

    /// The ECDSA signature of the SHA-256 of the message: 64 bytes r‖s.
    ///
    /// Its nonce is random: two calls differ.
    public func sign(_ message: [UInt8]) throws(CryptographyError) -> [UInt8] {
        let doing = "signing with a P-256 key"
        let context = try require(EVP_PKEY_CTX_new(handle.pointer, nil), doing)
        defer { EVP_PKEY_CTX_free(context) }
        try require(EVP_PKEY_sign_init(context), doing)
        let digest = SHA256.hash(message).array
        var der = [UInt8](repeating: 0, count: 80)
        var count = der.count
        try require(EVP_PKEY_sign(context, &der, &count, digest, digest.count), doing)
        guard count <= der.count, let raw = SignatureForm.raw(der: Array(der.prefix(count))) else {
            throw .refused(doing + ": OpenSSL's signature is not one for P-256")
        }
        return raw
    }
}
