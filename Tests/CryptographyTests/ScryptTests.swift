import Cryptography
import Testing

@Suite("scrypt")
struct ScryptTests {
    @Test("the vectors of RFC 7914 are met")
    func vectors() throws {
        #expect(
            try hex("", "", logN: 4, r: 1, p: 1)
                == "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
        )
        #expect(
            try hex("password", "NaCl", logN: 10, r: 8, p: 16)
                == "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
        )
        #expect(
            try hex("pleaseletmein", "SodiumChloride", logN: 14, r: 8, p: 1)
                == "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
        )
    }

    @Test("above OpenSSL's own memory limit two passwords still have two hashes")
    func memoryLimit() throws {
        let first = try hex("one", "salt", logN: 15, r: 8, p: 3)
        let second = try hex("two", "salt", logN: 15, r: 8, p: 3)
        #expect(first != second)
        #expect(Set(first).count > 4)
    }

    @Test(
        "parameters out of bounds are refused",
        arguments: [(0, 8, 1, 32), (21, 8, 1, 32), (15, 0, 1, 32), (15, 8, 0, 32), (15, 8, 1, 0), (20, 64, 1, 32)]
    )
    func bounds(logN: Int, r: Int, p: Int, length: Int) {
        #expect(throws: CryptographyError.self) {
            try Scrypt.derive(password: [1], salt: [2], logN: logN, r: r, p: p, length: length)
        }
    }

    private func hex(_ password: String, _ salt: String, logN: Int, r: Int, p: Int) throws -> String {
        let bytes = try Scrypt.derive(
            password: Array(password.utf8),
            salt: Array(salt.utf8),
            logN: logN,
            r: r,
            p: p,
            length: 64
        )
        return Hex.encode(bytes)
    }
}
