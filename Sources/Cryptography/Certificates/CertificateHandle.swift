import COpenSSL

/// Owner of one of OpenSSL's certificates.
///
/// Unchecked: it is only read after it is made, and OpenSSL guards what it caches in a certificate with a lock.
final class CertificateHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { X509_free(pointer) }
}
