/// Reads RFC 4180 text in pieces of any size: quoted fields with line ends, `""` for a quote, a UTF-8 byte order mark.
///
/// A row that is not UTF-8, too long or too wide is refused alone. A quote where none may stand stops the reading: from
/// there on nobody knows where rows begin. Memory is bounded by the limits, whatever comes.
package struct CSVReader: Sendable {
    /// What stands between fields.
    package enum Delimiter: UInt8, Sendable {
        case comma = 0x2C
        case semicolon = 0x3B
        case tab = 0x09
    }

    /// How much a row may hold.
    package struct Limits: Sendable {
        package var fieldBytes = 64 << 10
        package var rowBytes = 1 << 20
        package var columns = 512

        package init() {}
    }

    private enum State { case fieldStart, unquoted, quoted, afterQuote, afterReturn }

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Why the reading stopped before the end; bytes that come after are passed over.
    package private(set) var stopped: CSVRefusal?

    private let delimiter: UInt8
    private let limits: Limits
    private var state = State.fieldStart
    private var offset = 0
    private var markBytes = 0
    private var line = 1
    private var rows = 0
    private var rowOffset = 0
    private var rowLine = 1
    private var rowBytes = 0
    private var text: [UInt8] = []
    private var fieldEnds: [Int] = []
    private var problem: CSVRefusal.Reason?
    private var finished: [CSVRow] = []

    package init(delimiter: Delimiter = .comma, limits: Limits = Limits()) {
        self.delimiter = delimiter.rawValue
        self.limits = limits
    }

    /// The rows that end in these bytes.
    package mutating func read(_ bytes: some Sequence<UInt8>) -> [CSVRow] {
        for byte in bytes {
            guard stopped == nil else { break }
            take(byte)
            offset += 1
        }
        return takeFinished()
    }

    /// The last row, when the text does not end with a line end.
    package mutating func finish() -> [CSVRow] {
        guard stopped == nil else { return [] }
        switch state {
        case .quoted: stop(.openQuote)
        case .afterReturn: stop(.loneReturn)
        case .fieldStart where rowBytes == 0: break
        case .fieldStart, .unquoted, .afterQuote: endRow()
        }
        return takeFinished()
    }

    private mutating func takeFinished() -> [CSVRow] {
        defer { finished.removeAll(keepingCapacity: true) }
        return finished
    }

    private mutating func take(_ byte: UInt8) {
        if markBytes == offset, offset < 3, byte == Self.byteOrderMark[offset] {
            markBytes += 1
            keep(byte)
            rowBytes += 1
            if markBytes == 3 { startRow(at: 3) } else { state = .unquoted }
            return
        }
        switch state {
        case .fieldStart: atFieldStart(byte)
        case .unquoted: inUnquoted(byte)
        case .quoted: inQuoted(byte)
        case .afterQuote: afterQuote(byte)
        case .afterReturn:
            guard byte == Self.lineFeed else { return stop(.loneReturn) }
            endLine()
        }
        rowBytes += offset >= rowOffset ? 1 : 0
        if rowBytes > limits.rowBytes { refuse(.longRow(limit: limits.rowBytes)) }
    }

    private mutating func atFieldStart(_ byte: UInt8) {
        if byte == Self.quote {
            state = .quoted
        } else {
            state = .unquoted
            inUnquoted(byte)
        }
    }

    private mutating func inUnquoted(_ byte: UInt8) {
        switch byte {
        case delimiter: endField()
        case Self.lineFeed: endLine()
        case Self.carriageReturn: state = .afterReturn
        case Self.quote: stop(.strayQuote)
        default: keep(byte)
        }
    }

    private mutating func inQuoted(_ byte: UInt8) {
        if byte == Self.quote {
            state = .afterQuote
        } else {
            if byte == Self.lineFeed { line += 1 }
            keep(byte)
        }
    }

    private mutating func afterQuote(_ byte: UInt8) {
        switch byte {
        case Self.quote:
            keep(byte)
            state = .quoted
        case delimiter: endField()
        case Self.lineFeed: endLine()
        case Self.carriageReturn: state = .afterReturn
        default: stop(.textAfterQuote)
        }
    }

    private mutating func keep(_ byte: UInt8) {
        guard problem == nil else { return }
        if byte == 0 { return refuse(.zeroByte) }
        if text.count - (fieldEnds.last ?? 0) >= limits.fieldBytes {
            return refuse(.longField(column: fieldEnds.count + 1, limit: limits.fieldBytes))
        }
        text.append(byte)
    }

    private mutating func endField() {
        state = .fieldStart
        guard problem == nil else { return }
        if fieldEnds.count >= limits.columns { return refuse(.wideRow(limit: limits.columns)) }
        fieldEnds.append(text.count)
    }

    private mutating func endLine() {
        line += 1
        // An empty line is no row; with one column an empty value is written `""`.
        if rowBytes == 0 || (rowBytes == 1 && state == .afterReturn && text.isEmpty && fieldEnds.isEmpty) {
            startRow(at: offset + 1)
        } else {
            endRow()
        }
    }

    private mutating func endRow() {
        endField()
        rows += 1
        let outcome = problem.map { .failure(refusal($0)) } ?? decoded()
        finished.append(CSVRow(number: rows, line: rowLine, offset: rowOffset, outcome: outcome))
        startRow(at: offset + 1)
    }

    private func decoded() -> Result<[String], CSVRefusal> {
        var fields: [String] = []
        fields.reserveCapacity(fieldEnds.count)
        var start = 0
        for (place, end) in fieldEnds.enumerated() {
            guard let field = String(validating: text[start..<end], as: UTF8.self) else {
                return .failure(refusal(.notUnicode(column: place + 1)))
            }
            fields.append(field)
            start = end
        }
        return .success(fields)
    }

    private mutating func startRow(at start: Int) {
        state = .fieldStart
        rowOffset = start
        rowLine = line
        rowBytes = 0
        problem = nil
        text.removeAll(keepingCapacity: true)
        fieldEnds.removeAll(keepingCapacity: true)
    }

    private mutating func refuse(_ reason: CSVRefusal.Reason) {
        guard problem == nil else { return }
        problem = reason
        text.removeAll()
        fieldEnds.removeAll()
    }

    private mutating func stop(_ reason: CSVRefusal.Reason) {
        let refusal = CSVRefusal(row: rows + 1, line: line, offset: offset, reason: reason)
        stopped = refusal
        finished.append(CSVRow(number: rows + 1, line: rowLine, offset: rowOffset, outcome: .failure(refusal)))
    }

    private func refusal(_ reason: CSVRefusal.Reason) -> CSVRefusal {
        CSVRefusal(row: max(rows, 1), line: rowLine, offset: rowOffset, reason: reason)
    }
}
