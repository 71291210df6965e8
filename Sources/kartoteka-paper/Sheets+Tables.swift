import CPango
import Papers

/// A cell of a row that is drawn: how much of it stands on former sheets already.
private struct Cell {
    let mark: String
    let attributes: String?
    let x: Double
    let width: Double
    var lines: ArraySlice<Words.Line>

    init(_ words: Words, mark: String, _ attributes: String? = nil, x: Double, width: Double) {
        (self.mark, self.attributes, self.x, self.width) = (mark, attributes, x, width)
        lines = words.lines[...]
    }

    var height: Double { (lines.last?.bottom ?? 0) - (lines.first?.top ?? 0) }
    /// How many lines stand in this height.
    func fitting(_ height: Double) -> Int {
        let top = lines.first?.top ?? 0
        return lines.prefix { $0.bottom - top <= height }.count
    }
}

extension Sheets {
    private static let padding = (x: mm(1.8), y: mm(1.1))
    private static let text = Style(size: 9.5)
    /// A row that is filled in by hand is at least this high.
    private static let tall = mm(8.5)
    private static let row = "<< /O /Table /Scope /Row >>"
    private static let column = "<< /O /Table /Scope /Column >>"

    /// A form: names and fields; one field alone has the whole width.
    func form(_ caption: String, _ rows: [[PaperField]], isTall: Bool) throws {
        let name = mm(40), half = width / 2
        try marked("Table", Self.summary(caption)) {
            for fields in rows {
                let cells = try fields.enumerated().flatMap { place, field -> [Cell] in
                    let x = left + Double(place) * half
                    let room = (fields.count == 1 ? width : half) - name
                    let span = fields.count == 1 ? "<< /O /Table /ColSpan 3 >>" : nil
                    return [
                        try cell([PaperLine(field.name)], "TH", Self.row, x: x, width: name),
                        try cell(field.lines, "TD", span, x: x + name, width: room),
                    ]
                }
                let continued = try fields.enumerated().map { place, field in
                    let words = [PaperLine(field.name + paper.words.continued)]
                    return (2 * place, try cell(words, "TH", Self.row, x: left + Double(place) * half, width: name))
                }
                try draw(cells, least: isTall ? Self.tall : 0, continued: continued) {}
            }
        }
        y += mm(4)
    }

    /// Rows under heads, which are drawn again upon each sheet.
    func table(_ table: PaperTable) throws {
        let all = Double(table.heads.reduce(0) { $0 + $1.share })
        let widths = table.heads.map { width * Double($0.share) / all }
        let places = widths.indices.map { left + widths[..<$0].reduce(0, +) }
        let heads = try table.heads.indices.map { place in
            let head = [PaperLine(table.heads[place].words, isStrong: true)]
            return try cell(head, "TH", Self.column, x: places[place], width: widths[place])
        }
        // The heads do not stand alone at the end of a sheet.
        try need(height(of: heads) + mm(12))
        try marked("Table", Self.summary(table.caption)) {
            try marked("THead") { try draw(heads, least: 0, continued: []) {} }
            guard !table.rows.isEmpty else { return }
            try marked("TBody") {
                for row in table.rows {
                    let cells = try row.enumerated().map { place, lines in
                        try cell(lines.map { PaperLine($0) }, "TD", x: places[place], width: widths[place])
                    }
                    try draw(cells, least: 0, continued: []) { self.repeated(heads) }
                }
            }
        }
        y += mm(4)
    }

    /// What a table is about, for whoever hears it.
    private static func summary(_ caption: String) -> String { "<< /O /Table /Summary \(PDFText.literal(caption)) >>" }

    private func cell(
        _ lines: [PaperLine],
        _ mark: String,
        _ attributes: String? = nil,
        x: Double,
        width: Double
    ) throws -> Cell {
        let words = try self.words(lines, width: width - 2 * Self.padding.x, Self.text)
        return Cell(words, mark: mark, attributes, x: x, width: width)
    }

    /// How high a row is: as its highest cell.
    private func height(of cells: [Cell]) -> Double { (cells.map(\.height).max() ?? 0) + 2 * Self.padding.y }

    /// Draws a row; one that does not fit upon a whole sheet goes on upon the next as a row that says so.
    private func draw(_ given: [Cell], least: Double, continued: [(Int, Cell)], onNewSheet: () -> Void) throws {
        var cells = given
        while true {
            let height = max(self.height(of: cells), least), room = bottom - y
            if height <= room {
                part(cells, cells.map(\.lines), height: height)
                return
            }
            // A short row goes whole to the next sheet, a long one fills what is left of this.
            let inner = room - 2 * Self.padding.y, isLong = height > (bottom - top) / 3
            let counts = cells.map { $0.fitting(inner) }
            guard isLong, room > mm(25), counts.contains(where: { $0 > 0 }) else {
                try newSheet()
                onNewSheet()
                continue
            }
            part(cells, zip(cells, counts).map { $0.lines.prefix($1) }, height: room)
            for place in cells.indices { cells[place].lines = cells[place].lines.dropFirst(counts[place]) }
            for (place, name) in continued { cells[place] = name }
            try newSheet()
            onNewSheet()
        }
    }

    /// What stands on this sheet of a row.
    private func part(_ cells: [Cell], _ lines: [ArraySlice<Words.Line>], height: Double) {
        for cell in cells { frame(cell.x, y, cell.width, height) }
        marked("TR") {
            for (cell, lines) in zip(cells, lines) {
                marked(cell.mark, cell.attributes) {
                    draw(lines, x: cell.x + Self.padding.x, y: y + Self.padding.y)
                }
            }
        }
        y += height
    }

    /// The heads once more: they were read already, so they are no content.
    private func repeated(_ heads: [Cell]) {
        let height = height(of: heads)
        for head in heads {
            frame(head.x, y, head.width, height)
            draw(head.lines, x: head.x + Self.padding.x, y: y + Self.padding.y)
        }
        y += height
    }
}
