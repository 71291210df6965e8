/// What a running node sees of the machine under it.
package struct WebMachine: Sendable, Equatable {
    /// When the node's own certificate ends, unix milliseconds.
    package let certificateEnd: Int64
    /// Bytes that are free on its disk, and that its database takes; nil where nobody knows.
    package let freeBytes: Int64?
    package let databaseBytes: Int64?
    /// Where the configuration says that backups go; nil if it does not.
    package let backupDirectory: String?

    package init(certificateEnd: Int64, freeBytes: Int64?, databaseBytes: Int64?, backupDirectory: String?) {
        self.certificateEnd = certificateEnd
        self.freeBytes = freeBytes
        self.databaseBytes = databaseBytes
        self.backupDirectory = backupDirectory
    }
}
