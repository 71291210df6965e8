import Appeals
package import Replication

/// The tray as a reader may see it.
extension Desk {
    /// A page of the tray, of what the reader may know of; short if more of the page is kept from the reader.
    package func shownTray(
        _ kind: TrayKind,
        after: Int64,
        limit: Int,
        _ reading: any StoreReading
    ) throws -> [TrayRecord] {
        try reading.tray(kind: kind, after: after, limit: limit).filter { try !isKept($0, reading) }
    }

    /// Whether an item is about an appeal that is kept from the reader, by its subject or by an id in its text.
    package func isKept(_ item: TrayRecord, _ reading: any StoreReading) throws -> Bool {
        if try isKept(subject: item.subject, reading) { return true }
        // Some name the appeal in what they tell.
        return try item.text.split(whereSeparator: { " :,;".contains($0) }).contains {
            try Names.isAppeal(String($0)) && isKept(String($0), reading)
        }
    }
}
