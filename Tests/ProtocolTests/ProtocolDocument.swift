import CanonicalJSON

/// `protocol.md` as its tests read it: fenced blocks, and those that are vectors.
struct ProtocolDocument {
    struct Block {
        /// The name in the marker above, if there is one.
        let name: String?
        let language: String
        let text: String
        let line: Int
    }

    private(set) var blocks: [Block] = []
    let text: String

    init(_ text: String) {
        self.text = text
        var name: String?
        var fence: (language: String, start: Int, lines: [Substring])?
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if let open = fence {
                if line == "```" {
                    blocks.append(
                        Block(
                            name: name,
                            language: open.language,
                            text: open.lines.map { $0 + "\n" }.joined(),
                            line: open.start
                        )
                    )
                    (fence, name) = (nil, nil)
                } else {
                    fence?.lines.append(line)
                }
            } else if line.hasPrefix("```") {
                fence = (String(line.dropFirst(3)), number + 1, [])
            } else if let marked = Self.marked(line) {
                name = marked
            }
        }
    }

    static func marked(_ line: Substring) -> String? {
        guard line.hasPrefix("<!-- vector:"), line.hasSuffix(" -->") else { return nil }
        return String(line.dropFirst(12).dropLast(4))
    }

    /// The document with what stands under each marker replaced by the vector of that name.
    static func rewritten(_ text: String, _ vectors: [Vector]) -> String {
        let byName = Dictionary(vectors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var output: [String] = []
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        while let line = lines.popFirst() {
            output.append(String(line))
            guard let name = marked(line), let vector = byName[name] else { continue }
            output += shown(vector)
            skipShown(&lines)
        }
        return output.joined(separator: "\n")
    }

    private static func skipShown(_ lines: inout ArraySlice<Substring>) {
        guard lines.first?.hasPrefix("```") == true else { return }
        _ = lines.popFirst()
        while let next = lines.popFirst(), next != "```" {}
    }

    static func shown(_ vector: Vector) -> [String] {
        let lines = vector.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
        return ["```" + vector.language] + lines + ["```"]
    }
}
