import Appeals
import CanonicalJSON
import Cryptography
import Dispatch
import Locks
import Replication
import Synchronization
import Transport

/// The sync port of an office: requests of nodes on the allow-list, each in the lane of its kind.
///
/// What writes goes through one lane, so that it never queues behind readers; pulls and what is larger (snapshots,
/// probes) have a lane each, so that small exchanges come first.
/// Each lane is a serial queue. The store orders their transactions: one writer, and readers beside it, each with a
/// snapshot.
final class OfficeHandler: RequestHandler, @unchecked Sendable {
    private let office: Office
    private let store: any NodeStore
    private let log: NodeLog
    private let desk: RenewalHandler
    private let failed: @Sendable (Trouble) -> Void
    /// Hears that something changed, whoever changed it.
    private let heard: @Sendable () -> Void
    let allowed = AllowList()
    /// When each node asked for something last.
    let contacts = LastContacts()
    private let certificates = SeenCertificates()
    /// Polls that found nothing new; they hold no thread and no snapshot while they wait.
    let room = WaitingRoom()
    /// Set at the end: nothing touches the store after it.
    private let isEnded = Atomic(false)
    private let writing = DispatchQueue(label: "kartoteka.writing")
    /// Pushes that came while another transaction was under way: they share the next.
    private let pushes = Locked<[Push]>([])
    private let pulling = DispatchQueue(label: "kartoteka.pulling")
    private let copying = DispatchQueue(label: "kartoteka.copying")
    /// Apart from the lanes: who reads over a slow line must not make the others wait.
    private let compressing = DispatchQueue(label: "kartoteka.compressing")

    /// Bodies from peers that are not on the allow-list are read up to this limit, so that the refusal can be sent in the
    /// protocol's format.
    private static let strangersLimit = 65_536

    private struct Push {
        let request: WireRequest
        let peer: String
        let responder: Responder
    }

    init(
        _ node: OpenedNode,
        _ office: Office,
        log: NodeLog,
        heard: @escaping @Sendable () -> Void,
        failed: @escaping @Sendable (Trouble) -> Void
    ) throws {
        self.office = office
        store = node.store
        desk = RenewalHandler(node: node, office: office)
        self.log = log
        self.heard = heard
        self.failed = failed
        // An act of the office's people waits for an operation, not for a page of them.
        office.pace = Pace { Clock.monotonic() }
        try allowed.reload(store)
    }

    // MARK: on the loop's thread

    func admit(peer: PeerIdentity?, _ head: HTTPHead) -> Transport.Admission {
        guard let peer else {
            return .refuse(status: 403, code: "certificate", sentence: "a certificate is needed here")
        }
        if head.path == Renewal.path { return .accept(bodyLimit: Renewal.bodyLimit) }
        guard head.path.utf8.starts(with: ProtocolCall.prefix.utf8) else {
            return .refuse(status: 404, code: "unknownCall", sentence: "there is nothing at this path")
        }
        return .accept(
            bodyLimit: allowed.verdict(peer) == .allowed ? ReplicationLimits.requestBytes : Self.strangersLimit
        )
    }

    /// Sorts a request into its lane; every answer leaves through `responder`, on whichever thread makes it.
    ///
    /// The allow-list is asked here, at every request (protocol.md section 3).
    func handle(_ request: Request, _ responder: Responder) {
        guard let peer = request.peer else {
            return responder.send(Self.response(.refusal(403, .notAllowed, "a certificate is needed here")))
        }
        if case .refused(let code, let sentence) = allowed.verdict(peer) {
            log.line(
                .warning,
                "peer_refused",
                sentence,
                peer: peer.node,
                ["reason": .string(code.rawValue), "serial": .string(peer.serial)]
            )
            return responder.send(Self.response(.refusal(403, code, sentence)))
        }
        contacts.note(peer.node, at: Clock.now())
        if certificates.isNew(peer) { writing.async { self.note(peer) } }
        if request.path == Renewal.path { return writing.async { responder.send(self.renew(request, peer)) } }
        let wire = WireRequest(request.method, request.path, query: request.query, body: request.body)
        let takesGzip = request.acceptsGzip && wire.call?.repliesWithRows == true
        switch wire.call?.queue {
        case .pulling:
            let wait = min(max(0, wire.number("wait") ?? 0), ReplicationLimits.waitSeconds)
            let guest = WaitingRoom.Guest(
                request: wire,
                peer: peer.node,
                responder: responder,
                takesGzip: takesGzip,
                deadline: Clock.monotonic() + wait * 1_000
            )
            pulling.async { self.serve(guest) }
        case .copying:
            copying.async {
                guard self.mayAnswer(responder) else { return }
                self.send(self.answer(wire, peer.node), to: responder, compressed: takesGzip)
            }
        case .pushing where request.method == "POST":
            pushes.withLock { $0.append(Push(request: wire, peer: peer.node, responder: responder)) }
            writing.async { self.push() }
        case .pushing, .writing, nil:
            writing.async {
                guard responder.isWanted else { return }
                responder.send(self.answer(wire, peer.node))
            }
        }
    }

    /// Whether to make a page: for who is gone none, and none while too many wait to be read.
    private func mayAnswer(_ responder: Responder) -> Bool {
        guard responder.isWanted else { return false }
        guard !responder.hasRoom else { return true }
        responder.send(Self.response(.refusal(503, .trouble, "too many answers wait to be read; come again later")))
        return false
    }

    // MARK: in the lanes

    /// Answers a pull, or lets it wait.
    ///
    /// `changes` is read before the store: what changes between the look and the seat is then seen as later, and the
    /// poll looks again instead of sleeping over it.
    private func serve(_ guest: WaitingRoom.Guest) {
        guard !isEnded.load(ordering: .acquiring), mayAnswer(guest.responder) else { return }
        let changes = room.changes
        let mayWait = Clock.monotonic() < guest.deadline
        do {
            switch try office.handle(guest.request, peer: guest.peer, now: Clock.now(), mayWait: mayWait) {
            case .reply(let response, let changed):
                // The head of an answer that began to wait is on its way already, and says nothing of gzip.
                let compressed = guest.takesGzip && !guest.isSeated
                send(Self.response(response), to: guest.responder, compressed: compressed)
                wake(changed)
            case .wait(let streams): seat(guest, streams, since: changes)
            }
        } catch { guest.responder.send(trouble(error, guest.peer)) }
    }

    private func seat(_ guest: WaitingRoom.Guest, _ streams: [String], since changes: UInt64) {
        var guest = guest
        if !guest.isSeated { guest.responder.keepWaiting() }
        guest.isSeated = true
        guard let id = room.seat(guest, streams: streams, since: changes) else {
            let again = guest
            return pulling.async { self.serve(again) }
        }
        guest.responder.onClose { [room] in room.leave(id) }
    }

    /// Sends at once, or compresses on a queue of its own; the bytes are announced meanwhile, so that they count as
    /// waiting.
    private func send(_ response: Response, to responder: Responder, compressed: Bool) {
        guard compressed else { return responder.send(response) }
        responder.announce(response.body.count)
        compressing.async { responder.send(response.compressed()) }
    }

    /// Handles the pushes that wait, up to a page of bytes, together.
    ///
    /// One transaction and one sync for all of them is what makes many small pushes cheap. Each reply says what became
    /// of its own page alone, and is sent after the commit.
    private func push() {
        let batch = pushes.withLock { waiting in
            var bytes = 0
            let count = waiting.prefix { push in
                defer { bytes += push.request.body.count }
                return bytes < ReplicationLimits.pageBytes
            }
            .count
            defer { waiting.removeFirst(count) }
            return waiting.prefix(count).filter { $0.responder.isWanted }
        }
        guard !batch.isEmpty else { return }
        if !isEnded.load(ordering: .acquiring), batch.count > 1 {
            do {
                let (replies, changed) = try office.handle(
                    pushes: batch.map { ($0.request, $0.peer) },
                    now: Clock.now()
                )
                for (push, reply) in zip(batch, replies) {
                    note(reply, push.request, push.peer)
                    push.responder.send(Self.response(reply))
                }
                return wake(changed)
            } catch let error as StoreError where error.kind.isOfTheWay {
                // None of them is to blame: all come again, and find what was admitted by origin, number and id.
                for push in batch { push.responder.send(trouble(error, push.peer)) }
                return
            } catch {
                // What fails one of them must not fail the others: each tries again alone.
                log.line(.warning, "pushes_apart", "\(batch.count) pushes failed together: \(error)")
            }
        }
        for push in batch { push.responder.send(answer(push.request, push.peer)) }
    }

    /// Until when the certificate is good with which a node came, for whoever looks after the nodes.
    private func note(_ peer: PeerIdentity) {
        guard !isEnded.load(ordering: .acquiring) else { return }
        let (kept, ends) = (Values.certificateEnd(peer.node), peer.notAfter.multipliedReportingOverflow(by: 1_000))
        guard !ends.overflow else { return }
        do {
            guard try store.read({ try $0.value(kept) }) != ends.partialValue else { return }
            try store.write(.note) { try $0.setValue(kept, ends.partialValue) }
        } catch { failed(Trouble(error)) }
    }

    private func note(_ response: WireResponse, _ request: WireRequest, _ peer: String) {
        guard let code = response.errorCode else { return }
        log.line(
            .notice,
            "request_refused",
            "\(request.method) \(NodeLog.echo(request.path)) was answered \(response.status): "
                + NodeLog.echo(response.errorMessage ?? ""),
            peer: peer,
            ["reason": .string(code.rawValue)]
        )
    }

    /// One request in its lane; a hello may have changed its node's record, so the allow-list reads it again.
    private func answer(_ request: WireRequest, _ peer: String) -> Response {
        guard !isEnded.load(ordering: .acquiring) else {
            return Self.response(.refusal(503, .trouble, "the office stops"))
        }
        do {
            guard
                case .reply(let response, let changed) = try office.handle(
                    request,
                    peer: peer,
                    now: Clock.now(),
                    mayWait: false
                )
            else {
                preconditionFailure("only a pull may wait")
            }
            wake(changed)
            if request.call == .hello { try allowed.reload(peer, store) }
            note(response, request, peer)
            return Self.response(response)
        } catch { return trouble(error, peer) }
    }

    private func renew(_ request: Request, _ peer: PeerIdentity) -> Response {
        guard request.method == "POST" else {
            return Self.response(.refusal(404, .unknownCall, "only POST \(Renewal.path) is a call of version 1"))
        }
        guard !isEnded.load(ordering: .acquiring) else {
            return Self.response(.refusal(503, .trouble, "the office stops"))
        }
        do {
            let answer = try desk.answer(request.body, door: .sync(peer), now: Clock.now())
            log.renewal(answer, from: peer.node)
            return Self.response(answer.response)
        } catch { return trouble(error, peer.node) }
    }

    /// 503 with `Retry-After`; the peer learns that it should come again, the log and the node what happened.
    private func trouble(_ error: any Error, _ peer: String) -> Response {
        let found = Trouble(error)
        switch found {
        case .passing(let words): log.line(.error, "trouble", words.en, peer: peer)
        case .final(let words): log.line(.error, "store_broken", words.en, peer: peer)
        }
        failed(found)
        return Self.response(.refusal(503, .trouble, "the office cannot work on this now"))
    }

    private static func response(_ response: WireResponse) -> Response {
        let headers = response.status == 503 || response.status == 429 ? [("retry-after", "2")] : []
        return Response(
            status: response.status,
            contentType: "application/x-ndjson",
            headers: headers,
            body: response.body
        )
    }

    // MARK: from outside

    /// Lets those who wait for these streams look again, at once.
    func wake(_ streams: [String]) {
        if !streams.isEmpty { heard() }
        for guest in room.changed(streams) { pulling.async { self.serve(guest) } }
    }

    /// Ends the waits whose time is over; called every second.
    func endWaits() {
        for guest in room.overdue(now: Clock.monotonic()) { pulling.async { self.serve(guest) } }
    }

    /// Waits until the lanes have done what they began; they begin nothing more.
    func end() {
        isEnded.store(true, ordering: .releasing)
        for lane in [writing, pulling, copying, compressing] { lane.sync {} }
    }
}
