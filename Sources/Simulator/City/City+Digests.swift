import Cryptography
import Replication

/// Digests that the office has recorded and that do not fit its rows: an older program's projection, a disk.
extension City {
    /// What the office says of one row of a slice is of other bytes than those that it gives.
    func damageDigest() throws {
        guard let site = sixth.pick(sites) else { return }
        let name = Space.slice(site.name)
        let number = sixth.next()
        try officeStore.write { transaction in
            guard var stream = try transaction.stream(name),
                var tenure = sixth.pick(try transaction.openTenures(name, after: "", limit: 50))
            else { return }
            stream.digest.subtract(tenure.digest)
            tenure.digest = SHA256.hash(Array("another program \(number)".utf8))
            stream.digest.add(tenure.digest)
            try transaction.putTenure(tenure)
            try transaction.putStream(stream)
            count("wrong digest")
            misdigested.insert(site.name)
            note("the office's digest of \(tenure.key) for \(site.name) is wrong")
        }
    }

    /// The office's background pass over all its rows.
    func rehashOffice() throws { try rehash(office, limit: 50) }

    func rehash(_ office: Office, limit: Int) throws {
        for space in try office.spaces() {
            var after: String? = ""
            while let key = after { after = try office.rehash(space, after: key, limit: limit, now: officeNow).next }
        }
        try office.resum(now: officeNow)
    }
}
