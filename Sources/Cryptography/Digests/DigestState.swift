import COpenSSL

/// OpenSSL's running state of one SHA-256.
///
/// Unchecked: `SHA256` changes a state only while it is the sole owner.
final class DigestState: @unchecked Sendable {
    /// OpenSSL's implementation of SHA-256, fetched once because a fetch takes longer than hashing 2 KiB.
    struct Algorithm: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    static let algorithm: Algorithm = {
        guard let pointer = EVP_MD_fetch(nil, "SHA256", nil) else {
            preconditionFailure("This OpenSSL offers no SHA-256: check openssl.cnf.")
        }
        return Algorithm(pointer: pointer)
    }()

    private let context: OpaquePointer

    private static func newContext() -> OpaquePointer {
        guard let context = EVP_MD_CTX_new() else { preconditionFailure("No memory for a digest context.") }
        return context
    }

    init() {
        context = Self.newContext()
        start()
    }

    init(copying other: DigestState) {
        context = Self.newContext()
        precondition(EVP_MD_CTX_copy_ex(context, other.context) == 1, "Copying a SHA-256 state cannot fail.")
    }

    deinit { EVP_MD_CTX_free(context) }

    func start() {
        precondition(
            EVP_DigestInit_ex2(context, Self.algorithm.pointer, nil) == 1,
            "Starting SHA-256 cannot fail."
        )
    }

    func update(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        precondition(EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1, "SHA-256 cannot fail.")
    }

    func finish() -> SHA256Digest {
        SHA256Digest { output in
            precondition(EVP_DigestFinal_ex(context, output, nil) == 1, "Finishing SHA-256 cannot fail.")
        }
    }
}
