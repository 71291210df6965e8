import COpenSSL

/// SHA-256 of bytes that arrive in pieces, or all at once through `hash`.
public struct SHA256: Sendable {
    private var state = DigestState()

    /// Of nothing yet.
    public init() {}

    /// Takes the next piece; where pieces end makes no difference.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        // A copy of this struct shares the state until one of the two goes on.
        if !isKnownUniquelyReferenced(&state) { state = DigestState(copying: state) }
        state.update(bytes)
    }

    public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

    public mutating func update(_ bytes: ArraySlice<UInt8>) { bytes.withUnsafeBytes { update($0) } }

    public mutating func update(_ bytes: Span<UInt8>) { bytes.withUnsafeBytes { update($0) } }

    /// The digest of all bytes so far; the hash then starts anew.
    public mutating func finish() -> SHA256Digest {
        if !isKnownUniquelyReferenced(&state) { state = DigestState(copying: state) }
        let digest = state.finish()
        state.start()
        return digest
    }

    /// The digest of bytes that are all there.
    public static func hash(_ bytes: UnsafeRawBufferPointer) -> SHA256Digest {
        SHA256Digest { output in
            let result = EVP_Digest(bytes.baseAddress, bytes.count, output, nil, DigestState.algorithm.pointer, nil)
            precondition(result == 1, "SHA-256 of bytes in memory cannot fail.")
        }
    }

    public static func hash(_ bytes: [UInt8]) -> SHA256Digest { bytes.withUnsafeBytes { hash($0) } }

    public static func hash(_ bytes: ArraySlice<UInt8>) -> SHA256Digest { bytes.withUnsafeBytes { hash($0) } }

    public static func hash(_ bytes: Span<UInt8>) -> SHA256Digest { bytes.withUnsafeBytes { hash($0) } }
}
