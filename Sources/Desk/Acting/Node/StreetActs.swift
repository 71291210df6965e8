package import Appeals
import CanonicalJSON
import Replication

/// What became of a table of streets.
package struct StreetImport {
    /// Streets that the register did not have, had otherwise, and had so.
    package var added = 0
    package var changed = 0
    package var same = 0
    package var refused: [StreetRefusal] = []

    package init() {}
}

/// The register of streets: only the office writes it (`officeOnly`), and the rules ask for an administrator.
extension Desk {
    /// Publishes a street, or changes what the register has of it.
    package func putStreet(_ street: StreetEntry) throws -> Acted<Void> {
        try actOnReference("street.put") { draft, _ in draft.body = street.json }
    }

    /// Publishes the streets of a table, each by an act of its own; what is there already is left alone.
    ///
    /// Throws what `actor` throws, before the first row; a row that is refused is told and the rest goes on.
    package func importStreets(_ text: String) throws -> StreetImport {
        try requireOffice()
        _ = try read { try actor("street.put", $0) }
        let table = StreetTable(text)
        // One command is one operation: the table is made of many, and says the same when it is given again.
        let each = Desk(place, who)
        var done = StreetImport()
        done.refused = table.refused
        for (row, street) in table.streets {
            let former = try read {
                try entry("street/" + street.id, $0)?.register("entry").flatMap { StreetEntry($0) }
            }
            if former == street {
                done.same += 1
                continue
            }
            guard case .decided(let outcome) = try each.putStreet(street).done else {
                preconditionFailure("the office decides at once")
            }
            if let reason = outcome.reason, outcome.status != .accepted {
                let remedy = reason.label(path: outcome.path, size: outcome.size, kind: "street.put")
                done.refused.append(StreetRefusal(row: row, field: "", value: street.id, remedy: remedy))
            } else if former == nil {
                done.added += 1
            } else {
                done.changed += 1
            }
        }
        done.refused.sort { $0.row < $1.row }
        return done
    }
}
