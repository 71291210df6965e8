import Appeals

/// Counters, commits and positions that a store keeps as text by their keys.
///
/// What is there and cannot be read is a broken store, told with its key and value: taken for zero, the office would hand
/// out its commits again, and every merge would then take what is new for older.
extension StoreReading {
    /// The number of a key; nil if it has none.
    public func number(_ key: String) throws -> Int64? {
        try value(key).map { text in
            guard let number = Int64(text), String(number) == text else { throw StoreError.unreadable(key, text) }
            return number
        }
    }

    /// So many numbers of a key, between spaces; nil if it has none.
    public func numbers(_ key: String, count: Int) throws -> [Int64]? {
        try value(key).map { text in
            let numbers = text.split(separator: " ", omittingEmptySubsequences: false).compactMap { Int64($0) }
            guard numbers.count == count, numbers.map(String.init).joined(separator: " ") == text else {
                throw StoreError.unreadable(key, text)
            }
            return numbers
        }
    }

    /// The last time that this node's clock said; zero if it has said none.
    func clock() throws -> HybridClock {
        try value("clock").map { text in
            guard let clock = HybridClock(text) else { throw StoreError.unreadable("clock", text) }
            return clock
        } ?? HybridClock(milliseconds: 0)
    }
}

extension StoreError {
    static func unreadable(_ key: String, _ text: String) -> StoreError {
        StoreError(.corrupt, doing: "reading the value \(key)", found: "\"\(text)\"")
    }
}
