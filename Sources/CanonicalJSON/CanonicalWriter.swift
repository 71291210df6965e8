/// A growing buffer that canonical text is written into; an array would check every byte.
struct CanonicalWriter: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var count = 0

    /// Most values are short; what is longer makes room by doubling.
    init(capacity: Int = 1024) {
        self.capacity = capacity
        start = .allocate(capacity: capacity)
    }

    deinit { start.deallocate() }

    var written: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

    mutating func write(_ value: JSON) {
        switch value {
        case .null: write(word: "null")
        case .bool(let value): write(word: value ? "true" : "false")
        case .integer(let value): write(value)
        case .double(let value): for byte in CanonicalNumber.bytes(of: value) { write(byte) }
        case .string(let value): write(text: value)
        case .array(let elements): write(elements)
        case .object(let object): write(object)
        }
    }

    private mutating func write(_ elements: [JSON]) {
        write(UInt8(ascii: "["))
        var first = true
        for element in elements {
            if !first { write(UInt8(ascii: ",")) }
            first = false
            write(element)
        }
        write(UInt8(ascii: "]"))
    }

    private mutating func write(_ object: JSONObject) {
        write(UInt8(ascii: "{"))
        var first = true
        for member in object.members {
            if !first { write(UInt8(ascii: ",")) }
            first = false
            write(text: member.key)
            write(UInt8(ascii: ":"))
            write(member.value)
        }
        write(UInt8(ascii: "}"))
    }

    /// Integers beyond 2^53 − 1 are no RFC 8785 numbers; the reader never gives one, so to write one is a bug.
    private mutating func write(_ value: Int64) {
        precondition(
            value.magnitude <= UInt64(JSONLimits.greatestInteger),
            "an integer beyond ±(2^53 − 1) has no canonical text"
        )
        reserve(20)
        if value < 0 { write(UInt8(ascii: "-")) }
        var rest = value.magnitude
        var length = 1
        var bound: UInt64 = 10
        while rest >= bound {
            length += 1
            bound *= 10
        }
        for place in stride(from: count + length - 1, through: count, by: -1) {
            start[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        count += length
    }

    private mutating func write(text: String) {
        write(UInt8(ascii: "\""))
        ByteOrder.withBytes(of: text) { write(escaping: $0) }
        write(UInt8(ascii: "\""))
    }

    /// Copies eight bytes at a time while there is nothing to escape.
    private mutating func write(escaping bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        reserve(bytes.count)
        let raw = UnsafeRawPointer(source)
        var place = 0
        while place < bytes.count {
            if place &+ 8 <= bytes.count {
                let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
                let stops = Words.stops(word)
                reserve(8)
                UnsafeMutableRawPointer(start + count).storeBytes(of: word.littleEndian, as: UInt64.self)
                let plain = stops == 0 ? 8 : stops.trailingZeroBitCount >> 3
                place &+= plain
                count &+= plain
                if stops == 0 { continue }
            }
            writeEscaped(source[place])
            place &+= 1
        }
    }

    private mutating func writeEscaped(_ byte: UInt8) {
        if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { return write(byte) }
        write(UInt8(ascii: "\\"))
        if let letter = Escapes.letter(for: byte) { return write(letter) }
        write(word: "u00")
        write(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
        let low = byte & 0x0F
        write(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
    }

    @inline(__always)
    private mutating func write(_ byte: UInt8) {
        reserve(1)
        start[count] = byte
        count &+= 1
    }

    private mutating func write(word: StaticString) {
        reserve(word.utf8CodeUnitCount)
        (start + count).update(from: word.utf8Start, count: word.utf8CodeUnitCount)
        count += word.utf8CodeUnitCount
    }

    @inline(__always)
    private mutating func reserve(_ more: Int) {
        if count &+ more > capacity { grow(more) }
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        let larger = max(capacity * 2, count + more)
        let room = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        room.update(from: start, count: count)
        start.deallocate()
        start = room
        capacity = larger
    }
}
