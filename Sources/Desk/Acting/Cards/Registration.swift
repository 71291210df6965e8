package import Appeals
import Replication

/// What a registration was about.
package struct Registered {
    package let index: RegistrationIndex
    /// How its term is counted; nil if none runs.
    package let derivation: Derivation?
    /// Numbers that the card refers to and that are not in this register.
    package let notHere: [String]
    /// Names of whom the complaint is about and of whom it is not known who they are.
    package let unresolved: [String]
    /// Addresses in which the register of streets found no place, or several.
    package let unresolvedAddresses: [UnresolvedAddress]
    /// The number that was drawn for the index; nil if it has the number of what it duplicates.
    let number: Int64?
}

extension Desk {
    /// Somebody registers an appeal at this node: a new id, the next index of the applicant's letter or of the appeal that it
    /// duplicates, the term by the calendar in force.
    ///
    /// Throws what `actor` throws, `ambiguousName` if a party that is complained against fits several, `seriesUsedUp`,
    /// a `DeadlineRefusal`. What a card must have is checked by the rules; a number that the office's own refused
    /// registration has drawn is given back.
    ///
    /// - Parameter complainedAgainst: as people type it (`ComplainedAgainst`); takes the place of what `card` has.
    package func register(_ card: CardFields, complainedAgainst: [String]) throws -> Acted<Registered> {
        var card = card
        let addresses = card.hasAddress ? card.resolve(try addressLookup()) : []
        let acted = try act { [card] transaction in
            var card = card
            card.complainedAgainst = try self.complainedAgainst(complainedAgainst, transaction)
            let calendar = try calendar(transaction)
            let derivation = try card.derivation(calendar)
            let registered =
                try derivation?.due.registered
                ?? Receipt(receivedAt: card.receivedAt, channel: card.channel, calendar: calendar).registered
            let repeated = try card.repeatOf.map { try reference($0, transaction) }
            let duplicated = try card.duplicateOf.map { try reference($0, transaction) }
            (card.repeatOf, card.duplicateOf) = (repeated?.number, duplicated?.number)
            let fraction = try duplicated.flatMap { try duplicateIndex(of: $0, transaction) }
            let (index, number) =
                try fraction.map { ($0, nil) } ?? drawIndex(card.mark, transaction)
            let draft = Draft(
                kind: "appeal.registered",
                appeal: newAppeal(),
                actor: try actor("appeal.registered", transaction),
                body: card.body(index: index, registered: registered, due: derivation?.due),
                personal: card.personal
            )
            let notHere = [repeated, duplicated].compactMap { $0 }.filter { !$0.isHere }.map(\.number)
            let subject = Registered(
                index: index,
                derivation: derivation,
                notHere: notHere,
                unresolved: ComplainedAgainst.unresolved(card.complainedAgainst),
                unresolvedAddresses: addresses,
                number: number
            )
            return (draft, subject)
        }
        if case .decided(let outcome) = acted.done, outcome.status == .refused, let number = acted.subject.number {
            try giveBack(acted.subject.index.series.description, number)
        }
        return acted
    }
}
