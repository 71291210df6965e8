/// Bytes waiting to be written, in pieces that are never copied together once they are large.
struct OutputQueue {
    private var pieces: [[UInt8]] = []
    private var offset = 0

    /// Bytes that still wait.
    private(set) var count = 0

    var isEmpty: Bool { pieces.isEmpty }

    mutating func append(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        count += bytes.count
        // One record of TLS instead of two for a small answer; the first piece may be half written, so not into it.
        if pieces.count > 1 || (pieces.count == 1 && offset == 0 && !isRetrying), let last = pieces.last,
            last.count + bytes.count <= 16_384
        {
            pieces[pieces.count - 1] += bytes
        } else {
            pieces.append(bytes)
        }
    }

    /// Whether a write of the first piece was begun: OpenSSL wants the same bytes again.
    private var isRetrying = false

    /// Writes until the queue is empty or the wire would block; returns the wire's result and the bytes written.
    mutating func write(to wire: any Wire) -> (step: WireStep, count: Int) {
        var total = 0
        while let piece = pieces.first {
            let step = piece.withUnsafeBytes { wire.write(UnsafeRawBufferPointer(rebasing: $0[offset...])) }
            guard case .moved(let moved) = step else {
                isRetrying = true
                return (step, total)
            }
            isRetrying = false
            total += moved
            offset += moved
            count -= moved
            if offset == piece.count {
                pieces.removeFirst()
                offset = 0
            }
        }
        pieces = []
        return (.moved(total), total)
    }

    mutating func removeAll() {
        pieces = []
        offset = 0
        count = 0
    }
}
