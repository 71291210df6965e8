import CSQLite
import Replication

/// The unallocated space of b-tree pages, between the cell pointers and the cells (SQLite file format, section 1.6).
///
/// `secure_delete` zeroes a cell that is deleted, but not the copy that stays in this space when balancing moves a cell to
/// another page or another place: words of deleted rows were found there. SQLite 3.40 never reads this space.
struct PageGaps {
    private let connection: Connection
    private let file: UnsafeMutablePointer<sqlite3_file>
    private let methods: sqlite3_io_methods
    private let pageSize = Int(Settings.pageSize)

    /// Takes SQLite's own handle.
    ///
    /// NB: closing another descriptor of the file would drop the locks that SQLite has on it.
    init(_ connection: Connection) throws {
        var pointer: UnsafeMutablePointer<sqlite3_file>?
        let code = sqlite3_file_control(connection.handle, "main", SQLITE_FCNTL_FILE_POINTER, &pointer)
        guard code == SQLITE_OK, let pointer, let methods = pointer.pointee.pMethods else {
            throw StoreError.sqlite(code, on: connection.handle, doing: "Wiping deleted content", sql: "")
        }
        self.connection = connection
        file = pointer
        self.methods = methods.pointee
    }

    /// Zeroes the gaps of up to `limit` pages from `first` on; gives the page to go on with, nil after the last one.
    ///
    /// Only while the write-ahead log is empty and nobody else can write: pages in the file are then the pages that count.
    func wipe(from first: Int64, limit: Int64) throws -> Int64? {
        let pages = try connection.first("PRAGMA page_count") { $0.integer(0) } ?? 0
        let end = min(pages, first + limit - 1)
        var isChanged = false
        var page = [UInt8](repeating: 0, count: pageSize)
        for number in stride(from: first, through: end, by: 1) {
            let start = (number - 1) * Int64(pageSize)
            try check(methods.xRead?(file, &page, Int32(pageSize), start))
            guard let gap = try Self.gap(of: page, isFirst: number == 1), page[gap].contains(where: { $0 != 0 }) else {
                continue
            }
            let zeros = [UInt8](repeating: 0, count: gap.count)
            try check(methods.xWrite?(file, zeros, Int32(gap.count), start + Int64(gap.lowerBound)))
            isChanged = true
        }
        if isChanged { try check(methods.xSync?(file, SQLITE_SYNC_NORMAL)) }
        return end < pages ? end + 1 : nil
    }

    private func check(_ code: Int32?) throws {
        guard code != SQLITE_OK else { return }
        throw StoreError.sqlite(code ?? SQLITE_IOERR, on: connection.handle, doing: "Wiping deleted content", sql: "")
    }

    /// The gap of a page, nil if the page is not of a b-tree: overflow and free pages begin with a page number below 2^25.
    static func gap(of page: [UInt8], isFirst: Bool) throws -> Range<Int>? {
        let header = isFirst ? 100 : 0
        let headerSize: Int
        switch page[header] {
        case 2, 5: headerSize = 12
        case 10, 13: headerSize = 8
        default: return nil
        }
        let start = header + headerSize + 2 * (Int(page[header + 3]) << 8 | Int(page[header + 4]))
        let end = Int(page[header + 5]) << 8 | Int(page[header + 6])
        guard start <= end, end <= page.count else {
            throw StoreError(
                .corrupt,
                doing: "Wiping deleted content",
                found: "a page whose cells begin at \(end), before \(start)"
            )
        }
        return start..<end
    }
}
