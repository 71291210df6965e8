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
