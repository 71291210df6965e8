/// Values by key, in the order of the keys' bytes.
struct SortedTable<Value> {
    private(set) var keys: [String] = []
    private var values: [String: Value] = [:]

    var count: Int { keys.count }
    var isEmpty: Bool { keys.isEmpty }

    subscript(_ key: String) -> Value? {
        get { values[key] }
        set {
            if let newValue {
                if values.updateValue(newValue, forKey: key) == nil { keys.insert(key, at: place(of: key)) }
            } else if values.removeValue(forKey: key) != nil {
                keys.remove(at: place(of: key))
            }
        }
    }

    /// The first place whose key is not before `key`.
    private func place(of key: String) -> Int {
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if Self.isBefore(keys[middle], key) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    static func isBefore(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }

    /// Keys and values with `key > after`, at most `limit`.
    func page(after: String, limit: Int) -> [(key: String, value: Value)] {
        var start = place(of: after)
        if start < keys.count, keys[start] == after { start += 1 }
        return take(from: start, limit: limit) { _ in true }
    }

    /// Keys and values with `from <= key`, and `key < to` unless `to` is empty.
    func range(from: String, to: String, limit: Int = .max) -> [(key: String, value: Value)] {
        take(from: place(of: from), limit: limit) { to.isEmpty || Self.isBefore($0, to) }
    }

    var all: [(key: String, value: Value)] { take(from: 0, limit: .max) { _ in true } }

    private func take(from start: Int, limit: Int, while isWanted: (String) -> Bool) -> [(key: String, value: Value)] {
        var result: [(key: String, value: Value)] = []
        for key in keys[start...] {
            guard result.count < limit, isWanted(key), let value = values[key] else { break }
            result.append((key, value))
        }
        return result
    }
}
