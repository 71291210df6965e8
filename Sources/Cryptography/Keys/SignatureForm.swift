/// The two forms of a P-256 signature: ours, 64 bytes r‖s, and OpenSSL's, a DER sequence of two integers.
enum SignatureForm {
    /// The DER form of 64 bytes r‖s.
    ///
    /// Nil for another length. Values out of range are left for OpenSSL to refuse.
    static func der(raw: [UInt8]) -> [UInt8]? {
        guard raw.count == 64 else { return nil }
        var der: [UInt8] = [0x30, 0]
        der.reserveCapacity(72)
        append(raw[..<32], to: &der)
        append(raw[32...], to: &der)
        der[1] = UInt8(der.count - 2)
        return der
    }

    /// The 64 bytes r‖s of a DER signature that OpenSSL made; nil when it is not one for P-256.
    static func raw(der: [UInt8]) -> [UInt8]? {
        var rest = der[...]
        guard rest.popFirst() == 0x30, let length = rest.popFirst(), Int(length) == rest.count else { return nil }
        guard let r = integer(&rest), let s = integer(&rest), rest.isEmpty else { return nil }
        return r + s
    }

    private static func append(_ number: ArraySlice<UInt8>, to der: inout [UInt8]) {
        // An integer has no needless leading zeros, but one where the top bit would make it negative.
        var digits = number.drop { $0 == 0 }
        if digits.isEmpty { digits = number.suffix(1) }
        let sign = (digits.first ?? 0) >= 0x80
        der.append(0x02)
        der.append(UInt8(digits.count + (sign ? 1 : 0)))
        if sign { der.append(0) }
        der.append(contentsOf: digits)
    }

    /// Takes one integer off the front and pads it to 32 bytes.
    private static func integer(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard rest.popFirst() == 0x02, let length = rest.popFirst(), Int(length) <= rest.count else { return nil }
        let digits = rest.prefix(Int(length)).drop { $0 == 0 }
        rest = rest.dropFirst(Int(length))
        guard digits.count <= 32 else { return nil }
        return [UInt8](repeating: 0, count: 32 - digits.count) + digits
    }
}
