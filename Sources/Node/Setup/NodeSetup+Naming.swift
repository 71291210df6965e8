package import Appeals
import CanonicalJSON
import Desk
import Replication

/// An administrator named by whoever owns the directory of a stopped office.
extension NodeSetup {
    /// Gives a person of the directory the role of an administrator, as a signed act of the office's log with its reason.
    ///
    /// No administrator is asked: it is for an office that has none, or none that can be reached. Throws what opening the
    /// directory throws (`locked` while the node runs), `officeOnly` at a department, and what the rules refuse.
    @discardableResult
    package static func nameAdministrator(_ path: String, user: String, reason: String, now: Int64) throws -> Outcome {
        let node = try OpenedNode.open(path)
        defer { node.close() }
        guard let office = node.office else {
            throw DeskError(
                .permission,
                "officeOnly",
                uk: "адміністраторів має лише Центр; тут — підрозділ «\(node.configuration.id)»",
                en: "only the office has administrators; this is the department \"\(node.configuration.id)\""
            )
        }
        let actor = Actor(user: user, role: "administrator", via: .owner)
        let (outcomes, _) = try office.act(now: now, count: 1) { transaction, _ in
            try Desk.refuseIfBehind(transaction)
            return Draft(
                kind: "administrator.named",
                appeal: nil,
                actor: actor,
                body: ["user": .string(user), "department": .string(office.node), "reason": .string(reason)]
            )
        }
        guard let outcome = outcomes.first else { preconditionFailure("one draft has one outcome") }
        if outcome.status != .accepted, let refused = outcome.reason {
            throw DeskError(Refusal(refused, path: outcome.path))
        }
        return outcome
    }
}
