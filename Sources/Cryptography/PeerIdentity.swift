/// Who is at the other end of a connection, after the profile was checked.
public struct PeerIdentity: Sendable, Hashable {
    public let node: String
    /// SHA-256 of the key's DER form (SPKI), as allow-lists hold it.
    public let key: SHA256Digest
    public let serial: String

    public init(node: String, key: SHA256Digest, serial: String) {
        self.node = node
        self.key = key
        self.serial = serial
    }
}
