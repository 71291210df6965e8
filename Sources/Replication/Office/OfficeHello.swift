import Appeals
import CanonicalJSON
import Cryptography

/// `POST /sync/v1/hello`: versions, positions and the state of the origin's log; rollback, amnesia and clones are found here.
extension Office {
    /// Answers a hello of the peer whose certificate `peer` is from.
    ///
    /// One line, at most as long as its lists may be; 400 if it is not in form, of another node or of another version;
    /// 403 if the peer is not on the allow-list, revoked, unconfirmed or frozen. All else is decided in one
    /// transaction. Source: protocol.md section 7.1.
    func hello(_ request: WireRequest, peer: String, now: Int64) throws -> Handling {
        let lines = Lines.split(request.body)
        guard lines.count == 1, let json = try? JSON(parsing: Array(lines[0])), let hello = Hello(json),
            hello.origin.node == peer, holdsWitness(hello)
        else {
            return .reply(
                .refusal(400, .badRequest, "the hello is not one line in the form of protocol.md"),
                changed: []
            )
        }
        guard hello.version == Limits.version else {
            return .reply(.refusal(400, .badRequest, "this office speaks version \(Limits.version)"), changed: [])
        }
        return try store.write { transaction in
            if let stopped = try stopped(transaction) { return .reply(stopped, changed: []) }
            return try greeted(hello, request, transaction, now: now)
        }
    }

    /// Decides about a well-formed hello in one transaction: allow-list, key, claims, log, erasures, reply.
    private func greeted(
        _ hello: Hello,
        _ request: WireRequest,
        _ transaction: any StoreTransaction,
        now: Int64
    ) throws -> Handling {
        let peer = hello.origin.node
        let epoch = try transaction.value(Values.epoch) ?? ""
        guard var node = try transaction.node(peer) else {
            return .reply(.refusal(403, .notAllowed, "\(peer) is not on the allow-list"), changed: [])
        }
        guard SHA256.hash(hello.key).hex == node.key else {
            return .reply(.refusal(403, .notAllowed, "the hello names another key than \(peer)'s"), changed: [])
        }
        switch node.state {
        case .active, .frozen: break
        case .revoked: return .reply(.refusal(403, .revoked, "the key of \(peer) was revoked"), changed: [])
        case .unconfirmed:
            return .reply(.refusal(403, .unconfirmed, "\(peer) is not confirmed since the restore"), changed: [])
        }
        let wasFrozen = node.state == .frozen
        let greeting: Greeting
        switch try accusation(hello, epoch: epoch, transaction, now: now) {
        case .refused(let response): return .reply(response, changed: [])
        case .distrusted: greeting = Greeting(.distrusted, try transaction.origin(hello.origin))
        case .none:
            greeting =
                wasFrozen
                ? Greeting(.frozen) : try greet(hello, &node, epoch: epoch, transaction, now: now)
        }
        node.contact = now
        try transaction.putNode(node)
        if node.state == .active {
            let said = SaidUnsent(at: now, origin: hello.origin, last: hello.last.number, oldest: hello.oldestUnsent)
            try transaction.setValue(Values.saidUnsent(peer), said)
        }
        try keepWitness(hello, transaction)
        switch greeting.state {
        case .frozen:
            if !wasFrozen { try onFreeze(peer, transaction, now) }
            return .reply(.refusal(403, .frozen, "two copies of \(peer) were seen"), changed: [])
        case .tooMany:
            let limit = ReplicationLimits.incarnationsADay
            return .reply(.refusal(503, .trouble, "more than \(limit) incarnations of \(peer) today"), changed: [])
        case .known, .new, .behind, .fork, .closed, .tokenStale, .epoch, .earlierFirst, .distrusted: break
        }
        let changed = try learn(hello.erasures, from: peer, transaction, now: now)
        let reply = try reply(hello, greeting, node: node, epoch: epoch, transaction, now: now)
        return .reply(try reply.page.finish(reply.last, to: request, signer: signer), changed: changed)
    }

    /// How far a log is durable: the last number, and the id that distinguishes this log from a copy's.
    func durable(_ record: OriginRecord, _ reading: any StoreReading) throws -> JSON? {
        guard record.durable > 0, let last = try reading.operation(record.origin, record.durable) else { return nil }
        return ["number": .integer(last.number), "id": .string(last.id)]
    }

    /// The reply's lines (erasures beyond the node's) and the members of its last line.
    private func reply(
        _ hello: Hello,
        _ greeting: Greeting,
        node: NodeRecord,
        epoch: String,
        _ transaction: any StoreTransaction,
        now: Int64
    ) throws -> (page: PageWriter, last: JSONObject) {
        var log: JSONObject = ["state": .string(greeting.state.rawValue)]
        log["earlier"] = greeting.earlier.map { .string($0.description) }
        if let record = greeting.record {
            log["number"] = .integer(record.last)
            log["id"] = .string(record.lastID)
            log["durable"] = try durable(record, transaction)
        }
        var reply: JSONObject = [
            "call": ProtocolCall.hello.json, "version": .integer(Limits.version), "office": .string(self.node),
            "epoch": .string(epoch),
            "origin": .string(hello.origin.description), "log": .object(log), "token": .string(node.token),
            "clock": .integer(now), "commit": .integer(try transaction.lastCommit()),
            "limits": [
                "pageRecords": .integer(Int64(rules.sizes.pageRecords)),
                "pageBytes": .integer(Int64(rules.sizes.pageBytes)),
            ],
        ]
        let former = try transaction.origins(node: node.node).filter { $0.origin != hello.origin && $0.durable > 0 }
        if !former.isEmpty {
            reply["durable"] = .object(
                JSONObject(
                    members: try former.compactMap { record in
                        try durable(record, transaction).map { (record.origin.description, $0) }
                    }
                )
            )
        }
        let slice = hello.positions.first { $0.stream == Space.slice(node.node) && $0.epoch == epoch }
        let owed = try owed(by: node.node, epoch: epoch, read: slice?.sequence ?? 0, transaction)
        if !owed.isEmpty { reply["owed"] = .array(owed) }
        reply["restoredThrough"] = try transaction.value(Values.restoredThrough).map(JSON.integer)
        if !hello.epoch.isEmpty, hello.epoch != epoch {
            let ends = try EpochEnds(transaction)
            reply["commonThrough"] = ends.common.map(JSON.integer)
        }
        // A page of the list; the reader says hello again at once for the next one.
        var page = PageWriter(limit: .max, rules.sizes)
        let erased = try transaction.erasures(after: hello.erasuresAfter, limit: rules.sizes.helloErasures)
        let seal = try Seal(transaction)
        for var erasure in erased {
            erasure.seal = seal?.erasure(of: erasure.appeal) ?? ""
            page.append(erasure.json.canonicalBytes())
        }
        if erased.count == rules.sizes.helloErasures { reply["erasuresTo"] = erased.last.map { .string($0.appeal) } }
        return (page, reply)
    }

    // MARK: outcomes

    /// `GET /sync/v1/outcomes?origin&after`: what became of a node's own operations, lines as in the reply of a push.
    func outcomes(_ request: WireRequest, peer: String) throws -> Handling {
        guard let origin = request["origin"].flatMap({ Origin($0) }), let after = request.number("after") else {
            return .reply(.refusal(400, .badRequest, "origin and after are required"), changed: [])
        }
        guard origin.node == peer else {
            return .reply(.refusal(403, .foreignStream, "\(origin) is not of \(peer)"), changed: [])
        }
        let response: WireResponse = try store.read { reading in
            var page = PageWriter(limit: Int(request.number("limit") ?? 100), rules.sizes)
            var reply: JSONObject = [
                "call": ProtocolCall.outcomes.json, "epoch": .string(try reading.value(Values.epoch) ?? ""),
                "origin": .string(origin.description),
            ]
            for record in try reading.operations(origin, after: after, limit: page.limit) where !page.isFull {
                guard let outcome = record.outcome else { break }
                page.append(outcome)
                reply["to"] = .integer(record.number)
            }
            return try page.finish(reply, to: request, signer: signer)
        }
        return .reply(response, changed: [])
    }
}
