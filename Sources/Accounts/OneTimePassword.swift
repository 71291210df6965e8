public import Cryptography

/// A one-time password by time (TOTP, RFC 6238), as every authenticator counts it: SHA-1, six digits, steps of 30 seconds.
public struct OneTimePassword: Sendable {
    /// Milliseconds of a step.
    public static let step: Int64 = 30_000
    /// Steps before and after the present one that are accepted: a person types slowly, a phone's clock is a little off.
    public static let tolerance: Int64 = 1
    /// Steps in which a right password is looked for to say how far the clocks are apart: an hour.
    public static let farthest: Int64 = 120
    /// Bytes of a secret: those of the hash below it.
    public static let secretLength = 20
    static let digits = 6

    /// What becomes of a password that was typed.
    public enum Verdict: Equatable, Sendable {
        /// Right, of this step: nothing up to it is accepted again.
        case accepted(step: Int64)
        /// Right, and used already or older than one that was.
        case used
        /// Right for another time: so many seconds the person's clock is ahead of the node's, behind if negative.
        case clocksApart(seconds: Int64)
        case wrong
    }

    private let secret: [UInt8]

    /// Refused unless it is a secret of `secretLength` bytes.
    public init(secret: [UInt8]) throws(CryptographyError) {
        guard secret.count == Self.secretLength else {
            throw CryptographyError(doing: "a one-time password needs a secret of \(Self.secretLength) bytes", code: 0)
        }
        self.secret = secret
    }

    /// Judges what was typed, blanks aside; `last`: the step of the last accepted one.
    ///
    /// All steps are computed whatever is found, so that the time says nothing.
    public func judge(_ typed: String, at milliseconds: Int64, last: Int64?) throws(CryptographyError) -> Verdict {
        let digits = Array(typed.utf8.filter { $0 != 0x20 })
        let now = milliseconds / Self.step
        var found: Int64?
        for distance in -Self.farthest...Self.farthest where now + distance >= 0 {
            let isRight = ConstantTime.equal(Array(try code(step: now + distance).utf8), digits)
            if isRight, found.map({ abs($0 - now) > abs(distance) }) ?? true { found = now + distance }
        }
        guard let found else { return .wrong }
        guard abs(found - now) <= Self.tolerance else {
            return .clocksApart(seconds: (found - now) * Self.step / 1_000)
        }
        if let last, found <= last { return .used }
        return .accepted(step: found)
    }

    /// The six digits of a step.
    func code(step: Int64) throws(CryptographyError) -> String {
        let counter = (0..<8).reversed().map { UInt8(truncatingIfNeeded: step >> (8 * Int64($0))) }
        let digest = try HMAC.of(counter, key: secret, hash: .sha1)
        // RFC 4226 section 5.3: four bytes from where the last half byte points.
        let offset = Int(digest[19] & 15)
        let number = digest[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let text = String(number % 1_000_000)
        return String(repeating: "0", count: Self.digits - text.count) + text
    }

    /// What an authenticator reads from a QR code.
    ///
    /// `node` and `account` are ids of the directory: small Latin letters, digits, hyphens.
    public func uri(node: String, account: String) -> String {
        "otpauth://totp/Kartoteka%20\(node):\(account)?secret=\(typed)&issuer=Kartoteka%20\(node)"
    }

    /// The secret as a person types it where no QR code can be read.
    public var typed: String { Base32.encode(secret, .rfc4648) }
}
