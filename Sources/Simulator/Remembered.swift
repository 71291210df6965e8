import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// What some reader held of the office's acts when the office was restored and had lost them (I18).
struct Remembered {
    let site: String
    let space: String
    let name: ItemName
    let key: String
    let item: Item

    /// The office's items that a site has on its disk, shown or set aside, and that the backup lacks.
    static func lost(_ site: Site, _ backup: any Store) throws -> [Remembered] {
        var lost: [Remembered] = []
        for stream in [Space.slice(site.name), Space.node(site.name), Space.reference] {
            let rows = try site.store.read { reading in
                let generation = try reading.stream(stream)?.generation ?? 0
                let shown = try reading.rows(stream, generation: generation, after: "", limit: .max).map(\.bytes)
                let aside = try reading.tray(kind: "setAside", after: 0, limit: .max).filter { $0.subject == stream }
                return shown + aside.map(\.bytes)
            }
            let space = stream == Space.slice(site.name) ? Space.appeals : stream
            for bytes in rows {
                let row = try Aggregate(parsing: bytes)
                let kept = try backup.read { try $0.row(space, generation: 0, key: row.id)?.aggregate() }
                for name in row.allNames {
                    guard let item = row[name], item.write.hasPrefix("office#"), item.commit > kept?[name]?.commit ?? 0
                    else { continue }
                    lost.append(Remembered(site: site.name, space: space, name: name, key: row.id, item: item))
                }
            }
        }
        return lost
    }

    /// A reply of the office before its restore that arrived after it: what it took away the site need not give back.
    static func forgetLeft(_ site: Site, _ city: City) throws {
        let held = Set(try lost(site, MemoryStore()).map(\.key))
        city.remembered.removeAll { $0.site == site.name && !held.contains($0.key) }
    }

    static let forged = "forged"
}

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
        let item = Item(value: .string(Remembered.forged), write: "office#00000000:7", commit: commit)
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
