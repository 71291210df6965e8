import CZlib

/// Inflates one gzip member as its bytes come, and never beyond a limit.
///
/// Exactly one member, whole and with a right checksum: whatever follows it, lacks or differs is a failure.
public final class GzipReader {
    /// Why the bytes are refused.
    public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// Inflated it would be longer than this.
        case tooLarge(limit: Int)
        /// In zlib's words.
        case malformed(String)
        /// It ends before its checksum.
        case truncated
        /// There is more after the end.
        case trailing

        public var description: String {
            switch self {
            case .tooLarge(let limit): "inflated it is longer than \(limit) bytes"
            case .malformed(let reason): "it is no whole gzip: \(reason)"
            case .truncated: "its gzip ends in the middle"
            case .trailing: "bytes follow the end of its gzip"
            }
        }
    }

    private static let chunk = 65_536

    /// What was inflated so far.
    public private(set) var bytes: [UInt8] = []
    private let limit: Int
    private var isEnded = false
    /// zlib keeps its address: it never moves.
    private let stream: UnsafeMutablePointer<z_stream>

    /// `limit`: bytes that may come out, whatever goes in.
    public init(limit: Int) {
        self.limit = limit
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let begun = inflateInit2_(stream, Gzip.window, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(begun == Z_OK, "zlib takes constant settings unless memory is exhausted")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Takes the next bytes.
    public func receive(_ input: UnsafeRawBufferPointer) throws(Failure) {
        guard let start = input.baseAddress, !input.isEmpty else { return }
        guard !isEnded else { throw .trailing }
        precondition(input.count < 1 << 31, "bytes come in pieces far below 2 GiB")
        // zlib only reads it; its type is older than `const`.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: start.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(input.count)
        defer {
            stream.pointee.next_in = nil
            stream.pointee.avail_in = 0
        }
        while true {
            let result = inflateChunk()
            guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
            switch result {
            case Z_STREAM_END:
                isEnded = true
                guard stream.pointee.avail_in == 0 else { throw .trailing }
                return
            case Z_OK where stream.pointee.avail_in > 0 || stream.pointee.avail_out == 0: continue
            case Z_OK, Z_BUF_ERROR: return
            default: throw .malformed(stream.pointee.msg.map { String(cString: $0) } ?? "zlib says \(result)")
            }
        }
    }

    /// All of it, once the last byte has come.
    public func finish() throws(Failure) -> [UInt8] {
        guard isEnded else { throw .truncated }
        return bytes
    }

    /// Inflates once into new room, of which there is at most a byte more than the limit.
    private func inflateChunk() -> Int32 {
        let room = min(Self.chunk, limit - bytes.count + 1)
        var result = Z_OK
        let found = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            stream.pointee.next_out = buffer.baseAddress
            stream.pointee.avail_out = UInt32(buffer.count)
            result = inflate(stream, Z_NO_FLUSH)
            count = room - Int(stream.pointee.avail_out)
        }
        stream.pointee.next_out = nil
        bytes += found
        return result
    }
}
