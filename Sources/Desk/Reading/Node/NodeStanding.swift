import Appeals
import CanonicalJSON
package import Replication

/// One node as the office knows it: what the office has for it, what it said itself, what it owes, and whether it is let in.
///
/// What only the node can know (its backups, its disk) is not here: nobody tells the office.
package struct NodeStanding {
    /// When it was heard of.
    package enum Heard: Equatable {
        /// It never came.
        case never
        /// Within `Desk.quietAfter`.
        case now(Int64)
        /// Not for a while, less than a day.
        case quiet(Int64)
        /// Not for more than a day: what is known of it is a bound.
        case silent(Int64)

        /// Unix milliseconds; nil if it never came.
        package var at: Int64? {
            switch self {
            case .never: nil
            case .now(let at), .quiet(let at), .silent(let at): at
            }
        }
    }

    /// What it has not sent, by its own word.
    package struct Unsent: Equatable {
        /// When it said so, unix milliseconds.
        package let saidAt: Int64
        /// Of what it had then, what the office has not received.
        package let count: Int64
        /// When the oldest of it was made, by its own clock; nil without one.
        package let oldest: Int64?
    }

    /// An invitation that was given.
    package struct Invited: Equatable {
        /// Unix milliseconds.
        package let until: Int64
        /// Whether a key came by it.
        package let isUsed: Bool
    }

    package let node: String
    /// Nil if it has not joined.
    package let record: NodeRecord?
    package let heard: Heard
    /// Entries of its slice that were published, and how far it confirmed that it has them.
    package let head: Int64
    package let read: Int64
    /// When it confirmed so much; nil if it never did.
    package let readAt: Int64?
    /// Appeals that it is to have.
    package let appeals: Int64
    /// Nil if it never said.
    package let unsent: Unsent?
    /// Its acts that wait for a decision, counted up to `Desk.countedAtMost`.
    package let held: Int
    /// Appeals that left it and whose purge it has not confirmed.
    package let unreceipted: Int64
    /// Alarms that its rows differ and that nothing mended it, in the order of the tray.
    package let differences: [TrayRecord]
    /// All other items of the tray about it.
    package let alarms: [TrayRecord]
    /// When the certificate ends with which it came last, unix milliseconds; nil if none was seen.
    package let certificateEnd: Int64?
    package let invited: Invited?
    /// Until when it may renew an expired certificate, unix milliseconds.
    package let mayRenewUntil: Int64?
    /// Keys, hexadecimal, that are let in no more and whose machines nobody has said to be wiped.
    package let copies: [String]
    /// When it began to claim, without evidence, that the office is behind it; unix milliseconds.
    package let claimedAt: Int64?

    package var lag: Int64 { max(0, head - read) }
    package var isAdmitted: Bool { record?.state == .active }

    /// What somebody has to look at.
    package var needsSomebody: Bool {
        switch record?.state {
        case .frozen, .unconfirmed: return true
        case .active: break
        case .revoked: return !copies.isEmpty
        case nil: return false
        }
        if case .silent = heard { return true }
        return !differences.isEmpty || !alarms.isEmpty || claimedAt != nil || !copies.isEmpty
    }
}

/// All nodes of an office, and what it has to know of itself beside them.
package struct NodesPage {
    /// In the order of their ids.
    package let nodes: [NodeStanding]
    package let names: PrintedNames
    /// Departments of the directory that have no node and no invitation.
    package let without: [String]
    /// Since when nobody knows who was shut out, after a restore without the log of admissions; unix milliseconds.
    package let admissionsAsOf: Int64?
    /// Why the office takes no work, in the machine's words; nil while it does.
    package let stopped: String?

    /// Admitted nodes, and how many of them were heard of within `Desk.quietAfter`.
    package var inContact: (heard: Int, all: Int) {
        let admitted = nodes.filter(\.isAdmitted)
        let heard = admitted.count { node in
            if case .now = node.heard { return true }
            return false
        }
        return (heard, admitted.count)
    }

    package var unconfirmed: [NodeStanding] { nodes.filter { $0.record?.state == .unconfirmed } }
    /// Nodes that claim, without evidence, that the office is behind them.
    package var claiming: [NodeStanding] { nodes.filter { $0.claimedAt != nil } }
}

extension Desk {
    /// A node that was not heard of for so long is quiet, milliseconds; a contact is noted every ten minutes.
    package static let quietAfter: Int64 = 900_000

    /// All nodes that joined or are invited (the first `nodesAtMost`), at an office; none at a department.
    ///
    /// `heard`: what the running office knows beyond the store, which notes a contact every ten minutes.
    package func nodes(heard: (String) -> Int64? = { _ in nil }) throws -> NodesPage {
        try read { reading in
            guard isOffice else {
                return NodesPage(nodes: [], names: .none, without: [], admissionsAsOf: nil, stopped: nil)
            }
            let records = try reading.nodes(after: "", limit: Self.nodesAtMost)
            let invited = try reading.value(Values.invitations) ?? []
            let ids = Set(records.map(\.node)).union(invited)
            let alarms = try alarms(reading), departments = try departmentIDs(reading)
            return NodesPage(
                nodes: try ids.sorted().map { try standing($0, alarms, heard($0), reading) },
                names: try names(of: [], departments: ids.union(departments), reading),
                without: departments.filter { $0 != place.node && !ids.contains($0) },
                admissionsAsOf: try reading.value(Values.admissionsAsOf),
                stopped: try reading.value(Values.stopped)
            )
        }
    }

    /// One of them; refused as `unknownNode` if it neither joined nor is invited.
    package func nodeStanding(_ node: String, heard: Int64? = nil) throws -> NodeStanding {
        try read { reading in
            let isInvited = try reading.value(Values.invitations)?.contains(node) == true
            guard isOffice, Names.isIdentifier(node), try isInvited || reading.node(node) != nil else {
                throw Self.unknownNode(node)
            }
            return try standing(node, try alarms(reading), heard, reading)
        }
    }

    /// The ids of all departments of the directory.
    private func departmentIDs(_ reading: any StoreReading) throws -> [String] {
        try entries("department/", limit: Self.nodesAtMost, reading).map {
            String($0.id.dropFirst("department/".count))
        }
    }

    /// Items of the tray that people must look at and that are about nodes, by node.
    private func alarms(_ reading: any StoreReading) throws -> [String: [TrayRecord]] {
        let items = try shownTray(.alarm, after: 0, limit: Self.countedAtMost, reading)
        // Of a difference the subject goes on with the stream.
        return Dictionary(grouping: items) { String($0.subject.prefix { $0 != " " }) }
    }

    /// How one node stands, of what the store has.
    private func standing(
        _ node: String,
        _ alarms: [String: [TrayRecord]],
        _ lately: Int64?,
        _ reading: any StoreReading
    ) throws -> NodeStanding {
        let record = try reading.node(node), slice = Space.slice(node)
        let stream = try reading.stream(slice), reader = try reading.reader(node, slice)
        let own = alarms[node] ?? []
        let claims = (try reading.value(Values.accusers))?.since(now).claims ?? []
        return NodeStanding(
            node: node,
            record: record,
            heard: heard(max(record?.contact ?? 0, lately ?? 0)),
            head: stream?.head ?? 0,
            read: reader?.sequence ?? 0,
            readAt: reader.map(\.at),
            appeals: stream?.rows ?? 0,
            unsent: try unsent(of: node, reading),
            held: try heldActs(of: node, limit: Self.countedAtMost, reading).count,
            unreceipted: try openDebts(DebtFilter(kind: .purge, node: node), reading),
            differences: own.filter(\.isDifference),
            alarms: own.filter { !$0.isDifference },
            certificateEnd: try reading.value(Values.certificateEnd(node)),
            invited: try reading.value(Values.invitation(node), as: NodeStanding.Invited.init),
            mayRenewUntil: try reading.value(Values.renewal(node))?["expires"]?.integer.flatMap { $0 > now ? $0 : nil },
            copies: try reading.debts(DebtFilter(kind: .revocation, node: node), after: 0, limit: Self.countedAtMost)
                .map(\.subject),
            claimedAt: claims.first { $0.node == node }?.at
        )
    }

    /// How long ago it was heard of, as people are told.
    private func heard(_ contact: Int64) -> NodeStanding.Heard {
        guard contact > 0 else { return .never }
        return now - contact > Self.silentAtMost
            ? .silent(contact) : now - contact > Self.quietAfter ? .quiet(contact) : .now(contact)
    }

    /// What it said that it has not sent; nil if it said nothing.
    private func unsent(of node: String, _ reading: any StoreReading) throws -> NodeStanding.Unsent? {
        guard let said = try reading.value(Values.saidUnsent(node)) else { return nil }
        let count = try said.missing(reading)
        return NodeStanding.Unsent(
            saidAt: said.at,
            count: count,
            oldest: count > 0 && said.oldest > 0 ? said.oldest : nil
        )
    }

    /// Acts of a node that wait for a decision, without those about what is kept from the reader; at most `limit` are looked at.
    package func heldActs(
        of node: String,
        limit: Int,
        _ reading: any StoreReading
    ) throws -> [OperationRecord] {
        try reading.operations(status: .held, node: node, limit: limit)
            .filter { try $0.decision == nil && !isKept($0.appeal ?? "", reading) }
    }

    /// How many debts are open, without those about what is kept from the reader.
    package func openDebts(_ filter: DebtFilter, _ reading: any StoreReading) throws -> Int64 {
        let count = try reading.debtCount(filter)
        guard count > 0, try kept(reading) > 0 else { return count }
        var shown: Int64 = 0, after: Int64 = 0
        while true {
            let page = try reading.debts(filter, after: after, limit: ReplicationLimits.chunk)
            shown += try Int64(page.count { try !isKept(subject: $0.subject, reading) })
            guard page.count == ReplicationLimits.chunk, let last = page.last else { return shown }
            after = last.id
        }
    }
}

extension NodeStanding.Invited {
    fileprivate init?(_ json: JSON) {
        guard let until = json["expires"]?.integer, let usedBy = json["usedBy"]?.string else { return nil }
        self.init(until: until, isUsed: !usedBy.isEmpty)
    }
}

extension TrayRecord {
    /// Whether it tells that rows differ and that nothing mended it.
    package var isDifference: Bool { kind == .alarm && text.hasSuffix(ToldDifference.inVain) }
}
