/// Reads a chunked body (RFC 9112 section 7.1), strictly: no extensions, no trailers, sizes of at most 8 digits.
struct ChunkedBody {
    private enum State {
        case size(value: Int, digits: Int)
        case sizeEnd(Int)
        case data(left: Int)
        case dataReturn
        case dataEnd
        case lastReturn
        case lastEnd
    }

    private var state = State.size(value: 0, digits: 0)

    /// Takes bytes from `offset` on, adds the data to `body`; true after the last one.
    mutating func receive(
        _ input: Span<UInt8>,
        from offset: inout Int,
        into body: inout [UInt8],
        limit: Int
    ) throws(HTTPRefusal) -> Bool {
        while offset < input.count {
            if case .data(let left) = state {
                let count = min(left, input.count - offset)
                HTTPParser.append(input, offset..<(offset + count), to: &body)
                offset += count
                state = left == count ? .dataReturn : .data(left: left - count)
                continue
            }
            let byte = input[offset]
            offset += 1
            if try step(byte, room: limit - body.count, limit: limit) { return true }
        }
        return false
    }

    private mutating func step(_ byte: UInt8, room: Int, limit: Int) throws(HTTPRefusal) -> Bool {
        switch state {
        case .size(let value, let digits):
            if let digit = HTTPBytes.hexDigit(byte), digits < 8 {
                state = .size(value: value << 4 | Int(digit), digits: digits + 1)
            } else {
                guard byte == HTTPBytes.carriageReturn, digits > 0 else {
                    throw .malformed("chunk_size", "the size of a chunk is not 1 to 8 hexadecimal digits")
                }
                state = .sizeEnd(value)
            }
        case .sizeEnd(let size):
            try expect(byte, HTTPBytes.lineFeed)
            guard size <= room else { throw .bodyTooLarge(limit: limit) }
            state = size == 0 ? .lastReturn : .data(left: size)
        case .data: preconditionFailure("data is taken in receive")
        case .dataReturn:
            try expect(byte, HTTPBytes.carriageReturn)
            state = .dataEnd
        case .dataEnd:
            try expect(byte, HTTPBytes.lineFeed)
            state = .size(value: 0, digits: 0)
        case .lastReturn:
            guard byte == HTTPBytes.carriageReturn else {
                throw .malformed("trailers", "a chunked body ends in an empty line, without trailers")
            }
            state = .lastEnd
        case .lastEnd:
            try expect(byte, HTTPBytes.lineFeed)
            return true
        }
        return false
    }

    private func expect(_ byte: UInt8, _ expected: UInt8) throws(HTTPRefusal) {
        guard byte == expected else { throw .malformed("chunk_end", "a chunk does not end where its size says") }
    }
}
