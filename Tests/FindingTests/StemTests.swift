import Testing

@testable import Finding

@Suite("Stems")
struct StemTests {
    private func asked(_ word: String) -> Set<String> {
        Set(Alternants.expanded(word.letters).map(String.init(letters:)))
    }
    private func kept(_ word: String) -> Set<String> {
        Set(Stemming.stems(word.letters).map(String.init(letters:)))
    }

    @Test("of 1,267 words are those of the reference, in the index and in a query")
    func vectors() throws {
        let vectors = try Samples.vectors()
        #expect(vectors.count == 1267)
        for vector in vectors {
            #expect(kept(vector.word) == vector.stems, "kept of \(vector.word)")
            #expect(asked(vector.word) == vector.asked, "asked for \(vector.word)")
        }
    }
}
