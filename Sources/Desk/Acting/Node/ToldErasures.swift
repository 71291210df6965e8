import Appeals
import CanonicalJSON
import Replication

/// An erasure that a department told without the office's seal: the appeal is shown to nobody until a person decides.
///
/// Both throw `officeOnly` at a department, and `notSuspended` if nothing is to be decided about the appeal.
extension Desk {
    /// Confirms it: the appeal is erased, by somebody in a role that may.
    package func confirmErasure(of appeal: String, reason: String) throws -> Acted<Void> {
        try requireOffice()
        return try act { transaction in
            guard try transaction.isSuspended(appeal) else { throw Self.notSuspended(appeal) }
            let draft = Draft(
                kind: "appeal.erased",
                appeal: appeal,
                actor: try actor("appeal.erased", transaction),
                body: ["reason": .string(reason)]
            )
            return (draft, ())
        }
    }

    /// Rejects it, by an administrator: the appeal is shown again.
    package func rejectErasure(of appeal: String) throws {
        _ = try requireAdministrator()
        guard let office = place.office else { preconditionFailure("the office's node has an office") }
        guard case .done(let changed) = try office.rejectErasure(of: appeal, now: now) else {
            throw Self.notSuspended(appeal)
        }
        place.changed(changed)
    }

    private static func notSuspended(_ appeal: String) -> DeskError {
        DeskError(
            .notFound,
            "notSuspended",
            uk: "про звернення «\(appeal)» нічого вирішувати",
            en: "nothing is to be decided about the appeal \"\(appeal)\"",
            remedy: .whatThereIs(.trayList)
        )
    }
}
