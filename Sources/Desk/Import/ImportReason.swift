package import Appeals

/// One reason against a row, in words.
package struct ImportReason: Error, Hashable {
    package let words: Label

    package init(_ words: Label) {
        self.words = words
    }

    /// What the entrance refused a value of a row for.
    init(_ error: DeskError) { self.init(Label(uk: error.message.uk.words, en: error.message.en.words)) }
}
