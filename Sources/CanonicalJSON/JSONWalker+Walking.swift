extension JSONWalker {
    /// The members of an object one after another; a value is passed over when the next member is asked for.
    public struct Members {
        let walker: JSONWalker
        var at: Int?

        /// Nil after the last one.
        public mutating func next() -> Member? {
            guard let start = at, walker.byte(start) == UInt8(ascii: "\"") else { return nil }
            let end = walker.endOfString(start)
            let value = end + 1
            guard end - start >= 2, value < walker.bytes.count else { return nil }
            let valueEnd = walker.end(of: value)
            at = walker.following(valueEnd)
            return Member(key: (start + 1)..<(end - 1), value: value..<valueEnd)
        }
    }

    /// The elements of an array one after another.
    public struct Elements {
        let walker: JSONWalker
        var at: Int?

        /// Nil after the last one.
        public mutating func next() -> Range<Int>? {
            guard let start = at, let first = walker.byte(start), first != UInt8(ascii: "]") else { return nil }
            let end = walker.end(of: start)
            guard end > start else { return nil }
            at = walker.following(end)
            return start..<end
        }
    }

    /// Where the value ends that begins at a place.
    public func end(of start: Int) -> Int {
        guard let first = byte(start) else { return bytes.count }
        switch first {
        case UInt8(ascii: "\""): return endOfString(start)
        case UInt8(ascii: "{"), UInt8(ascii: "["): return endOfContainer(start)
        default:
            var place = start
            while place < bytes.count, !Self.isEnd(bytes[place]) { place += 1 }
            return place
        }
    }

    /// The place behind the closing quote.
    func endOfString(_ start: Int) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        let raw = UnsafeRawPointer(base)
        var place = start + 1
        while place < bytes.count {
            if place &+ 8 <= bytes.count {
                let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
                let stops = Words.stringStops(word)
                if stops == 0 {
                    place &+= 8
                    continue
                }
                place &+= stops.trailingZeroBitCount >> 3
            }
            if base[place] == UInt8(ascii: "\"") { return place + 1 }
            // Whatever a backslash escapes, its next byte is no end of the string.
            place += base[place] == UInt8(ascii: "\\") ? 2 : 1
        }
        return bytes.count
    }

    /// The place behind the bracket that closes the one at a place: brackets are counted, strings passed over.
    private func endOfContainer(_ start: Int) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        let count = bytes.count
        var place = start
        var depth = 0
        while place < count {
            let byte = base[place]
            if byte == UInt8(ascii: "\"") {
                place = endOfString(place)
                continue
            }
            // Both openings and both closings differ from each other in one bit only.
            if byte | 0x20 == UInt8(ascii: "{") {
                depth &+= 1
            } else if byte | 0x20 == UInt8(ascii: "}") {
                depth &-= 1
                if depth == 0 { return place + 1 }
            }
            place &+= 1
        }
        return count
    }

    func begin(_ container: Range<Int>, _ opening: UInt8) -> Int? {
        byte(container.lowerBound) == opening ? container.lowerBound + 1 : nil
    }

    /// The place behind the comma at a place, nil where there is none.
    func following(_ end: Int) -> Int? {
        byte(end) == UInt8(ascii: ",") ? end + 1 : nil
    }

    func find(_ key: UnsafeBufferPointer<UInt8>, in object: Range<Int>) -> Range<Int>? {
        guard var place = begin(object, UInt8(ascii: "{")) else { return nil }
        while byte(place) == UInt8(ascii: "\"") {
            let end = endOfString(place)
            guard end - place >= 2, end + 1 < bytes.count else { return nil }
            let order = ByteOrder.compare(part((place + 1)..<(end - 1)), key)
            if order == 0 { return (end + 1)..<self.end(of: end + 1) }
            // An escaped key proves nothing: its backslash stands for another byte.
            if order > 0, !part((place + 1)..<(end - 1)).contains(UInt8(ascii: "\\")) { return nil }
            guard let next = following(self.end(of: end + 1)) else { return nil }
            place = next
        }
        return nil
    }

    func part(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[range.clamped(to: 0..<bytes.count)])
    }

    func isSame(_ range: Range<Int>, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        range.count == text.count && ByteOrder.compare(part(range), text) == 0
    }

    private static func isEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
    }
}
