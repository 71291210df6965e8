public import Cryptography

/// What a node keeps of a password: scrypt with its parameters and salt (OWASP: N=2^15, r=8, p=3).
public struct PasswordHash: Hashable, Sendable {
    static let logN = 15, r = 8, p = 3, length = 32
    /// Bytes of salt.
    public static let saltLength = 16

    private let logN: Int
    private let r: Int
    private let p: Int
    private let salt: [UInt8]
    private let hash: [UInt8]

    /// Hashes a password anew: a third of a second and 39 MB.
    public init(_ password: Password, salt: [UInt8]) throws(CryptographyError) {
        (logN, r, p) = (Self.logN, Self.r, Self.p)
        self.salt = salt
        hash = try Scrypt.derive(password: password.bytes, salt: salt, logN: logN, r: r, p: p, length: Self.length)
    }

    /// Reads what `text` gives; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "scrypt", let logN = Int(parts[1]), let r = Int(parts[2]),
            let p = Int(parts[3]), let salt = Base64.decode(parts[4]), let hash = Base64.decode(parts[5]),
            salt.count == Self.saltLength, hash.count == Self.length
        else { return nil }
        (self.logN, self.r, self.p, self.salt, self.hash) = (logN, r, p, salt, hash)
    }

    /// `scrypt$15$8$3$salt$hash`, both in base64.
    public var text: String {
        "scrypt$\(logN)$\(r)$\(p)$\(Base64.encode(salt))$\(Base64.encode(hash))"
    }

    /// Whether this is the password; takes as long whether it is or not.
    public func fits(_ password: Password) throws(CryptographyError) -> Bool {
        let other = try Scrypt.derive(
            password: password.bytes,
            salt: salt,
            logN: logN,
            r: r,
            p: p,
            length: Self.length
        )
        return ConstantTime.equal(hash, other)
    }

    /// Whether it was made with other parameters than a new one would be: then the password is hashed anew when it fits.
    public var isOutdated: Bool { (logN, r, p) != (Self.logN, Self.r, Self.p) }

    /// What is checked where there is no such account, so that the answer takes as long.
    public static let ofNobody = PasswordHash(
        "scrypt$15$8$3$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
    )
}
