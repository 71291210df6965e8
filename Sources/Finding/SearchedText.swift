/// What of an appeal is searched: values as they stand on the card.
public struct SearchedText: Sendable, Equatable {
    /// Registration indexes: К-318, РЗ-000318, DSP-Ж-17/2.
    ///
    /// What is none is searched by its words.
    public var indexes: [String]
    /// People, a value each: first letters of their words are found as initials.
    public var names: [String]
    /// Addresses as typed: `вул` and the like are written out, also without a full stop.
    public var addresses: [String]
    /// Phones in any writing; usually E.164.
    ///
    /// At least seven digits are one, fewer are a number.
    public var phones: [String]
    /// Words of the appeal, its issues, headings and answers, a value each: no phrase goes from one into the next.
    public var texts: [String]

    /// A text of these values; without any it has no terms.
    public init(
        indexes: [String] = [],
        names: [String] = [],
        addresses: [String] = [],
        phones: [String] = [],
        texts: [String] = []
    ) {
        self.indexes = indexes
        self.names = names
        self.addresses = addresses
        self.phones = phones
        self.texts = texts
    }

    /// What the index keeps: distinct terms, sorted by UTF-8 bytes, the same at every node of one `Reduction.version`.
    ///
    /// A term holds `a` to `z`, digits and scalars beyond ASCII: never a space, a quotation mark or ASCII punctuation. None
    /// begins with `ь` and ASCII.
    public var terms: [String] { reduced.map(String.init(letters:)) }

    /// The same as units.
    var reduced: [Letters] {
        var found: [Letters] = []
        for index in indexes {
            let own = IndexTerm.terms(ofPrinted: index)
            found += own.isEmpty ? Field.text.words(index).flatMap(Field.text.terms) : own
        }
        for phone in phones {
            let ends = PhoneTerm.terms(of: phone)
            found += ends.isEmpty ? Field.text.words(phone).flatMap(Field.text.terms) : ends
        }
        for (field, value) in values {
            for word in field.words(value) { found += field.terms(of: word) }
        }
        return Letters.distinct(found)
    }

    /// The values that are made of words, each with what it is.
    var values: [(field: Field, value: String)] {
        names.map { (.name, $0) } + addresses.map { (.address, $0) } + texts.map { (.text, $0) }
    }
}
