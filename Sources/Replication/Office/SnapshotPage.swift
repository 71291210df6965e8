import Appeals
import CanonicalJSON
import Cryptography

/// Writes one page of a snapshot.
struct SnapshotPage {
    let office: Office
    let record: StreamRecord
    let reading: any StoreReading

    /// The page and the key to go on after; nil when there is nothing after it.
    func write(after: String, limit: Int) throws -> (writer: PageWriter, next: String?) {
        var page = PageWriter(limit: limit, office.rules.sizes)
        let seal = try Seal(reading)
        var last = after
        var isEnd = true
        if record.name.hasPrefix("slice:") {
            let department = String(record.name.dropFirst(6))
            let projections = try ProjectionInForce(office, reading).all
            let tenures = try reading.openTenures(record.name, after: after, limit: page.limit)
            isEnd = tenures.count < page.limit
            try reading.hint { tenures.map { .row(space: Space.appeals, key: $0.key) } }
            for tenure in tenures {
                if page.isFull {
                    isEnd = false
                    break
                }
                guard let view = View(department: department, text: tenure.view),
                    let row = try reading.row(Space.appeals, generation: 0, key: tenure.key)
                else {
                    throw StoreError(.corrupt, doing: "reading the slice \(record.name)", found: "no row \(tenure.key)")
                }
                let mark = seal?.text(record.name, tenure.key, tenure.digest)
                let shown = view.project(try row.aggregate(), by: projections)
                page.append(Self.line(tenure.tenure, shown.bytes, seal: mark))
                last = tenure.key
            }
        } else {
            let rows = try reading.rows(record.name, generation: 0, after: after, limit: page.limit)
            isEnd = rows.count < page.limit
            for row in rows {
                if page.isFull {
                    isEnd = false
                    break
                }
                page.append(Self.line(1, row.bytes, seal: seal?.text(record.name, row.key, row.digest)))
                last = row.key
            }
        }
        return (page, isEnd ? nil : last)
    }

    /// `{"row":{…},"seal":"…","tenure":1}`: canonical, since the row's bytes are.
    static func line(_ tenure: Int64, _ row: [UInt8], seal: String?) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(row.count + 80)
        line += Array(#"{"row":"#.utf8)
        line += row
        if let seal { line += Array(",\"seal\":\"\(seal)\"".utf8) }
        line += Array(",\"tenure\":\(tenure)}".utf8)
        return line
    }
}
