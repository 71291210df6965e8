import Testing

@testable import Pictures

/// The corners of a QR code, by which a camera finds it, and the bounds of what it holds.
struct QRCodeTests {
    private static let finder = ["#######", "#     #", "# ### #", "# ### #", "# ### #", "#     #", "#######"]

    private func square(_ code: QRCode, _ row: Int, _ column: Int) -> [String] {
        (row..<row + 7).map { row in
            (column..<column + 7).map { code.isDark(row, $0) ? "#" : " " }.joined()
        }
    }

    @Test("has the three finder patterns and none in the fourth corner")
    func finders() throws {
        let code = try #require(QRCode("https://work.example/trust"))
        #expect((code.size - 17) % 4 == 0)
        #expect(square(code, 0, 0) == Self.finder)
        #expect(square(code, 0, code.size - 7) == Self.finder)
        #expect(square(code, code.size - 7, 0) == Self.finder)
        #expect(square(code, code.size - 7, code.size - 7) != Self.finder)
    }

    @Test("is drawn alike as lines and as a path, with a light margin")
    func drawings() throws {
        let code = try #require(QRCode("Ґрунтова дорога"))
        #expect(code.lines.count == (code.side + 1) / 2)
        #expect(code.lines.allSatisfy { $0.count == code.side })
        #expect(code.lines.prefix(2).allSatisfy { $0.allSatisfy { $0 == "█" } })
        // The path begins at the first module of the finder: seven dark ones.
        #expect(code.path.hasPrefix("M4 4h7v1h-7z"))
        let dark = (0..<code.size).reduce(0) { sum, row in
            sum + (0..<code.size).filter { code.isDark(row, $0) }.count
        }
        let drawn = code.path.split(separator: "M").compactMap { piece in
            piece.split(separator: "h").dropFirst().first.flatMap { Int($0.prefix { $0 != "v" }) }
        }
        #expect(drawn.reduce(0, +) == dark)
    }

    @Test("takes what fits and nothing else")
    func bounds() {
        #expect(QRCode("") == nil)
        #expect(QRCode(String(repeating: "a", count: QRCode.longest)) != nil)
        #expect(QRCode(String(repeating: "a", count: QRCode.longest + 1)) == nil)
    }
}
