import Cryptography
import Testing

@testable import Accounts

@Suite("One-time passwords by time")
struct OneTimePasswordTests {
    /// RFC 6238 appendix B, SHA-1: the secret, and eight digits of which six are typed.
    static let secret = Array("12345678901234567890".utf8)
    static let times: [(seconds: Int64, digits: String)] = [
        (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ]

    @Test("the vectors of RFC 6238 are met", arguments: times.indices)
    func vectors(place: Int) throws {
        let (seconds, digits) = Self.times[place]
        let password = try OneTimePassword(secret: Self.secret)
        #expect(try password.code(step: seconds / 30) == String(digits.suffix(6)))
    }

    @Test("each step once, the neighbours too, and never one before the last")
    func once() throws {
        let password = try OneTimePassword(secret: Self.secret)
        let now: Int64 = 1_700_000_000_000, step = now / OneTimePassword.step
        for distance in [-1, 0, 1] as [Int64] {
            let typed = try password.code(step: step + distance)
            #expect(try password.judge(typed, at: now, last: nil) == .accepted(step: step + distance))
            #expect(try password.judge(typed, at: now, last: step + distance) == .used)
            #expect(try password.judge(typed, at: now, last: step + distance - 1) == .accepted(step: step + distance))
            #expect(try password.judge(typed, at: now, last: step + 2) == .used)
        }
    }

    @Test("a clock that is off is told before anything is refused; beyond an hour it is a wrong password")
    func clocks() throws {
        let password = try OneTimePassword(secret: Self.secret)
        let now: Int64 = 1_700_000_000_000, step = now / OneTimePassword.step
        for distance in [2, -2, 119, -120] as [Int64] {
            let typed = try password.code(step: step + distance)
            #expect(try password.judge(typed, at: now, last: nil) == .clocksApart(seconds: distance * 30))
        }
        #expect(try password.judge(password.code(step: step + 121), at: now, last: nil) == .wrong)
    }

    @Test("blanks are as people type them, anything else is wrong")
    func typed() throws {
        let password = try OneTimePassword(secret: Self.secret)
        let now: Int64 = 59_000
        #expect(try password.judge("287 082", at: now, last: nil) == .accepted(step: 1))
        for typed in ["", "28708", "2870822", "287o82", "٢٨٧٠٨٢"] {
            #expect(try password.judge(typed, at: now, last: nil) == .wrong)
        }
        #expect(throws: CryptographyError.self) { try OneTimePassword(secret: [1, 2, 3]) }
    }

    @Test("an authenticator reads it")
    func uri() throws {
        let password = try OneTimePassword(secret: Self.secret)
        #expect(
            password.uri(node: "urz", account: "koval")
                == "otpauth://totp/Kartoteka%20urz:koval?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Kartoteka%20urz"
        )
    }
}
