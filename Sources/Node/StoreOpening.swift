import Replication
public import Storage

extension SQLiteStore: NodeStore {
    public func backUp(into directory: String) throws { _ = try backup(to: directory) }
}

/// Opens the store of a directory: the lock, the schema and the file's settings are the store's business.
func openStore(_ directory: DataDirectory, create: Bool, doing: String) throws -> any NodeStore {
    do { return try SQLiteStore.open(directory: directory.path, create: create) } catch let error as StoreError {
        throw NodeError(error, doing: doing)
    }
}

extension NodeError {
    /// Trouble of a store at its opening, with the exit code that fits.
    init(_ error: StoreError, doing: String) {
        let (code, remedy): (ExitCode, String) =
            switch error.kind {
            case .locked: (.locked, "Stop the process that holds it, or speak to the running node")
            case .corrupt: (.integrity, "Examine it: kartoteka doctor; then restore a backup")
            case .version: (.wrongVersion, "Install the version of kartoteka that made it")
            case .permission, .readOnly: (.permission, "Correct owner, mode or mount")
            case .missing: (.notFound, "Restore a backup: kartoteka restore BACKUP --keys FILE --data NEW-DIRECTORY")
            case .full: (.failed, "Make room on the disk and try again")
            case .other: (.failed, "See the system's log, then try again")
            }
        self.init(code, doing: doing, found: error.description, remedy: remedy)
    }
}
