import Cryptography
import Dispatch
import Glibc
import Locks
import Testing
import Transport
import Web

@testable import Node

/// Answers that go on: who listens is asked whenever something may have changed.
@Suite("Streams of the port for browsers", .serialized)
struct WebStreamsTests {
    /// A port whose every answer is one stream.
    private final class Door: RequestHandler, @unchecked Sendable {
        let streams: WebStreams
        let stream: WebStream
        let lanes = CommandLanes()
        private let loop: EventLoop
        private var server: Server?

        init(_ next: @escaping @Sendable (WebStream.Cause) -> [UInt8]?) throws {
            stream = WebStream(next)
            let lanes = lanes
            streams = WebStreams { lanes.any($0) }
            loop = try EventLoop()
            let server = Server(
                loop: loop,
                endpoint: .plain(address: "127.0.0.1", port: 0),
                handler: self,
                log: { _ in }
            )
            self.server = server
            try server.start()
        }

        func admit(peer: PeerIdentity?, _ head: HTTPHead) -> Transport.Admission { .accept(bodyLimit: 0) }

        func handle(_ request: Request, _ responder: Responder) {
            streams.open(WebReply(status: 200, contentType: "text/event-stream"), stream, responder)
        }

        func peer() throws -> PlainPeer {
            let peer = try PlainPeer(port: server?.port ?? 0)
            peer.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(peer.read(until: "\r\n\r\n"))
            return peer
        }

        func stop() {
            streams.end()
            lanes.drain()
            server?.stop()
            loop.stop()
        }
    }

    private func eventually(_ condition: () -> Bool) -> Bool {
        for _ in 0..<4_000 {
            if condition() { return true }
            usleep(5_000)
        }
        return condition()
    }

    @Test("each is asked at its begin, at a change and when time has passed, and hears what it says")
    func causes() throws {
        let door = try Door { Array("<\($0)>".utf8) }
        defer { door.stop() }
        let first = try door.peer(), second = try door.peer()
        for peer in [first, second] { #expect(peer.read(until: "<begun>")) }
        door.streams.tell(.changed)
        for peer in [first, second] { #expect(peer.read(until: "<changed>")) }
        door.streams.tell(.time)
        for peer in [first, second] { #expect(peer.read(until: "<time>")) }
        #expect(door.streams.count == 2)
    }

    @Test("changes that come while it is asked are one more question, and none is lost")
    func together() throws {
        let gate = DispatchSemaphore(value: 0)
        let asked = Locked<[String]>([])
        let door = try Door { cause in
            asked.withLock { $0.append("\(cause)") }
            gate.wait()
            return []
        }
        defer { door.stop() }
        let peer = try door.peer()
        #expect(eventually { asked.withLock { $0.count } == 1 })
        for _ in 0..<50 { door.streams.tell(.changed) }
        door.streams.tell(.time)
        for _ in 0..<2 { gate.signal() }
        #expect(eventually { asked.withLock { $0 } == ["begun", "changed"] })
        door.streams.tell(.time)
        gate.signal()
        #expect(eventually { asked.withLock { $0 } == ["begun", "changed", "time"] })
        peer.leave()
        #expect(eventually { door.streams.count == 0 })
    }

    @Test("what has nothing more to say is ended, and the connection goes on")
    func ended() throws {
        let door = try Door { cause in
            switch cause {
            case .begun: Array("hello".utf8)
            case .changed, .time: nil
            }
        }
        defer { door.stop() }
        let peer = try door.peer()
        #expect(peer.read(until: "hello"))
        door.streams.tell(.changed)
        #expect(peer.read(until: "\r\n0\r\n\r\n"))
        #expect(eventually { door.streams.count == 0 })
    }

    @Test("whoever has gone is asked nothing more")
    func gone() throws {
        let asked = Locked(0)
        let door = try Door { _ in
            asked.withLock { $0 += 1 }
            return []
        }
        defer { door.stop() }
        let peer = try door.peer()
        #expect(eventually { asked.withLock { $0 } == 1 })
        peer.leave()
        #expect(eventually { door.streams.count == 0 })
        door.streams.tell(.changed)
        #expect(asked.withLock { $0 } == 1)
    }
}
