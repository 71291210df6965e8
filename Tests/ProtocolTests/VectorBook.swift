import CanonicalJSON
import Replication

/// One file of `deploy/protocol/`, and the block of that name in `protocol.md`, if there is one.
struct Vector: Sendable {
    let name: String
    /// How the block is fenced: `json` (one value a line), `http`, `text`.
    ///
    /// `rows`: an array with a row a line, never shown.
    let language: String
    let text: String

    var file: String {
        switch language {
        case "rows": name + ".json"
        case "json": "vectors/" + name + ".ndjson"
        case "http": "vectors/" + name + ".http"
        default: "vectors/" + name + ".txt"
        }
    }
}

extension Vector {
    /// The records: a value a line; of an HTTP message its body's.
    var records: [String] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if language == "http" {
            guard let empty = lines.firstIndex(of: "") else { return [] }
            lines = Array(lines.dropFirst(empty + 1))
        }
        return lines.filter { !$0.isEmpty }
    }
}

/// Collects the vectors in the order in which they come about.
final class VectorBook {
    private(set) var vectors: [Vector] = []

    func add(_ name: String, _ language: String, _ text: String) {
        precondition(!vectors.contains { $0.name == name }, "a vector is written once: \(name)")
        vectors.append(Vector(name: name, language: language, text: text.hasSuffix("\n") ? text : text + "\n"))
    }

    func lines(_ name: String, _ lines: [JSON]) { add(name, "json", lines.map { $0.canonicalText + "\n" }.joined()) }

    func rows(_ name: String, _ rows: [JSON]) {
        add(name, "rows", "[\n" + rows.map(\.canonicalText).joined(separator: ",\n") + "\n]\n")
    }

    func line(_ name: String, _ bytes: [UInt8]) { add(name, "json", String(decoding: bytes, as: UTF8.self)) }

    func exchange(_ name: String, _ request: WireRequest, _ response: WireResponse, emptyLines: Int = 0) {
        add(
            name + ".request",
            "http",
            "\(request.method) \(request.target) HTTP/1.1\n\n" + String(decoding: request.body, as: UTF8.self)
        )
        let waiting = String(repeating: "\n", count: emptyLines)
        // A poll that had to wait has begun as 200 long before its answer is known.
        let status = emptyLines > 0 ? 200 : response.status
        add(
            name + ".reply",
            "http",
            "HTTP/1.1 \(status)\n\n" + waiting + String(decoding: response.body, as: UTF8.self)
        )
    }
}
