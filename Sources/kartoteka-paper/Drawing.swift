import Papers

/// A paper becomes PDF.
enum Drawing {
    /// - Throws: `PaperTrouble`.
    static func pdf(of paper: Paper) throws -> [UInt8] {
        let fonts = try Fonts(language: paper.language)
        // Once to count the sheets, once with their numbers.
        let counted = try Sheets(paper, fonts, total: nil)
        try counted.draw()
        let drawn = try Sheets(paper, fonts, total: counted.sheet)
        try drawn.draw()
        return try Finishing(paper, marks: drawn.marks).finished(try drawn.finished())
    }
}
