import Foundation

/// The files of `deploy/protocol/` that the code makes, and `protocol.md` itself.
///
/// To write both anew: `REWRITE_VECTORS=1 swift test --disable-xctest --filter ProtocolTests`; then read the diff and
/// run the tests without it. Keys, certificates and the request for one (`*.pem`) are given and never rewritten.
enum VectorFiles {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let folder = root.appending(path: "deploy/protocol")
    static let document = root.appending(path: "protocol.md")

    /// Whether this run writes the vectors and the blocks of `protocol.md` anew instead of comparing them.
    static var rewrites: Bool { ProcessInfo.processInfo.environment["REWRITE_VECTORS"] == "1" }

    static func text(_ name: String) -> String? {
        guard let data = try? Data(contentsOf: folder.appending(path: name)) else { return nil }
        return String(decoding: data, as: UTF8.self)
    }

    /// A file that the vectors are made from: a key, a certificate.
    static func given(_ name: String) -> [UInt8] {
        guard let text = text("vectors/" + name) else {
            preconditionFailure("deploy/protocol/vectors/\(name) is missing: take it from the repository")
        }
        return Array(text.utf8)
    }

    static func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    static func documentText() throws -> String { String(decoding: try Data(contentsOf: document), as: UTF8.self) }

    static func writeDocument(_ text: String) throws { try Data(text.utf8).write(to: document) }

    /// The names of the tables and vectors, sorted.
    static func names() throws -> [String] {
        func files(_ path: String) throws -> [String] {
            let place = folder.appending(path: path).path(percentEncoded: false)
            return try FileManager.default.contentsOfDirectory(atPath: place)
        }
        return try (files("").filter { $0.hasSuffix(".json") } + files("vectors").map { "vectors/" + $0 }).sorted()
    }

    /// The text of a source file, for tests that look for names which cannot be listed at run time.
    static func source(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: root.appending(path: path)), as: UTF8.self)
    }
}
