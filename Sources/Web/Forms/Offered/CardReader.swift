import Appeals
import CanonicalJSON
import Desk

/// How whoever reads a card stands to it: which acts their roles may do here, and what the card says to each.
///
/// An offer is no promise: the rules decide when the act is asked for, and the form says why not.
struct CardReader {
    let card: Card
    let node: String
    let isOffice: Bool
    /// Their roles at this node.
    let roles: Set<String>
    /// What is still to be done before it is removed from control, in the order in which the act looks.
    let removal: [(step: RemovalStep, refusal: Refusal?)]

    /// Whether this node decides about the appeal: its home, or the office, which also stands in for a home complained about.
    var controls: Bool {
        guard let home = card.registers["home"]?.string else { return isOffice }
        return complained(about: home) ? isOffice : home == node
    }

    /// In the order of the table: those that may be done now.
    var offered: [UseCase] { acts.filter { $0.lock == nil }.map(\.row) }

    /// Those that the roles may do, about what is there to be done, each with what is in its way.
    var acts: [(row: UseCase, lock: ActLock?)] {
        let parties = parties
        return CardActs.rows.filter { row in
            isThere(row)
                && row.writes.permissions.contains {
                    parties.contains($0.party) && !roles.isDisjoint(with: $0.roles)
                }
        }.map { ($0, lock($0)) }
    }

    /// Whether the roles may settle a case here: values of a field are the registrars’, the rest is whose the appeal is.
    func maySettle(_ open: OpenCase) -> Bool {
        let kind =
            switch open.section {
            case .conflicts: Kinds.named("conflict.settled")
            case .held: Kinds.named("held.adopted")
            case .disagreements, .facts, .registers: Kinds.named("disagreement.settled")
            }
        let parties = parties
        return kind?.parties.contains { parties.contains($0.key) && !roles.isDisjoint(with: $0.value) } == true
    }

    private var parties: Set<Party> {
        var parties: Set<Party> = isOffice ? [.office] : []
        if card.registers["home"]?.string == node { parties.insert(.home) }
        if controls { parties.insert(.controller) }
        for given in card.assignments where given.assignment.department == node {
            guard given.assignment.state?.isGround == true else { continue }
            if let party = Party(rawValue: given.assignment.role) { parties.insert(party) }
        }
        return parties
    }

    /// Whether the card has what the act is about: nobody misses the way to settle what is not in dispute.
    private func isThere(_ row: UseCase) -> Bool {
        switch row.name {
        case UseCase.contactRemove.name: !card.phones.isEmpty || !card.emails.isEmpty
        case UseCase.termExtend.name:
            card.registers["due.control"] != nil && card.registers["control"]?.string != "removed"
        case UseCase.conflictSettle.name: card.cases.contains { $0.section != .held }
        case UseCase.heldAdopt.name, UseCase.heldDecline.name: card.cases.contains { $0.section == .held }
        default: true
        }
    }

    /// Whether the appeal complains about this department.
    func complained(about department: String) -> Bool {
        parties(named: "department").contains { $0["department"]?.string == department }
    }

    /// Whom it complains about, of one sort.
    func parties(named sort: String) -> [JSON] {
        (card.registers[Complaint.register]?.array ?? []).filter { $0[sort] != nil }
    }

    /// The assignments that an act may be about: an executor acts on its own alone.
    func assignments(of row: UseCase) -> [CardAssignment] {
        let isExecutors = row.writes.permissions.allSatisfy { [.main, .co, .inform].contains($0.party) }
        return card.assignments.filter {
            $0.assignment.department == node || (!isExecutors && (isOffice || controls))
        }
    }
}

extension UseCase {
    /// Whether one of these roles may run it, in whatever capacity.
    func isFor(_ roles: Set<String>) -> Bool {
        writes.permissions.contains { !roles.isDisjoint(with: $0.roles) }
    }
}
