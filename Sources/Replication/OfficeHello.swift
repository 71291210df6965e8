import Appeals
import CanonicalJSON
import Cryptography

/// `POST /sync/v1/hello`: versions, positions and the state of the origin's log; rollback, amnesia and clones are found here.
extension Office {
    func hello(_ request: WireRequest, peer: String, now: Int64) throws -> Handling {
        guard let line = Lines.split(request.body).first, let json = try? JSON(parsing: Array(line)),
            let hello = Hello(json),
            hello.origin.node == peer
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
            if try transaction.value("stopped") != nil {
                return .reply(
                    .refusal(503, .stopped, "the office was found behind its nodes and takes no work"),
                    changed: []
                )
            }
            let epoch = try transaction.value("epoch") ?? ""
            if let found = try behind(hello, epoch: epoch, transaction) {
                try transaction.setValue("stopped", found)
                try transaction.addTray(
                    TrayRecord(kind: "alarm", subject: peer, text: "office behind: " + found, at: now)
                )
                return .reply(.refusal(409, .officeBehind, found), changed: [])
            }
            guard var node = try transaction.node(peer) else {
                return .reply(.refusal(403, .notAllowed, "\(peer) is not on the allow-list"), changed: [])
            }
            guard SHA256.hash(hello.key).hex == node.key else {
                return .reply(.refusal(403, .notAllowed, "the hello names another key than \(peer)'s"), changed: [])
            }
            switch node.state {
            case .active: break
            case .frozen: return .reply(.refusal(403, .frozen, "two copies of \(peer) were seen"), changed: [])
            case .revoked: return .reply(.refusal(403, .revoked, "the key of \(peer) was revoked"), changed: [])
            case .unconfirmed:
                return .reply(.refusal(403, .unconfirmed, "\(peer) is not confirmed since the restore"), changed: [])
            }
            let (state, record) = try greet(hello, &node, epoch: epoch, transaction, now: now)
            node.contact = now
            try transaction.putNode(node)
            if state == .frozen {
                try onFreeze(peer, transaction, now)
                return .reply(.refusal(403, .frozen, "two copies of \(peer) were seen"), changed: [])
            }
            let erased = try learn(hello.erasures, transaction, now: now)
            return .reply(
                try reply(hello, state: state, record: record, node: node, epoch: epoch, transaction, now: now),
                changed: erased
            )
        }
    }

    /// How an origin's log stands to what the office has of it.
    private enum LogState: String { case known, new, behind, fork, closed, tokenStale, frozen, epoch }

    private func greet(
        _ hello: Hello,
        _ node: inout NodeRecord,
        epoch: String,
        _ transaction: any StoreTransaction,
        now: Int64
    ) throws -> (LogState, OriginRecord?) {
        // A node that was in another epoch greets its origins anew, oldest first, once it knows this one.
        if !hello.epoch.isEmpty, hello.epoch != epoch, hello.known != epoch {
            return (.epoch, try transaction.origin(hello.origin))
        }
        guard var record = try transaction.origin(hello.origin) else {
            for var former in try transaction.origins(node: node.node) where former.state == .open {
                former.state = .closed
                try transaction.putOrigin(former)
            }
            let record = OriginRecord(origin: hello.origin, key: hello.key)
            try transaction.putOrigin(record)
            renew(&node)
            return (.new, record)
        }
        switch record.state {
        // The node itself is let in again: its log of before has ended, and the branch goes on under a new incarnation.
        case .frozen: return (.closed, record)
        case .closed:
            // A branch beyond the end of a closed incarnation is a clone's: both cannot be right, a person decides.
            if hello.last.number > record.last, hello.epoch == epoch {
                node.state = .frozen
                record.state = .frozen
                try transaction.putOrigin(record)
                try transaction.addTray(
                    TrayRecord(
                        kind: "alarm",
                        subject: node.node,
                        text: "clone: \(hello.origin) has \(hello.last.number), it ended at \(record.last)",
                        at: now
                    )
                )
                return (.frozen, record)
            }
            return (.closed, record)
        case .open: break
        }
        let isSameEpoch = hello.epoch == epoch || hello.epoch.isEmpty
        if isSameEpoch, !node.token.isEmpty, hello.token != node.token, hello.token != node.formerToken {
            return (.tokenStale, record)
        }
        if hello.token == node.token || node.token.isEmpty || !isSameEpoch { renew(&node) }
        if rules.forkCheck, hello.last.number == record.last, hello.last.id != record.lastID { return (.fork, record) }
        if hello.last.number < record.last {
            let stored = hello.last.number == 0 ? "" : try transaction.operation(hello.origin, hello.last.number)?.id
            return (stored == hello.last.id ? .behind : .fork, record)
        }
        return (.known, record)
    }

    /// The new token counts once it was used; until then the former one is good too, since a reply can be lost.
    private func renew(_ node: inout NodeRecord) {
        node.formerToken = node.token
        node.token = draw(16)
    }

    /// Evidence that this office lost what it had acknowledged or published, in the same epoch.
    ///
    /// A position counts also of a node that has not yet sent again what a former epoch had: it may be kept from it by this.
    private func behind(_ hello: Hello, epoch: String, _ transaction: any StoreTransaction) throws -> String? {
        for position in hello.positions {
            let record = try head(position.stream, transaction)
            guard record.epoch == position.epoch else { continue }
            if position.sequence > record.head {
                return
                    "\(hello.origin.node) has read \(position.stream) up to \(position.sequence), the head is \(record.head)"
            }
            if position.sequence > 0, let entry = try transaction.entry(position.stream, atOrBefore: position.sequence),
                entry.sequence == position.sequence, entry.mark != position.mark
            {
                return "\(position.stream) has another mark at \(position.sequence)"
            }
        }
        guard hello.epoch == epoch else { return nil }
        let last = try transaction.origin(hello.origin)?.last ?? 0
        if last < hello.acknowledged.number {
            return "\(hello.origin):\(hello.acknowledged.number) was acknowledged, the office has \(last)"
        }
        return nil
    }

    private func learn(_ erasures: [String], _ transaction: any StoreTransaction, now: Int64) throws -> [String] {
        // Only an office that was restored can have forgotten an erasure; at any other time it is no node's to erase.
        guard let restored = try transaction.value("restored").flatMap({ Int64($0) }),
            now - restored <= ReplicationLimits.recoveryWindow
        else { return [] }
        let unknown = try erasures.filter { try !transaction.isErased($0) }
        guard !unknown.isEmpty else { return [] }
        let admission = try Admission(self, transaction, now: now)
        for appeal in unknown { try admission.erase(appeal, commit: admission.nextCommit()) }
        return try admission.finish()
    }

    /// How far a log is durable: the last number, and the id that tells another log of that number from it.
    func durable(_ record: OriginRecord, _ reading: any StoreReading) throws -> JSON? {
        guard record.durable > 0, let last = try reading.operation(record.origin, record.durable) else { return nil }
        return ["number": .integer(last.number), "id": .string(last.id)]
    }

    private func reply(
        _ hello: Hello,
        state: LogState,
        record: OriginRecord?,
        node: NodeRecord,
        epoch: String,
        _ transaction: any StoreTransaction,
        now: Int64
    ) throws -> WireResponse {
        var log: JSONObject = ["state": .string(state.rawValue)]
        if let record {
            log["number"] = .integer(record.last)
            log["id"] = .string(record.lastID)
            log["durable"] = try durable(record, transaction)
        }
        var reply: JSONObject = [
            "call": "hello", "version": .integer(Limits.version), "office": .string(self.node), "epoch": .string(epoch),
            "origin": .string(hello.origin.description), "log": .object(log), "token": .string(node.token),
            "clock": .integer(now), "commit": .integer(Int64(try transaction.value("commit") ?? "0") ?? 0),
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
        if let through = try transaction.value("restoredThrough") {
            reply["restoredThrough"] = .integer(Int64(through) ?? 0)
        }
        if !hello.epoch.isEmpty, hello.epoch != epoch {
            let ends = EpochEnds(try transaction.value("epochs") ?? "")
            reply["commonThrough"] = ends.common.map(JSON.integer)
        }
        // A page of the list; the reader says hello again at once for the next one.
        var page = PageWriter(limit: .max, rules.sizes)
        let erased = try transaction.erasures(after: hello.erasuresAfter, limit: rules.sizes.helloErasures)
        for appeal in erased {
            let line: JSON = ["erased": .string(appeal)]
            page.append(line.canonicalBytes())
        }
        if erased.count == rules.sizes.helloErasures { reply["erasuresTo"] = erased.last.map(JSON.string) }
        return try page.finish(reply, signer: signer)
    }

    // MARK: evidence

    /// `GET /sync/v1/operations?origin&after` gives a node its own operations back; `?appeal` gives evidence to a role
    /// that may see all of the appeal.
    func operations(_ request: WireRequest, peer: String) throws -> Handling {
        let limit = Int(request.number("limit") ?? 100)
        let response: WireResponse = try store.read { reading in
            var page = PageWriter(limit: limit, rules.sizes)
            var reply: JSONObject = ["call": "operations", "epoch": .string(try reading.value("epoch") ?? "")]
            if let text = request["origin"], let origin = Origin(text), let after = request.number("after") {
                guard origin.node == peer else { return .refusal(403, .foreignStream, "\(origin) is not of \(peer)") }
                for record in try reading.operations(origin, after: after, limit: page.limit) where !page.isFull {
                    page.append(evidence(record))
                    reply["to"] = .integer(record.number)
                }
                reply["origin"] = .string(origin.description)
            } else if let appeal = request["appeal"] {
                guard let tenure = try reading.tenure(Space.slice(peer), key: appeal), tenure.isOpen,
                    let view = View(department: peer, text: tenure.view), view.role >= .main
                else { return .refusal(403, .foreignStream, "\(peer) may not see all of \(appeal)") }
                let after = request.number("after") ?? 0
                for record in try reading.operations(appeal: appeal, limit: .max).dropFirst(Int(clamping: after))
                where !page.isFull {
                    page.append(withheld(record, from: view))
                }
                reply["appeal"] = .string(appeal)
            } else {
                return .refusal(400, .badRequest, "origin and after, or appeal, are required")
            }
            return try page.finish(reply, signer: signer)
        }
        return .reply(response, changed: [])
    }

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
                "call": "outcomes", "epoch": .string(try reading.value("epoch") ?? ""),
                "origin": .string(origin.description),
            ]
            for record in try reading.operations(origin, after: after, limit: page.limit) where !page.isFull {
                guard let outcome = record.outcome else { break }
                page.append(outcome)
                reply["to"] = .integer(record.number)
            }
            return try page.finish(reply, signer: signer)
        }
        return .reply(response, changed: [])
    }

    /// `{"operation":<line>,"outcome":<line>}`; an erased operation gives its id alone.
    private func evidence(_ record: OperationRecord) -> [UInt8] {
        var line: [UInt8] = []
        line += Array(#"{"id":""#.utf8) + Array(record.id.utf8) + Array(#"","number":\#(record.number)"#.utf8)
        if !record.bytes.isEmpty { line += Array(#","operation":"#.utf8) + record.bytes }
        if let outcome = record.outcome { line += Array(#","outcome":"#.utf8) + outcome }
        return line + Array("}".utf8)
    }

    /// The main executor gets operations without what only the home node may see: the personal part of a registration.
    private func withheld(_ record: OperationRecord, from view: View) -> [UInt8] {
        guard view.role != .home, ["appeal.registered", "appeal.corrected"].contains(record.kind),
            let json = try? JSON(parsing: record.bytes, limits: Limits.operationJSON), var object = json.object
        else { return evidence(record) }
        object["personal"] = nil
        var record = record
        record.bytes = JSON.object(object).canonicalBytes()
        return evidence(record)
    }

    /// `POST /sync/v1/receipts`: signed purge receipts, and entries that could not be applied.
    func receipts(_ request: WireRequest, peer: String, now: Int64) throws -> Handling {
        let all = Lines.split(request.body)
        let (differences, lines) = Self.differences(in: all)
        guard all.count <= rules.sizes.pageRecords else {
            return .reply(
                .refusal(413, .tooLarge, "at most \(rules.sizes.pageRecords) receipts a page"),
                changed: []
            )
        }
        let epoch = try store.read { try $0.value("epoch") } ?? ""
        let keys = try store.read { try $0.origins(node: peer) }.map(\.key)
        var receipts: [Receipt] = []
        for line in lines {
            guard let receipt = Receipt(Array(line)), receipt.node == peer,
                keys.contains(where: { receipt.holds(key: $0, verifier: verifier) })
            else {
                return .reply(.refusal(400, .badRequest, "a receipt is not signed by a key of \(peer)"), changed: [])
            }
            receipts.append(receipt)
        }
        let response: WireResponse = try store.write { transaction in
            try note(differences, of: peer, transaction, now: now)
            for receipt in receipts {
                try transaction.setValue("receipt/\(peer)/\(receipt.appeal)", "\(receipt.tenure) \(receipt.kept)")
                try transaction.addTray(
                    TrayRecord(
                        kind: "receipt",
                        subject: "\(peer) \(receipt.appeal)",
                        text: "tenure \(receipt.tenure), own operations kept: \(receipt.kept)",
                        bytes: receipt.line,
                        at: now
                    )
                )
            }
            return try PageWriter(limit: .max, rules.sizes).finish(
                ["call": "receipts", "epoch": .string(epoch), "count": .integer(Int64(receipts.count))],
                signer: signer
            )
        }
        return .reply(response, changed: [])
    }
}
