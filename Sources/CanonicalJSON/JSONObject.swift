/// The members of a JSON object, always in the order of RFC 8785 (UTF-16 code units), each key once.
public struct JSONObject: Sendable {
    /// The members in canonical order.
    public private(set) var members: [(key: String, value: JSON)]

    /// An object without members.
    public init() {
        members = []
    }

    /// Sorts the members; the same key twice is a bug of the caller.
    public init(members: [(String, JSON)]) {
        var sorted = members.map { (key: $0.0, value: $0.1) }
        // Most are made in order.
        if !Self.rises(sorted) {
            sorted.sort { ByteOrder.compare($0.key, $1.key) < 0 }
            precondition(Self.rises(sorted), "a JSON object was made with a key twice: \(sorted.map(\.key))")
        }
        self.members = sorted
    }

    private static func rises(_ members: [(key: String, value: JSON)]) -> Bool {
        members.indices.dropFirst().allSatisfy { ByteOrder.compare(members[$0 - 1].key, members[$0].key) < 0 }
    }

    /// Takes members the reader has sorted and checked.
    init(sorted members: [(key: String, value: JSON)]) {
        self.members = members
    }

    /// In canonical order, not in that of writing.
    public var keys: [String] { members.map(\.key) }
    public var count: Int { members.count }
    public var isEmpty: Bool { members.isEmpty }

    /// The value of a key; setting nil removes the member, `.null` keeps it with the value null.
    public subscript(_ key: String) -> JSON? {
        get {
            let place = place(of: key)
            return place.found ? members[place.at].value : nil
        }
        set {
            let place = place(of: key)
            switch (place.found, newValue) {
            case (true, let value?): members[place.at].value = value
            case (false, let value?): members.insert((key, value), at: place.at)
            case (true, nil): members.remove(at: place.at)
            case (false, nil): break
            }
        }
    }

    private func place(of key: String) -> (at: Int, found: Bool) {
        var low = 0
        var high = members.count
        while low < high {
            let middle = (low + high) / 2
            let order = ByteOrder.compare(members[middle].key, key)
            if order == 0 { return (middle, true) }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return (low, false)
    }
}

extension JSONObject: Equatable {
    /// Keys and values alike; keys by their bytes, never by Swift's equivalence.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.count == right.count else { return false }
        for (left, right) in zip(left.members, right.members) {
            guard ByteOrder.areSame(left.key, right.key), left.value == right.value else { return false }
        }
        return true
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self.init(members: elements)
    }
}
