import CPango
import Papers

/// A mark of the structure with what cairo cannot say of it; they are kept in the order in which they begin.
struct Mark {
    let name: String
    /// As PDF writes a dictionary; nil for none.
    let attributes: String?
}

/// Millimetres in points.
func mm(_ length: Double) -> Double { length * 72 / 25.4 }

/// Sheets that are drawn one after another.
final class Sheets {
    static let width = mm(210), height = mm(297)

    let paper: Paper
    let fonts: Fonts
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double
    /// How many sheets there are; nil while they are counted.
    private let total: Int?
    private let surface: OpaquePointer
    let cairo: OpaquePointer
    private let output = Output()
    private(set) var marks: [Mark] = []
    private(set) var sheet = 1
    /// Where the next thing stands, from the upper edge.
    var y: Double

    private final class Output {
        var bytes: [UInt8] = []
    }

    init(_ paper: Paper, _ fonts: Fonts, total: Int?) throws {
        self.paper = paper
        self.fonts = fonts
        self.total = total
        (left, right) = paper.isLetter ? (mm(30), Self.width - mm(10)) : (mm(20), Self.width - mm(12))
        (top, bottom) = (paper.isLetter ? mm(20) : mm(14), Self.height - mm(15))
        y = top
        let write: cairo_write_func_t = { closure, data, length in
            guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
            let output = Unmanaged<Output>.fromOpaque(closure).takeUnretainedValue()
            output.bytes += UnsafeBufferPointer(start: data, count: Int(length))
            return CAIRO_STATUS_SUCCESS
        }
        let closure = Unmanaged.passUnretained(output).toOpaque()
        guard let surface = cairo_pdf_surface_create_for_stream(write, closure, Self.width, Self.height),
            let cairo = cairo_create(surface)
        else { throw PaperTrouble.failed("cairo gives no surface") }
        self.surface = surface
        self.cairo = cairo
        cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5)
        cairo_set_line_width(cairo, 0.6)
        try drawSheetNumber()
    }

    deinit {
        cairo_destroy(cairo)
        cairo_surface_destroy(surface)
    }

    /// The bytes, when all is drawn.
    /// - Throws: `PaperTrouble.failed` with cairo's words.
    func finished() throws -> [UInt8] {
        cairo_show_page(cairo)
        cairo_surface_finish(surface)
        for status in [cairo_status(cairo), cairo_surface_status(surface)] where status != CAIRO_STATUS_SUCCESS {
            throw PaperTrouble.failed("cairo: " + String(cString: cairo_status_to_string(status)))
        }
        return output.bytes
    }

    /// - Throws: `PaperTrouble.tooLong`.
    func newSheet() throws {
        guard sheet < Paper.sheets else { throw PaperTrouble.tooLong }
        cairo_show_page(cairo)
        sheet += 1
        y = top
        try drawSheetNumber()
    }

    /// Begins a new sheet if less than this is left of the present one.
    func need(_ height: Double) throws {
        if y + height > bottom && y > top { try newSheet() }
    }

    /// What is drawn within is this part of the document's structure.
    func marked(_ name: String, _ attributes: String? = nil, _ body: () throws -> Void) rethrows {
        marks.append(Mark(name: name, attributes: attributes))
        cairo_tag_begin(cairo, name, nil)
        try body()
        cairo_tag_end(cairo, name)
    }

    /// Lines one under another, broken to this width.
    func words(_ lines: [PaperLine], width: Double, _ style: Style) throws -> Words {
        try Words(lines.map { ($0.words, $0.isStrong) }, width: width, style, fonts)
    }

    /// Words set in lines of this width, in millimetres.
    func words(_ text: String, width: Double, _ style: Style) throws -> Words {
        try Words([(text, false)], width: width, style, fonts)
    }

    /// Draws lines with their first one's top here.
    func draw(_ lines: ArraySlice<Words.Line>, x: Double, y: Double) {
        guard let first = lines.first else { return }
        for line in lines {
            cairo_move_to(cairo, x + line.left, y + line.baseline - first.top)
            pango_cairo_show_layout_line(cairo, line.drawn)
        }
    }

    func draw(_ words: Words, x: Double, y: Double) { draw(words.lines[...], x: x, y: y) }

    /// A line across; as all that is drawn outside of marks it is no content.
    func rule(from x: Double, to end: Double, y: Double) {
        cairo_move_to(cairo, x, y)
        cairo_line_to(cairo, end, y)
        cairo_stroke(cairo)
    }

    /// A box, solid or for what is to be filled in.
    func frame(_ x: Double, _ y: Double, _ width: Double, _ height: Double, isDashed: Bool = false) {
        cairo_save(cairo)
        if isDashed { cairo_set_dash(cairo, [3, 2], 2, 0) }
        cairo_rectangle(cairo, x, y, width, height)
        cairo_stroke(cairo)
        cairo_restore(cairo)
    }

    /// At the foot of each sheet: whose it is, for sheets that come apart, and which of how many.
    private func drawSheetNumber() throws {
        let number = paper.words.sheet + "\(sheet)" + paper.words.of + "\(total ?? Paper.sheets)"
        let y = Self.height - mm(11), room = mm(30)
        for (text, x, width, alignment) in [
            (paper.title, left, right - left - room, PANGO_ALIGN_LEFT), (number, right - room, room, PANGO_ALIGN_RIGHT),
        ] {
            let style = Style(size: 8.5, alignment: alignment)
            draw(try words(text, width: width, style).lines.prefix(1), x: x, y: y)
        }
    }
}
