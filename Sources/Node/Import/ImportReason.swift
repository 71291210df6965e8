import Appeals

/// One reason against a row, in words.
struct ImportReason: Error, Hashable {
    let words: Label

    init(_ words: Label) {
        self.words = words
    }
}
