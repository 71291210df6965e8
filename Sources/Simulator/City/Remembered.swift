import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// What some reader held of the office's acts when the office was restored and had lost them (I18).
struct Remembered {
    /// The reader.
    let site: String
    /// The stream in which it had it.
    let space: String
    let name: ItemName
    /// The appeal or entry.
    let key: String
    let item: Item

    /// The office's items that a site has on its disk, shown or set aside, and that the backup lacks.
    static func lost(_ site: Site, _ backup: any Store) throws -> [Remembered] {
        var lost: [Remembered] = []
        for stream in [Space.slice(site.name), Space.node(site.name), Space.reference] {
            let rows = try site.store.read { reading in
                let generation = try reading.stream(stream)?.generation ?? 0
                let shown = try reading.rows(stream, generation: generation, after: "", limit: .max).map(\.bytes)
                let aside = try [TrayKind.setAside, .offered].flatMap {
                    try reading.tray(kind: $0, after: 0, limit: .max)
                }
                .filter { $0.subject == stream }
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

    /// A reply of the office before its restore that arrived after it: what it took away, a row or a part of one, the
    /// site need not give back.
    static func forgetLeft(_ site: Site, _ city: City) throws {
        let held = Set(try lost(site, MemoryStore()).map { "\($0.space) \($0.key) \($0.name)" })
        city.remembered.removeAll { $0.site == site.name && !held.contains("\($0.space) \($0.key) \($0.name)") }
    }
}
