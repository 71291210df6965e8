import Cryptography
import Foundation
import Locks
import Testing
import Web

@testable import Node

/// A page that was open during an upgrade goes on with the files that it began with.
struct KeptAssetsTests {
    private static let former = "0123456789abcdef"

    /// A data directory in which a former version was served, and a clock.
    private func afterUpgrade(_ body: (DataDirectory, KeptAssets, Locked<Int64>) throws -> Void) throws {
        let root = "/tmp/kt-" + RandomBytes.hex(6)
        let place = root + "/assets/" + Self.former
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        defer { unlinkTree(root) }
        for name in ["old.css", "old.txt"] { try Data("former".utf8).write(to: URL(filePath: place + "/" + name)) }
        try Data("secret".utf8).write(to: URL(filePath: root + "/assets/key.css"))
        let clock = Locked<Int64>(1_000)
        let directory = DataDirectory(root)
        try body(directory, KeptAssets(directory) { clock.withLock { $0 } }, clock)
    }

    @Test("a former version is served for a day from the first start of a newer one, and then removed")
    func day() throws {
        try afterUpgrade { directory, kept, clock in
            #expect(try kept.file("old.css", of: Self.former) == nil, "nobody has said yet that it is a former one")
            try kept.keep()
            let file = try #require(try kept.file("old.css", of: Self.former))
            #expect(file.type.hasPrefix("text/css") && file.bytes == Array("former".utf8))
            clock.withLock { $0 += KeptAssets.kept - 1 }
            try kept.keep()
            #expect(try kept.file("old.css", of: Self.former) != nil, "a later start does not put the end off")
            clock.withLock { $0 += 1 }
            #expect(try kept.file("old.css", of: Self.former) == nil)
            try kept.keep()
            #expect(!Files.exists(directory.assets + "/" + Self.former))
        }
    }

    @Test("the present version writes its files, which a newer one will find")
    func own() throws {
        try afterUpgrade { directory, kept, _ in
            try kept.keep()
            let names = Set(Files.list(directory.assets + "/" + Assets.version) ?? [])
            #expect(names == Set(Assets.files.keys))
            #expect(!names.isEmpty)
        }
    }

    @Test(
        "no name leads elsewhere",
        arguments: ["../key.css", "..", "", ".css", "old.txt", "until", "old.css/", "OLD.css", "old.css\0"]
    )
    func elsewhere(name: String) throws {
        try afterUpgrade { _, kept, _ in
            try kept.keep()
            #expect(try kept.file(name, of: Self.former) == nil)
            #expect(try kept.file("key.css", of: name) == nil)
        }
    }
}
