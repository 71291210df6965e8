import COpenSSL
import CPlatform

/// Memory of OpenSSL's, copied into arrays of ours.
enum Memory {
    /// The DER bytes that one of OpenSSL's `i2d` functions writes.
    static func encoded(
        _ doing: String,
        _ write: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>) -> Int32
    ) throws(CryptographyError) -> [UInt8] {
        var start: UnsafeMutablePointer<UInt8>?
        let count = write(&start)
        guard count > 0, let start else { throw .last(doing) }
        defer { CRYPTO_free(start, "", 0) }
        return [UInt8](UnsafeBufferPointer(start: start, count: Int(count)))
    }

    /// The bytes written into a fresh memory BIO; `write` answers 1 on success.
    static func written(_ doing: String, _ write: (OpaquePointer) -> Int32) throws(CryptographyError) -> [UInt8] {
        let bio = try require(BIO_new(BIO_s_mem()), doing)
        defer { BIO_free(bio) }
        try require(write(bio), doing)
        var start: UnsafePointer<UInt8>?
        let count = kartoteka_bio_contents(bio, &start)
        guard count > 0, let start else { throw .last(doing) }
        return [UInt8](UnsafeBufferPointer(start: start, count: count))
    }

    /// Lets `read` take an object out of `bytes` through a read-only memory BIO.
    static func reading<T>(_ bytes: [UInt8], _ read: (OpaquePointer) -> T?) -> T? {
        guard !bytes.isEmpty, let count = Int32(exactly: bytes.count) else { return nil }
        return bytes.withUnsafeBytes { buffer in
            guard let bio = BIO_new_mem_buf(buffer.baseAddress, count) else { return nil }
            defer { BIO_free(bio) }
            return read(bio)
        }
    }

    /// Lets one of OpenSSL's `d2i` functions read all of `bytes`; nil when it refuses or leaves a rest.
    static func decoded(
        _ bytes: [UInt8],
        free: (OpaquePointer) -> Void,
        _ read: (UnsafeMutablePointer<UnsafePointer<UInt8>?>, Int) -> OpaquePointer?
    ) -> OpaquePointer? {
        bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress, !buffer.isEmpty else { return nil }
            var cursor: UnsafePointer<UInt8>? = start
            guard let object = read(&cursor, buffer.count) else { return nil }
            guard cursor == start + buffer.count else {
                free(object)
                return nil
            }
            return object
        }
    }
}
