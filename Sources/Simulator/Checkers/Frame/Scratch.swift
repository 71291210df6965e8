import Cryptography
import Replication

/// A copy of the office in memory, on which a judge may try what would change the city.
struct Scratch {
    /// The product's own, over the copy.
    let office: Office
    /// What may be changed at will.
    let store: MemoryStore
    private let city: City

    /// Nil where the office's store cannot be copied: on a disk.
    init?(_ city: City, draws seed: UInt64 = 1) {
        guard let memory = city.officeStore as? MemoryStore else { return nil }
        self.city = city
        store = memory.copy()
        office = Office(
            node: "office",
            store: store,
            signer: TwinSigner("office"),
            verifier: TwinVerifier(),
            draw: Scratch.draws(seed),
            rules: city.rules
        )
        office.projection = city.weather.program
    }

    private static func draws(_ seed: UInt64) -> (Int) -> String {
        var generator = Generator(seed: seed)
        return { generator.hex($0) }
    }

    /// A department's process over a store of its own.
    func department(_ name: String, _ store: any Store) -> Department {
        Department(
            node: name,
            store: store,
            signer: TwinSigner(name),
            verifier: TwinVerifier(),
            draw: Self.draws(2),
            rules: city.rules
        )
    }

    /// A request as if this node sent it.
    func ask(_ request: WireRequest, as peer: String) throws -> WireResponse {
        guard case .reply(let response, _) = try office.handle(request, peer: peer, now: city.now, mayWait: false)
        else {
            preconditionFailure("an office that may not wait replies")
        }
        return response
    }

    /// Lets a department talk to the copy until its streams stand at their heads; false if they never do.
    func read(_ department: Department, store: any Store) throws -> Bool {
        // Whoever held the token before is not here to say it again.
        try self.store.write { transaction in
            guard var node = try transaction.node(department.node) else { return }
            node.token = ""
            node.formerToken = ""
            try transaction.putNode(node)
        }
        var link = Link(department, seed: 1)
        link.waitSeconds = 0
        link.idleSleep = 500
        var inputs: [LinkInput] = Lane.allCases.map { .woke($0) }
        var now = city.now
        for _ in 0..<2_000 {
            var asleep: [Lane] = []
            for _ in 0..<500 where !inputs.isEmpty {
                for action in try link.step(inputs.removeFirst(), now: now) {
                    switch action {
                    case .send(let lane, let request):
                        inputs.append(.replied(lane, try ask(request, as: department.node)))
                    case .sleep(let lane, _): asleep.append(lane)
                    case .purge:
                        try department.signReceipts(now: now)
                        inputs.append(.purged)
                    case .abandon: break
                    }
                }
            }
            if try isAtHead(department.node, store) { return true }
            now += 5_000
            inputs = (asleep.isEmpty ? Lane.allCases : asleep).map { .woke($0) }
        }
        return false
    }

    private func isAtHead(_ node: String, _ store: any Store) throws -> Bool {
        for name in [Space.slice(node), Space.node(node), Space.reference] {
            let (office, epoch) = try self.store.read { (try $0.stream(name), try $0.value(Values.epoch)) }
            guard let reader = try store.read({ try $0.stream(name) }), reader.epoch == epoch,
                reader.head == office?.head ?? 0
            else { return false }
        }
        return true
    }
}
