import Cryptography
import Testing

@Suite("P-256 keys and signatures")
struct SignatureTests {
    /// The key of RFC 6979 appendix A.2.5.
    private static let publicPoint =
        "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
        + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"
    private static let prefix = "3059301306072a8648ce3d020106082a8648ce3d03010703420004"

    private func publicKey() throws -> PublicKey {
        try PublicKey(spki: try #require(Hex.decode(Self.prefix + Self.publicPoint)))
    }

    @Test(
        "the signatures published in RFC 6979 are verified",
        arguments: [
            (
                "sample",
                "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                    + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"
            ),
            (
                "test",
                "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367"
                    + "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083"
            ),
        ]
    )
    func published(message: String, signature: String) throws {
        let key = try publicKey()
        let bytes = try #require(Hex.decode(signature))
        #expect(key.verifies(bytes, over: Array(message.utf8)))
        #expect(!key.verifies(bytes, over: Array("other".utf8)))
    }

    @Test("a signature is verified by its key only, over its message only")
    func roundTrip() throws {
        let key = try PrivateKey.generate()
        let other = try PrivateKey.generate()
        for count in 0..<64 {
            let message = RandomBytes.bytes(count * 7)
            let signature = try key.sign(message)
            #expect(signature.count == 64)
            #expect(key.publicKey.verifies(signature, over: message))
            #expect(!key.publicKey.verifies(signature, over: message + [0]))
            #expect(!other.publicKey.verifies(signature, over: message))
        }
    }

    @Test("a signature with any bit changed is not verified")
    func tampered() throws {
        let key = try PrivateKey.generate()
        let message = Array("an appeal".utf8)
        let signature = try key.sign(message)
        for bit in 0..<512 {
            var changed = signature
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!key.publicKey.verifies(changed, over: message))
        }
    }

    @Test("a signature of a wrong length or with numbers out of range is not verified")
    func hostileSignatures() throws {
        let key = try publicKey()
        let order = try #require(Hex.decode("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"))
        let one = [UInt8](repeating: 0, count: 31) + [1]
        let zero = [UInt8](repeating: 0, count: 32)
        let most = [UInt8](repeating: 0xff, count: 32)
        for r in [zero, one, order, most] {
            for s in [zero, one, order, most] { #expect(!key.verifies(r + s, over: [1])) }
        }
        for count in [0, 1, 32, 63, 65, 72, 128, 100_000] {
            #expect(!key.verifies([UInt8](repeating: 1, count: count), over: [1]))
        }
    }

    @Test("a public key is an uncompressed point of the curve in the one DER form")
    func hostileKeys() throws {
        let spki = try publicKey().spki
        #expect(try publicKey().fingerprint == SHA256.hash(spki))
        for count in 0..<spki.count {
            #expect(throws: CryptographyError.self) { try PublicKey(spki: Array(spki.prefix(count))) }
        }
        #expect(throws: CryptographyError.self) { try PublicKey(spki: spki + [0]) }
        for index in spki.indices {
            var changed = spki
            changed[index] ^= 1
            #expect(throws: CryptographyError.self) { try PublicKey(spki: changed) }
        }
    }

    @Test("a private key comes back from PEM, and what is not a P-256 key is refused")
    func pem() throws {
        let key = try PrivateKey.generate()
        let text = try key.pem()
        #expect(String(decoding: text, as: UTF8.self).hasPrefix("-----BEGIN PRIVATE KEY-----"))
        let again = try PrivateKey(pem: text)
        #expect(again.publicKey == key.publicKey)
        #expect(key.publicKey.verifies(try again.sign([1, 2]), over: [1, 2]))
        for count in stride(from: 0, to: text.count - 20, by: 7) {
            #expect(throws: CryptographyError.self) { try PrivateKey(pem: Array(text.prefix(count))) }
        }
    }

    @Test("an encrypted private key is refused at once instead of asking at the terminal")
    func encrypted() throws {
        let text = try OpenSSLObjects.encryptedKeyPEM()
        #expect(throws: CryptographyError.self) { try PrivateKey(pem: text) }
        for kind in [KeyKind.rsa, .p384, .ed25519] {
            let pem = try OpenSSLObjects.keyPEM(kind)
            #expect(throws: CryptographyError.self) { try PrivateKey(pem: pem) }
        }
    }

    @Test("one public key verifies on several threads at once")
    func threads() async throws {
        let key = try PrivateKey.generate()
        let signature = try key.sign([7])
        let verified = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask { (0..<200).count { _ in key.publicKey.verifies(signature, over: [7]) } }
            }
            return await group.reduce(0, +)
        }
        #expect(verified == 800)
    }

    @Test("a refusal says what was being done and why")
    func words() {
        #expect(throws: CryptographyError.self) { try PrivateKey(pem: Array("nonsense".utf8)) }
        do {
            _ = try PrivateKey(pem: Array("nonsense".utf8))
        } catch {
            #expect("\(error)".hasPrefix("reading a private key from PEM: "))
            #expect(error.code != 0)
        }
    }
}
