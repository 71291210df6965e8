package import Replication

extension Desk {
    /// Takes from the tray what a person has looked at; gives what it was.
    ///
    /// Refused if there is no such item, if it is kept from the reader, or if it is the machine's own (`notForPeople`):
    /// what is to be offered must not be forgotten.
    package func dismissTrayItem(_ id: Int64) throws -> TrayRecord {
        try place.store.write { transaction in
            let item = try trayRecord(id, transaction)
            guard item.kind.isAlert else {
                throw DeskError(
                    .failed,
                    "notForPeople",
                    uk: "№ \(id) (\(item.kind.rawValue)) прибере сам вузол",
                    en: "the node itself takes \(id) (\(item.kind.rawValue)) away"
                )
            }
            try transaction.deleteTray(id)
            return item
        }
    }
}
