import CPango

/// The fonts of all papers, and no other that the machine may have: the same paper looks the same everywhere.
///
/// Liberation Serif has the metrics of Times New Roman, in which offices write; signs that it lacks come from DejaVu.
final class Fonts {
    static let family = "Liberation Serif"
    private static let files = [
        "liberation/LiberationSerif-Regular.ttf", "liberation/LiberationSerif-Bold.ttf", "dejavu/DejaVuSerif.ttf",
        "dejavu/DejaVuSerif-Bold.ttf", "dejavu/DejaVuSans.ttf", "dejavu/DejaVuSans-Bold.ttf",
    ].map { "/usr/share/fonts/truetype/" + $0 }

    /// A sign that no font has stands as this one, and the paper says what it means.
    static let unknown: Unicode.Scalar = "\u{FFFD}"

    let context: OpaquePointer
    private let covered: OpaquePointer
    /// Whether a sign was met that no font has.
    private(set) var hasUnknown = false

    /// - Throws: `PaperTrouble.noFont`.
    init(language: String) throws {
        guard let config = FcConfigCreate(), let covered = FcCharSetCreate() else {
            throw PaperTrouble.failed("fontconfig gives no configuration")
        }
        var count: Int32 = 0
        for file in Self.files {
            guard FcConfigAppFontAddFile(config, file) != 0, let pattern = FcFreeTypeQuery(file, 0, nil, &count) else {
                throw PaperTrouble.noFont(file)
            }
            defer { FcPatternDestroy(pattern) }
            var set: OpaquePointer?
            if FcPatternGetCharSet(pattern, FC_CHARSET, 0, &set) == FcResultMatch, let set {
                FcCharSetMerge(covered, set, nil)
            }
        }
        self.covered = covered
        // Before pango asks for fonts: else a thread of it reads all that the machine has.
        FcConfigSetCurrent(config)
        guard let map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT) else {
            throw PaperTrouble.failed("pango has no FreeType fonts")
        }
        pango_fc_font_map_set_config(OpaquePointer(map), config)
        guard let context = pango_font_map_create_context(map) else {
            throw PaperTrouble.failed("pango gives no context")
        }
        self.context = context
        // A unit of the layout is a point of the paper, and no glyph is moved to a pixel.
        pango_cairo_context_set_resolution(context, 72)
        pango_context_set_round_glyph_positions(context, 0)
        pango_context_set_language(context, pango_language_from_string(language))
        let options = cairo_font_options_create()
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        pango_cairo_context_set_font_options(context, options)
        cairo_font_options_destroy(options)
    }

    /// Words as they can be drawn: controls and marks that turn the direction are left out, as on pages.
    func drawable(_ words: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in words.unicodeScalars {
            switch scalar.value {
            case 0x0A: scalars.append(scalar)
            case 0x09, 0x2028, 0x2029: scalars.append(" ")
            case 0..<0x20, 0x7F...0x9F, 0xFEFF: continue
            // Private use: nobody knows what these mean, though a font may draw something.
            case 0xE000...0xF8FF, 0xF0000...0x10FFFF:
                scalars.append(Self.unknown)
                hasUnknown = true
            case _ where scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.isBidiControl: continue
            case _ where FcCharSetHasChar(covered, scalar.value) != 0: scalars.append(scalar)
            default:
                scalars.append(Self.unknown)
                hasUnknown = true
            }
        }
        return String(scalars)
    }
}

/// How words stand.
struct Style {
    var size = 10.5
    var isStrong = false
    var alignment = PANGO_ALIGN_LEFT
    /// Of one line and the next, beside the font's own.
    var leading = 1.05
}

/// Words broken into lines of a width.
final class Words {
    /// A line with its place below the first one's top, in points.
    struct Line {
        let top: Double
        let bottom: Double
        let baseline: Double
        let left: Double
        let drawn: UnsafeMutablePointer<PangoLayoutLine>
        /// Keeps what is drawn alive.
        let owner: Layout
    }

    /// A layout of pango, as long as anybody has one of its lines.
    final class Layout {
        let pointer: OpaquePointer
        init(_ pointer: OpaquePointer) { self.pointer = pointer }
        deinit { g_object_unref(UnsafeMutableRawPointer(pointer)) }
    }

    let lines: [Line]
    var height: Double { lines.last?.bottom ?? 0 }

    /// - Parameter parts: lines one under another, each strong or not.
    init(_ parts: [(words: String, isStrong: Bool)], width: Double, _ style: Style, _ fonts: Fonts) throws {
        guard let layout = pango_layout_new(fonts.context), let description = pango_font_description_new(),
            let attributes = pango_attr_list_new()
        else { throw PaperTrouble.failed("pango gives no layout") }
        defer {
            pango_font_description_free(description)
            pango_attr_list_unref(attributes)
        }
        let owner = Layout(layout)
        pango_font_description_set_family(description, Fonts.family)
        pango_font_description_set_absolute_size(description, style.size * Double(PANGO_SCALE))
        pango_layout_set_font_description(layout, description)
        pango_layout_set_auto_dir(layout, 0)
        pango_layout_set_alignment(layout, style.alignment)
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        pango_layout_set_line_spacing(layout, Float(style.leading))
        pango_layout_set_width(layout, Int32(width * Double(PANGO_SCALE)))
        pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(0))
        var text = ""
        for (place, part) in parts.enumerated() {
            let start = text.utf8.count
            // The space is for who hears the lines: without it their words would run into one another.
            text += (place == 0 ? "" : " \n") + fonts.drawable(part.words)
            guard part.isStrong || style.isStrong, let weight = pango_attr_weight_new(PANGO_WEIGHT_BOLD) else {
                continue
            }
            weight.pointee.start_index = UInt32(start)
            weight.pointee.end_index = UInt32(text.utf8.count)
            pango_attr_list_insert(attributes, weight)
        }
        pango_layout_set_text(layout, text, Int32(text.utf8.count))
        pango_layout_set_attributes(layout, attributes)
        lines = text.isEmpty ? [] : Self.lines(of: owner)
    }

    private static func lines(of layout: Layout) -> [Line] {
        let iterator = pango_layout_get_iter(layout.pointer), unit = Double(PANGO_SCALE)
        defer { pango_layout_iter_free(iterator) }
        var lines: [Line] = []
        repeat {
            var logical = PangoRectangle()
            pango_layout_iter_get_line_extents(iterator, nil, &logical)
            var top: Int32 = 0, bottom: Int32 = 0
            pango_layout_iter_get_line_yrange(iterator, &top, &bottom)
            guard let drawn = pango_layout_iter_get_line_readonly(iterator) else { continue }
            lines.append(
                Line(
                    top: Double(top) / unit,
                    bottom: Double(bottom) / unit,
                    baseline: Double(pango_layout_iter_get_baseline(iterator)) / unit,
                    left: Double(logical.x) / unit,
                    drawn: drawn,
                    owner: layout
                )
            )
        } while pango_layout_iter_next_line(iterator) != 0
        return lines
    }
}
