import Appeals
import CanonicalJSON
import Replication

extension City {
    /// A department that lies offers acts of the office that never were: a role of its own, and work on an appeal, under
    /// a seal that it got for another row.
    func forge(_ site: Site) throws {
        count("forgery")
        let stream = Space.slice(site.name)
        let (rows, commit) = try (
            site.store.read {
                try $0.rows(stream, generation: try $0.stream(stream)?.generation ?? 0, after: "", limit: 5)
            },
            officeStore.read { Int64(try $0.value("restoredThrough") ?? "0") ?? 0 } + 1
        )
        let item = Item(value: .string(Lie.forged), write: "office#00000000:7", commit: commit)
        var offers: [(stream: String, row: Aggregate, seal: String)] = []
        for row in rows {
            var lie = try row.aggregate()
            lie[.registers, "mainExecutor"] = item
            offers.append((stream, lie, row.seal))
        }
        var role = Aggregate(id: "role/office/clerk-\(site.name)/administrator")
        role[.registers, "granted"] = item
        offers.append((Space.reference, role, rows.first?.seal ?? ""))
        let body = offers.flatMap { offer -> [UInt8] in
            let line: JSON = [
                "stream": .string(offer.stream), "row": offer.row.json, "seal": .string(offer.seal),
            ]
            return line.canonicalBytes() + [10]
        }
        _ = try office.handle(
            WireRequest("POST", "/sync/v1/recovered", body: body),
            peer: site.name,
            now: now,
            mayWait: false
        )
    }
}
