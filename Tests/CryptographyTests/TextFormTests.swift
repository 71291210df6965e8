import Cryptography
import Testing

@Suite("Base64, hexadecimal, random bytes")
struct TextFormTests {
    @Test(
        "the vectors of RFC 4648 are met",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ]
    )
    func vectors(plain: String, text: String) {
        #expect(Base64.encode(Array(plain.utf8)) == text)
        #expect(Base64.decode(text) == Array(plain.utf8))
    }

    @Test(
        "a text that is not the one canonical base64 is refused",
        arguments: [
            "Zg", "Zg=", "Zg===", "=", "==", "====", "Z===", "Zm9v\n", " Zm9v", "Zm 9v", "Zh==", "Zm9=", "Zm8=Zm9v",
            "Zg==Zg==", "Zm-_", "Zm9вZ", "Z\u{e9}==", "Zg=a",
        ]
    )
    func strictBase64(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test(
        "the vectors of RFC 4648 for base32 are met, without padding",
        arguments: [
            ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ]
    )
    func base32(plain: String, text: String) {
        #expect(Base32.encode(Array(plain.utf8), .rfc4648) == text)
        #expect(Base32.decode(text, .rfc4648) == Array(plain.utf8))
    }

    @Test(
        "a text that is not the one base32 is refused",
        arguments: ["M", "MZX", "MZ", "my", "M1", "MY=", "MZXW6YQ ", "Ж"]
    )
    func strictBase32(text: String) {
        #expect(Base32.decode(text, .rfc4648) == nil)
    }

    @Test("the vectors of RFC 2202 and RFC 4231 are met")
    func hmac() throws {
        let message = Array("what do ya want for nothing?".utf8), key = Array("Jefe".utf8)
        #expect(
            Hex.encode(try HMAC.of(message, key: key, hash: .sha1)) == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
        )
        #expect(
            Hex.encode(try HMAC.of(message, key: key, hash: .sha256))
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        )
    }

    @Test("every length comes back from base64 and hexadecimal")
    func lengths() {
        for count in 0..<200 {
            let bytes = RandomBytes.bytes(count)
            #expect(bytes.count == count)
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
            #expect(Hex.decode(Hex.encode(bytes)) == bytes)
        }
    }

    @Test("hexadecimal is lowercase, even and without anything else", arguments: ["0", "0A", "0x", "0 ", "+1", "é"])
    func strictHex(text: String) {
        #expect(Hex.decode(text) == nil)
    }

    @Test("random texts have two digits a byte and differ")
    func random() {
        #expect(RandomBytes.hex(16).utf8.count == 32)
        #expect(RandomBytes.hex(16) != RandomBytes.hex(16))
    }

    @Test("bytes are compared whole")
    func constantTime() {
        #expect(ConstantTime.equal([], []))
        #expect(ConstantTime.equal([1, 2], [1, 2]))
        #expect(!ConstantTime.equal([1, 2], [1, 3]))
        #expect(!ConstantTime.equal([1, 2], [1]))
    }
}
