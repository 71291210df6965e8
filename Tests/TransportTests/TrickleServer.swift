import Cryptography
import Glibc
import Locks

/// A server at a Unix-domain socket that answers one request with a head and then byte by byte, for as long as it may.
final class TrickleServer: Sendable {
    let path: String
    private let listener: Int32
    private let isOver = Locked(false)
    private let head: String
    private let body: [UInt8]
    private let pause: UInt32

    /// `every` is in microseconds; the bytes of `body` come round and round.
    init(head: String, body: String = "x", every pause: UInt32) throws {
        path = "/tmp/kartoteka-test-\(getpid())-\(RandomBytes.hex(6)).socket"
        self.head = head
        self.body = Array(body.utf8)
        self.pause = pause
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var place = sockaddr_un()
        place.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &place.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let isBound = withUnsafePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        guard isBound, listen(listener, 4) == 0 else { throw RawPeer.Refused() }
        var thread = pthread_t()
        pthread_create(
            &thread,
            nil,
            { me in
                if let me { Unmanaged<TrickleServer>.fromOpaque(me).takeRetainedValue().serve() }
                return nil
            },
            Unmanaged.passRetained(self).toOpaque()
        )
        pthread_detach(thread)
    }

    func stop() {
        isOver.withLock { $0 = true }
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        unlink(path)
    }

    private func serve() {
        let peer = accept(listener, nil, nil)
        guard peer >= 0 else { return }
        defer { close(peer) }
        var buffer = [UInt8](repeating: 0, count: 4_096)
        guard recv(peer, &buffer, buffer.count, 0) > 0 else { return }
        let start = Array(head.utf8)
        guard send(peer, start, start.count, Int32(MSG_NOSIGNAL)) == start.count else { return }
        var place = 0
        while !isOver.withLock({ $0 }) {
            var byte = body[place % body.count]
            guard send(peer, &byte, 1, Int32(MSG_NOSIGNAL)) == 1 else { return }
            place += 1
            usleep(pause)
        }
    }
}
