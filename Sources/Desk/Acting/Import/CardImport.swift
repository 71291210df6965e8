package import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// What became of the rows of an import so far.
package struct ImportReport {
    /// A day that the source says otherwise than we count it.
    package struct Difference {
        package let key: String
        /// `statutory`, `control`, `cap` or `registeredOn`.
        package let name: String
        package let source: CivilDate
        /// Nil: no term runs.
        package let counted: CivilDate?
    }

    /// A co-executor of the source about whom its card complains: it is not assigned to them.
    package struct LeftOut {
        package let key: String
        package let department: String
    }

    /// A row that became no card, with all that is wrong with it.
    package struct Reject {
        package let row: Int
        package let key: String?
        package let reasons: [Sentence]
    }

    /// Cards that were registered; in a dry run, that would be.
    package internal(set) var imported = 0
    /// Cards that were here already.
    package internal(set) var existing = 0
    package internal(set) var skipped = 0
    package internal(set) var rejects: [Reject] = []
    package internal(set) var differences: [Difference] = []
    package internal(set) var leftOut: [LeftOut] = []
}

/// An import under way: takes batches of rows, registers their cards, remembers what it did not take and why.
///
/// Can be stopped after any batch and begun again: a card that is here is found and not taken twice.
package struct CardImport {
    package private(set) var report = ImportReport()

    private let desk: Desk
    private let isDryRun: Bool
    private let actor: Actor
    private let author: String?
    private let source: String
    private let calendar: WorkingCalendar
    private let departments: NameLookup
    private let people: NameLookup

    /// Begins or goes on, by a person who may register at the office.
    ///
    /// Throws `officeOnly`, what `actor` throws, `ambiguousName` if the author fits several people.
    ///
    /// - Parameters:
    ///   - source: its name, with which and its key a card is known again.
    ///   - author: of the resolutions, by login or name; nil for the only leader, if there is just one.
    package init(_ desk: Desk, source: String, author: String?, isDryRun: Bool) throws {
        try desk.requireOffice()
        self.desk = desk
        self.isDryRun = isDryRun
        self.source = source
        (actor, self.author, calendar) = try desk.read { reading in
            let author = try author.map { try desk.person($0, reading) } ?? desk.onlyLeader(reading)
            return (try desk.actor("appeal.registered", reading), author, try desk.calendar(reading))
        }
        (departments, people) = try desk.read { (try desk.departmentLookup($0), try desk.personLookup($0)) }
    }

    /// A card's id is made of the source's name and its key, so that importing again finds it.
    package static func id(source: String, key: String) -> String {
        let name = Array("kartoteka import 1\n\(source)\n\(key)".utf8)
        return Desk.uuid(String(SHA256.hash(name).hex.prefix(32)), version: "8")
    }

    /// Registers the cards of a batch, and assigns them if their rows say to whom; in a dry run only checks.
    ///
    /// As many cards share a transaction as others at the store let it. What is refused is in the report, row by row;
    /// throws a `StoreError`, or `officeBehind`: what was registered before stays.
    package mutating func take(_ batch: [ImportOutcome]) throws {
        var cards: [ImportedCard] = []
        for outcome in batch {
            switch outcome {
            case .skipped: report.skipped += 1
            case .refused(let refusal):
                report.rejects.append(
                    ImportReport.Reject(row: refusal.row, key: refusal.key, reasons: refusal.reasons.map(Sentence.init))
                )
            case .card(let card): if try isNew(card) { cards.append(card) }
            }
        }
        let prepared = cards.compactMap { card -> PreparedCard? in
            do { return try prepare(card) } catch {
                reject(card, DeskError(error).message)
                return nil
            }
        }
        report.imported += isDryRun ? prepared.count : try register(prepared)
    }

    private mutating func reject(_ card: ImportedCard, _ reason: Sentence) {
        report.rejects.append(ImportReport.Reject(row: card.row, key: card.key, reasons: [reason]))
    }

    /// Not here yet, and to be done by departments that exist.
    private mutating func isNew(_ card: ImportedCard) throws -> Bool {
        let id = Self.id(source: source, key: card.key)
        let (isHere, isErased) = try desk.read { reading in
            (try reading.row(Space.appeals, generation: 0, key: id) != nil, try reading.isErased(id))
        }
        if isHere {
            report.existing += 1
            return false
        }
        if isErased {
            reject(
                card,
                Sentence(
                    uk: "звернення стерто раніше; знову не імпортується",
                    en: "the appeal was erased; it is not imported again"
                )
            )
            return false
        }
        let wanted = [card.department].compactMap { $0 } + card.coDepartments
        let missing = wanted.filter { departments.find($0) == .none }
        guard missing.isEmpty else {
            reject(
                card,
                Sentence(
                    uk: "немає підрозділу «\(missing[0])»; додайте: \(.toDo(.departmentAdd))",
                    en: "there is no department \"\(missing[0])\"; add it: \(.toDo(.departmentAdd))"
                )
            )
            return false
        }
        if card.department != nil, author == nil {
            reject(
                card,
                Sentence(
                    uk: "немає автора резолюції: вкажіть \(.input("author"))",
                    en: "there is no author of the resolution: give \(.input("author"))"
                )
            )
            return false
        }
        return true
    }

    /// Counts the card's term and notes where the source says something else.
    private mutating func prepare(_ card: ImportedCard) throws -> PreparedCard {
        var card = card
        card.department = try card.department.map { try Desk.chosen(departments.find($0), $0) }
        // The office executes nothing: what the source gives to it waits there for a decision.
        if card.department == desk.place.node { card.department = nil }
        card.coDepartments = try card.coDepartments.map { try Desk.chosen(departments.find($0), $0) }
        let parties = try ComplainedAgainst(departments: departments, people: people).parties(card.complainedAgainst)
        let against = Set(parties.compactMap { $0["department"]?.string })
        let barred = card.coDepartments.filter(against.contains)
        card.coDepartments.removeAll(where: against.contains)
        let id = Self.id(source: source, key: card.key)
        let prepared = try PreparedCard(card, id: id, complainedAgainst: parties, calendar: calendar)
        report.leftOut += barred.map { ImportReport.LeftOut(key: card.key, department: $0) }
        let due = prepared.due
        let pairs = [
            ("registeredOn", card.registeredOn, prepared.registered),
            ("statutory", card.expectedStatutory, due?.statutory),
            ("control", card.expectedControl, due?.control), ("cap", card.expectedCap, due?.cap),
        ]
        for (name, expected, counted) in pairs {
            guard let expected, expected != counted else { continue }
            report.differences.append(
                ImportReport.Difference(key: card.key, name: name, source: expected, counted: counted)
            )
        }
        return prepared
    }

    /// A card that is over a limit undoes the transaction that it is in: then each card has one of its own.
    private mutating func register(_ cards: [PreparedCard]) throws -> Int {
        var rest = cards[...]
        var count = 0
        while let first = rest.first {
            do { count += try registerTogether(&rest) } catch let refusal as Refusal {
                guard rest.count > 1 else {
                    reject(first.card, Sentence(refusal.label))
                    return count
                }
                for card in rest { count += try register([card]) }
                return count
            }
        }
        return count
    }

    /// One transaction: each card registered, and assigned if its row says to whom; as many cards as others let it.
    private mutating func registerTogether(_ cards: inout ArraySlice<PreparedCard>) throws -> Int {
        guard let office = desk.place.office else { preconditionFailure("only an office imports") }
        var steps: [(place: Int, step: PreparedCard.Step)] = []
        for place in cards.indices { for step in cards[place].steps { steps.append((place, step)) } }
        let (desk, actor, author, batch, all) = (desk, actor, author, cards, steps)
        let (outcomes, changed) = try office.actInTurn(
            now: desk.now,
            count: all.count,
            isWhole: { $0 == all.count || all[$0].place != all[$0 - 1].place },
            { transaction, number in
                try Desk.refuseIfBehind(transaction)
                let card = batch[all[number].place]
                switch all[number].step {
                case .registration: return try card.registration(desk, actor, transaction)
                case .resolution: return card.resolution(actor, author: author ?? "")
                case .note: return card.note(actor)
                }
            }
        )
        desk.place.changed(changed)
        var refused: [Int: Label] = [:]
        for (number, outcome) in outcomes.enumerated() where outcome.status != .accepted {
            let words = Wording.outcome(outcome.status, outcome.reason, path: outcome.path)
            let place = steps[number].place
            refused[place] = refused[place].map { $0 + Label("; ") + words } ?? words
        }
        for (place, words) in refused.sorted(by: { $0.key < $1.key }) { reject(cards[place].card, Sentence(words)) }
        let done = Set(steps.prefix(outcomes.count).map(\.place)).count
        cards = cards.dropFirst(done)
        return done - refused.count
    }
}
