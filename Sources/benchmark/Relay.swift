import Glibc
import Locks

/// A line between a department and its office that counts the bytes on it, as fast as the machine or slower.
///
/// It forwards bytes and sees no plaintext: TLS ends at the two nodes. One connection has two threads, one a direction.
final class Relay: Sendable {
    let port: UInt16
    private let listener: Int32
    private let office: UInt16
    /// Of what the office says, a second; nil: as it comes.
    ///
    /// Kept by sleeping after each read of at most 32 KiB, so it is a ceiling: time in the kernel comes on top.
    private let bytesPerSecond: Int?
    private let carried = Locked<Int64>(0)

    /// Bytes from the office so far: TLS, heads and bodies.
    var bytesDown: Int64 { carried.withLock { $0 } }

    /// Listens at a free port of the loopback interface at once; throws `Failure` if none can be had.
    init(to office: UInt16, bytesPerSecond: Int? = nil) throws {
        self.office = office
        self.bytesPerSecond = bytesPerSecond
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, $0, &length) == 0
            }
        }
        guard isListening else { throw Failure("a port for the line cannot be had") }
        self.listener = listener
        port = UInt16(bigEndian: address.sin_port)
        Threads.start { [self] in
            while true {
                let department = accept(listener, nil, nil)
                guard department >= 0 else { return }
                connect(department)
            }
        }
    }

    /// Takes no more connections; those that are open end with the node.
    func end() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private func connect(_ department: Int32) {
        let office = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.loopback(self.office)
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(office, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else {
            close(office)
            close(department)
            return
        }
        Threads.start { [self] in carry(from: department, to: office, isDown: false) }
        Threads.start { [self] in carry(from: office, to: department, isDown: true) }
    }

    /// Until one side ends; then the other is told.
    ///
    /// A descriptor is left to the process, which is short.
    /// `MSG_NOSIGNAL`: an end that is gone must end this direction, not the process.
    private func carry(from source: Int32, to target: Int32, isDown: Bool) {
        var buffer = [UInt8](repeating: 0, count: 32_768)
        while true {
            let count = read(source, &buffer, buffer.count)
            guard count > 0 else { break }
            if isDown { carried.withLock { $0 += Int64(count) } }
            if isDown, let bytesPerSecond { usleep(UInt32(count * 1_000_000 / bytesPerSecond)) }
            var sent = 0
            while sent < count {
                let written = buffer.withUnsafeBytes {
                    send(target, $0.baseAddress?.advanced(by: sent), count - sent, Int32(MSG_NOSIGNAL))
                }
                guard written > 0 else { break }
                sent += written
            }
            guard sent == count else { break }
        }
        shutdown(source, Int32(SHUT_RDWR))
        shutdown(target, Int32(SHUT_RDWR))
    }
}
