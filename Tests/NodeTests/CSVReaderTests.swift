import Commands
import Desk
import Node
import Testing

@Suite("The CSV reader")
struct CSVReaderTests {
    /// Reads whole and byte by byte; both have to tell the same.
    private func read(
        _ bytes: [UInt8],
        _ delimiter: CSVReader.Delimiter = .comma,
        _ limits: CSVReader.Limits = .init()
    ) -> [CSVRow] {
        var whole = CSVReader(delimiter: delimiter, limits: limits)
        let rows = whole.read(bytes) + whole.finish()
        var piecewise = CSVReader(delimiter: delimiter, limits: limits)
        let pieces = bytes.flatMap { piecewise.read(CollectionOfOne($0)) } + piecewise.finish()
        #expect(rows.map(\.fields) == pieces.map(\.fields))
        #expect(rows.map(\.refusal) == pieces.map(\.refusal))
        #expect(rows.map(\.offset) == pieces.map(\.offset))
        #expect(rows.map(\.content) == pieces.map(\.content))
        return rows
    }

    private func fields(_ text: String, _ delimiter: CSVReader.Delimiter = .comma) -> [[String]?] {
        read(Array(text.utf8), delimiter).map(\.fields)
    }

    @Test("reads quotes, doubled quotes and line ends in a field")
    func quotes() {
        #expect(fields("a,b\n1,2\n") == [["a", "b"], ["1", "2"]])
        #expect(fields("a,b\r\n\"x\r\n,y\",\"say \"\"hi\"\"\"") == [["a", "b"], ["x\r\n,y", "say \"hi\""]])
        #expect(fields("\"\",\n") == [["", ""]])
        #expect(fields("a,") == [["a", ""]])
        #expect(fields(",") == [["", ""]])
        #expect(fields("\"a\"") == [["a"]])
        #expect(fields("\"\"\n") == [[""]])
    }

    @Test("passes over empty lines and a byte order mark, and takes other delimiters")
    func tolerance() {
        #expect(fields("\n\r\na\n\n\r\nb\n\n") == [["a"], ["b"]])
        #expect(read([0xEF, 0xBB, 0xBF] + Array("ї;б".utf8), .semicolon).map(\.fields) == [["ї", "б"]])
        #expect(fields("a\tb,c", .tab) == [["a", "b,c"]])
        #expect(fields("") == [])
        #expect(read([0xEF, 0xBB, 0xBF]).isEmpty)
        #expect(read([0xEF, 0xBB, 0xBF] + Array("\"a\",b".utf8)).map(\.fields) == [["a", "b"]])
    }

    @Test("tells where each row begins")
    func places() {
        let rows = read(Array("a\n\"b\nb\"\n\nc\n".utf8))
        #expect(rows.map(\.number) == [1, 2, 3])
        #expect(rows.map(\.line) == [1, 2, 5])
        #expect(rows.map(\.offset) == [0, 2, 9])
    }

    @Test("refuses a row that is not UTF-8 and reads on")
    func notUnicode() {
        let rows = read(Array("a,b\nx,".utf8) + [0xFF, 0xFE, 0x0A] + Array("c,d\n".utf8))
        #expect(rows.map(\.fields) == [["a", "b"], nil, ["c", "d"]])
        #expect(rows[1].refusal == CSVRefusal(row: 2, line: 2, offset: 4, reason: .notUnicode(column: 2)))
        #expect(
            rows[1].refusal?.description
                == "row 2 (line 2, byte 4): column 2 is not UTF-8; save the file as UTF-8"
        )
        for bytes in [[0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0xEF]] as [[UInt8]] {
            #expect(read(bytes + [0x0A]).map(\.refusal?.reason) == [.notUnicode(column: 1)])
        }
        #expect(read([0xEF, 0x2C, 0xBF, 0x0A]).map(\.refusal?.reason) == [.notUnicode(column: 1)])
        #expect(read([0x61, 0x00, 0x0A, 0x62]).map(\.refusal?.reason) == [.zeroByte, nil])
    }

    @Test("refuses a field, row or width one past its limit and reads on")
    func limits() {
        var limits = CSVReader.Limits()
        limits.fieldBytes = 4
        limits.rowBytes = 12
        limits.columns = 3
        func reasons(_ text: String) -> [CSVRefusal.Reason?] {
            read(Array(text.utf8), .comma, limits).map(\.refusal?.reason)
        }
        #expect(reasons("1234,1234\nz") == [nil, nil])
        #expect(reasons("1234,12345\nz") == [.longField(column: 2, limit: 4), nil])
        #expect(reasons("1,2,3\nz") == [nil, nil])
        #expect(reasons("1,2,3,4\nz") == [.wideRow(limit: 3), nil])
        #expect(reasons("\"12\",1234,12\nz") == [nil, nil])
        #expect(reasons("\"12\",1234,123\nz") == [.longRow(limit: 12), nil])
    }

    @Test(
        "refuses a row of wrong quotes alone, with what a person reads in it",
        arguments: [
            ("a\nb\"c\nd", .strayQuote, ["b\"c"]), ("a\n\"b\"c\nd", .textAfterQuote, ["b\"c"]),
            ("a\n\"b \"c\" d\"\nd", .textAfterQuote, ["b \"c\" d"]), ("a\n\"b\nd", .openQuote, ["b"]),
            ("a\nb\rc\nd", .loneReturn, ["b\rc"]), ("a\nb;\"\nd", .strayQuote, ["b;\""]),
            ("a\n\"b\n\"d\"\nd", .openQuote, ["b"]),
        ] as [(String, CSVRefusal.Reason, [String])]
    )
    func refusedAlone(text: String, reason: CSVRefusal.Reason, content: [String]) {
        let rows = read(Array(text.utf8))
        #expect(rows.first?.fields == ["a"] && rows.last?.fields == ["d"])
        #expect(rows.map(\.number) == Array(1...rows.count))
        #expect(rows[1].refusal == CSVRefusal(row: 2, line: 2, offset: 2, reason: reason))
        #expect(rows[1].content == content)
    }

    @Test("a quote that never closes, or another row's closes, hides no row")
    func givenBack() {
        let open = read(Array("a;b\n1;\"x\n2;y\n3;z\n".utf8), .semicolon)
        #expect(open.map(\.fields) == [["a", "b"], nil, ["2", "y"], ["3", "z"]])
        #expect(open.map(\.line) == [1, 2, 3, 4] && open.map(\.offset) == [0, 4, 9, 13])
        let closed = read(Array("a;b\n1;\"x\n2;\"y\";\n3;z\n".utf8), .semicolon)
        #expect(closed.map(\.fields) == [["a", "b"], nil, ["2", "y", ""], ["3", "z"]])
        // As wide as the others only if its quote is a letter: so it is told.
        #expect(read(Array("a;b\n\"1;x\n2;y\n".utf8), .semicolon)[1].content == ["\"1", "x"])
    }

    @Test("no row of several lines is longer than its limit")
    func manyLines() {
        var limits = CSVReader.Limits()
        limits.lines = 3
        #expect(
            read(Array("a\n\"1\n2\n3\n4\"\nb".utf8), .comma, limits).map(\.fields) == [["a"], ["1\n2\n3\n4"], ["b"]]
        )
        let rows = read(Array("a\n\"1\n2\n3\n4\n5\"\nb".utf8), .comma, limits)
        #expect(rows.map(\.fields) == [["a"], nil, ["2"], ["3"], ["4"], nil, ["b"]])
    }

    @Test("keeps little of a row that never ends")
    func neverEnds() {
        var reader = CSVReader()
        let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 16)
        _ = reader.read([UInt8(ascii: "\"")])
        for _ in 0..<32 { #expect(reader.read(piece).isEmpty) }
        #expect(reader.finish().map(\.refusal?.reason) == [.longRow(limit: 1 << 20)])
    }

    @Test("never traps on random bytes")
    func random() {
        var state: UInt64 = 7
        let alphabet: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0x61, 0xEF, 0xBB, 0xBF, 0x00, 0xD0, 0x96]
        for _ in 0..<3000 {
            var bytes: [UInt8] = []
            for _ in 0..<24 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes.append(alphabet[Int(state >> 33) % alphabet.count])
            }
            _ = read(bytes)
        }
    }
}
