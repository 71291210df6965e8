import CPlatform
import Glibc

/// A listening socket.
///
/// On the loop's thread only.
final class Listener: LoopTarget {
    let port: UInt16
    /// Strong, until the server stops: the loop must never call into a server that is gone.
    private let server: Server
    private let fd: Int32
    private let path: String?
    private lazy var pause = LoopTimer { [unowned self] in
        server.loop.change(fd, LoopEvents.readable)
    }

    /// How many connections are taken before others have their turn.
    private static let acceptsPerTurn = 64

    init(_ server: Server, address: String, port: UInt16) throws(ServerError) {
        var bound: UInt16 = 0
        let fd = kartoteka_listen_tcp(address, port, &bound)
        guard fd >= 0 else { throw Self.failure(-fd, "\(address) port \(port)", port: port) }
        self.fd = fd
        self.server = server
        self.port = bound
        path = nil
        try register("\(address) port \(port)")
    }

    init(_ server: Server, path: String) throws(ServerError) {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw ServerError("listening at a socket: the path is empty or holds a zero byte")
        }
        let fd = kartoteka_listen_unix(path)
        guard fd >= 0 else { throw Self.failure(-fd, path, port: nil) }
        self.fd = fd
        self.server = server
        self.path = path
        port = 0
        try register(path)
    }

    func stop() {
        server.loop.cancel(pause)
        server.loop.unregister(fd)
        if let path { unlink(path) }
        kartoteka_close(fd)
    }

    func ready(_ events: UInt32) {
        for _ in 0..<Self.acceptsPerTurn {
            var text = [CChar](repeating: 0, count: 64)
            var from: UInt16 = 0
            let connection = kartoteka_accept(fd, &text, &from)
            guard connection >= 0 else { return acceptFailed(-connection) }
            guard isWelcome(connection) else { continue }
            let address = text.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
            server.take(fd: connection, address: address, port: from)
        }
    }

    /// On a Unix-domain socket only our own user and root are: the mode of the file says so, too.
    private func isWelcome(_ connection: Int32) -> Bool {
        guard path != nil else { return true }
        var user: UInt32 = .max
        if kartoteka_peer_user(connection, &user) == 0, user == kartoteka_own_user() || user == 0 { return true }
        kartoteka_close(connection)
        server.strangerRefused("it belongs to user \(user), not to ours")
        return false
    }

    private func acceptFailed(_ error: Int32) {
        switch error {
        case EAGAIN, ECONNABORTED, EPROTO, EINTR: return
        default:
            // Without a free descriptor the socket stays readable: pause instead of spinning.
            server.loop.change(fd, 0)
            server.loop.schedule(pause, at: server.loop.now + server.limits.acceptPause)
            server.log(.warning, "accept", ServerError.system("accepting a connection", errno: error).description)
        }
    }

    private func register(_ place: String) throws(ServerError) {
        guard server.loop.register(fd, LoopEvents.readable, self) else {
            kartoteka_close(fd)
            throw ServerError("listening at \(place): the event loop does not take the socket")
        }
    }

    private static func failure(_ error: Int32, _ place: String, port: UInt16?) -> ServerError {
        let advice =
            switch error {
            case EADDRINUSE:
                port == nil
                    ? "Another process serves this socket; stop it first"
                    : "Another process listens there; stop it, or choose another port"
            case EACCES, EPERM:
                port.map { $0 > 0 && $0 < 1_024 } ?? false
                    ? "Ports below 1024 are root's; choose a higher one"
                    : "The directory must be writable for this user"
            case EADDRNOTAVAIL: "No interface of this machine has that address"
            case EINVAL: "The address must be numeric, for instance 0.0.0.0 or ::1"
            case EEXIST: "There is a file that is not a socket; remove it, or choose another path"
            case ENAMETOOLONG: "The path of a socket has at most 107 bytes"
            case ENOENT: "The directory of the socket does not exist"
            default: ""
            }
        return .system("listening at \(place)", errno: error, advice: advice)
    }
}
