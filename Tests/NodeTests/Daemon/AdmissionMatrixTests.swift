import Appeals
import CanonicalJSON
import Cryptography
import Testing

@testable import Commands
@testable import Desk
@testable import Node
@testable import Replication

/// Every change of admission, what became of the office afterwards, and who tries to come in then: who is admitted.
///
/// Real directories, backups and restores; the oracle beside says who may come in, without the code that is judged.
@Suite("Admission: every change and what happens next", .serialized)
struct AdmissionMatrixTests {
    /// What changed after the backup.
    ///
    /// Before it the laptop A had joined, or its invitation had been made only.
    enum Change: String, CaseIterable {
        case joined, revoked, frozen, letIn, anotherLetIn, invitedAnew, withdrawn, expired, renewalApproved,
            neverJoinedRevoked, revokedAndWiped

        /// Whether A had joined when the backup was made.
        var isLater: Bool {
            switch self {
            case .joined, .invitedAnew, .withdrawn, .expired, .neverJoinedRevoked: false
            case .revoked, .frozen, .letIn, .anotherLetIn, .renewalApproved, .revokedAndWiped: true
            }
        }
    }

    /// What became of the office.
    enum Fate: String, CaseIterable {
        case went, restoredWithFormer, restoredAlone, restoredAloneAndConfirmed, restarted
    }

    /// Who tries to come in, and with which invitation: the one of before the backup, or the one of after it.
    struct Attempt: CustomStringConvertible {
        let key: String
        let isOld: Bool
        var description: String { key + (isOld ? " by the old invitation" : " by the new one") }
    }

    static let attempts = [("A", true), ("B", true), ("A", false), ("B", false)].map { Attempt(key: $0.0, isOld: $0.1) }

    /// Who is admitted, and who may still use which invitation: nil for nobody's yet.
    struct Authority: Equatable {
        var admitted: String?
        var old: String?
        var new: String?
        /// Keys that are let in no more, whose machine nobody has said to be wiped.
        var copies: Set<String> = []
        /// Keys that an invitation may still let in, by the rule that it is bound to the first that used it.
        static let anybody = "anybody"

        mutating func attempt(_ attempt: Attempt) {
            let usable = attempt.isOld ? old : new
            guard usable == Self.anybody || usable == attempt.key else { return }
            if let former = admitted, former != attempt.key { copies.insert(former) }
            copies.remove(attempt.key)
            admitted = attempt.key
            if attempt.isOld { old = attempt.key } else { new = attempt.key }
        }
    }

    static func expected(_ change: Change, _ fate: Fate) -> Authority {
        switch fate {
        case .restoredAlone: return Authority()
        case .restoredAloneAndConfirmed: return Authority(admitted: change.isLater ? "A" : nil)
        case .went, .restoredWithFormer, .restarted: break
        }
        switch change {
        case .joined: return Authority(admitted: "A", old: "A")
        case .revoked: return Authority(copies: ["A"])
        case .frozen, .withdrawn, .expired, .neverJoinedRevoked, .revokedAndWiped: return Authority()
        case .letIn: return Authority(admitted: "A", new: "A")
        case .anotherLetIn: return Authority(admitted: "B", new: "B", copies: ["A"])
        case .invitedAnew: return Authority(new: Authority.anybody)
        case .renewalApproved: return Authority(admitted: "A", old: "A")
        }
    }

    /// What of it is a row of debts: what was given and not used, and what lies on a machine that is let in no more.
    struct Owed: Equatable {
        var invitations: Int
        var copies: Set<String>

        init(invitations: Int, copies: Set<String>) { (self.invitations, self.copies) = (invitations, copies) }

        init(_ standing: Authority) {
            invitations = [standing.old, standing.new].filter { $0 == Authority.anybody }.count
            copies = standing.copies
        }
    }

    @Test("who is admitted, and what is owed", arguments: Change.allCases)
    func who(_ change: Change) throws {
        for fate in Fate.allCases {
            let yard = try AdmissionYard()
            defer { yard.end() }
            try yard.invite(isOld: true, minutes: change == .expired ? 1 : 10_000)
            if change.isLater { _ = try yard.join(Attempt(key: "A", isOld: true)) }
            try yard.backUp()
            try yard.change(change)
            try yard.meet(fate)
            var standing = Self.expected(change, fate)
            let row = "\(change) → \(fate.rawValue)"
            #expect(try yard.admitted() == standing.admitted, "\(row)")
            #expect(try yard.owed() == Owed(standing), "\(row)")
            for attempt in Self.attempts where attempt.isOld || yard.hasNew {
                let status = try yard.join(attempt)
                standing.attempt(attempt)
                #expect(try yard.admitted() == standing.admitted, "\(row), then \(attempt): \(status)")
                #expect(try yard.owed() == Owed(standing), "\(row), then \(attempt): \(status)")
            }
        }
    }
}

/// An office in a directory that is asked without a network, and two machines that want to be its department.
final class AdmissionYard {
    private let city: TestCity
    private var directory: String
    private(set) var node: OpenedNode
    private var now = Clock.now()
    private var restores = 0
    private var tokens: [Bool: InvitationToken] = [:]
    private let keys: [String: PrivateKey]
    private var backup: String { city.path("backup") }

    var hasNew: Bool { tokens[false] != nil }

    init() throws {
        city = try TestCity()
        keys = ["A": try PrivateKey.generate(), "B": try PrivateKey.generate()]
        try city.initializeOffice()
        directory = city.path("center")
        node = try OpenedNode.open(directory)
        try command("department add", ["department": "roads", "name": "Дороги", "as": "admin"])
    }

    func end() { node.close() }

    @discardableResult
    func command(_ name: String, _ arguments: JSONObject) throws -> CommandResult {
        let command = try #require(Commands.named(name), "there is no command \(name)")
        let result = command.run(node.context, arguments)
        guard !result.isError else { throw TestFailure("\(name): \(result.text)") }
        return result
    }

    func invite(isOld: Bool, minutes: Int) throws {
        let (token, _, _) = try NodeSetup.invite(
            "roads",
            name: nil,
            actor: "admin",
            minutes: minutes,
            url: "https://127.0.0.1:1",
            node: node,
            now: now
        )
        tokens[isOld] = try InvitationToken(token)
    }

    func join(_ attempt: AdmissionMatrixTests.Attempt) throws -> Int {
        now += 1_000
        guard let token = tokens[attempt.isOld], let key = keys[attempt.key], let office = node.office else {
            throw TestFailure("no invitation for \(attempt)")
        }
        let body = try Enrolment.request(token, key: key)
        return try EnrolmentHandler(node, office, url: token.url).answer(body, now: now).response.status
    }

    /// Whose certificate is let in at the sync port.
    func admitted() throws -> String? {
        let list = AllowList()
        try list.reload(node.store)
        let found = keys.filter {
            list.verdict(PeerIdentity(node: "roads", key: $0.value.publicKey.fingerprint, serial: "1")) == .allowed
        }
        return found.keys.sorted().joined().nonEmpty
    }

    /// The open rows; of every kind what was ever opened must be closed or open.
    func owed() throws -> AdmissionMatrixTests.Owed {
        try Invitation.sweep(node.store, now: now)
        return try node.store.read { reading in
            for kind in DebtRecord.Kind.allCases {
                let totals = try reading.debtTotals(kind)
                #expect(totals.opened == totals.closed + totals.open, "\(kind): \(totals)")
            }
            let rows = try reading.debts(DebtFilter(node: "roads"), after: 0, limit: 100)
            let copies = rows.filter { $0.kind == .revocation }.map { row in
                keys.first { $0.value.publicKey.fingerprint.hex == row.subject }?.key ?? row.subject
            }
            #expect(Set(copies).count == copies.count, "one row a copy: \(copies)")
            return AdmissionMatrixTests.Owed(
                invitations: rows.filter { $0.kind == .withdrawal }.count,
                copies: Set(copies)
            )
        }
    }

    func backUp() throws { _ = try Backup.create(node, into: backup, withKeys: true, now: now) }

    func change(_ change: AdmissionMatrixTests.Change) throws {
        now += 1_000
        switch change {
        case .joined: _ = try join(.init(key: "A", isOld: true))
        case .revoked, .neverJoinedRevoked: try revoke()
        case .revokedAndWiped:
            try revoke()
            try command("node wiped", ["node": "roads", "as": "admin"])
            // Said twice, revoked twice: nothing is owed again.
            try revoke()
        case .frozen: try freeze()
        case .letIn: try letIn("A")
        case .anotherLetIn: try letIn("B")
        case .invitedAnew: try invite(isOld: false, minutes: 10_000)
        case .withdrawn: try command("invitation withdraw", ["node": "roads", "as": "admin"])
        case .expired: now += 61_000
        case .renewalApproved: try command("node renew", ["node": "roads", "as": "admin"])
        }
    }

    private func revoke() throws { try command("node revoke", ["node": "roads", "as": "admin"]) }

    private func letIn(_ key: String) throws {
        try revoke()
        try invite(isOld: false, minutes: 10_000)
        _ = try join(.init(key: key, isOld: false))
    }

    /// Two copies of A greet the office: the second goes on with an incarnation that has ended.
    private func freeze() throws {
        let key = try #require(keys["A"])
        let epoch = try node.store.read { try $0.value(Values.epoch) } ?? ""
        for (incarnation, last) in [("aaaaaaaa", Int64(0)), ("bbbbbbbb", 0), ("aaaaaaaa", 5)] {
            var hello = Hello(
                origin: try #require(Origin("roads#" + incarnation)),
                key: KeySigner(key).publicKey,
                last: (last, last == 0 ? "" : String(repeating: "0", count: 64)),
                acknowledged: (0, ""),
                epoch: epoch,
                token: "",
                positions: [],
                clock: now,
                oldestUnsent: 0,
                erasures: []
            )
            hello.known = epoch
            let request = WireRequest(.hello, body: hello.json.canonicalBytes() + [10])
            _ = try node.office?.handle(request, peer: "roads", now: now, mayWait: false)
        }
        guard try node.store.read({ try $0.node("roads")?.state }) == .frozen else { throw TestFailure("not frozen") }
    }

    func meet(_ fate: AdmissionMatrixTests.Fate) throws {
        guard fate != .went else { return }
        let former = directory
        node.close()
        if fate != .restarted {
            restores += 1
            directory = city.path("center\(restores)")
            try restore(from: fate == .restoredWithFormer ? former : nil)
            try Restore.declare(directory, now: now)
        }
        node = try OpenedNode.open(directory)
        guard fate == .restoredAloneAndConfirmed else { return }
        try command("node confirm", ["all": true, "as": "admin"])
    }

    private func restore(from former: String?) throws {
        let keys: Restore.Keys = former.map { .directory($0) } ?? .file(backup + ".keys")
        let log = former.map { DataDirectory($0).admissions }
        try Restore.restore(backup, into: directory, keys: keys, erasures: nil, admissions: log, now: now)
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
