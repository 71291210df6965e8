extension NameLookup {
    /// Entries that may be meant by a name in another grammatical case, or by a part of one, by their ids; a person has to say which.
    ///
    /// Each word typed is close to one of the name's, or the other way round.
    public func similar(_ typed: String) -> [String] {
        let words = Self.words(Self.key(typed))
        guard !words.isEmpty else { return [] }
        let found = named.filter { key, _ in
            let name = Self.words(key)
            return Self.areWithin(words, name) || Self.areWithin(name, words)
        }
        return Set(found.flatMap(\.value)).sorted()
    }

    private static func areWithin(_ few: [ArraySlice<UInt32>], _ many: [ArraySlice<UInt32>]) -> Bool {
        var rest = many
        for word in few {
            guard let place = rest.firstIndex(where: { isClose($0, word) }) else { return false }
            rest.remove(at: place)
        }
        return true
    }

    /// Endings of the Ukrainian cases change two letters at most, and never the first three.
    private static func isClose(_ one: ArraySlice<UInt32>, _ other: ArraySlice<UInt32>) -> Bool {
        if one.elementsEqual(other) { return true }
        let common = zip(one, other).prefix { $0 == $1 }.count
        return common >= 3 && common >= min(one.count, other.count) - 2 && abs(one.count - other.count) <= 3
    }

    private static func words(_ key: [UInt32]) -> [ArraySlice<UInt32>] {
        key.split { !Sameness.isLetter($0) }
    }
}
