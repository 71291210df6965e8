import Cryptography
import Testing

@Suite("SHA-256")
struct DigestTests {
    @Test(
        "the vectors of FIPS 180-4 are met",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ]
    )
    func vectors(text: String, hex: String) {
        #expect(SHA256.hash(Array(text.utf8)).hex == hex)
        #expect(SHA256.hash(Array(text.utf8).span) == SHA256.hash(Array(text.utf8)))
    }

    @Test("a million letters a, in pieces of every size, give the vector")
    func pieces() {
        var hash = SHA256()
        var left = 1_000_000
        var size = 1
        while left > 0 {
            let count = min(size, left)
            hash.update([UInt8](repeating: 0x61, count: count))
            left -= count
            size = size % 1000 + 1
        }
        #expect(hash.finish().hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test("a copy of a running hash goes its own way, and a finished one starts anew")
    func copies() {
        var first = SHA256()
        first.update(Array("ab".utf8)[...])
        var second = first
        second.update(Array("d".utf8).span)
        first.update(Array("c".utf8))
        #expect(first.finish() == SHA256.hash(Array("abc".utf8)))
        #expect(second.finish() == SHA256.hash(Array("abd".utf8)))
        #expect(first.finish() == SHA256.hash([UInt8]()))
    }

    @Test("a digest has 32 bytes and 64 lowercase digits, nothing else")
    func forms() {
        let digest = SHA256.hash(Array("abc".utf8))
        #expect(SHA256Digest(digest.array) == digest)
        #expect(SHA256Digest(hex: digest.hex) == digest)
        #expect(SHA256Digest(hex: digest.hex.uppercased()) == nil)
        #expect(SHA256Digest(hex: String(digest.hex.dropLast())) == nil)
        #expect(SHA256Digest(hex: digest.hex + "00") == nil)
        #expect(SHA256Digest([UInt8](repeating: 1, count: 31)) == nil)
        #expect(SHA256Digest([UInt8](repeating: 1, count: 33)) == nil)
        #expect(SHA256Digest.zero.array == [UInt8](repeating: 0, count: 32))
    }

    @Test("digests are ordered as their bytes are")
    func order() {
        let digests = (0..<100).map { SHA256.hash([UInt8($0)]) }
        #expect(digests.sorted().map(\.hex) == digests.map(\.hex).sorted())
    }

    @Test("adding and subtracting are inverse, in any order")
    func inverse() {
        let digests = (0..<50).map { SHA256.hash([UInt8($0)]) }
        var sum = SHA256Digest.zero
        for digest in digests { sum.add(digest) }
        var reversed = SHA256Digest.zero
        for digest in digests.reversed() { reversed.add(digest) }
        #expect(sum == reversed)
        #expect(sum != .zero)
        for digest in digests { sum.subtract(digest) }
        #expect(sum == .zero)
    }

    @Test("a sum wraps around at 2^256, with the carry through every word")
    func wrapping() throws {
        let most = try #require(SHA256Digest([UInt8](repeating: 0xff, count: 32)))
        let one = try #require(SHA256Digest([UInt8](repeating: 0, count: 31) + [1]))
        var sum = most
        sum.add(one)
        #expect(sum == .zero)
        sum.subtract(one)
        #expect(sum == most)
        sum.add(most)
        #expect(sum.array == [UInt8](repeating: 0xff, count: 31) + [0xfe])
        let low = try #require(SHA256Digest([UInt8](repeating: 0, count: 24) + [UInt8](repeating: 0xff, count: 8)))
        var carried = low
        carried.add(one)
        #expect(carried.array == [UInt8](repeating: 0, count: 23) + [1] + [UInt8](repeating: 0, count: 8))
    }
}
