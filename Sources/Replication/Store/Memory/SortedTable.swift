/// Values by key, in the order of the keys' bytes.
struct SortedTable<Value> {
    private(set) var keys: [String] = []
    private var values: [Value] = []

    var count: Int { keys.count }
    var isEmpty: Bool { keys.isEmpty }

    subscript(_ key: String) -> Value? {
        get {
            let place = place(of: key)
            return place < keys.count && Self.isSame(keys[place], key) ? values[place] : nil
        }
        set {
            let place = place(of: key)
            let isThere = place < keys.count && Self.isSame(keys[place], key)
            switch (isThere, newValue) {
            case (true, let value?): values[place] = value
            case (false, let value?):
                keys.insert(key, at: place)
                values.insert(value, at: place)
            case (true, nil):
                keys.remove(at: place)
                values.remove(at: place)
            case (false, nil): break
            }
        }
    }

    /// The first place whose key is not before `key`.
    private func place(of key: String) -> Int {
        var key = key
        return key.withUTF8 { key in
            // A span lends its elements; an array would count every string that is looked at.
            let keys = keys.span
            var low = 0
            var high = keys.count
            while low < high {
                let middle = (low + high) / 2
                let isBefore = keys[middle].utf8.withContiguousStorageIfAvailable { Self.isBefore($0, key) }
                if isBefore ?? Self.isBefore(keys[middle], String(decoding: key, as: UTF8.self)) {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            return low
        }
    }

    /// Whether two texts are the same bytes; `==` takes the forms of one letter (U+0457, U+0456 U+0308) for the same.
    static func isSame(_ a: String, _ b: String) -> Bool { a.utf8.elementsEqual(b.utf8) }

    static func isBefore(_ a: String, _ b: String) -> Bool {
        var (a, b) = (a, b)
        return a.withUTF8 { a in b.withUTF8 { isBefore(a, $0) } }
    }

    private static func isBefore(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
        for place in 0..<min(a.count, b.count) where a[place] != b[place] { return a[place] < b[place] }
        return a.count < b.count
    }

    private func places(after key: String, limit: Int) -> Range<Int> {
        var start = key.isEmpty ? 0 : place(of: key)
        if start < keys.count, Self.isSame(keys[start], key) { start += 1 }
        return start..<(start + min(limit, keys.count - start))
    }

    /// Keys and values with `key > after`, at most `limit`.
    func page(after: String, limit: Int) -> [(key: String, value: Value)] {
        take(places(after: after, limit: limit), limit: limit)
    }

    /// The values of the same page; of the whole table nothing is copied.
    func values(after: String, limit: Int) -> [Value] {
        let places = places(after: after, limit: limit)
        return places.count == values.count ? values : Array(values[places])
    }

    /// Keys and values with `from <= key`, and `key < to` unless `to` is empty.
    func range(from: String, to: String, limit: Int = .max) -> [(key: String, value: Value)] {
        let start = place(of: from)
        return take(start..<max(start, to.isEmpty ? keys.count : place(of: to)), limit: limit)
    }

    var all: [(key: String, value: Value)] { take(keys.indices, limit: .max) }

    /// The values in the order of their keys.
    var inOrder: [Value] { values }

    private func take(_ places: Range<Int>, limit: Int) -> [(key: String, value: Value)] {
        places.prefix(limit).map { (keys[$0], values[$0]) }
    }
}
