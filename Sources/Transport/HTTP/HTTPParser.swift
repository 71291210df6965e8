/// Reads requests from bytes as they come, without I/O.
///
/// It makes no difference where the bytes are split. After a refusal the connection must end, since nobody knows where
/// the next request would begin.
public struct HTTPParser: ~Copyable {
    /// What the parser has found so far.
    public enum Step: Sendable {
        case needsMore
        /// Answer with `accept(bodyLimit:)` before giving more bytes.
        case head(HTTPHead)
        /// The body is complete; `next()` makes ready for another request.
        case complete(body: [UInt8])
    }

    private enum State {
        case head
        case undecided(HTTPHead.Framing)
        case empty
        case length(left: Int)
        case chunked(ChunkedBody)
        case complete
    }

    private let maxHead: Int
    private let maxFields: Int
    private let encodedSlashes: Bool
    private var state = State.head
    private var headBytes: [UInt8] = []
    private var hasSkippedLine = false
    private var body: [UInt8] = []
    private var bodyLimit = 0

    /// The limits of a head, in bytes and fields; whether `%2F` in a path is taken, as a slash, or refused.
    public init(maxHead: Int = 16_384, maxFields: Int = 64, encodedSlashes: Bool = false) {
        self.maxHead = maxHead
        self.maxFields = maxFields
        self.encodedSlashes = encodedSlashes
    }

    /// Whether a request has begun and is not complete.
    public var isInside: Bool {
        switch state {
        case .head: !headBytes.isEmpty
        case .complete: false
        case .undecided, .empty, .length, .chunked: true
        }
    }

    /// The bytes of body held at present.
    public var bodyCount: Int { body.count }

    /// Takes bytes from `offset` on, up to the next step.
    public mutating func receive(_ input: Span<UInt8>, from offset: inout Int) throws(HTTPRefusal) -> Step {
        switch state {
        case .head: return try receiveHead(input, from: &offset)
        case .undecided: preconditionFailure("a head was read: accept it before giving the parser more bytes")
        case .empty: return finish()
        case .length(let left):
            let count = min(left, input.count - offset)
            Self.append(input, offset..<(offset + count), to: &body)
            offset += count
            guard left > count else { return finish() }
            state = .length(left: left - count)
            return .needsMore
        case .chunked(var chunks):
            let isLast = try chunks.receive(input, from: &offset, into: &body, limit: bodyLimit)
            guard !isLast else { return finish() }
            state = .chunked(chunks)
            return .needsMore
        case .complete: preconditionFailure("the request is complete: call next() before giving the parser more bytes")
        }
    }

    /// Says how long a body may be, after `.head`.
    public mutating func accept(bodyLimit: Int) throws(HTTPRefusal) {
        guard case .undecided(let framing) = state else { preconditionFailure("there is no head to accept") }
        self.bodyLimit = bodyLimit
        switch framing {
        case .none: state = .empty
        case .length(let count):
            guard count <= bodyLimit else { throw .bodyTooLarge(limit: bodyLimit) }
            state = .length(left: count)
        case .chunked: state = .chunked(ChunkedBody())
        }
    }

    /// The answer is out: makes ready for another request on the same connection.
    public mutating func next() {
        guard case .complete = state else { preconditionFailure("the request is not complete") }
        state = .head
    }

    private mutating func finish() -> Step {
        state = .complete
        defer { body = [] }
        return .complete(body: body)
    }

    private mutating func receiveHead(_ input: Span<UInt8>, from offset: inout Int) throws(HTTPRefusal) -> Step {
        while offset < input.count {
            let byte = input[offset]
            offset += 1
            try check(byte)
            headBytes.append(byte)
            // One empty line before a request is skipped (RFC 9112 section 2.2).
            if !hasSkippedLine, byte == HTTPBytes.lineFeed, headBytes.count == 2 {
                hasSkippedLine = true
                headBytes = []
                continue
            }
            guard byte == HTTPBytes.lineFeed, headBytes.suffix(4).elementsEqual([0x0d, 0x0a, 0x0d, 0x0a]) else {
                guard headBytes.count < maxHead else {
                    throw HTTPRefusal(
                        status: 431,
                        code: "head_too_large",
                        sentence: "the head of the request is longer than \(maxHead) bytes"
                    )
                }
                continue
            }
            headBytes.removeLast(2)
            let head = try HTTPHeadReader.read(headBytes, maxFields: maxFields, encodedSlashes: encodedSlashes)
            headBytes = []
            hasSkippedLine = false
            state = .undecided(head.framing)
            return .head(head)
        }
        return .needsMore
    }

    /// Line ends are CR LF, always together; of the other control characters only the tab is text.
    private func check(_ byte: UInt8) throws(HTTPRefusal) {
        let follows = headBytes.last == HTTPBytes.carriageReturn
        guard (byte == HTTPBytes.lineFeed) == follows else {
            throw .malformed("line_end", "a line of the head does not end in CR LF")
        }
        guard byte >= 0x20 || byte == 0x09 || byte == HTTPBytes.carriageReturn || follows, byte != 0x7f else {
            throw .malformed("control_character", "the head holds a control character")
        }
    }

    static func append(_ input: Span<UInt8>, _ range: Range<Int>, to bytes: inout [UInt8]) {
        input.extracting(range).withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    }
}
