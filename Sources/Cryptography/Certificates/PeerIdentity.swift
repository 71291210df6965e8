/// Who is at the other end of a connection, after the profile was checked.
public struct PeerIdentity: Sendable, Hashable {
    /// From the certificate's one URI name.
    public let node: String
    /// SHA-256 of the key's DER form (SPKI), as allow-lists hold it.
    public let key: SHA256Digest
    public let serial: String
    /// The last second in which its certificate is valid, since 1970.
    public let notAfter: Int64

    public init(node: String, key: SHA256Digest, serial: String, notAfter: Int64 = .max) {
        self.node = node
        self.key = key
        self.serial = serial
        self.notAfter = notAfter
    }
}
