package import Appeals
import Replication

/// What a registration was about.
package struct Registered {
    package let index: RegistrationIndex
    /// How its term is counted; nil if none runs.
    package let derivation: Derivation?
    /// The number that was drawn for the index.
    let number: Int64
}

extension Desk {
    /// Somebody registers an appeal at this node: a new id, the next index of the applicant's letter, the term by the
    /// calendar in force.
    ///
    /// Throws what `actor` throws, `ambiguousName` if a party that is complained against fits several, `seriesUsedUp`,
    /// a `DeadlineRefusal`. What a card must have is checked by the rules; a number that the office's own refused
    /// registration has drawn is given back.
    ///
    /// - Parameter complainedAgainst: as people type it (`ComplainedAgainst`); takes the place of what `card` has.
    package func register(_ card: CardFields, complainedAgainst: [String]) throws -> Acted<Registered> {
        let acted = try act { transaction in
            var card = card
            card.complainedAgainst = try self.complainedAgainst(complainedAgainst, transaction)
            let calendar = try calendar(transaction)
            let derivation = try card.derivation(calendar)
            let registered =
                try derivation?.due.registered
                ?? Receipt(receivedAt: card.receivedAt, channel: card.channel, calendar: calendar).registered
            let (index, number) = try drawIndex(card.mark, transaction)
            let draft = Draft(
                kind: "appeal.registered",
                appeal: newAppeal(),
                actor: try actor("appeal.registered", transaction),
                body: card.body(index: index, registered: registered, due: derivation?.due),
                personal: card.personal
            )
            return (draft, Registered(index: index, derivation: derivation, number: number))
        }
        if case .decided(let outcome) = acted.done, outcome.status == .refused {
            try giveBack(acted.subject.index.series.description, acted.subject.number)
        }
        return acted
    }
}
