import COpenSSL
import CPlatform
import Testing

@testable import Cryptography

/// A kind of key that a hostile or careless certificate may hold.
enum KeyKind: Sendable {
    case p256, rsa, p384, ed25519
}

/// Keys and certificates that the product refuses to make, made with OpenSSL itself.
enum OpenSSLObjects {
    static func key(_ kind: KeyKind) throws -> KeyHandle {
        let name =
            switch kind {
            case .rsa: "RSA"
            case .ed25519: "ED25519"
            case .p256, .p384: "EC"
            }
        let context = try #require(EVP_PKEY_CTX_new_from_name(nil, name, nil))
        defer { EVP_PKEY_CTX_free(context) }
        try #require(EVP_PKEY_keygen_init(context) == 1)
        switch kind {
        case .rsa: try #require(EVP_PKEY_CTX_set_rsa_keygen_bits(context, 2048) == 1)
        case .p256: try #require(EVP_PKEY_CTX_set_group_name(context, "P-256") == 1)
        case .p384: try #require(EVP_PKEY_CTX_set_group_name(context, "P-384") == 1)
        case .ed25519: break
        }
        var key: OpaquePointer?
        try #require(EVP_PKEY_generate(context, &key) == 1)
        return KeyHandle(owning: try #require(key))
    }

    static func keyPEM(_ kind: KeyKind) throws -> [UInt8] {
        let key = try key(kind)
        return try Memory.written("") { PEM_write_bio_PKCS8PrivateKey($0, key.pointer, nil, nil, 0, nil, nil) }
    }

    static func encryptedKeyPEM() throws -> [UInt8] {
        let key = try key(.p256)
        return try Memory.written("") {
            PEM_write_bio_PKCS8PrivateKey($0, key.pointer, EVP_aes_256_cbc(), "secret", 6, nil, nil)
        }
    }

    /// A certificate with exactly these extensions, signed by the given authority.
    static func certificate(
        version: Int = 3,
        extensions: [(Int32, String)],
        kind: KeyKind = .p256,
        authority: Certificate,
        key: PrivateKey,
        notBefore: Int = 1_700_000_000,
        notAfter: Int = 1_800_000_000
    ) throws -> Certificate {
        let certificate = CertificateHandle(owning: try #require(X509_new()))
        let pointer = certificate.pointer
        try #require(X509_set_version(pointer, version - 1) == 1)
        try Subject.setCommonName("urn:node:shevchenko", of: X509_get_subject_name(pointer), "a test")
        try #require(X509_set_issuer_name(pointer, X509_get_subject_name(authority.handle.pointer)) == 1)
        try #require(ASN1_INTEGER_set(X509_get_serialNumber(pointer), 77) == 1)
        try #require(ASN1_TIME_set(X509_getm_notBefore(pointer), notBefore) != nil)
        try #require(ASN1_TIME_set(X509_getm_notAfter(pointer), notAfter) != nil)
        let own = try Self.key(kind)
        try #require(X509_set_pubkey(pointer, own.pointer) == 1)
        for (nid, text) in extensions {
            try #require(
                kartoteka_certificate_add_extension(pointer, authority.handle.pointer, nid, text) == 1,
                "\(text) is an extension OpenSSL can write"
            )
        }
        try #require(X509_sign(pointer, key.handle.pointer, EVP_sha256()) > 0)
        return try Certificate(der: try Memory.encoded("") { i2d_X509(pointer, $0) })
    }
}
