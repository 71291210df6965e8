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
        #expect(whole.stopped == piecewise.stopped)
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
        "stops where nobody knows any more where rows begin",
        arguments: [
            ("a\nb\"c\nd", CSVRefusal(row: 2, line: 2, offset: 3, reason: .strayQuote)),
            ("a\n\"b\"c\nd", CSVRefusal(row: 2, line: 2, offset: 5, reason: .textAfterQuote)),
            ("a\n\"b\nc", CSVRefusal(row: 2, line: 3, offset: 6, reason: .openQuote)),
            ("a\nb\rc", CSVRefusal(row: 2, line: 2, offset: 4, reason: .loneReturn)),
            ("a\nb\r", CSVRefusal(row: 2, line: 2, offset: 4, reason: .loneReturn)),
            ("a\n\"b\" ,c", CSVRefusal(row: 2, line: 2, offset: 5, reason: .textAfterQuote)),
        ]
    )
    func stops(text: String, refusal: CSVRefusal) {
        let rows = read(Array(text.utf8))
        #expect(rows.map(\.fields) == [["a"], nil])
        #expect(rows.last?.refusal == refusal)
        #expect(refusal.stopsReading)
    }

    @Test("keeps little of a row that never ends")
    func neverEnds() {
        var reader = CSVReader()
        let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 16)
        _ = reader.read([UInt8(ascii: "\"")])
        for _ in 0..<32 { #expect(reader.read(piece).isEmpty) }
        #expect(reader.finish().map(\.refusal?.reason) == [.openQuote])
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
