import Appeals
import Desk
import Replication
package import Storage

extension SQLiteStore: NodeStore, Backups, Scrubbing, Indexing, Examination, LongReads {
    package var backups: (any Backups)? { self }
    package var scrubbing: (any Scrubbing)? { self }
    package var indexing: (any Indexing)? { self }
    package var examination: (any Examination)? { self }
    package var longReads: (any LongReads)? { self }
    /// The copy with its own verification; what it counted is not needed here, since a backup reads its content itself.
    package func backUp(into directory: String) throws { _ = try backup(to: directory) }
}

/// Opens the store of a directory: the lock, the schema and the file's settings are the store's business.
///
/// The one place that knows which kind of store a node has; a store of another kind is chosen here.
func openStore(_ directory: DataDirectory, create: Bool, doing: Label) throws -> any NodeStore {
    do { return try SQLiteStore.open(directory: directory.path, create: create) } catch let error as StoreError {
        throw NodeError(error, doing: doing)
    }
}

extension NodeError {
    /// Trouble of a store at its opening, with the exit code that fits.
    init(_ error: StoreError, doing: Label) {
        let (code, remedy): (DeskError.Kind, Label) =
            switch error.kind {
            case .locked:
                (
                    .locked,
                    Label(
                        uk: "Зупиніть процес, який тримає каталог, або дочекайтеся його",
                        en: "Stop the process that holds it, or wait for it"
                    )
                )
            case .corrupt, .io:
                (
                    .integrity,
                    Label(
                        uk: "Перевірте: kartoteka doctor; тоді відновіть резервну копію",
                        en: "Examine it: kartoteka doctor; then restore a backup"
                    )
                )
            case .version:
                (
                    .wrongVersion,
                    Label(
                        uk: "Встановіть версію kartoteka, яка створила ці дані",
                        en: "Install the version of kartoteka that made it"
                    )
                )
            case .permission, .readOnly:
                (
                    .permission,
                    Label(uk: "Виправте власника, права або під'єднання диска", en: "Correct owner, mode or mount")
                )
            case .missing:
                (
                    .notFound,
                    Label(
                        uk: "Відновіть резервну копію: kartoteka restore BACKUP --keys FILE --data NEW-DIRECTORY",
                        en: "Restore a backup: kartoteka restore BACKUP --keys FILE --data NEW-DIRECTORY"
                    )
                )
            case .full:
                (.failed, Label(uk: "Звільніть місце на диску й повторіть", en: "Make room on the disk and try again"))
            case .unreachable, .unconfirmed:
                (
                    .unreachable,
                    Label(
                        uk: "Перевірте базу й мережу до неї, тоді повторіть",
                        en: "Look at the database and the network to it, then try again"
                    )
                )
            case .expired, .other:
                (
                    .failed,
                    Label(uk: "Подивіться журнал системи й повторіть", en: "See the system's log, then try again")
                )
            }
        self.init(code, doing: doing, found: Label(cause: error), remedy: remedy)
    }
}
