import Accounts
import Appeals
import CanonicalJSON
import Cryptography
import Foundation
import Testing

@testable import Commands
@testable import Node
@testable import Replication

/// From an empty directory to a node by the page of the first run, over real ports.
@Suite("A node is made in the browser", .serialized)
struct FoundingTests {
    /// A directory for the node of a test, which ends with it.
    private final class Place {
        let path = "/tmp/kf-" + RandomBytes.hex(6)
        var daemon: NodeDaemon?

        deinit {
            daemon?.stop()
            if Files.list(path) != nil { unlinkTree(path) }
        }
    }

    private func ask(
        _ method: String,
        _ place: String,
        _ port: UInt16,
        host: String? = nil,
        _ fields: [(String, String)] = []
    ) throws -> String {
        let body = fields.map { $0.0 + "=" + encoded($0.1) }.joined(separator: "&")
        let authority = "127.0.0.1:\(port)"
        let peer = try PlainPeer(port: port)
        peer.send(
            "\(method) \(place) HTTP/1.1\r\nHost: \(host ?? authority)\r\nOrigin: http://\(authority)\r\nConnection: close\r\n"
                + "X-Kartoteka-Session: \r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
        _ = peer.read(until: "a mark that never comes")
        return peer.text
    }

    private func encoded(_ text: String) -> String {
        text.utf8.map { String(format: "%%%02X", $0) }.joined()
    }

    /// The code that the page of `open` carries.
    private func code(_ page: String) throws -> String {
        let text = try String(contentsOfFile: page, encoding: .utf8)
        return String(try #require(text.split(separator: "#").dropFirst().first?.split(separator: "\"").first))
    }

    private func office(_ code: String) -> [(String, String)] {
        [
            ("kind", "office"), ("name", "Управління звернень"), ("node", "urz"), ("person", "Сидоренко О. І."),
            ("user", "sydorenko"), ("code", code),
        ]
    }

    private func ports(_ web: UInt16) -> Founding.Ports {
        var ports = Founding.Ports()
        (ports.web, ports.sync, ports.enrol) = (web, 0, 0)
        return ports
    }

    private func begun(_ place: Place) throws -> (founding: Founding, port: UInt16, page: String) {
        let founding = try Founding(place.path, ports: ports(0), language: .ukrainian, log: { _ in })
        let (address, page) = try founding.begin()
        let port = try #require(address.split(separator: ":").last.flatMap { UInt16($0) })
        return (founding, port, page)
    }

    @Test("an office: the code opens it once, the node goes on at the same port with the page of the first account")
    func office() throws {
        let place = Place()
        #expect(Founding.isNeeded(place.path))
        let (founding, port, page) = try begun(place)
        #expect(Files.status(page).map { $0.mode & 0o777 } == 0o600 && Founding.isNeeded(place.path))
        #expect(try ask("GET", "/founding", port, host: "evil.example:\(port)").contains("421"))
        #expect(try ask("GET", "/founding", port).contains("Перший запуск"))
        #expect(try ask("POST", "/founding", port, office("AAAA")).hasPrefix("HTTP/1.1 403"))
        #expect(Files.list(place.path)?.count == 1, "nothing is made without the code")
        let made = try ask("POST", "/founding", port, office(code(page)))
        place.daemon = founding.wait()
        #expect(made.hasPrefix("HTTP/1.1 201") && made.contains("/first-run?user=sydorenko#"), "\(made.prefix(2_000))")
        #expect(!Founding.isNeeded(place.path) && !Files.exists(page))
        let first = try ask("GET", "/first-run?user=sydorenko", port)
        #expect(first.contains("Стартовий код") && first.contains("value=\"sydorenko\""))
        let start = try #require(try StartCode.read(DataDirectory(place.path).startCode)).text
        #expect(made.contains(start))
    }

    @Test("a department by an invitation: one that is refused leaves the page open, the next joins")
    func department() throws {
        let city = try TestCity()
        try city.initializeOffice()
        try city.start("center")
        let token = try city.invite("zhkg")
        let place = Place()
        let (founding, port, page) = try begun(place)
        let code = try code(page)
        func join(_ text: String) throws -> String {
            try ask("POST", "/founding", port, [("kind", "department"), ("invitation", text), ("code", code)])
        }
        #expect(try join("kartoteka-join-1:brokenQ").hasPrefix("HTTP/1.1 409"))
        _ = try city.call("center", "invitation withdraw", ["node": "zhkg", "as": "admin"])
        let withdrawn = try join(token)
        #expect(withdrawn.hasPrefix("HTTP/1.1 409") && withdrawn.contains("невідоме, прострочене або вже використане"))
        #expect(Founding.isNeeded(place.path), "a department that has not joined goes on with it")
        let joined = try join(try city.invite("zhkg") + "\n")
        place.daemon = founding.wait()
        #expect(joined.hasPrefix("HTTP/1.1 201") && joined.contains("/first-run#"), "\(joined.prefix(2_000))")
        #expect(place.daemon?.node.configuration.id == "zhkg")
    }

    @Test("a directory with something in it is no place for a node, nor is one with a node")
    func notNeeded() throws {
        let place = Place()
        try FileManager.default.createDirectory(atPath: place.path, withIntermediateDirectories: false)
        #expect(Founding.isNeeded(place.path))
        try Data("x".utf8).write(to: URL(filePath: place.path + "/letter.txt"))
        #expect(!Founding.isNeeded(place.path))
        let city = try TestCity()
        try city.initializeOffice()
        #expect(!Founding.isNeeded(city.path("center")))
    }

    @Test("a port that somebody has is told with what to do")
    func taken() throws {
        let place = Place(), other = Place()
        let (founding, port, _) = try begun(place)
        do {
            _ = try Founding(other.path, ports: ports(port), language: .english, log: { _ in }).begin()
            Issue.record("two pages at one port")
        } catch let error as NodeError { #expect(error.remedy.en.contains("--port")) }
        _ = founding
    }
}
