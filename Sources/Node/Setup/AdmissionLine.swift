import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// How one node stands: its key, whether the key is let in, and the invitation that may be used for it.
struct AdmissionStanding: Equatable {
    /// SHA-256 of the key, hex; empty if the node never joined.
    var key = ""
    /// Nil if the node never joined.
    var state: NodeRecord.State?
    var invitation: Invitation?
    /// Keys (hex, in order) that are the node's no more, and whose machine nobody has said to be wiped: each has a copy
    /// of the node's appeals.
    var copies: [String] = []

    init(key: String = "", state: NodeRecord.State? = nil, invitation: Invitation? = nil, copies: [String] = []) {
        self.key = key
        self.state = state
        self.invitation = invitation
        self.copies = copies
    }

    /// How a node stands in the store.
    init(_ node: String, _ reading: any StoreReading) throws {
        if let record = try reading.node(node) {
            key = record.key
            state = record.state
        }
        invitation = try Invitation.read(node, reading)
        let filter = DebtFilter(kind: .revocation, node: node)
        copies = try reading.debts(filter, after: 0, limit: Self.copiesRead).map(\.subject).sorted()
    }

    /// A line has room for so many; a node that has them is not invited again before somebody looks for them.
    static let copiesAtMost = 16
    /// With the key that is in force, and one more, to see that there are too many.
    private static let copiesRead = copiesAtMost + 2

    /// How the node stands after a change: a key that is shut out or replaced leaves a copy, one that is let in has none.
    func next(key: String, state: NodeRecord.State, invitation: Invitation? = nil) -> AdmissionStanding {
        var copies = Set(copies)
        if self.state != nil, self.key != key { copies.insert(self.key) }
        if state == .revoked { copies.insert(key) } else { copies.remove(key) }
        return AdmissionStanding(key: key, state: state, invitation: invitation, copies: copies.sorted())
    }

    /// Puts it into the store; a node with another key than before begins anew.
    func put(_ node: String, _ transaction: any StoreTransaction, now: Int64) throws {
        try oweCopies(node, transaction, now: now)
        if let state {
            let former = try transaction.node(node)
            var record = former.flatMap { $0.key == key ? $0 : nil } ?? NodeRecord(node: node, key: key)
            record.state = state
            if record != former { try transaction.putNode(record) }
        }
        if let invitation {
            try invitation.keep(transaction, now: now)
        } else {
            try Invitation.end(node, transaction, now: now)
        }
        if state != .active { try RenewalApproval.end(node, transaction) }
    }

    /// The second half of every revocation is a row: open while nobody has said that the copy is gone.
    private func oweCopies(_ node: String, _ transaction: any StoreTransaction, now: Int64) throws {
        let filter = DebtFilter(kind: .revocation, node: node)
        let open = try transaction.debts(filter, after: 0, limit: Self.copiesRead)
        for debt in open where !copies.contains(debt.subject) {
            let isLetIn = state == .active && debt.subject == key
            try transaction.closeDebt(debt, as: isLetIn ? .dropped : .paid, at: now)
        }
        for copy in copies where !open.contains(where: { $0.subject == copy }) {
            try transaction.openDebt(DebtRecord(.revocation, node: node, subject: copy, at: now))
        }
    }
}

/// A line of the admission log: one change, and how the node stands after it.
///
/// Canonical JSON with `sum`, the SHA-256 of the former line's sum and of this line without it: a line that is torn, changed
/// or taken out of the middle is noticed. The last line of a node says all of it.
struct AdmissionLine: Equatable {
    enum Change: String, CaseIterable {
        /// The log begins; about no node.
        case founded
        case invited, withdrawn, joined, readmitted, revoked, frozen
        /// Somebody has said that the copy of a former key is gone.
        case wiped
        /// The office was restored without this log: nobody knows whether the node is still meant to be let in.
        case unconfirmed
        case confirmed
    }

    /// Counts changes; a log that was compacted keeps the numbers of the lines that it keeps.
    let number: Int64
    /// Unix milliseconds.
    let at: Int64
    let change: Change
    let node: String
    let standing: AdmissionStanding

    /// No line is longer.
    static let limit = 4_096

    private var members: JSONObject {
        [
            "at": .integer(at), "change": .string(change.rawValue),
            "copies": .array(standing.copies.map { .string($0) }),
            "invitation": standing.invitation?.json ?? .null, "key": .string(standing.key), "node": .string(node),
            "number": .integer(number), "state": .string(standing.state?.rawValue ?? ""),
        ]
    }

    private static func sum(_ members: JSONObject, after former: SHA256Digest) -> SHA256Digest {
        SHA256.hash(former.array + JSON.object(members).canonicalBytes())
    }

    /// The line with its line feed, and its sum.
    func line(after former: SHA256Digest) -> (bytes: [UInt8], sum: SHA256Digest) {
        var members = members
        let sum = Self.sum(members, after: former)
        members["sum"] = .string(sum.hex)
        return (JSON.object(members).canonicalBytes() + [10], sum)
    }

    /// Reads a line without its line feed; nil if it does not follow the former, or is not byte for byte what would be written.
    static func read(
        _ bytes: ArraySlice<UInt8>,
        after former: SHA256Digest
    ) -> (line: AdmissionLine, sum: SHA256Digest)? {
        do throws(JSONError) {
            let json = try JSON(parsing: Array(bytes))
            guard let line = AdmissionLine(json) else { return nil }
            let whole = line.line(after: former)
            return whole.bytes.dropLast() == bytes ? (line, whole.sum) : nil
        } catch { return nil }
    }

    private init?(_ json: JSON) {
        guard let number = json["number"]?.integer, let at = json["at"]?.integer,
            let change = json["change"]?.string.flatMap(Change.init), let node = json["node"]?.string,
            let key = json["key"]?.string, let state = json["state"]?.string,
            let copies = json["copies"]?.array?.map(\.string)
        else { return nil }
        let standing = AdmissionStanding(
            key: key,
            state: NodeRecord.State(rawValue: state),
            invitation: json["invitation"].flatMap { Invitation(node, $0) },
            copies: copies.compactMap { $0 }
        )
        self.init(number: number, at: at, change: change, node: node, standing: standing)
    }

    init(number: Int64, at: Int64, change: Change, node: String, standing: AdmissionStanding) {
        self.number = number
        self.at = at
        self.change = change
        self.node = node
        self.standing = standing
    }
}
