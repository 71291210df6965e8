/// Reads RFC 4180 text in pieces of any size: quoted fields with line ends, `""` for a quote, a UTF-8 byte order mark.
///
/// A row that is not UTF-8, too long, too wide or wrongly quoted is refused alone, with its best reading. Where a fault of
/// quotes was found over several lines, only the first of them is refused and the others are read anew: so a quote that
/// never closes hides no row. Memory is bounded by the limits, whatever comes.
package struct CSVReader: Sendable {
    /// What stands between fields.
    package enum Delimiter: UInt8, CaseIterable, Sendable {
        case comma = 0x2C
        case semicolon = 0x3B
        case tab = 0x09

        /// As it stands in a text.
        package var text: String { String(UnicodeScalar(rawValue)) }
    }

    /// How much a row may hold.
    package struct Limits: Sendable {
        package var fieldBytes = 64 << 10
        package var rowBytes = 1 << 20
        package var columns = 512
        package var lines = 500

        package init() {}
    }

    /// `broken`: within a field that goes on after its closing quote, whose last quote closes it after all.
    private enum State { case fieldStart, unquoted, quoted, afterQuote, broken, brokenQuote, afterReturn }

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private let delimiter: Delimiter
    private let limits: Limits
    private var state = State.fieldStart
    private var offset = 0
    private var markBytes = 0
    private var line = 1
    private var rows = 0
    /// Columns of the first row.
    private var width: Int?
    private var rowOffset = 0
    private var rowLine = 1
    private var rowBytes = 0
    /// The bytes of the row, for what is read anew.
    private var raw: [UInt8] = []
    private var text: [UInt8] = []
    private var fieldEnds: [Int] = []
    private var problem: CSVRefusal.Reason?
    private var givesBack = false
    private var finished: [CSVRow] = []

    /// Begins at the first byte of a text, or at its second line, `start` bytes further.
    package init(delimiter: Delimiter = .comma, limits: Limits = Limits(), start: Int = 0) {
        self.delimiter = delimiter
        self.limits = limits
        offset = start
        rowOffset = start
        line = start == 0 ? 1 : 2
        rowLine = line
    }

    /// The rows that end in these bytes.
    package mutating func read(_ bytes: some Collection<UInt8>) -> [CSVRow] {
        readAll(Array(bytes)[...])
        return takeFinished()
    }

    /// The last row, when the text does not end with a line end.
    package mutating func finish() -> [CSVRow] {
        while rowBytes > 0 || state != .fieldStart {
            switch state {
            case .quoted:
                problem = problem ?? .openQuote
                givesBack = line > rowLine && raw.contains(Self.lineFeed)
            case .afterReturn: fault(.loneReturn)
            case .fieldStart, .unquoted, .afterQuote, .broken, .brokenQuote: break
            }
            if !givesBack { endRow() }
            guard givesBack else { break }
            readAll(giveBack())
        }
        return takeFinished()
    }

    private mutating func readAll(_ bytes: ArraySlice<UInt8>) {
        var waiting = [bytes]
        while let piece = waiting.popLast() {
            var at = piece.startIndex
            while at < piece.endIndex, !givesBack {
                take(piece[at])
                at += 1
                offset += 1
            }
            guard givesBack else { continue }
            waiting.append(piece[at...])
            waiting.append(giveBack())
        }
    }

    /// Refuses the first line of a row of several alone; gives the others, which are read anew.
    private mutating func giveBack() -> ArraySlice<UInt8> {
        givesBack = false
        let cut = raw.firstIndex(of: Self.lineFeed) ?? raw.count - 1
        var first = raw[..<cut]
        let rest = raw[(cut + 1)...]
        if first.last == Self.carriageReturn { first.removeLast() }
        rows += 1
        var reading = CSVReader(delimiter: delimiter, limits: limits)
        reading.width = width
        var content = (reading.read(first) + reading.finish()).first?.content ?? []
        let bare = first.split(separator: delimiter.rawValue, omittingEmptySubsequences: false)
        if content.count != width, bare.count == width { content = bare.map { String(decoding: $0, as: UTF8.self) } }
        let refusal = CSVRefusal(row: rows, line: rowLine, offset: rowOffset, reason: .openQuote)
        finished.append(
            CSVRow(number: rows, line: rowLine, offset: rowOffset, outcome: .failure(refusal), content: content)
        )
        line = rowLine + 1
        offset = rowOffset + cut + 1
        startRow(at: offset)
        return rest
    }

    private mutating func takeFinished() -> [CSVRow] {
        defer { finished.removeAll(keepingCapacity: true) }
        return finished
    }

    private mutating func take(_ byte: UInt8) {
        if raw.count <= limits.rowBytes { raw.append(byte) }
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
        case .broken: inBroken(byte)
        case .brokenQuote: afterBrokenQuote(byte)
        case .afterReturn: afterReturn(byte)
        }
        rowBytes += offset >= rowOffset ? 1 : 0
        guard rowBytes > limits.rowBytes, problem != .longRow(limit: limits.rowBytes) else { return }
        // A quote that was never closed, unless it is one line.
        if state == .quoted, line > rowLine { return givesBack = true }
        problem = .longRow(limit: limits.rowBytes)
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
        case delimiter.rawValue: endField()
        case Self.lineFeed: endLine()
        case Self.carriageReturn: state = .afterReturn
        default:
            if byte == Self.quote { fault(.strayQuote) }
            keep(byte)
        }
    }

    private mutating func inQuoted(_ byte: UInt8) {
        switch byte {
        case Self.quote: state = .afterQuote
        case Self.lineFeed where problem == .longRow(limit: limits.rowBytes): endLine()
        default:
            keep(byte)
            guard byte == Self.lineFeed else { return }
            line += 1
            if line - rowLine > limits.lines { givesBack = true }
        }
    }

    private mutating func afterQuote(_ byte: UInt8) {
        switch byte {
        case Self.quote:
            keep(byte)
            state = .quoted
        case delimiter.rawValue: endField()
        case Self.lineFeed: endLine()
        case Self.carriageReturn: state = .afterReturn
        default:
            fault(.textAfterQuote)
            state = .broken
            keep(Self.quote)
            keep(byte)
        }
    }

    private mutating func inBroken(_ byte: UInt8) {
        switch byte {
        case Self.quote: state = .brokenQuote
        default:
            state = .broken
            if byte == delimiter.rawValue || byte == Self.lineFeed || byte == Self.carriageReturn {
                inUnquoted(byte)
            } else {
                keep(byte)
            }
        }
    }

    private mutating func afterBrokenQuote(_ byte: UInt8) {
        switch byte {
        case delimiter.rawValue, Self.lineFeed, Self.carriageReturn: inUnquoted(byte)
        default:
            keep(Self.quote)
            inBroken(byte)
        }
    }

    private mutating func afterReturn(_ byte: UInt8) {
        if byte == Self.lineFeed { return endLine() }
        fault(.loneReturn)
        keep(Self.carriageReturn)
        state = .unquoted
        inUnquoted(byte)
    }

    private mutating func keep(_ byte: UInt8) {
        if byte == 0 { fault(.zeroByte) }
        guard rowBytes <= limits.rowBytes else { return }
        if text.count - (fieldEnds.last ?? 0) >= limits.fieldBytes {
            fault(.longField(column: fieldEnds.count + 1, limit: limits.fieldBytes))
        }
        text.append(byte)
    }

    private mutating func endField() {
        state = .fieldStart
        if fieldEnds.count >= limits.columns { fault(.wideRow(limit: limits.columns)) }
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
        // Over several lines and not as wide as the others: a quote that was closed by another row's.
        if let width, width != fieldEnds.count, raw.dropLast().contains(Self.lineFeed), raw.count <= limits.rowBytes {
            return givesBack = true
        }
        rows += 1
        if width == nil { width = fieldEnds.count }
        let fields = decoded()
        let reason = problem ?? fields.firstIndex(of: nil).map { .notUnicode(column: $0 + 1) }
        let content = fields.enumerated().map { $1 ?? repaired($0) }
        finished.append(
            CSVRow(
                number: rows,
                line: rowLine,
                offset: rowOffset,
                outcome: reason.map { .failure(refusal($0)) } ?? .success(content),
                content: content
            )
        )
        startRow(at: offset + 1)
    }

    /// Each field; nil where it is not UTF-8.
    private func decoded() -> [String?] {
        var fields: [String?] = []
        fields.reserveCapacity(fieldEnds.count)
        var start = 0
        for end in fieldEnds {
            fields.append(String(validating: text[start..<end], as: UTF8.self))
            start = end
        }
        return fields
    }

    private func repaired(_ place: Int) -> String {
        String(decoding: text[(place == 0 ? 0 : fieldEnds[place - 1])..<fieldEnds[place]], as: UTF8.self)
    }

    private mutating func startRow(at start: Int) {
        state = .fieldStart
        rowOffset = start
        rowLine = line
        rowBytes = 0
        problem = nil
        raw.removeAll(keepingCapacity: true)
        text.removeAll(keepingCapacity: true)
        fieldEnds.removeAll(keepingCapacity: true)
    }

    /// The first fault of a row is its reason; one of quotes gives the lines of a row of several back.
    private mutating func fault(_ reason: CSVRefusal.Reason) {
        if problem == nil { problem = reason }
        if reason.isOfQuotes, line > rowLine { givesBack = true }
    }

    private func refusal(_ reason: CSVRefusal.Reason) -> CSVRefusal {
        CSVRefusal(row: rows, line: rowLine, offset: rowOffset, reason: reason)
    }
}
