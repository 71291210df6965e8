import COpenSSL

/// Owner of one of OpenSSL's keys.
///
/// Unchecked: a key is only read after it is made, and OpenSSL counts its references and guards its caches with locks.
final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { EVP_PKEY_free(pointer) }
}
