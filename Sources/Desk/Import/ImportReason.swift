package import Appeals

/// One reason against a row, in words.
package struct ImportReason: Error, Hashable {
    package let words: Label

    package init(_ words: Label) {
        self.words = words
    }
}
