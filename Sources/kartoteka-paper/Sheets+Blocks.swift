import CPango
import Papers

extension Sheets {
    var width: Double { right - left }
    private var size: Double { paper.isLetter ? 12 : 10.5 }

    /// Draws the whole paper.
    func draw() throws {
        try marked("Document") {
            for block in paper.blocks { try draw(block) }
            guard fonts.hasUnknown else { return }
            try paragraph([PaperLine(String(Fonts.unknown) + " – " + paper.words.unknown)], Style(size: 9))
        }
    }

    /// One block, under the tag of its kind.
    private func draw(_ block: PaperBlock) throws {
        switch block {
        case .heading(let level, let words, let isSeen):
            if isSeen { try heading(level, words) }
        case .lines(let lines, let style): try draw(lines, style)
        case .sides(let first, let second): try sides(first, second)
        case .keys(let keys): try draw(keys)
        case .fields(let caption, let rows, let isTall): try form(caption, rows, isTall: isTall)
        case .table(let drawn): try table(drawn)
        case .signature(let position, let name, let place): try signature(position, name, place)
        case .foot(let words):
            let words = try self.words(words, width: width, Style(size: 9))
            // A block leaves twice as much behind it as the foot wants: a foot alone is a sheet for nothing.
            y -= mm(2)
            try need(words.height + mm(1.5))
            rule(from: left, to: right, y: y)
            y += mm(1.5)
            try flow(words, x: left)
        }
    }

    /// A heading stands on the sheet of what it is over.
    private func heading(_ level: Int, _ text: String) throws {
        let isFirst = level == 1
        let style = Style(
            size: isFirst ? 14 : 11,
            isStrong: true,
            alignment: isFirst ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT
        )
        let words = try self.words(text, width: width, style)
        try need(words.height + mm(30))
        y += isFirst ? 0 : mm(5)
        marked("H\(level)") { draw(words, x: left, y: y) }
        y += words.height + mm(isFirst ? 4 : 2)
    }

    /// Lines as one paragraph, over as many sheets as they take.
    private func paragraph(_ lines: [PaperLine], _ style: Style, x: Double? = nil, gap: Double = mm(4)) throws {
        guard !lines.isEmpty else { return }
        try flow(words(lines, width: right - (x ?? left), style), x: x ?? left)
        y += gap
    }

    /// A paragraph that may go on upon the next sheet: a part of it on each.
    private func flow(_ words: Words, x: Double) throws {
        var lines = words.lines[...]
        guard let first = lines.first else { return }
        // Not one line alone at the end of a sheet.
        try need(lines.count == 1 ? words.height : lines[lines.startIndex + 1].bottom - first.top)
        let isWhole = y + words.height <= bottom
        try marked("P") {
            while let first = lines.first {
                let fitting = max(1, lines.prefix { y + $0.bottom - first.top <= bottom }.count)
                let part = lines.prefix(fitting)
                if isWhole { draw(part, x: x, y: y) } else { marked("Span") { draw(part, x: x, y: y) } }
                y += (part.last?.bottom ?? 0) - first.top
                lines = lines.dropFirst(fitting)
                if !lines.isEmpty { try newSheet() }
            }
        }
    }

    private func draw(_ lines: [PaperLine], _ style: PaperStyle) throws {
        switch style {
        case .plain: try paragraph(lines, Style(size: size))
        case .words: try paragraph(lines, Style(size: size), gap: mm(2))
        case .small: try paragraph(lines, Style(size: 9.5))
        case .addressee: try paragraph(lines, Style(size: size), x: left + width / 2, gap: mm(6))
        case .letterhead:
            try paragraph(lines, Style(size: size, isStrong: true, alignment: PANGO_ALIGN_CENTER), gap: mm(3))
            rule(from: left, to: right, y: y)
            y += mm(4)
        case .draft:
            let words = try self.words(
                lines,
                width: width,
                Style(size: size, isStrong: true, alignment: PANGO_ALIGN_CENTER)
            )
            let height = words.height + mm(4)
            try need(height)
            frame(left, y, width, height, isDashed: true)
            marked("P") { draw(words, x: left, y: y + mm(2)) }
            y += height + mm(4)
        }
    }

    /// Two paragraphs beside each other.
    private func sides(_ first: [String], _ second: [String]) throws {
        let half = (width - mm(8)) / 2, small = Style(size: paper.isLetter ? size : 9)
        let one = try words(first.map { PaperLine($0) }, width: half, small)
        let other = try words(second.map { PaperLine($0) }, width: half, small)
        try need(max(one.height, other.height))
        if !one.lines.isEmpty { marked("P") { draw(one, x: left, y: y) } }
        if !other.lines.isEmpty { marked("P") { draw(other, x: left + half + mm(8), y: y) } }
        y += max(one.height, other.height) + mm(6)
    }

    /// What a form has at its head: each in a box, its name above it.
    private func draw(_ keys: [PaperField]) throws {
        let room = width / Double(max(keys.count, 1)), pad = mm(2)
        let names = try keys.map { try words($0.name + " ", width: room - 2 * pad, Style(size: 8.5)) }
        let values = try keys.map { try words($0.lines, width: room - 2 * pad, Style(size: 12, isStrong: true)) }
        let nameHeight = names.map(\.height).max() ?? 0
        let height = nameHeight + (values.map(\.height).max() ?? 0) + 2 * mm(1.4)
        try need(height)
        for (place, (name, value)) in zip(names, values).enumerated() {
            let x = left + Double(place) * room
            frame(x, y, room, height)
            marked("P") {
                draw(name, x: x + pad, y: y + mm(1.4))
                draw(value, x: x + pad, y: y + mm(1.4) + nameHeight)
            }
        }
        y += height + mm(4)
    }

    /// Position, a line for the pen, name; below them the free place for an electronic signature.
    private func signature(_ position: String, _ name: String, _ place: String) throws {
        let third = width / 3, style = Style(size: size)
        let position = try words(position, width: third, style), name = try words(name, width: third, style)
        let told = try words(place, width: mm(76), Style(size: 9.5))
        let height = max(position.height, name.height, mm(6))
        try need(mm(10) + height + mm(24))
        y += mm(10)
        if !(position.lines.isEmpty && name.lines.isEmpty) {
            marked("P") {
                draw(position, x: left, y: y + height - position.height)
                draw(name, x: left + 2 * third, y: y + height - name.height)
            }
        }
        rule(from: left + third + mm(4), to: left + 2 * third - mm(4), y: y + height)
        y += height + mm(4)
        frame(left, y, mm(80), mm(18), isDashed: true)
        marked("P") { draw(told, x: left + mm(2), y: y + mm(2)) }
        y += mm(18) + mm(4)
    }
}
