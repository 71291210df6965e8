import CanonicalJSON
import Glibc

/// One connection of a browser to a web port on loopback, over plain HTTP; for one thread.
///
/// As a browser it keeps the connection for the next request, asks for gzip and sends cookie and origin. What it is answered is not
/// inflated, unless `readsWords` kept it from asking.
final class Visitor {
    struct Answer {
        let status: Int
        let headers: [(name: String, value: String)]
        let body: [UInt8]

        func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// What a browser that is signed in sends with each request, and with each act.
    struct Session {
        let cookie: String
        let second: String
    }

    private let handle: Int32
    private let host: String
    /// Bytes that were received beyond the last answer.
    private var rest: [UInt8] = []
    var session: Session?
    /// Whether answers come as they are, so that `text` can be read.
    var readsWords = false

    /// Connects from `127.0.0.1`, or another address of this machine's own, since a port limits connections of one address.
    init(port: UInt16, from last: UInt32 = 1) throws {
        host = "127.0.0.1:\(port)"
        handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var on: Int32 = 1
        setsockopt(handle, Int32(IPPROTO_TCP), TCP_NODELAY, &on, 4)
        // Beyond every limit of the node: what hangs is an error.
        var patience = timeval(tv_sec: 150, tv_usec: 0)
        setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        guard Self.apply(bind, handle, 0x7F00_0000 | last, 0), Self.apply(connect, handle, 0x7F00_0001, port) else {
            throw Failure("the web port \(port) is not reached: \(String(cString: strerror(errno)))")
        }
    }

    deinit { close(handle) }

    private static func apply(
        _ call: (Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32,
        _ handle: Int32,
        _ address: UInt32,
        _ port: UInt16
    ) -> Bool {
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = port.bigEndian
        place.sin_addr.s_addr = address.bigEndian
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafePointer(to: &place) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { call(handle, $0, length) == 0 }
        }
    }

    // MARK: requests

    func get(_ path: String) throws -> Answer { try ask("GET", path) }

    /// A form as the script of a page sends it: with the second secret of the session.
    func post(_ path: String, form: [(String, String)]) throws -> Answer {
        let body = form.map { "\($0.0)=\(Self.encoded($0.1))" }.joined(separator: "&")
        return try ask("POST", path, type: "application/x-www-form-urlencoded", Array(body.utf8))
    }

    /// A way in, as the script of its page sends it; throws unless it leads in.
    func enter(_ path: String, _ body: JSON) throws -> Session {
        let answer = try ask("POST", path, type: "application/json", body.canonicalBytes())
        guard answer.status == 201, let cookie = answer.header("set-cookie")?.split(separator: ";").first,
            let second = try JSON(parsing: answer.body, limits: .general)["second"]?.string
        else { throw Failure("\(path) answers \(answer.status) \(answer.text)") }
        return Session(cookie: String(cookie), second: second)
    }

    /// The same, with an answer that is expected; what else comes is an error.
    func demand(_ status: Int, _ path: String) throws -> Answer {
        let answer = try get(path)
        guard answer.status == status else { throw Failure("\(path) answers \(answer.status) \(answer.text)") }
        return answer
    }

    private func ask(_ method: String, _ path: String, type: String? = nil, _ body: [UInt8] = []) throws -> Answer {
        try send(method, path, type: type, body)
        return try answer()
    }

    /// Sends a request without waiting for its answer.
    func send(_ method: String, _ path: String, type: String? = nil, _ body: [UInt8] = []) throws {
        var head =
            "\(method) \(path) HTTP/1.1\r\nhost: \(host)\r\naccept: text/html,*/*;q=0.8\r\naccept-language: uk\r\n"
        if !readsWords { head += "accept-encoding: gzip\r\n" }
        if let session { head += "cookie: \(session.cookie)\r\n" }
        if method != "GET" {
            head += "origin: http://\(host)\r\nx-kartoteka-session: \(session?.second ?? "")\r\n"
            head += "content-type: \(type ?? "")\r\ncontent-length: \(body.count)\r\n"
        }
        var bytes = (Array(head.utf8) + [13, 10] + body)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                Glibc.send(handle, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure("\(path) cannot be asked for") }
            bytes = bytes.dropFirst(count)
        }
    }

    /// As a part of a form or of a query.
    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                String(UnicodeScalar(byte))
            default: "%" + Seed.padded(Int(byte), 2)
            }
        }.joined()
    }

    // MARK: answers

    /// At least one more byte; throws if none comes.
    private func receive() throws {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(handle, &buffer, buffer.count, 0)
        guard count > 0 else { throw Failure("the node closed a connection, or said nothing for long") }
        rest += buffer[..<count]
    }

    /// The head of the next answer; its body is still to be read.
    func head() throws -> (status: Int, headers: [(name: String, value: String)]) {
        let end = Array("\r\n\r\n".utf8)
        var place = rest.firstRange(of: end)
        while place == nil {
            try receive()
            place = rest.firstRange(of: end)
        }
        guard let place else { throw Failure("an answer without a head") }
        let lines = String(decoding: rest[..<place.lowerBound], as: UTF8.self).split(separator: "\r\n")
        rest.removeFirst(place.upperBound)
        let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            return (name: parts[0].lowercased(), value: String((parts.last ?? "").drop { $0 == " " }))
        }
        return (status, headers)
    }

    private func answer() throws -> Answer {
        let (status, headers) = try head()
        let length = headers.first { $0.name == "content-length" }.flatMap { Int($0.value) } ?? 0
        while rest.count < length { try receive() }
        defer { rest.removeFirst(length) }
        return Answer(status: status, headers: headers, body: Array(rest[..<length]))
    }
}
