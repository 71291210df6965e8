import CPlatform
import Glibc

/// The result of a read or a write on a connection.
enum WireStep {
    case moved(Int)
    case waitReadable
    case waitWritable
    /// The peer said that nothing more will come.
    case ended
    case failed(String)
}

/// The bytes of a connection, with or without TLS.
///
/// On the loop's thread only.
protocol Wire: AnyObject {
    func read(into buffer: UnsafeMutableRawBufferPointer) -> WireStep
    func write(_ bytes: UnsafeRawBufferPointer) -> WireStep
    /// Says that nothing more will be written.
    func finish()
}

/// A connection of a Unix-domain socket.
final class PlainWire: Wire {
    private let fd: Int32

    init(fd: Int32) { self.fd = fd }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> WireStep {
        switch kartoteka_receive(fd, buffer.baseAddress, buffer.count) {
        case 0: .ended
        case let count where count > 0: .moved(count)
        case let error: Self.step(Int32(-error), blocked: .waitReadable)
        }
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> WireStep {
        let count = kartoteka_send(fd, bytes.baseAddress, bytes.count)
        return count >= 0 ? .moved(count) : Self.step(Int32(-count), blocked: .waitWritable)
    }

    func finish() { kartoteka_shutdown_sending(fd) }

    private static func step(_ error: Int32, blocked: WireStep) -> WireStep {
        error == EAGAIN ? blocked : .failed(ServerError.system("the connection", errno: error).description)
    }
}
