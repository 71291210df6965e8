import CPango
import CQPDF
import Papers

/// What libqpdf adds to the file that cairo wrote.
struct Finishing {
    private let paper: Paper
    private let marks: [Mark]

    init(_ paper: Paper, marks: [Mark]) {
        self.paper = paper
        self.marks = marks
    }

    /// - Throws: `PaperTrouble.failed` with libqpdf's words.
    func finished(_ drawn: [UInt8]) throws -> [UInt8] {
        let file = try PDFFile(drawn)
        try Structure(file, marks).complete()
        try markContent(file)
        try embedMaps(file)
        let producer =
            "cairo \(String(cString: cairo_version_string())), qpdf \(String(cString: qpdf_get_qpdf_version()))"
        let metadata = Metadata(paper)
        let root = file.root
        file.set(
            root,
            "/Metadata",
            try file.stream("<< /Type /Metadata /Subtype /XML >>", metadata.xmp(producer: producer))
        )
        file.set(root, "/Lang", try file.parsed(PDFText.literal(paper.language)))
        file.set(root, "/MarkInfo", try file.parsed("<< /Marked true >>"))
        file.set(root, "/ViewerPreferences", try file.parsed("<< /DisplayDocTitle true >>"))
        let intent = try file.parsed(
            "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB IEC61966-2.1) >>"
        )
        file.set(intent, "/DestOutputProfile", try file.stream("<< /N 3 >>", ColourProfile.bytes))
        file.set(root, "/OutputIntents", file.array([file.indirect(intent)]))
        file.set(file.trailer, "/Info", file.indirect(try file.parsed(metadata.dictionary(producer: producer))))
        return try file.written()
    }

    /// Page by page: what is no content of the structure becomes an artifact.
    private func markContent(_ file: PDFFile) throws {
        for page in try file.pages() {
            let content = try file.content(of: page)
            file.set(page, "/Contents", try file.stream("<< >>", try ContentMarks.marked(content)))
        }
    }

    /// Of each font of glyph numbers that the glyphs are those of the embedded file (ISO 19005-2, 6.2.11.3.2).
    private func embedMaps(_ file: PDFFile) throws {
        for page in try file.pages() {
            let fonts = file.get(file.get(page, "/Resources"), "/Font")
            for name in file.keys(fonts) {
                let descendants = file.get(file.get(fonts, name), "/DescendantFonts")
                for font in file.items(descendants) where file.isName(file.get(font, "/Subtype"), "/CIDFontType2") {
                    guard !file.has(font, "/CIDToGIDMap") else { continue }
                    file.set(font, "/CIDToGIDMap", try file.parsed("/Identity"))
                }
            }
        }
    }
}
