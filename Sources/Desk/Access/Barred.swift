import Appeals
import CanonicalJSON
import Replication

/// What somebody whose access was reset does not do for an hour: if it was not they who asked for it, nothing is decided in
/// their name before anybody notices.
extension Desk {
    /// Kinds by which a person approves, signs, or takes responsibility for what others did.
    package static let approving: Set<String> = [
        "resolution.issued", "assignment.recalled", "term.extended", "answer.approved", "answer.accepted",
        "answer.dispatched", "control.removed", "appeal.notConsidered", "appeal.forwarded", "appeal.explained",
        "appeal.concluded", "held.adopted", "conflict.settled", "disagreement.settled", "role.granted", "role.revoked",
        "administrator.named", "appeal.erased",
    ]

    /// Refuses as `recentlyReset` an approval by somebody whose password is younger than an hour, after a reset.
    ///
    /// It is asked of who proved who they are; the owner of the directory is not.
    func refuseIfBarred(_ draft: Draft, _ reading: any StoreReading) throws {
        if Self.approving.contains(draft.kind) { try refuseIfBarred(reading) }
    }

    /// Refuses so whoever lets a node in, or decides whom the office believes; shutting out is left to everybody who may.
    package func refuseLettingInIfBarred() throws { try read { try refuseIfBarred($0) } }

    private func refuseIfBarred(_ reading: any StoreReading) throws {
        guard case .proven(let user, _, _, _) = who, let account = try Access(place).account(user, reading),
            account.isBarred(at: now), let reset = account.reset
        else { return }
        let until = KyivTime.rfc3339(reset.at + AccessLimits.barred).map { String($0.dropFirst(11).prefix(5)) } ?? ""
        throw DeskError(
            .permission,
            "recentlyReset",
            uk: "ваш доступ скинуто; затверджувати й підписувати можна буде після \(until)",
            en: "your access was reset; you can approve and sign after \(until)"
        )
    }
}
