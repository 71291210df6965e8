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

    /// An address of a card in which the register of streets found no place, or several.
    package struct Unresolved {
        package let key: String
        package let address: UnresolvedAddress
    }

    /// A row that became no card, with all that is wrong with it.
    package struct Reject {
        package let row: Int
        package let key: String?
        package let reasons: [Sentence]
    }

    /// Cards that were registered; in a dry run, that would be.
    package internal(set) var imported = 0
    /// Cards that were here already, and are as their rows say.
    package internal(set) var existing = 0
    /// Cards that were here already, and got what was missing.
    package internal(set) var completed = 0
    package internal(set) var skipped = 0
    package internal(set) var rejects: [Reject] = []
    package internal(set) var differences: [Difference] = []
    package internal(set) var leftOut: [LeftOut] = []
    package internal(set) var unresolved: [Unresolved] = []
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
    private let source: String?
    private let calendar: WorkingCalendar
    private let directory: ComplainedAgainst
    private let streets: AddressLookup
    private var departments: NameLookup { directory.departments }

    /// Begins or goes on, by a person who may register at the office.
    ///
    /// Throws `officeOnly`, what `actor` throws, `ambiguousName` if the author fits several people.
    ///
    /// - Parameters:
    ///   - source: its name, with which and its key a card is known again; nil in a dry run that looks for none.
    ///   - author: of the resolutions, by login or name; nil for the only leader, if there is just one.
    package init(_ desk: Desk, source: String?, author: String?, isDryRun: Bool) throws {
        try desk.requireOffice()
        self.desk = desk
        self.isDryRun = isDryRun
        self.source = source
        (actor, self.author, calendar) = try desk.read { reading in
            let author = try author.map { try desk.person($0, reading) } ?? desk.onlyLeader(reading)
            return (try desk.actor("appeal.registered", reading), author, try desk.calendar(reading))
        }
        directory = try desk.read(desk.partyLookup)
        streets = try desk.addressLookup()
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
            case .card(let card): cards.append(card)
            }
        }
        let prepared = cards.compactMap { card -> PreparedCard? in
            do { return try prepare(card) } catch {
                reject(card, DeskError(error).message)
                return nil
            }
        }
        try register(prepared[...])
    }

    private mutating func reject(_ card: ImportedCard, _ reason: Sentence) {
        report.rejects.append(ImportReport.Reject(row: card.row, key: card.key, reasons: [reason]))
    }

    /// Refuses what was erased, and what is to be done by departments that do not exist or by nobody's resolution.
    private func check(_ card: ImportedCard, isErased: Bool) throws(DeskError) {
        if isErased {
            throw DeskError.usage(
                "erased",
                uk: "звернення стерто раніше; знову не імпортується",
                en: "the appeal was erased; it is not imported again"
            )
        }
        let wanted = [card.department].compactMap { $0 } + card.coDepartments
        if let missing = wanted.first(where: { departments.find($0) == .none }) {
            throw DeskError.usage(
                "unknownDepartment",
                uk: "немає підрозділу «\(missing)»; додайте: \(.toDo(.departmentAdd))",
                en: "there is no department \"\(missing)\"; add it: \(.toDo(.departmentAdd))"
            )
        }
        if card.department != nil || card.isClosed, author == nil {
            throw DeskError.usage(
                "authorMissing",
                uk: "немає автора рішення: вкажіть \(.input("author"))",
                en: "there is no author of the decision: give \(.input("author"))"
            )
        }
    }

    /// Counts the card's term and notes where the source says something else; nil if it is here and lacks nothing.
    private mutating func prepare(_ card: ImportedCard) throws -> PreparedCard? {
        var card = card
        let id = Self.id(source: source ?? "", key: card.key)
        let (found, isErased) = try desk.read { reading in
            let row = source == nil ? nil : try reading.row(Space.appeals, generation: 0, key: id)
            return (try row?.aggregate(), try reading.isErased(id))
        }
        if let found, !PreparedCard.lacks(card, found) {
            report.existing += 1
            return nil
        }
        try check(card, isErased: isErased)
        card.department = try card.department.map { try Desk.chosen(departments.find($0), $0) }
        // The office executes nothing: what the source gives to it waits there for a decision.
        if card.department == desk.place.node { card.department = nil }
        card.coDepartments = try card.coDepartments.map { try Desk.chosen(departments.find($0), $0) }
        let parties = try directory.parties(card.complainedAgainst, keeping: true)
        // While it is not resolved who is meant, nobody gets the appeal.
        let waiting =
            ComplainedAgainst.unresolved(parties).isEmpty
            ? [] : [card.department].compactMap(\.self) + card.coDepartments
        if !waiting.isEmpty { (card.department, card.coDepartments) = (nil, []) }
        if let found, !PreparedCard.lacks(card, found) {
            report.existing += 1
            return nil
        }
        let stated = StatedDate.breaches(
            in: ["receivedAt": .string(KyivTime.rfc3339(card.receivedAt) ?? "")],
            of: "appeal.registered",
            on: nil,
            today: desk.today
        )
        if let breach = stated.first { throw DeskError(breach, kind: "appeal.registered") }
        let against = Set(parties.compactMap { $0["department"]?.string })
        let barred = card.coDepartments.filter(against.contains)
        card.coDepartments.removeAll(where: against.contains)
        if found == nil, let number = card.registrationIndex { try desk.read(ImportedNumber(number).check) }
        let prepared = try PreparedCard(
            card,
            id: id,
            complainedAgainst: parties,
            streets: streets,
            calendar: calendar,
            found: found
        )
        // What was told when the card came is not told again.
        if prepared.isHere { return prepared }
        report.leftOut += (barred + waiting).map { ImportReport.LeftOut(key: card.key, department: $0) }
        report.unresolved += prepared.unresolvedAddresses.map { ImportReport.Unresolved(key: card.key, address: $0) }
        compare(prepared)
        return prepared
    }

    /// Notes where the source counts days otherwise.
    private mutating func compare(_ prepared: PreparedCard) {
        let card = prepared.card, due = prepared.due
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
    }

    /// Registers cards, as many in a transaction as others at the store let it; each wholly or not at all.
    ///
    /// One that is refused undoes the transaction that it is in: those before it are done again without it, and it is
    /// told. So every card is tried twice at most.
    private mutating func register(_ cards: ArraySlice<PreparedCard>) throws {
        if isDryRun {
            report.imported += cards.count { !$0.isHere }
            report.completed += cards.count(where: \.isHere)
            return
        }
        var rest = cards
        while !rest.isEmpty {
            do { rest = try registerTogether(rest) } catch let refused as RefusedCard {
                try register(rest[..<refused.place])
                if let reason = refused.reason {
                    reject(rest[refused.place].card, reason)
                } else {
                    report.existing += 1
                }
                rest = rest[(refused.place + 1)...]
            }
        }
    }

    /// A card that cannot be taken: nothing of its transaction was done.
    private struct RefusedCard: Error {
        let place: Int
        /// Nil: another import brought it meanwhile.
        let reason: Sentence?
    }

    /// One transaction: each card registered, and assigned if its row says to whom; gives those that are left.
    ///
    /// Throws a `RefusedCard`, and then nothing was done.
    private mutating func registerTogether(_ cards: ArraySlice<PreparedCard>) throws -> ArraySlice<PreparedCard> {
        guard let office = desk.place.office else { preconditionFailure("only an office imports") }
        var steps: [(place: Int, step: PreparedCard.Step)] = []
        for place in cards.indices { for step in cards[place].steps { steps.append((place, step)) } }
        let (desk, actor, author, source, all) = (desk, actor, author, source, steps)
        var place = cards.startIndex
        do {
            let (outcomes, changed) = try office.actInTurn(
                now: desk.now,
                count: all.count,
                isWhole: { $0 == all.count || all[$0].place != all[$0 - 1].place },
                { transaction, number in
                    try Desk.refuseIfBehind(transaction)
                    place = all[number].place
                    let card = cards[place]
                    switch all[number].step {
                    case .registration:
                        if try transaction.row(Space.appeals, generation: 0, key: card.id) != nil {
                            throw RefusedCard(place: place, reason: nil)
                        }
                        return try card.registration(desk, actor, transaction)
                    case .resolution: return card.resolution(actor, author: author ?? "")
                    case .note: return card.note(actor)
                    case .end: return card.end(actor, author: author ?? "", source: source ?? "")
                    }
                },
                decided: { outcome in
                    guard outcome.status != .accepted else { return }
                    let words = Wording.outcome(outcome.status, outcome.reason, path: outcome.path)
                    throw RefusedCard(place: place, reason: Sentence(words))
                }
            )
            desk.place.changed(changed)
            let done = steps.prefix(outcomes.count).last.map { $0.place + 1 } ?? cards.startIndex
            report.imported += cards[..<done].count { !$0.isHere }
            report.completed += cards[..<done].count(where: \.isHere)
            return cards[done...]
        } catch let refusal as Refusal {
            throw RefusedCard(place: place, reason: Sentence(refusal.label))
        } catch let error as DeskError where error.kind != .integrity {
            throw RefusedCard(place: place, reason: error.message)
        }
    }
}
