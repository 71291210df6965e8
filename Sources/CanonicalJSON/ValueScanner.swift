/// Values of the text: built as a tree, or only checked.
extension Scanner {
    typealias Members = [(key: String, value: JSON)]

    /// Builds the value here, which stands inside `depth` arrays and objects.
    mutating func value(_ depth: Int) throws(JSONError) -> JSON {
        switch byte {
        case UInt8(ascii: "\""): return .string(text(of: try scanString(limit: limits.stringBytes, "string")))
        case UInt8(ascii: "{"): return .object(JSONObject(sorted: try members(depth)))
        case UInt8(ascii: "["): return .array(try elements(depth))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: "t"):
            try literal("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try literal("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try literal("null")
            return .null
        default: throw unexpected("a value")
        }
    }

    /// Checks the value here as `value` does, without building it.
    mutating func check(_ depth: Int) throws(JSONError) {
        switch byte {
        case UInt8(ascii: "\""): _ = try scanString(limit: limits.stringBytes, "string")
        case UInt8(ascii: "{"): try checkMembers(depth)
        case UInt8(ascii: "["): try checkElements(depth)
        default: _ = try value(depth)
        }
    }

    private mutating func members(_ depth: Int) throws(JSONError) -> Members {
        let start = at
        guard try open(depth, UInt8(ascii: "}")) else { return [] }
        var members = Members()
        members.reserveCapacity(8)
        var sorted = true
        var previous: StringToken?
        repeat {
            let key = try key()
            if let previous, sorted { sorted = try isInOrder(previous, key) }
            previous = key
            let name = text(of: key)
            members.append((name, try value(depth + 1)))
        } while try next(UInt8(ascii: "}"), "a comma or }")
        if !sorted { try sort(&members, start, depth) }
        return members
    }

    private mutating func checkMembers(_ depth: Int) throws(JSONError) {
        guard try open(depth, UInt8(ascii: "}")) else { return }
        var previous: StringToken?
        repeat {
            let key = try key()
            if let previous { _ = try isInOrder(previous, key) }
            previous = key
            try check(depth + 1)
        } while try next(UInt8(ascii: "}"), "a comma or }")
    }

    private mutating func elements(_ depth: Int) throws(JSONError) -> [JSON] {
        guard try open(depth, UInt8(ascii: "]")) else { return [] }
        var elements: [JSON] = []
        repeat {
            elements.append(try value(depth + 1))
        } while try next(UInt8(ascii: "]"), "a comma or ]")
        return elements
    }

    private mutating func checkElements(_ depth: Int) throws(JSONError) {
        guard try open(depth, UInt8(ascii: "]")) else { return }
        repeat {
            try check(depth + 1)
        } while try next(UInt8(ascii: "]"), "a comma or ]")
    }

    /// Passes the opening bracket; false where the container is empty and passed as a whole.
    @inline(__always)
    private mutating func open(_ depth: Int, _ closing: UInt8) throws(JSONError) -> Bool {
        guard depth < deepest else {
            throw JSONError(offset: at, reason: "more than \(deepest) arrays and objects inside each other")
        }
        at += 1
        skipSpace()
        guard byte == closing else { return true }
        at += 1
        return false
    }

    /// Passes the comma before the next item, or the closing bracket, and then says false.
    @inline(__always)
    private mutating func next(_ closing: UInt8, _ wanted: StaticString) throws(JSONError) -> Bool {
        skipSpace()
        let byte = byte
        guard byte == UInt8(ascii: ",") || byte == closing else { throw unexpected(wanted) }
        at += 1
        guard byte != closing else { return false }
        skipSpace()
        return true
    }

    @inline(__always)
    private mutating func key() throws(JSONError) -> StringToken {
        guard byte == UInt8(ascii: "\"") else { throw unexpected("a key") }
        let token = try scanString(limit: limits.keyBytes, "key")
        skipSpace()
        guard byte == UInt8(ascii: ":") else { throw unexpected("a colon") }
        at += 1
        skipSpace()
        return token
    }

    @inline(__always)
    private func isInOrder(_ previous: StringToken, _ key: StringToken) throws(JSONError) -> Bool {
        let order = order(previous, key)
        if order < 0 { return true }
        guard order > 0 else { throw duplicate(at: key.range.lowerBound - 1) }
        guard !canonical else {
            throw JSONError(offset: key.range.lowerBound - 1, reason: "a key out of canonical order")
        }
        return false
    }

    private func duplicate(at offset: Int) -> JSONError {
        JSONError(offset: offset, reason: "a key for the second time in an object")
    }

    /// Sorts members that did not come in order; the first key that repeats another is refused.
    private func sort(_ members: inout Members, _ start: Int, _ depth: Int) throws(JSONError) {
        let places = members.indices.sorted {
            let order = ByteOrder.compare(members[$0].key, members[$1].key)
            return order == 0 ? $0 < $1 : order < 0
        }
        let repeated = zip(places, places.dropFirst()).filter { pair in
            ByteOrder.areSame(members[pair.0].key, members[pair.1].key)
        }
        if let first = repeated.map(\.1).min() {
            throw duplicate(at: try offset(ofMember: first, start, depth))
        }
        members = places.map { members[$0] }
    }

    /// Reads the object once more up to one of its members, only to say where that stands.
    private func offset(ofMember wanted: Int, _ start: Int, _ depth: Int) throws(JSONError) -> Int {
        var again = self
        again.at = start
        guard try again.open(depth, UInt8(ascii: "}")) else { return start }
        for _ in 0..<wanted {
            _ = try again.key()
            _ = try again.value(depth + 1)
            _ = try again.next(UInt8(ascii: "}"), "a comma or }")
        }
        return again.at
    }
}
