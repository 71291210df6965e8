import COpenSSL

extension PublicKey {
    /// Whether these bytes are an Ed25519 key in its one DER form: of a witness, which signs no operation.
    public static func isEd25519(_ spki: [UInt8]) -> Bool {
        let prefix: [UInt8] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
        guard spki.count == prefix.count + 32, spki.starts(with: prefix) else { return false }
        guard let key = Memory.decoded(spki, free: { EVP_PKEY_free($0) }, { d2i_PUBKEY(nil, $0, $1) }) else {
            ERR_clear_error()
            return false
        }
        defer { EVP_PKEY_free(key) }
        return EVP_PKEY_get_id(key) == EVP_PKEY_ED25519
    }
}
