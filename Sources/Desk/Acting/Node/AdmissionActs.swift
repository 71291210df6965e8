import Appeals
import Replication

/// A node whose invitation or admission was ended.
package enum ShutOut {
    /// It had never joined: its invitation has ended.
    case withdrawn
    /// The key that is let in no more, hex.
    case revoked(key: String)
}

/// Who is admitted, and whom the office believes: acts of an administrator of the office.
///
/// No operations: each is written where it is asked for, in one transaction with its line of the log of admissions. All
/// throw `officeOnly` at a department and `roleMissing` unless the person who asks is an administrator now.
extension Desk {
    /// Lets a node in no more, and ends its invitation; `unknownNode` if it has neither.
    package func revokeNode(_ node: String, _ book: any AdmissionBook) throws -> ShutOut {
        _ = try requireAdministrator()
        switch try place.store.write({ try book.revoke(node, $0, now: now) }) {
        case .unknown: throw Self.unknownNode(node)
        case .withdrawn: return .withdrawn
        case .revoked(let key): return .revoked(key: key)
        }
    }

    /// Ends a node's invitation; `noInvitation` if it has none.
    package func withdrawInvitation(_ node: String, _ book: any AdmissionBook) throws {
        _ = try requireAdministrator()
        guard try place.store.write({ try book.withdraw(node, $0, now: now) }) else {
            throw DeskError(
                .notFound,
                "noInvitation",
                uk: "у вузла «\(node)» немає запрошення",
                en: "the node \"\(node)\" has no invitation",
                remedy: Sentence(uk: "Хто допущений: \(.toDo(.nodeList))", en: "Who is admitted: \(.toDo(.nodeList))")
            )
        }
    }

    /// Says of a node of the backup that it is still meant to be let in.
    ///
    /// `unknownNode`, or `nothingToConfirm` if it does not wait for this.
    package func confirmNode(_ node: String, _ book: any AdmissionBook) throws {
        _ = try requireAdministrator()
        try refuseLettingInIfBarred()
        guard try !place.store.write({ try book.confirm(node, $0, now: now) }) else { return }
        guard let state = try read({ try $0.node(node)?.state }) else { throw Self.unknownNode(node) }
        throw DeskError(
            .failed,
            "nothingToConfirm",
            uk: "вузол «\(node)» не чекає підтвердження (\(state.rawValue))",
            en: "the node \"\(node)\" does not wait to be confirmed (\(state.rawValue))",
            remedy: Sentence(
                uk: "Хто чекає: \(.toDo(.nodeConfirm, ["as": "USER"]))",
                en: "Who waits: \(.toDo(.nodeConfirm, ["as": "USER"]))"
            )
        )
    }

    /// Says so of every node that waits, each in a transaction of its own.
    ///
    /// - Parameter each: is told of each node once it is done.
    /// - Returns: the nodes, in the order of their names.
    package func confirmAllNodes(_ book: any AdmissionBook, each: (String) -> Void) throws -> [String] {
        _ = try requireAdministrator()
        try refuseLettingInIfBarred()
        var all: [String] = [], after = ""
        while true {
            let page = try read { try UnconfirmedNodes.page($0, after: after, limit: ReplicationLimits.chunk) }
            for node in page where try place.store.write({ try book.confirm(node, $0, now: now) }) {
                all.append(node)
                each(node)
            }
            guard page.count == ReplicationLimits.chunk, let last = page.last else { return all }
            after = last
        }
    }

    /// Says that the copy on the machine of a revoked key is destroyed.
    ///
    /// - Parameter prefix: how the key begins; `severalCopies` if several do, `noCopy` if none does.
    /// - Returns: the key, hex.
    package func noteWiped(_ node: String, key prefix: String, _ book: any AdmissionBook) throws -> String {
        _ = try requireAdministrator()
        switch try place.store.write({ try book.wiped(node, key: prefix, $0, now: now) }) {
        case .nothing: throw Self.nothingToWipe(node)
        case .several(let keys): throw Self.severalCopies(node, keys)
        case .done(let key): return key
        }
    }

    /// Lets an admitted node renew its expired certificate, for so many minutes up to two weeks, a day if none are given.
    ///
    /// `unknownNode`, or `notAdmitted` if it is not admitted now.
    ///
    /// - Returns: until when, in unix milliseconds.
    package func approveRenewal(_ node: String, minutes: Int64?, _ book: any AdmissionBook) throws -> Int64 {
        let administrator = try requireAdministrator()
        try refuseLettingInIfBarred()
        let now = now
        let expires = now + InputType.minutesOfPermission.nearest(minutes ?? Self.renewalMinutes) * 60_000
        let state = try place.store.write { transaction -> NodeRecord.State? in
            guard let record = try transaction.node(node) else { return nil }
            if record.state == .active {
                try book.approveRenewal(record, expires: expires, transaction, now: now)
            }
            return record.state
        }
        guard let state else { throw Self.unknownNode(node) }
        guard state == .active else { throw notAdmitted(node, state, administrator) }
        return expires
    }

    /// How long an approval to renew is good for, if nothing else is said.
    private static let renewalMinutes: Int64 = 1_440

    /// Decides that a node is wrong to claim that the office is behind it.
    ///
    /// `unknownNode`, `noClaim` if it claims no such thing, `evidenceHolds` if the office's own signature proves it right.
    package func distrust(_ node: String, reason: String) throws {
        let administrator = try requireAdministrator()
        try refuseLettingInIfBarred()
        guard let office = place.office else { preconditionFailure("the office's node has an office") }
        switch try office.distrust(node, by: administrator, reason: reason, now: now) {
        case .told: return
        case .unknownNode: throw Self.unknownNode(node)
        case .noClaim:
            throw DeskError(
                .failed,
                "noClaim",
                uk: "вузол «\(node)» нічого такого не твердить",
                en: "the node \"\(node)\" claims no such thing",
                remedy: .whatThereIs(.trayList)
            )
        case .evidenceHolds:
            throw DeskError(
                .integrity,
                "evidenceHolds",
                uk: "вузол має рацію: під доказом стоїть підпис самого Центру",
                en: "the node is right: the office's own signature stands under the evidence",
                remedy: Sentence(
                    uk: "Зупиніть вузол, тоді: \(.atMachine(.declareRestore))",
                    en: "Stop the node, then: \(.atMachine(.declareRestore))"
                )
            )
        }
    }

    /// The login of the person who asks, who must be an administrator of the office now.
    package func requireAdministrator() throws -> String {
        try requireOffice()
        let user = who.user ?? ""
        guard try read({ try roles(of: user, in: place.node, $0) }).contains("administrator") else {
            throw DeskError(
                .permission,
                "roleMissing",
                uk: "«\(user)» — не адміністратор Центру",
                en: "\"\(user)\" is not an administrator of the office",
                remedy: DeskError.remedy(of: .roleMissing)
            )
        }
        return user
    }
}

/// What is wrong with the node that was named.
extension Desk {
    static func unknownNode(_ node: String) -> DeskError {
        DeskError(
            .notFound,
            "unknownNode",
            uk: "вузла «\(node)» немає",
            en: "there is no node \"\(node)\"",
            remedy: Sentence(uk: "Які є: \(.toDo(.nodeList))", en: "Which there are: \(.toDo(.nodeList))")
        )
    }

    private func notAdmitted(_ node: String, _ state: NodeRecord.State, _ administrator: String) -> DeskError {
        let typed = administrator + (who.role.map { ":" + $0 } ?? "")
        return DeskError(
            .permission,
            "notAdmitted",
            uk: "вузол «\(node)» не допущено",
            en: "the node \"\(node)\" is not admitted",
            remedy: state == .unconfirmed
                ? Sentence(
                    uk: "Підтвердьте його: \(.toDo(.nodeConfirm, ["node": node, "as": typed]))",
                    en: "Confirm it: \(.toDo(.nodeConfirm, ["node": node, "as": typed]))"
                )
                : Sentence(
                    uk: "Запросіть його знову: \(.toDo(.invite, ["department": node]))",
                    en: "Invite it anew: \(.toDo(.invite, ["department": node]))"
                )
        )
    }

    private static func nothingToWipe(_ node: String) -> DeskError {
        DeskError(
            .notFound,
            "noCopy",
            uk: "за вузлом «\(node)» немає такої копії, яку треба знищити",
            en: "there is no such copy of \"\(node)\" to be destroyed",
            remedy: Sentence(
                uk: "Які є: \(.toDo(.syncDebts, ["kind": "revocation"]))",
                en: "Which there are: \(.toDo(.syncDebts, ["kind": "revocation"]))"
            )
        )
    }

    private static func severalCopies(_ node: String, _ keys: [String]) -> DeskError {
        let shown = keys.prefix(3).map { String($0.prefix(8)) }.joined(separator: ", ")
        return DeskError(
            .usage,
            "severalCopies",
            uk: "копій вузла «\(node)» кілька: \(shown)",
            en: "\"\(node)\" has several copies: \(shown)",
            remedy: Sentence(
                uk: "Назвіть одну: \(.toDo(.nodeWiped, ["node": node, "key": "HEX", "as": "USER"]))",
                en: "Name one: \(.toDo(.nodeWiped, ["node": node, "key": "HEX", "as": "USER"]))"
            )
        )
    }
}
