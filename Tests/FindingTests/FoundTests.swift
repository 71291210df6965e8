import Finding
import Testing

/// What a store does over terms, and a face over what it found.
struct Shelf {
    let texts: [(id: String, text: SearchedText, terms: [String])]

    init(_ texts: [(id: String, text: SearchedText)]) { self.texts = texts.map { ($0.id, $0.text, $0.text.terms) } }

    func found(_ typed: String) -> Set<String> {
        guard let query = SearchQuery(typed) else { return [] }
        return Set(
            texts.filter { query.fits($0.terms) && (!query.needsConfirming || query.confirms($0.text)) }.map(\.id)
        )
    }
}

/// Hits of some queries, added up.
struct Tally {
    var right = 0
    var wrong = 0
    var missed = 0
    /// Queries that found a forbidden document.
    var alike = 0

    var recall: Double { Double(right) / Double(max(1, right + missed)) }
    var precision: Double { Double(right) / Double(max(1, right + wrong)) }
}

@Suite("933 queries over 330 texts")
struct FoundTests {
    @Test("are not needed to find a word by any of its beginnings")
    func beginnings() throws {
        var beginnings = 0
        for vector in try Samples.vectors() {
            let text = SearchedText(texts: [vector.word])
            let terms = text.terms
            var start = ""
            for letter in vector.word.unicodeScalars {
                start.unicodeScalars.append(letter)
                guard let query = SearchQuery(start + "*") else { continue }
                beginnings += 1
                #expect(query.fits(terms) && query.confirms(text), "\(start)* of \(vector.word)")
            }
        }
        #expect(beginnings > 9_000)
    }

    @Test("are not needed to find a text by any two words that stand side by side in it")
    func pairs() throws {
        var pairs = 0
        for document in try Samples.search().documents {
            let text = document.searched
            let terms = text.terms
            let words = (document.text ?? "").split(separator: " ").map { $0.filter { !".,:;!?«»()".contains($0) } }
            // A letter behind a number is of a house, and numbers stand between words as words do.
            func isPlain(_ word: String) -> Bool {
                !word.isEmpty && word.allSatisfy { $0.isLetter || "'’ʼ".contains($0) }
            }
            for (one, next) in zip(words, words.dropFirst()) where isPlain(one) && isPlain(next) {
                let query = try #require(SearchQuery("\"\(one) \(next)\""))
                pairs += 1
                #expect(query.needsConfirming)
                #expect(query.fits(terms) && query.confirms(text), "\(one) \(next)")
            }
        }
        #expect(pairs > 5_000)
    }

    @Test("find 99 in a hundred of what they should, and of what they find 96 are right")
    func figures() throws {
        let search = try Samples.search()
        #expect(search.documents.count == 330)
        #expect(search.queries.count == 933)
        let shelf = Shelf(search.documents.map { ($0.id, $0.searched) })
        var tallies: [String: Tally] = [:]
        var whole = Tally()
        var failures: [String] = []
        for query in search.queries {
            let found = shelf.found(query.query)
            let wrong = found.subtracting(query.expected).subtracting(query.optional ?? [])
            let missed = query.expected.subtracting(found)
            let isAlike = !found.isDisjoint(with: query.forbidden ?? [])
            func add(_ tally: inout Tally) {
                tally.right += found.intersection(query.expected).count
                tally.wrong += wrong.count
                tally.missed += missed.count
                tally.alike += isAlike ? 1 : 0
            }
            add(&tallies[query.kind, default: Tally()])
            add(&whole)
            if !wrong.isEmpty || !missed.isEmpty {
                failures.append(
                    "\(query.kind) \(query.query): wrong \(wrong.sorted()), missed \(missed.sorted())"
                )
            }
        }
        let lines = tallies.sorted { $0.key < $1.key }.map { kind, tally in
            "\(kind): recall \(tally.recall), precision \(tally.precision), wrong \(tally.wrong), look-alikes \(tally.alike)"
        }
        let told = (lines + failures).joined(separator: "\n")
        #expect(whole.recall >= 0.99, "\(whole)\n\(told)")
        #expect(whole.precision >= 0.96, "\(whole)\n\(told)")
        #expect(whole.alike <= 8, "\(whole)\n\(told)")
        // What is no matter of stems has nothing to miss and nothing to find wrongly.
        for kind in ["number", "phone", "prefix", "street"] {
            let tally = try #require(tallies[kind])
            #expect(tally.right > 0 && tally.wrong == 0 && tally.missed == 0, "\(kind)\n\(told)")
        }
    }
}
