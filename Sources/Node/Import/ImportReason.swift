/// One reason against a row, in words.
struct ImportReason: Error, Hashable {
    let words: String

    init(_ words: String) {
        self.words = words
    }
}
