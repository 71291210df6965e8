import Glibc
import Replication
import Simulator
import Storage
import Testing

/// The stores that keep the contract; a new one is one more case.
enum StoreKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case memory, sqlite
    /// The same, with each transaction run twice.
    case memoryTwice, sqliteTwice

    var testDescription: String { rawValue }

    /// Hands over an empty store, and removes it afterwards.
    func withStore(_ body: (any Store) throws -> Void) throws {
        switch self {
        case .memory: try body(MemoryStore())
        case .memoryTwice: try body(RepeatingStore(MemoryStore()))
        case .sqliteTwice: try Self.sqlite.withStore { try body(RepeatingStore($0)) }
        case .sqlite:
            try withDirectory { directory in
                let store = try SQLiteStore.open(directory: directory, create: true)
                do { try body(store) } catch {
                    try store.close()
                    throw error
                }
                try store.close()
            }
        }
    }
}

/// Hands over a new directory of mode 0700, and removes it afterwards.
func withDirectory(_ body: (String) throws -> Void) throws {
    let path = try newDirectory()
    defer { remove(directory: path) }
    try body(path)
}

func newDirectory() throws -> String {
    var template = Array("/tmp/kartoteka-store-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else {
        throw StoreError(.other, doing: "Making a test directory", found: "\(errno)")
    }
    return String(cString: made)
}

func names(in directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
}

func remove(directory: String) {
    for name in names(in: directory) {
        let path = directory + "/" + name
        if unlink(path) != 0 { remove(directory: path) }
    }
    rmdir(directory)
}

func contents(_ path: String) -> [UInt8] {
    let file = Glibc.open(path, O_RDONLY)
    guard file >= 0 else { return [] }
    defer { Glibc.close(file) }
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = Glibc.read(file, &buffer, buffer.count)
        if count <= 0 { return all }
        all += buffer[..<count]
    }
}
