import Appeals
import CanonicalJSON
import Desk

/// Which acts a card leads to: those that the reader's roles may do here, about what is there to be done.
///
/// An offer is no promise: the rules decide when the act is asked for, and the form says why not.
extension CardActs {
    /// In the order of the table.
    static func offered(_ card: Card, roles: Set<String>, node: String, isOffice: Bool) -> [UseCase] {
        let isHome = card.registers["home"]?.string == node
        var parties: Set<Party> = isOffice ? [.office] : []
        if isHome { parties.formUnion([.home, .controller]) }
        for given in card.assignments where given.assignment.department == node {
            guard given.assignment.state?.isGround == true else { continue }
            if let party = Party(rawValue: given.assignment.role) { parties.insert(party) }
        }
        let controls = isOffice || isHome
        return rows.filter { row in
            let may = row.writes.permissions.contains {
                parties.contains($0.party) && !roles.isDisjoint(with: $0.roles)
            }
            return may && isApplicable(row, card, node: node, controls: controls)
        }
    }

    private static func isApplicable(_ row: UseCase, _ card: Card, node: String, controls: Bool) -> Bool {
        if ActStates.isOfAssignment(row) {
            let states = ActStates.of(row)
            return card.assignments.contains { given in
                (controls || given.assignment.department == node) && given.assignment.state.map(states.contains) == true
            }
        }
        let control = card.registers["control"]?.string
        switch row.name {
        case UseCase.controlPut.name: return control == nil
        case UseCase.controlRemove.name: return control == "onControl"
        case UseCase.controlReturn.name: return control == "removed"
        case UseCase.termExtend.name: return control != "removed" && card.registers["due.control"] != nil
        case UseCase.appealForward.name, UseCase.appealReturn.name, UseCase.appealDismiss.name,
            UseCase.appealWithdraw.name, UseCase.appealExplain.name, UseCase.appealConclude.name:
            return card.state == .registered
        case UseCase.resolutionIssue.name: return card.state != .ended && card.state != .removed
        case UseCase.contactRemove.name: return !card.phones.isEmpty || !card.emails.isEmpty
        case UseCase.conflictSettle.name: return !card.cases.isEmpty
        case UseCase.heldAdopt.name, UseCase.heldDecline.name: return card.cases.contains { $0.section == .held }
        default: return true
        }
    }
}

extension UseCase {
    /// Whether one of these roles may run it, in whatever capacity.
    func isFor(_ roles: Set<String>) -> Bool {
        writes.permissions.contains { !roles.isDisjoint(with: $0.roles) }
    }
}
