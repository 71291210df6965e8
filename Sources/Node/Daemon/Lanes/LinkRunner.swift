import Appeals
import CanonicalJSON
import Commands
import Cryptography
import Desk
import Dispatch
import Glibc
import Locks
import Replication
import Transport
import Web

/// Carries out what a department's link decides: two lanes, each with its thread and its connection.
///
/// Unchecked: the link is touched under `turn` only.
/// A lane's thread blocks in its request; a step of the link, with the transaction in it, runs on whichever thread has
/// the input, one at a time. Requests are never made under `turn`.
final class LinkRunner: @unchecked Sendable {
    private let department: Department
    private let store: any NodeStore
    private let log: NodeLog
    private let url: String
    private let failed: @Sendable (Trouble) -> Void
    /// Hears of each step with an answer of the office, which may have changed what is here; set before the start.
    var heard: @Sendable () -> Void = {}
    /// The state machine; what it decides is carried out here and nowhere else.
    private var link: Link
    private let turn = DispatchSemaphore(value: 1)
    /// A mailbox for each lane, through which steps on one thread reach the other lane's.
    private let orders: [Lane: LaneOrders]
    private let clients: [Lane: HTTPSClient]
    private let ended = DispatchGroup()
    private let paces = Locked<[Lane: PagePace]>([:])
    /// What stands in the way now; nil since the last answer of status 200.
    private let problem = Locked<LinkObstacle?>(nil)
    /// When it began, unix milliseconds.
    private let begun = Clock.now()
    /// Lanes whose request in flight is given up; under `turn` from the decision to the next step of the lane.
    private let abandoned = Locked<Set<Lane>>([])

    /// Longer than the office's empty lines, shorter than a person's patience.
    private static let silence: Int64 = 12_000

    init(
        _ node: OpenedNode,
        _ department: Department,
        url: String,
        office: String,
        officeKey: SHA256Digest,
        log: NodeLog,
        failed: @escaping @Sendable (Trouble) -> Void
    ) throws {
        self.department = department
        store = node.store
        self.log = log
        self.url = NodeSetup.trimmed(url)
        self.failed = failed
        link = Link(department, seed: UInt64.random(in: .min ... .max))
        link.waitSeconds = Int64(node.configuration.waitSeconds)
        link.idleSleep = Int64(node.configuration.idleSeconds) * 1_000
        var clients: [Lane: HTTPSClient] = [:]
        var orders: [Lane: LaneOrders] = [:]
        for lane in Lane.allCases {
            clients[lane] = try HTTPSClient(.node(office, material: node.identity.material, key: officeKey))
            orders[lane] = LaneOrders()
        }
        self.clients = clients
        self.orders = orders
    }

    func start() {
        for lane in Lane.allCases {
            guard let orders = orders[lane], let client = clients[lane] else {
                preconditionFailure("every lane has its orders")
            }
            orders.give(.sleep(until: 0))
            DispatchQueue(label: "kartoteka.link.\(lane.rawValue)").async(group: ended) {
                self.run(lane, orders, client)
            }
        }
    }

    /// Cuts requests in flight short and waits for both threads; a page whose reply was cut is asked for again after
    /// the next start.
    func stop() {
        for lane in Lane.allCases {
            orders[lane]?.stop()
            clients[lane]?.invalidate()
        }
        ended.wait()
    }

    /// Something was added to the node's log.
    func acted() { step(.acted) }

    /// Lets both lanes look at once, whatever they wait for (`sync now`).
    func hurry() { step(.hurried) }

    /// Goes on with a renewed certificate, on both lanes from their next requests on.
    func use(_ material: TLSMaterial) throws(ClientError) {
        for lane in Lane.allCases { try clients[lane]?.use(material) }
        hurry()
    }

    var status: LinkStatus {
        turn.wait()
        defer { turn.signal() }
        return link.status
    }

    /// How both lanes stand.
    var lanes: [LaneStanding] {
        turn.wait()
        defer { turn.signal() }
        return Lane.allCases.map { link.standing($0) }
    }

    // MARK: the lanes' threads

    /// One lane's thread: asks what the link wants asked, until the lane is told to stop.
    private func run(_ lane: Lane, _ orders: LaneOrders, _ client: HTTPSClient) {
        var request: WireRequest?
        let ahead = ReadAhead({ self.exchange($0, lane, client) }, predict: { self.predict($0, $1, lane) })
        while orders.next(&request) {
            guard let request else {
                step(.woke(lane))
                continue
            }
            let input = ahead.take(request) ?? exchange(request, lane, client)
            // While this page is verified and committed, the office makes the next one.
            ahead.begin(after: request, input)
            step(input)
        }
        ahead.end()
    }

    /// The lane's probable next request; the step that follows reports trouble of the store.
    private func predict(_ request: WireRequest, _ reply: [UInt8], _ lane: Lane) -> WireRequest? {
        do {
            guard let next = try department.predictNextRequest(after: request, reply: reply) else { return nil }
            turn.wait()
            defer { turn.signal() }
            return link.foresee(next, on: lane, now: Clock.now())
        } catch { return nil }
    }

    /// One request and what became of it.
    ///
    /// Blocks until there is an answer, 12 s of silence, or a poll of which only empty lines come 12 s beyond its
    /// `wait` (protocol.md section 6). Called on the lane's thread or on that of `ReadAhead`, never on both at once.
    func exchange(_ request: WireRequest, _ lane: Lane, _ client: HTTPSClient) -> LinkInput {
        let isPage = request.call?.repliesWithRows == true
        let begun = Clock.monotonic()
        do throws(ClientError) {
            let response = try client.request(
                method: request.method,
                url: url + request.target,
                headers: request.body.isEmpty ? [] : [("content-type", "application/x-ndjson")],
                body: request.body,
                acceptGzip: isPage && paces.withLock { $0[lane]?.asksGzip ?? false },
                maxBytes: ReplicationLimits.replyBytes,
                silence: Self.silence,
                pace: ClientPace(emptyLines: Self.silence + (request.number("wait") ?? 0) * 1_000),
                isAbandoned: { self.abandoned.withLock { $0.contains(lane) } }
            )
            // A long poll takes as long as there is no news.
            if isPage, request["wait"] == nil, response.status == 200 {
                let took = Clock.monotonic() - begun
                paces.withLock {
                    $0[lane, default: PagePace()]
                        .arrived(after: took, bytes: response.body.count, received: response.received)
                }
            }
            let retryAfter = Self.seconds(response.header("retry-after"))
            let wire = WireResponse(status: response.status, body: response.body, retryAfter: retryAfter)
            note(wire, lane)
            // What is not of the protocol (a proxy, a portal, an overloaded server) is no contact.
            guard response.status == 200 || wire.errorCode != nil, wire.errorCode != .trouble else {
                return .failed(lane, retryAfter: retryAfter)
            }
            return .replied(lane, wire)
        } catch {
            if error.kind != .cancelled { say(LinkObstacle(label: Label(cause: error), cause: .exchange(error.kind))) }
            return .failed(lane, retryAfter: nil)
        }
    }

    /// `Retry-After` in milliseconds; nil if there is none or it is a date, which the link's own back-off then stands
    /// for.
    private static func seconds(_ text: String?) -> Int64? {
        guard let text, text.utf8.count <= 6, text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }), let seconds = Int64(text)
        else { return nil }
        return seconds * 1_000
    }

    /// Keeps what the office said as the obstacle, or that there is none.
    private func note(_ response: WireResponse, _ lane: Lane) {
        if response.status == 200 { return say(nil) }
        let label =
            response.errorCode.map { Label(uk: "Центр відмовив: ", en: "the office refused: ") + $0.label }
            ?? Label(uk: "Центр відповів \(response.status)", en: "the office answered \(response.status)")
        let raw = response.errorMessage.map { " (\(response.status): " + NodeLog.echo($0) + ")" } ?? ""
        say(LinkObstacle(label: label, cause: response.errorCode.map { .refusal($0) } ?? .stranger), raw: raw)
    }

    /// Logs what stands in the way once, not at every try; `raw` is what the office said of it, for the log alone.
    private func say(_ found: LinkObstacle?, raw: String = "") {
        let isNew = problem.withLock { problem in
            defer { problem = found }
            return problem != found
        }
        guard isNew else { return }
        guard let found else { return log.line(.notice, "link_up", "the office answers") }
        log.line(.warning, "link_down", found.label.en + raw)
    }

    /// What stands between this node and its office, in words; empty if nothing does.
    var obstacle: Label { problem.withLock { $0?.label } ?? Label("") }

    /// How the exchange stands, for people at work.
    var exchange: WebExchange {
        let found = problem.withLock { $0 }
        let isSending = lanes.contains { $0.lane == .exchange && $0.doing == .pushing }
        return WebExchange(
            contact: status.contact,
            obstacle: found?.label,
            needsPerson: found?.needsPerson ?? false,
            isSending: isSending
        )
    }

    /// What `doctor` says of it.
    func check(_ node: String, directory: String, now: Int64) -> Check {
        let contact = status.contact
        return NodeDoctor.link(
            problem.withLock { $0 },
            contact: contact,
            since: begun,
            (url, node, directory),
            now: now
        )
    }

    // MARK: the link

    /// Makes one step of the link in its turn, and gives its actions to the lanes.
    ///
    /// If the store fails, both lanes sleep 5 s and the node hears of the trouble.
    private func step(_ input: LinkInput) {
        turn.wait()
        let now = Clock.now()
        if case .replied(let lane, _) = input { _ = abandoned.withLock { $0.remove(lane) } }
        if case .failed(let lane, _) = input { _ = abandoned.withLock { $0.remove(lane) } }
        do {
            let actions = try link.step(input, now: now)
            let purges = actions.contains(.purge)
            for action in actions {
                switch action {
                case .send(let lane, let request): orders[lane]?.give(.send(request))
                case .sleep(let lane, let until): orders[lane]?.give(.sleep(until: until))
                case .abandon(let lane):
                    _ = abandoned.withLock { $0.insert(lane) }
                    clients[lane]?.wake()
                case .purge: break
                }
            }
            turn.signal()
            if case .replied = input { heard() }
            if purges { purge() }
        } catch {
            turn.signal()
            report(error)
            // The lane that failed tries again: with a full disk nothing is lost, it only waits.
            for lane in Lane.allCases { orders[lane]?.give(.sleep(until: now + 5_000)) }
        }
    }

    private func report(_ error: any Error) {
        let found = Trouble(error)
        switch found {
        case .passing(let words): log.line(.error, "trouble", words.en)
        case .final(let words): log.line(.error, "store_broken", words.en)
        }
        failed(found)
    }

    /// Makes sure that nothing of what left is on the disk, then signs the receipts.
    private func purge() {
        do {
            let isSigned = try department.signReceipts(now: Clock.now()) {
                guard let scrubbing = store.scrubbing else {
                    log.line(
                        .warning,
                        "purge_impossible",
                        "the store cannot wipe what was deleted: no purge is receipted"
                    )
                    return false
                }
                guard try scrubbing.checkpoint() else {
                    log.line(.notice, "purge_waits", "others still read: purge receipts wait")
                    return false
                }
                return true
            }
            guard isSigned else { return }
        } catch { return report(error) }
        step(.purged)
    }
}
