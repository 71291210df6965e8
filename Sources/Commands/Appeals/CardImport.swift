import Appeals
import CanonicalJSON
import Cryptography
import Desk
import Replication

/// An import under way: takes batches of rows, registers their cards, remembers what it did not take and why.
struct CardImport {
    let call: Call
    let isDryRun: Bool
    private let actor: Actor
    private let author: String?
    private let source: String
    private let calendar: WorkingCalendar
    private let departments: NameLookup
    private let people: NameLookup
    private var imported = 0
    private var existing = 0
    private var skipped = 0
    private var rejects: [ImportRefusal] = []
    /// Due dates of the source that are not ours.
    private var differences: [JSON] = []
    /// Co-executors of the source whom a card complains about: it is not assigned to them.
    private var leftOut: [JSON] = []

    init(_ call: Call, isDryRun: Bool) throws {
        self.call = call
        self.isDryRun = isDryRun
        // Without a name for the source its mapping names it: the same mapping finds the same cards.
        source = call.text("source") ?? SHA256.hash(Array((call.text("mapping") ?? "").utf8)).hex
        (actor, author, calendar) = try call.desk.read { reading in
            let author =
                try call.text("author").map { try call.desk.person($0, reading) } ?? call.desk.onlyLeader(reading)
            return (try call.actor("appeal.registered", reading), author, try call.desk.calendar(reading))
        }
        (departments, people) = try call.desk.read {
            (try call.desk.departmentLookup($0), try call.desk.personLookup($0))
        }
    }

    /// A card's id is made of the source's name and its key, so that importing again finds it.
    static func id(source: String, key: String) -> String {
        let name = Array("kartoteka import 1\n\(source)\n\(key)".utf8)
        return Desk.uuid(String(SHA256.hash(name).hex.prefix(32)), version: "8")
    }

    mutating func take(_ batch: [ImportOutcome]) throws {
        var cards: [ImportedCard] = []
        for outcome in batch {
            switch outcome {
            case .skipped: skipped += 1
            case .refused(let refusal): rejects.append(refusal)
            case .card(let card): if try isNew(card) { cards.append(card) }
            }
        }
        let prepared = cards.compactMap { card -> PreparedCard? in
            do { return try prepare(card) } catch {
                reject(card, DeskError(error).message)
                return nil
            }
        }
        imported += isDryRun ? prepared.count : try register(prepared)
    }

    private mutating func reject(_ card: ImportedCard, _ reason: Label) {
        rejects.append(ImportRefusal(row: card.row, offset: nil, key: card.key, reasons: [reason]))
    }

    /// Not here yet, and to be done by departments that exist.
    private mutating func isNew(_ card: ImportedCard) throws -> Bool {
        let id = Self.id(source: source, key: card.key)
        let (isHere, isErased) = try call.desk.read { reading in
            (try reading.row(Space.appeals, generation: 0, key: id) != nil, try reading.isErased(id))
        }
        if isHere {
            existing += 1
            return false
        }
        if isErased {
            reject(
                card,
                Label(
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
                Label(
                    uk: "немає підрозділу «\(missing[0])»; додайте: kartoteka department add",
                    en: "there is no department \"\(missing[0])\"; add it: kartoteka department add"
                )
            )
            return false
        }
        if card.department != nil, author == nil {
            reject(
                card,
                Label(
                    uk: "немає автора резолюції: вкажіть --author",
                    en: "there is no author of the resolution: give --author"
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
        card.coDepartments = try card.coDepartments.map { try Desk.chosen(departments.find($0), $0) }
        let parties = try ComplainedAgainst(departments: departments, people: people).parties(card.complainedAgainst)
        let against = Set(parties.compactMap { $0["department"]?.string })
        let barred = card.coDepartments.filter(against.contains)
        card.coDepartments.removeAll(where: against.contains)
        let id = Self.id(source: source, key: card.key)
        let prepared = try PreparedCard(card, id: id, complainedAgainst: parties, calendar: calendar)
        leftOut += barred.map { ["key": .string(card.key), "department": .string($0)] }
        let due = prepared.due
        let pairs = [
            ("registeredOn", card.registeredOn, prepared.registered),
            ("statutory", card.expectedStatutory, due?.statutory),
            ("control", card.expectedControl, due?.control), ("cap", card.expectedCap, due?.cap),
        ]
        for (name, expected, counted) in pairs {
            guard let expected, expected != counted else { continue }
            differences.append([
                "key": .string(card.key), "name": .string(name), "source": .string(expected.description),
                "counted": .string(counted?.description ?? ""),
            ])
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
                    reject(first.card, refusal.label)
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
        guard let office = call.context.office else { preconditionFailure("only an office imports") }
        var steps: [(place: Int, step: PreparedCard.Step)] = []
        for place in cards.indices { for step in cards[place].steps { steps.append((place, step)) } }
        let (call, actor, author, batch, all) = (call, actor, author, cards, steps)
        let (outcomes, changed) = try office.actInTurn(
            now: call.now,
            count: all.count,
            isWhole: { $0 == all.count || all[$0].place != all[$0 - 1].place },
            { transaction, number in
                try Desk.refuseIfBehind(transaction)
                let card = batch[all[number].place]
                switch all[number].step {
                case .registration: return try card.registration(call.desk, actor, transaction)
                case .resolution: return card.resolution(actor, author: author ?? "")
                case .explanation: return card.explanation(actor)
                }
            }
        )
        call.context.place.changed(changed)
        var refused: [Int: String] = [:]
        for (number, outcome) in outcomes.enumerated() where outcome.status != .accepted {
            let words = call.outcome(outcome.status, outcome.reason, path: outcome.path)
            refused[steps[number].place, default: ""] += (refused[steps[number].place] == nil ? "" : "; ") + words
        }
        for place in refused.keys.sorted() { reject(cards[place].card, Label(refused[place] ?? "")) }
        let done = Set(steps.prefix(outcomes.count).map(\.place)).count
        cards = cards.dropFirst(done)
        return done - refused.count
    }

    func result(rows: Int) -> CommandResult {
        let members: JSONObject = [
            "total": .integer(Int64(rows)), "imported": .integer(Int64(imported)),
            "existing": .integer(Int64(existing)), "skipped": .integer(Int64(skipped)),
            "rejected": .integer(Int64(rejects.count)),
            "dryRun": .bool(isDryRun), "differences": .array(differences), "leftOut": .array(leftOut),
            "rejects": .array(
                rejects.sorted { $0.row < $1.row }.map { reject in
                    [
                        "row": .integer(Int64(reject.row)), "key": .string(reject.key ?? ""),
                        "reasons": .array(reject.reasons.map { .string(call.say($0)) }),
                    ]
                }
            ),
        ]
        return CommandResult(members, text: Self.text(members, call.language), exit: Self.exit(members))
    }

    private static func exit(_ members: JSONObject) -> ExitCode {
        let left = ["existing", "skipped", "rejected"].reduce(0) { $0 + (members[$1]?.integer ?? 0) }
        return left > 0 ? .skipped : .ok
    }

    private static func text(_ members: JSONObject, _ language: Language) -> String {
        func say(_ uk: String, _ en: String) -> String { Label(uk: uk, en: en).text(language) }
        func number(_ name: String) -> Int64 { members[name]?.integer ?? 0 }
        let title =
            members["dryRun"]?.bool == true
            ? say("Перевірено (нічого не записано)", "Checked (nothing was written)") : say("Імпорт", "Import")
        var lines = [
            title + ": " + say("рядків ", "rows ") + "\(number("total")), " + say("карток ", "cards ")
                + "\(number("imported")), "
                + say("уже були ", "were there ") + "\(number("existing")), " + say("пропущено ", "skipped ")
                + "\(number("skipped")), "
                + say("відхилено ", "rejected ") + "\(number("rejected"))"
        ]
        for reject in (members["rejects"]?.array ?? []).prefix(10) {
            let reasons = (reject["reasons"]?.array ?? []).compactMap(\.string).joined(separator: "; ")
            lines.append(
                say("  рядок ", "  row ")
                    + "\(reject["row"]?.integer ?? 0) (\(reject["key"]?.string ?? "")): \(reasons)"
            )
        }
        lines += (members["leftOut"]?.array ?? []).prefix(10).map { left in
            say("  на співвиконавця скаржаться, не доручено (ст. 7): ", "  complained about, not assigned (Art. 7): ")
                + "\(left["department"]?.string ?? "") (\(left["key"]?.string ?? ""))"
        }
        let differences = members["differences"]?.array ?? []
        if !differences.isEmpty {
            lines.append(
                say("Дати джерела, що відрізняються від порахованих: ", "Dates of the source that differ from ours: ")
                    + "\(differences.count)"
            )
        }
        if number("rejected") > 10 {
            lines.append(say("Усі відхилені — у файлі --rejects", "All rejected rows are in the file of --rejects"))
        }
        return lines.joined(separator: "\n")
    }

    /// Two parts of one import, told as one.
    static func merged(_ former: CommandResult, _ next: CommandResult, _ language: Language) -> CommandResult {
        guard let a = former.json.object, var members = next.json.object, !next.isError else { return next }
        for name in ["total", "imported", "existing", "skipped", "rejected"] {
            members[name] = .integer((a[name]?.integer ?? 0) + (members[name]?.integer ?? 0))
        }
        for name in ["rejects", "differences", "leftOut"] {
            members[name] = .array((a[name]?.array ?? []) + (members[name]?.array ?? []))
        }
        return CommandResult(members, text: text(members, language), exit: exit(members))
    }
}
