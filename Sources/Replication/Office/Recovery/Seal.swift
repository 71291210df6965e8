import CanonicalJSON
import Cryptography

/// The office's mark on a row as it showed it to the reader of a stream.
///
/// Only the office can make or verify one. After a restore, rows offered by readers are accepted only with their seals,
/// so that nobody can forge acts of the office; the key lies in the store, hence in every backup.
struct Seal {
    private let key: [UInt8]

    /// Nil while the store has no key: its lines then carry no seal.
    init?(_ reading: any StoreReading) throws {
        guard let key = try reading.value(Values.sealKey), !key.isEmpty else { return nil }
        self.key = Array(key.utf8)
    }

    /// The seal of the row `id` of a stream with this digest: 128 bits in hex of a nested hash under the key.
    func text(_ stream: String, _ id: String, _ digest: SHA256Digest) -> String {
        mark("\(stream)\n\(id)\n\(digest.hex)\n")
    }

    /// The seal of an erasure, which is irreversible and therefore has a mark of its own.
    func erasure(of appeal: String) -> String { mark("erase\n\(appeal)\n") }

    private func mark(_ words: String) -> String {
        let message = Array(("kartoteka seal 1\n" + words).utf8)
        return String(SHA256.hash(key + SHA256.hash(key + message).array).hex.prefix(32))
    }
}
