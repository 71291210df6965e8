import Foundation
import Glibc
import Testing

/// A browser that writes and reads bytes at a port of this machine.
final class PlainPeer {
    private let fd: Int32
    private(set) var text = ""

    struct Refused: Error {}

    init(port: UInt16) throws {
        fd = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = port.bigEndian
        place.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(fd, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Refused() }
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(fd) }

    func send(_ text: String) { _ = Array(text.utf8).withUnsafeBytes { Glibc.send(fd, $0.baseAddress, $0.count, 0) } }

    /// Says that nothing more will be read or written.
    func leave() { shutdown(fd, Int32(SHUT_RDWR)) }

    /// Reads until the text has come; false if the other side ended before, or was silent for 20 s.
    func read(until mark: String) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !text.contains(mark) {
            let count = recv(fd, &buffer, buffer.count, 0)
            guard count > 0 else { return false }
            text += String(decoding: buffer[..<count], as: UTF8.self)
        }
        return true
    }
}

/// Removes a directory that a test made; what is left of it is the system's to clear away.
func unlinkTree(_ path: String) {
    do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record("\(path) stays: \(error)") }
}
