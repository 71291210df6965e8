import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// Draws that repeat themselves: the first bytes of SHA-256("<name> <n>").
final class Draws {
    private let name: String
    private var count = 0

    init(_ name: String) { self.name = name }

    func draw(_ bytes: Int) -> String {
        count += 1
        return String(SHA256.hash(Array("\(name) \(count)".utf8)).hex.prefix(2 * bytes))
    }
}

/// A department's node with its link, as it is pumped by hand.
final class Site {
    let node: String
    let store: MemoryStore
    let department: Department
    var link: Link
    /// The long poll that waits at the office.
    var waiting: WireRequest?

    init(_ node: String, store: MemoryStore, signer: any Signer, draws: Draws) {
        self.node = node
        self.store = store
        department = Department(
            node: node,
            store: store,
            signer: signer,
            verifier: RealVerifier(),
            draw: { draws.draw($0) }
        )
        link = Link(department, seed: 1)
    }
}

/// An office and its departments in one process, with a clock of their own, whose exchanges are recorded.
final class Town {
    /// 2 March 2026, 08:00 in Kyiv.
    var now: Int64 = 1_772_431_200_000
    private var ticks = 0
    let book: VectorBook
    let signatures = SignatureBook()
    var officeStore = MemoryStore()
    var office: Office
    let officeSigner: RecordedSigner
    private let officeDraws = Draws("office")
    let signers: [String: RecordedSigner]

    init(_ book: VectorBook) throws {
        self.book = book
        officeSigner = RecordedSigner("office", book: signatures)
        signers = [
            "roads": RecordedSigner("roads", book: signatures), "water": RecordedSigner("water", book: signatures),
        ]
        let draws = officeDraws
        office = Office(
            node: "office",
            store: officeStore,
            signer: officeSigner,
            verifier: RealVerifier(),
            draw: { draws.draw($0) }
        )
        try office.initialize()
    }

    func signer(_ node: String) -> RecordedSigner {
        guard let signer = signers[node] else { preconditionFailure("\(node) has a key in Vectors/") }
        return signer
    }

    /// Another office process over a store: a copy to try refusals on, or a restored backup.
    func office(over store: MemoryStore) -> Office {
        let draws = officeDraws
        return Office(
            node: "office",
            store: store,
            signer: officeSigner,
            verifier: RealVerifier(),
            draw: { draws.draw($0) }
        )
    }

    func tick() -> Int64 {
        ticks += 1
        precondition(ticks < 5_000, "the conversation comes to an end")
        now += 1_000
        return now
    }

    /// An act at the office; it must be accepted.
    @discardableResult
    func act(
        _ user: String,
        _ role: String,
        _ kind: String,
        _ appeal: String?,
        _ body: JSONObject,
        _ personal: JSONObject? = nil
    ) throws -> Outcome {
        let draft = Draft(
            kind: kind,
            appeal: appeal,
            actor: Actor(user: user, role: role),
            body: body,
            personal: personal
        )
        let outcome = try office.act(now: tick()) { _ in draft }.outcome
        precondition(
            outcome.status == .accepted,
            "\(kind): \(outcome.status) \(outcome.reason?.english ?? "") \(outcome.path)"
        )
        return outcome
    }

    /// Something done at a department.
    @discardableResult
    func act(
        at site: Site,
        _ user: String,
        _ role: String,
        _ kind: String,
        _ appeal: String,
        _ body: JSONObject,
        _ personal: JSONObject? = nil,
        authority: String? = nil
    ) throws -> SignedOperation {
        var draft = Draft(
            kind: kind,
            appeal: appeal,
            actor: Actor(user: user, role: role),
            body: body,
            personal: personal
        )
        draft.authority = authority
        let made = draft
        return try site.department.act(now: tick()) { _ in made }
    }

    // MARK: exchanges

    /// Asks the office directly and records the exchange, if it has a name.
    @discardableResult
    func ask(_ name: String?, _ request: WireRequest, peer: String, of office: Office? = nil) throws -> WireResponse {
        var request = request
        if let name { request.query.append(("ask", String(SHA256.hash(Array(name.utf8)).hex.prefix(16)))) }
        guard
            case .reply(let response, _) = try (office ?? self.office).handle(
                request,
                peer: peer,
                now: tick(),
                mayWait: false
            )
        else {
            preconditionFailure("without waiting every request is answered")
        }
        if let name { book.exchange(name, request, response) }
        return response
    }

    /// Runs a lane until it has nothing to do, recording its exchanges under these names, in order.
    func run(_ site: Site, _ lane: Lane, _ names: [String?] = []) throws {
        try follow(site, try site.link.step(.woke(lane), now: tick()), lane, names)
    }

    /// Ends a long poll: the office answers because something has changed.
    func endWait(_ site: Site, _ names: [String?]) throws {
        guard let request = site.waiting else { preconditionFailure("a long poll waits") }
        site.waiting = nil
        guard case .reply(let response, _) = try office.handle(request, peer: site.node, now: tick(), mayWait: true)
        else {
            precondition(names.isEmpty, "the office has news for \(site.node)")
            site.waiting = request
            return
        }
        if let name = names.first ?? nil { book.exchange(name, request, response, emptyLines: 2) }
        try follow(site, try site.link.step(.replied(.read, response), now: now), .read, Array(names.dropFirst()))
    }

    /// Reads on, whether a long poll waits or not.
    func endWaitOrRead(_ site: Site, _ names: [String?]) throws {
        if site.waiting == nil { try run(site, .read, names) } else { try endWait(site, names) }
    }

    private func follow(_ site: Site, _ first: [LinkAction], _ lane: Lane, _ names: [String?]) throws {
        var actions = first
        var names = names
        while true {
            if actions.contains(.purge) {
                try site.department.signReceipts(now: tick())
                actions = try site.link.step(.purged, now: now)
                continue
            }
            guard let action = actions.first else { break }
            switch action {
            case .send(_, let request):
                guard case .reply(let response, _) = try office.handle(request, peer: site.node, now: tick()) else {
                    site.waiting = request
                    precondition(names.isEmpty, "\(names) were not reached: the lane waits")
                    return
                }
                let name = names.isEmpty ? nil : names.removeFirst()
                if let name { book.exchange(name, request, response) }
                actions = try site.link.step(.replied(lane, response), now: now)
            case .sleep(_, let until):
                guard until <= now else {
                    precondition(names.isEmpty, "\(names) were not reached: the lane sleeps, \(site.link.status)")
                    return
                }
                actions = try site.link.step(.woke(lane), now: tick())
            case .purge, .abandon: break
            }
        }
        precondition(names.isEmpty, "\(names) were not reached: the lane stands")
    }
}
