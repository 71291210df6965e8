/// The rule of the profile that a certificate breaks.
public enum ProfileViolation: Error, Hashable, CustomStringConvertible {
    case notVersion3(found: Int)
    case malformed
    case certificateAuthority
    case noExtendedKeyUsage
    case purposeMissing(CertificateProfile.Purpose)
    case noNodeName
    case severalURINames(Int)
    case notANodeName(String)
    case wildcardName(String)
    case keyNotAccepted(String)
    case unknownAuthority
    case authorityNotValid
    case notYetValid(notBefore: Int64, now: Int64)
    case expired(notAfter: Int64, now: Int64)

    public var description: String {
        switch self {
        case .notVersion3(let found):
            "The certificate has version \(found) instead of 3: issue it again."
        case .malformed:
            "The certificate has an extension that is unreadable, doubled, or critical and unknown: issue it again."
        case .certificateAuthority:
            "The certificate is one of an authority, which must not be used for connections: enrol the node."
        case .noExtendedKeyUsage:
            "The certificate has no extended key usage: issue it again with clientAuth and serverAuth."
        case .purposeMissing(let purpose):
            "The extended key usage does not name \(purpose.usage): issue the certificate again with it."
        case .noNodeName:
            "The certificate has no URI name urn:node:<id> (its common name is not looked at): issue it again."
        case .severalURINames(let count):
            "The certificate has \(count) URI names instead of exactly one: issue it again."
        case .notANodeName(let name):
            "The URI name \(name) is not urn:node: and an id [a-z][a-z0-9-]{0,31}: issue the certificate again."
        case .wildcardName(let name):
            "The DNS name \(name) has a wildcard: issue the certificate again with whole names."
        case .keyNotAccepted(let kind):
            "The certificate's key is \(kind), only P-256 and Ed25519 are accepted: make a new key and enrol again."
        case .unknownAuthority:
            "The certificate was issued by none of the accepted authorities: enrol the node with this office."
        case .authorityNotValid:
            "The certificate of the authority is outside its validity: install the authority's new certificate."
        case .notYetValid(let notBefore, let now):
            "The certificate becomes valid at \(notBefore) and it is \(now): compare the clocks of both machines."
        case .expired(let notAfter, let now):
            "The certificate expired at \(notAfter) and it is \(now): renew it."
        }
    }
}
