import CZlib

/// Compresses whole bodies (RFC 1952).
public enum Gzip {
    /// Bodies below this many bytes are sent as they are: the frame and the work cost more than they save.
    public static let worth = 1_024
    /// Fast rather than small: half the time of zlib's usual level, for an eighth more bytes.
    private static let level: Int32 = 3
    /// zlib's sign for gzip's frame around a window of 32 KiB.
    static let window: Int32 = 15 + 16

    /// One gzip member of all the bytes; blocks for milliseconds a megabyte.
    public static func deflate(_ bytes: [UInt8]) -> [UInt8] {
        precondition(bytes.count < 1 << 31, "a reply is bounded far below 2 GiB")
        var bytes = bytes
        var stream = z_stream()
        return withUnsafeMutablePointer(to: &stream) { stream in
            let begun = deflateInit2_(
                stream,
                level,
                Z_DEFLATED,
                window,
                8,
                Z_DEFAULT_STRATEGY,
                ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)
            )
            precondition(begun == Z_OK, "zlib takes constant settings unless memory is exhausted")
            defer { deflateEnd(stream) }
            // Room for the worst case, so that one call does it all.
            let room = Int(deflateBound(stream, UInt(bytes.count)))
            let output = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                bytes.withUnsafeMutableBufferPointer { input in
                    stream.pointee.next_in = input.baseAddress
                    stream.pointee.avail_in = UInt32(input.count)
                    stream.pointee.next_out = buffer.baseAddress
                    stream.pointee.avail_out = UInt32(buffer.count)
                    let ended = CZlib.deflate(stream, Z_FINISH)
                    precondition(ended == Z_STREAM_END, "zlib ends within the bound that it gave itself")
                    count = room - Int(stream.pointee.avail_out)
                }
            }
            return output
        }
    }
}
