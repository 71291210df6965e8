/// A paper on A4: what it says, in the order of reading, without a word of how it is drawn.
package struct Paper: Sendable, Equatable {
    /// Bytes of a paper as text at most (`encoded`).
    package static let longest = 4 << 20
    /// Sheets of a paper at most; one that has more is not made.
    package static let sheets = 100

    package var title: String
    /// As `lang` of HTML and `/Lang` of PDF have it (BCP 47).
    package var language: String
    /// When it was made, unix milliseconds: the same paper is the same bytes.
    package var made: Int64
    /// With the margins of a letter, not of a form.
    package var isLetter: Bool
    package var blocks: [PaperBlock]
    package var words: PaperWords

    package init(
        title: String,
        language: String,
        made: Int64,
        isLetter: Bool,
        blocks: [PaperBlock],
        words: PaperWords
    ) {
        self.title = title
        self.language = language
        self.made = made
        self.isLetter = isLetter
        self.blocks = blocks
        self.words = words
    }
}

/// What whoever draws sheets writes on them in the language of the paper.
package struct PaperWords: Sendable, Equatable {
    /// Before the number of a sheet, and between it and how many there are: as in “sheet 1 of 3”.
    package var sheet: String
    package var of: String
    /// Beside the name of a row that goes on upon the next sheet.
    package var continued: String
    /// What a sign stands for that no font has.
    package var unknown: String

    package init(sheet: String, of: String, continued: String, unknown: String) {
        self.sheet = sheet
        self.of = of
        self.continued = continued
        self.unknown = unknown
    }
}

/// One piece of a paper.
package enum PaperBlock: Sendable, Equatable {
    /// A heading of level 1 or 2; one that is not seen names the paper for whoever does not see its letterhead.
    case heading(Int, String, isSeen: Bool = true)
    /// Lines of one paragraph.
    case lines([PaperLine], PaperStyle)
    /// Lines at the left, and lines at the right beside them.
    case sides([String], [String])
    /// What a form has at its head in large type.
    case keys([PaperField])
    /// A form: in each row one field over the whole width, or two.
    case fields(caption: String, rows: [[PaperField]], isTall: Bool)
    case table(PaperTable)
    /// Who signs, with a line to sign on, and a free place for an electronic signature with its words.
    case signature(position: String, name: String, place: String)
    /// Who printed it, when, and what is not with the office yet.
    case foot(String)
}

/// How lines stand on the paper.
package enum PaperStyle: String, Sendable, CaseIterable {
    case plain, words, small
    /// At the head, in the middle, with a rule under it.
    case letterhead
    /// In the right half.
    case addressee
    /// What is no document yet says so, in a frame.
    case draft
}

/// A line of a paragraph or a cell.
package struct PaperLine: Sendable, Equatable, ExpressibleByStringInterpolation {
    package var words: String
    package var isStrong: Bool

    package init(_ words: String, isStrong: Bool = false) {
        self.words = words
        self.isStrong = isStrong
    }

    package init(stringLiteral words: String) { self.init(words) }
}

/// A named field of a form; without lines it is left free for the pen.
package struct PaperField: Sendable, Equatable {
    package var name: String
    package var lines: [PaperLine]

    package init(_ name: String, _ lines: [PaperLine]) {
        self.name = name
        self.lines = lines
    }

    package init(_ name: String, _ words: String) { self.init(name, words.isEmpty ? [] : [PaperLine(words)]) }
}

/// Rows under heads.
package struct PaperTable: Sendable, Equatable {
    package var caption: String
    package var heads: [PaperHead]
    /// Of each row as many cells as there are heads, of each cell its lines.
    package var rows: [[[String]]]

    package init(caption: String, heads: [PaperHead], rows: [[[String]]]) {
        self.caption = caption
        self.heads = heads
        self.rows = rows
    }
}

/// The head of a column, with its share of the width.
package struct PaperHead: Sendable, Equatable {
    package var words: String
    package var share: Int

    package init(_ words: String, share: Int) {
        self.words = words
        self.share = share
    }
}

/// How `kartoteka-paper` ends.
package enum PaperExit: Int32, Sendable {
    case drawn = 0
    /// It is called in another way than a node calls it.
    case usage = 64
    /// What it was given is no paper.
    case unreadable = 65
    /// The paper has more than `Paper.sheets`.
    case tooLong = 66
    /// A font is not where Debian's package puts it.
    case noFonts = 69
    /// Whatever draws or writes refused.
    case failed = 70
}
