import Appeals
import CanonicalJSON
import Cryptography

/// A hello's claims against this office: that it lacks something that it had published or acknowledged in this epoch.
///
/// A claim proves nothing, whoever makes it: the office stops only on its own signature.
extension Office {
    /// What becomes of a hello's claims.
    enum Accusation {
        case none
        case refused(WireResponse)
        /// The operator has decided that this node's claim is untrue: it must begin anew.
        case distrusted
    }

    /// What becomes of a hello that says it has more than this office (protocol.md section 7.1, Claims).
    ///
    /// A position in a stream that the peer does not read is 400; a claim without proof is 409 `evidenceWanted`; a
    /// proof, which is this office's own signature, stops the office and is 409 `officeBehind`.
    func accusation(
        _ hello: Hello,
        epoch: String,
        _ transaction: any StoreTransaction,
        now: Int64
    ) throws -> Accusation {
        let peer = hello.origin.node
        guard hello.positions.allSatisfy({ Self.streams(of: peer).contains($0.stream) }) else {
            try alarm(.foreignPosition, of: peer, "lie: a position in a stream that it does not read", transaction, now)
            return .refused(.refusal(400, .badRequest, "a position is in a stream that \(peer) does not read"))
        }
        guard let claim = try claim(hello, epoch: epoch, transaction) else {
            try transaction.setValue(Values.distrusted(peer), nil)
            return .none
        }
        let proof = try rules.proof(of: claim) { try self.proof(hello.evidence, of: peer, epoch: epoch, transaction) }
        if let proof {
            try stop("behind \(peer)'s evidence: \(proof)", about: peer, transaction, now: now)
            return .refused(.refusal(409, .officeBehind, proof))
        }
        if try transaction.value(Values.distrusted(peer)) == epoch { return .distrusted }
        try doubt(claim, by: peer, transaction, now: now)
        return .refused(.refusal(409, .evidenceWanted, claim + "; the signed last line that said so is wanted"))
    }

    /// Stops the office: it accepts no work from nodes or people until the operator declares a restore.
    func stop(_ found: String, about subject: String, _ transaction: any StoreTransaction, now: Int64) throws {
        try transaction.setValue(Values.stopped, found)
        try transaction.addTray(
            TrayRecord(kind: .alarm, subject: subject, text: TrayRecord.officeBehind + found, at: now)
        )
    }

    /// What the hello says about this epoch that this store does not have; nil if everything is here.
    ///
    /// Positions count even while the node has not yet sent its former epoch's work again.
    private func claim(_ hello: Hello, epoch: String, _ reading: any StoreReading) throws -> String? {
        for position in hello.positions {
            if let found = try lacks(position, reading) { return "\(hello.origin.node) has read " + found }
        }
        guard hello.epoch == epoch else { return nil }
        return try lacks(hello.acknowledged.number, of: hello.origin, reading).map { "acknowledged was " + $0 }
    }

    /// What this office lacks if a reader truly stood there; nil if it lacks nothing.
    private func lacks(_ position: Position, _ reading: any StoreReading) throws -> String? {
        let record = try head(position.stream, reading)
        guard record.epoch == position.epoch else { return nil }
        if position.sequence > record.head {
            return "\(position.stream) up to \(position.sequence), the head is \(record.head)"
        }
        guard position.sequence > 0, let entry = try reading.entry(position.stream, atOrBefore: position.sequence),
            entry.sequence == position.sequence, entry.mark != position.mark
        else { return nil }
        return "another \(position.stream) up to \(position.sequence)"
    }

    /// What this office lacks if that number of a log was acknowledged; nil if it lacks nothing.
    private func lacks(_ number: Int64, of origin: Origin, _ reading: any StoreReading) throws -> String? {
        let last = try reading.origin(origin)?.last ?? 0
        return number > last ? "\(origin):\(number), the office has \(last)" : nil
    }

    // MARK: evidence

    /// Whether this office's own signature, on a reply to this peer in this epoch, says what its store lacks.
    private func proof(
        _ lines: [String],
        of peer: String,
        epoch: String,
        _ reading: any StoreReading
    ) throws -> String? {
        for line in lines {
            guard let signed = SignedReply(Array(line.utf8)), signed.reply["epoch"]?.string == epoch,
                signed.isSigned(by: signer.publicKey, verifier: verifier)
            else { continue }
            if let found = try lacks(signed.reply, to: peer, reading) { return found }
        }
        return nil
    }

    /// What this office lacks of a last line that it signed for this peer; nil if it lacks nothing.
    private func lacks(_ reply: JSONObject, to peer: String, _ reading: any StoreReading) throws -> String? {
        guard let call = reply["call"]?.string.flatMap({ ProtocolCall(rawValue: $0) }) else { return nil }
        if let stream = reply["stream"]?.string, let place = Self.place(in: call) {
            guard Self.streams(of: peer).contains(stream), let sequence = reply[place]?.integer,
                let mark = reply["mark"]?.string, let epoch = reply["epoch"]?.string
            else { return nil }
            let position = Position(stream: stream, epoch: epoch, sequence: sequence, mark: mark)
            return try lacks(position, reading) ?? lacks(commitOf: reply, reading)
        }
        guard let origin = reply["origin"]?.string.flatMap({ Origin($0) }), origin.node == peer,
            let number = Self.lastNumber(reply, of: call)
        else { return nil }
        return try lacks(number, of: origin, reading) ?? lacks(commitOf: reply, reading)
    }

    /// The member of a reply that says how far it led in a stream.
    private static func place(in call: ProtocolCall) -> String? {
        switch call {
        case .pull: "to"
        case .snapshot: "head"
        case .hello, .push, .probe, .fetch, .receipts, .recovered, .operations, .outcomes: nil
        }
    }

    /// How far a reply says that the office has a log.
    private static func lastNumber(_ reply: JSONObject, of call: ProtocolCall) -> Int64? {
        switch call {
        case .push: reply["stored"]?.integer
        case .operations, .outcomes: reply["to"]?.integer
        case .hello: reply["log"]?["number"]?.integer ?? 0
        case .pull, .snapshot, .probe, .fetch, .receipts, .recovered: nil
        }
    }

    /// What this office lacks if it has told of that commit; nil if its own is not behind.
    private func lacks(commitOf reply: JSONObject, _ reading: any StoreReading) throws -> String? {
        let last = try reading.lastCommit()
        guard let commit = reply["commit"]?.integer, commit > last else { return nil }
        return "the commit \(commit), the office has \(last)"
    }

    // MARK: claims without evidence

    /// Raises an alarm, once a day for each node, with the number of nodes that make such claims.
    private func doubt(_ claim: String, by peer: String, _ transaction: any StoreTransaction, now: Int64) throws {
        var accusers = (try transaction.value(Values.accusers) ?? Accusers()).since(now)
        guard accusers.add(peer, at: now) else { return }
        try transaction.setValue(Values.accusers, accusers)
        try transaction.addTray(
            TrayRecord(
                kind: .alarm,
                subject: peer,
                text: "\(TrayRecord.withoutEvidence): \(claim); nodes that claim such a thing: \(accusers.count)",
                at: now
            )
        )
    }

    /// Repeated misbehaviour of a peer raises one alarm a day.
    enum PeerAlarm: String { case foreignPosition, foreignErasure, incarnations }

    /// Leaves an alarm in the tray, unless this peer gave the same within `alarmPause` ms.
    func alarm(
        _ alarm: PeerAlarm,
        of peer: String,
        _ text: String,
        _ transaction: any StoreTransaction,
        _ now: Int64
    ) throws {
        let given = Values.alarmed(alarm.rawValue, peer)
        if let last = try transaction.value(given), abs(now - last) < ReplicationLimits.alarmPause { return }
        try transaction.setValue(given, now)
        try transaction.addTray(TrayRecord(kind: .alarm, subject: peer, text: text, at: now))
    }

    // MARK: the operator's decision

    /// The result of the operator's decision that a node's claim is untrue.
    public enum Distrust: Sendable, Equatable {
        case told
        case unknownNode
        /// The node claims nothing that this office lacks.
        case noClaim
        /// The claim carries the office's own signature.
        case evidenceHolds
    }

    /// Decides that a node's unproven claim is untrue: the node closes its incarnation and takes snapshots.
    public func distrust(_ node: String, by user: String, reason: String, now: Int64) throws -> Distrust {
        try store.write { transaction in
            guard try transaction.node(node) != nil else { return .unknownNode }
            guard try transaction.value(Values.stopped) == nil else { return .evidenceHolds }
            var accusers = (try transaction.value(Values.accusers) ?? Accusers()).since(now)
            guard accusers.remove(node) else { return .noClaim }
            try transaction.setValue(Values.accusers, accusers)
            try transaction.setValue(Values.distrusted(node), try transaction.value(Values.epoch))
            try transaction.addTray(
                TrayRecord(kind: .alarm, subject: node, text: "distrusted by \(user): \(reason)", at: now)
            )
            return .told
        }
    }

    // MARK: the office's own mark

    /// The epoch and the last commit that this office may have told anybody; nil while it is stopped.
    public func acknowledged() throws -> (epoch: String, commit: Int64)? {
        try store.read { reading in
            guard try reading.value(Values.stopped) == nil else { return nil }
            return (try reading.value(Values.epoch) ?? "", try reading.lastCommit())
        }
    }

    /// Stops an office whose store is behind what it had acknowledged; returns whether it is.
    @discardableResult
    public func stopIfBelow(epoch: String, commit: Int64, now: Int64) throws -> Bool {
        try store.write { transaction in
            let present = try transaction.value(Values.epoch) ?? ""
            let last = try transaction.lastCommit()
            let former = try EpochEnds(transaction)
            // A mark of an epoch that this store knows to have ended is merely out of date.
            guard present == epoch ? commit > last : !former.contains(epoch) else { return false }
            if try transaction.value(Values.stopped) == nil {
                let found = "acknowledged was the commit \(commit) in \(epoch), the store has \(last) in \(present)"
                try stop(found, about: node, transaction, now: now)
            }
            return true
        }
    }
}

/// The nodes that lately claimed without evidence that the office lacks something, and when.
package struct Accusers: Sendable {
    private var times: [String: Int64] = [:]

    /// Nobody claims anything.
    init() {}

    /// Words `node@time`; nil for another text.
    fileprivate init?(_ text: String) {
        for word in text.isEmpty ? [] : ValueText.words(text) {
            let parts = word.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2, let at = ValueText.number(parts[1]) else { return nil }
            times[String(parts[0])] = at
        }
    }

    /// Without entries older than `alarmPause` ms.
    package func since(_ now: Int64) -> Accusers {
        var recent = self
        recent.times = times.filter { abs(now - $0.value) < ReplicationLimits.alarmPause }
        return recent
    }

    fileprivate var text: String { times.keys.sorted().map { "\($0)@\(times[$0] ?? 0)" }.joined(separator: " ") }
    var count: Int { times.count }
    /// Nodes with the time of their first claim of these, unix milliseconds, in the order of names.
    package var claims: [(node: String, at: Int64)] { times.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }

    /// False if it is among them already.
    mutating func add(_ node: String, at now: Int64) -> Bool {
        guard times[node] == nil else { return false }
        times[node] = now
        return true
    }

    /// False if it is not among them.
    mutating func remove(_ node: String) -> Bool { times.removeValue(forKey: node) != nil }
}

extension ValueForm where Content == Accusers {
    static var accusers: Self { Self(read: { Accusers($0) }, text: { $0.text }) }
}
