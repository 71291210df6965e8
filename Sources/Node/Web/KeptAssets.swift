import Appeals
import Web

/// Style and scripts as files of the data directory, so that a page which was open during an upgrade goes on with those that
/// it began with: each version writes its own at its start, and finds those of the versions before.
///
/// A former version is served for a day from the first start of a newer one, which writes the end beside the files.
struct KeptAssets: FormerAssets, Sendable {
    /// Milliseconds that a former version stays.
    static let kept: Int64 = 86_400_000
    /// Bytes of a file at most.
    private static let longest = 1 << 20
    /// Of a directory of a former version: until when it is served, unix milliseconds.
    private static let end = "until"
    private static let doing = Label(uk: "файли сторінок", en: "the files of pages")

    private let directory: DataDirectory
    private let now: @Sendable () -> Int64

    init(_ directory: DataDirectory, now: @escaping @Sendable () -> Int64 = { Clock.now() }) {
        self.directory = directory
        self.now = now
    }

    private func place(_ version: String) -> String { Files.join(directory.assets, version) }

    /// Writes this version's files where they are not there, ends the others in a day, and removes those whose day is over.
    func keep() throws(NodeError) {
        if !Files.exists(directory.assets) { try Files.createDirectory(directory.assets, doing: Self.doing) }
        let versions = (Files.list(directory.assets) ?? []).filter(Self.isVersion)
        for version in versions where version != Assets.version { try retire(version) }
        let own = place(Assets.version)
        if !Files.exists(own) { try Files.createDirectory(own, doing: Self.doing) }
        Files.remove(Files.join(own, Self.end))
        for file in Assets.files.values where !Files.exists(Files.join(own, file.name)) {
            try Files.write(Files.join(own, file.name), file.bytes, doing: Self.doing)
        }
    }

    private func retire(_ version: String) throws(NodeError) {
        let place = place(version), mark = Files.join(place, Self.end)
        guard Files.exists(mark) else {
            return try Files.write(mark, Array(String(now() + Self.kept).utf8), doing: Self.doing)
        }
        guard try isOver(mark) else { return }
        for name in Files.list(place) ?? [] { Files.remove(Files.join(place, name)) }
        Files.removeDirectory(place)
    }

    /// Also where the mark cannot be read as a time.
    private func isOver(_ mark: String) throws(NodeError) -> Bool {
        let text = String(decoding: try Files.read(mark, limit: 64, doing: Self.doing), as: UTF8.self)
        return Int64(text).map { $0 <= now() } ?? true
    }

    func file(_ name: String, of version: String) throws -> Assets.File? {
        // Names of our own making: nothing that could lead elsewhere.
        guard Self.isVersion(version), name.utf8.first != UInt8(ascii: "."),
            (1...64).contains(name.utf8.count), name.utf8.allSatisfy({ Self.isPlain($0) || $0 == UInt8(ascii: ".") }),
            let type = Assets.type(of: name)
        else { return nil }
        let place = place(version), mark = Files.join(place, Self.end), path = Files.join(place, name)
        guard Files.exists(mark), Files.exists(path), try !isOver(mark) else { return nil }
        let bytes = try Files.read(path, limit: Self.longest, doing: Self.doing)
        return Assets.File(name: name, type: type, bytes: bytes)
    }

    private static func isVersion(_ name: String) -> Bool {
        name.utf8.count == 16 && name.utf8.allSatisfy(isPlain)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "_")
    }
}
