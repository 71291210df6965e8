import COpenSSL

/// The distinguished names we write: one common name, for people to read.
enum Subject {
    static func setCommonName(_ name: String, of subject: OpaquePointer?, _ doing: String) throws(CryptographyError) {
        let bytes = Array(name.utf8)
        guard (1...64).contains(bytes.count) else { throw .refused(doing + ": a common name has 1 to 64 bytes") }
        try require(
            X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8, bytes, Int32(bytes.count), -1, 0),
            doing
        )
    }
}
