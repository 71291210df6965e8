/// What waits before a person, or before the machine itself.
public protocol TrayReading: AnyObject {
    /// At most `limit` items with `id > after`, of one kind or of all, in the order in which they came.
    func tray(kind: TrayKind?, after: Int64, limit: Int) throws -> [TrayRecord]
    /// At most `limit` of one kind and subject: without a look at the others.
    func tray(kind: TrayKind, subject: String, after: Int64, limit: Int) throws -> [TrayRecord]
}

/// Changes of the tray.
public protocol TrayWriting: TrayReading {
    /// Appends an item and gives it its id, whatever it had: the next of all that ever were, in the order of commits.
    func addTray(_ item: TrayRecord) throws
    /// Deletes an item; one that is not there changes nothing.
    func deleteTray(_ id: Int64) throws
}
