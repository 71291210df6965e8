import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication

/// One thing that happened to an appeal: an act as the log has it, with what it recorded.
struct TimelineItem {
    /// What a timeline may be narrowed to.
    enum Topic: String, CaseIterable {
        case all, mail, acts, exchange
    }

    let title: Label
    /// Ids: who entered it, and at which node.
    let author: Author?
    /// Whose decision it records, if somebody else's.
    let decider: Decider?
    /// When it was done by its author's clock, unix milliseconds.
    let at: Int64?
    /// When the office received it, where that is known and another moment.
    let receivedAt: Int64?
    /// Where only the day is known.
    let day: CivilDate?
    /// A legal act, not a fact.
    let isLegal: Bool
    /// A note of the office for itself, which is on no paper.
    let isInner: Bool
    /// Not with the office yet.
    let isUnsent: Bool
    /// That it was not accepted, or waits.
    let trouble: Label?
    /// Words of it: of the office, and of the citizen.
    let words: [String]
    let voice: String?
    /// Fields with their names.
    let fields: [(name: Label, register: String, value: JSON)]
    /// The case that it settled or that was merged by itself, as an address names it.
    let aCase: String?
    /// What is doubtful or late about it.
    let flags: [Label]
    let topics: Set<Topic>
    /// By what it stands in order: the office's commit, own unsent ones last, then the clock.
    let order: (isUnsent: Int, commit: Int64, at: Int64)

    /// All of a card: what its log has and the facts that others brought about, each once.
    static func all(_ card: Card, _ history: History) -> [TimelineItem] {
        let facts = Dictionary(grouping: card.facts, by: \.name.write)
        let told = Set(history.operations.map(\.write))
        let held = waiting(card)
        var items = history.operations.map { TimelineItem($0, facts[$0.write] ?? held[$0.write] ?? []) }
        items += card.facts.filter { !told.contains($0.name.write) }.map { TimelineItem($0) }
        if !history.operations.contains(where: { $0.kind == "appeal.registered" }) { items.append(registration(card)) }
        // What others decided is told by their act, where this node has it.
        items += card.outcomes.filter { $0.author == nil || !told.contains($0.write) }.map { TimelineItem($0) }
        return items.sorted { $0.order < $1.order }
    }

    /// What work would record that waits for a decision, or waited, by its act.
    private static func waiting(_ card: Card) -> [String: [ShownFact]] {
        let decided = card.outcomes.compactMap { outcome -> HeldWork? in
            if case .held(let work) = outcome.matter { work } else { nil }
        }
        let works = card.cases.flatMap(\.work) + decided
        return Dictionary(works.map { ($0.write, $0.facts) }) { first, _ in first }
    }

    private static let mail: Set<String> = [
        "answer.drafted", "answer.submitted", "answer.dispatched", "feedback.recorded", "document.recorded",
        "appeal.forwarded", "appeal.returned", "appeal.explained",
    ]
    /// Facts of these kinds are recorded by acts of that law.
    private static let legal: Set<String> = [
        "resolution", "recall", "extension", "removal", "receiptCorrection", "controlPut", "controlReturn", "ending",
        "decline", "approval", "submission", "dispatch", "review", "decision",
    ]
    private static let mailFacts: Set<String> = ["answer", "submission", "dispatch", "feedback", "document"]

    private init(_ operation: ToldOperation, _ facts: [ShownFact]) {
        let kind = Kinds.named(operation.kind)
        title = operation.kind == "answer.drafted" ? Self.drafted : Wording.kind(operation.kind)
        author = Author(user: operation.user, node: operation.node)
        decider = operation.decider.flatMap { $0.isTold(beside: operation.user) ? $0 : nil }
        let recorded = facts.first?.at
        at = recorded ?? operation.at
        receivedAt = recorded.flatMap { operation.at - $0 >= Self.apart ? operation.at : nil }
        day = nil
        isLegal = kind?.isAtomic ?? false
        isInner = operation.kind == "note.added"
        isUnsent = operation.status == nil
        trouble = Self.trouble(operation)
        var told = Told(facts)
        if facts.isEmpty, !operation.why.isEmpty { told.words.append(operation.why) }
        (words, voice, fields) = (told.words, told.voice, told.fields)
        aCase = operation.caseDigest
        flags = operation.flags.map { Wording.flag($0) } + told.flags
        var topics: Set<Topic> = [.all]
        if Self.mail.contains(operation.kind) { topics.insert(.mail) }
        if isLegal { topics.insert(.acts) }
        if isUnsent || trouble != nil || operation.kind.hasPrefix("held") || operation.kind.hasSuffix("settled") {
            topics.insert(.exchange)
        }
        self.topics = topics
        order = (isUnsent ? 1 : 0, operation.commit, at ?? 0)
    }

    /// Two times are told where they are so far apart, milliseconds.
    private static let apart: Int64 = 120_000

    private static func trouble(_ operation: ToldOperation) -> Label? {
        guard let status = operation.status, status > .acceptedLate else { return nil }
        switch operation.decision {
        case .adopted: return Label(uk: "Чекало; прийнято рішенням", en: "Waited; adopted by a decision")
        case .declined: return Label(uk: "Чекало; відхилено рішенням", en: "Waited; declined by a decision")
        case .dismissed, .reissued, .quarantined, nil:
            return Wording.outcome(status, operation.reason, path: operation.path)
        }
    }

    /// A fact that others brought about: this node has not their act.
    private init(_ fact: ShownFact) {
        title = Self.title(of: fact)
        author = fact.author
        decider = fact.decider.flatMap { $0.isTold(beside: fact.author?.user) ? $0 : nil }
        at = fact.at
        (receivedAt, day, trouble) = (nil, nil, nil)
        isLegal = Self.legal.contains(fact.name.kind)
        isInner = ["note", "recovery"].contains(fact.name.kind)
        // An own one that is not confirmed is told by its act.
        isUnsent = false
        let told = Told([fact])
        (words, voice, fields, flags) = (told.words, told.voice, told.fields, told.flags)
        aCase = nil
        var topics: Set<Topic> = [.all]
        if Self.mailFacts.contains(fact.name.kind) { topics.insert(.mail) }
        if isLegal { topics.insert(.acts) }
        self.topics = topics
        order = (0, fact.item.commit, fact.at ?? 0)
    }

    /// What facts say in words of people: of the office, then of the citizen.
    static func words(of facts: [ShownFact]) -> [String] {
        let told = Told(facts)
        return told.words + [told.voice].compactMap(\.self)
    }

    private static let drafted = Label(uk: "Проєкт відповіді збережено", en: "The answer was drafted")

    /// What was done, in the past: of a checked answer what came of it.
    private static func title(of fact: ShownFact) -> Label {
        switch (fact.name.kind, fact.item.value["accepted"]?.bool) {
        case ("answer", _): drafted
        case ("approval", _): Wording.kind("answer.approved")
        case ("submission", _): Wording.kind("answer.submitted")
        case ("dispatch", _): Wording.kind("answer.dispatched")
        case ("extension", _): Wording.kind("term.extended")
        case ("removal", _): Wording.kind("control.removed")
        case ("recall", _): Wording.kind("assignment.recalled")
        case ("receiptCorrection", _): Wording.kind("receipt.corrected")
        case ("review", true): Wording.kind("answer.accepted")
        case ("review", false): Wording.kind("answer.returned")
        default: Wording.fact(fact.name.kind)
        }
    }

    /// What this node knows of the registration without its act: the day, and no time that nobody told.
    private static func registration(_ card: Card) -> TimelineItem {
        TimelineItem(
            title: Wording.kind("appeal.registered"),
            author: card.registers["home"]?.string.map { Author(user: card.recordedBy?.user ?? "", node: $0) },
            day: card.registers["registeredOn"]?.string.flatMap { CivilDate($0) },
            isLegal: true,
            topics: [.all, .acts],
            commit: -1
        )
    }

    /// What was merged by itself, or decided by an act that this node has not.
    private init(_ outcome: CardOutcome) {
        let isDecided = outcome.author != nil
        var title = Label(uk: "Об’єднано без участі людини", en: "Merged without anybody")
        switch outcome.matter {
        case .rule(let rule):
            if isDecided { title = Wording.kind("disagreement.settled") }
            title = title + Label(": ") + Wording.rule(rule)
        case .values(let register, _, _):
            if isDecided { title = Wording.kind("conflict.settled") }
            title = title + Label(": ") + Wording.register(register)
        case .held(let work):
            let decision = Wording.kind(outcome.choice == "adopt" ? "held.adopted" : "held.declined")
            title = (isDecided ? decision : title) + Label(": ") + Wording.kind(work.kind)
        }
        let isWork = if case .rule = outcome.matter { !isDecided } else { false }
        self.init(
            title: title,
            author: outcome.author,
            at: outcome.at,
            day: nil,
            isLegal: false,
            topics: [.all, .exchange],
            commit: .max - 1,
            words: outcome.reason.isEmpty ? [] : [outcome.reason],
            aCase: isWork ? nil : outcome.digest
        )
    }

    private init(
        title: Label,
        author: Author?,
        at: Int64? = nil,
        day: CivilDate?,
        isLegal: Bool,
        topics: Set<Topic>,
        commit: Int64,
        words: [String] = [],
        aCase: String? = nil
    ) {
        self.title = title
        self.author = author
        self.at = at
        self.day = day
        self.isLegal = isLegal
        self.topics = topics
        self.words = words
        self.aCase = aCase
        (decider, receivedAt, trouble, voice) = (nil, nil, nil, nil)
        (isInner, isUnsent) = (false, false)
        (fields, flags) = ([], [])
        order = (0, commit, at ?? 0)
    }
}

/// What facts say, sorted for a page: words of people, and fields with names.
private struct Told {
    var words: [String] = []
    var voice: String?
    var fields: [(name: Label, register: String, value: JSON)] = []
    var flags: [Label] = []

    /// What a field is called beside its value.
    private static func name(_ key: String) -> Label {
        switch key {
        case "as": Label(uk: "Чим завершено", en: "Ended as")
        case "ground": Label(uk: "Підстава", en: "Ground")
        case "register": Label(uk: "За реєстром", en: "By the register")
        case "to": Label(uk: "Кому", en: "To")
        case "channel", "how": Label(uk: "Спосіб", en: "By")
        case "document": Label(uk: "Документ", en: "Document")
        case "number": Label(uk: "Номер", en: "Number")
        case "date": Label(uk: "Дата", en: "Date")
        case "receivedAt": Label(uk: "Надійшло", en: "Received")
        case "result": Label(uk: "Результат", en: "Result")
        case "statutory": Label(uk: "Новий строк", en: "New term")
        default: Wording.register(key)
        }
    }

    private static let texts: Set<String> = ["reason", "basis", "note", "text", "suggested"]

    init(_ facts: [ShownFact]) {
        for fact in facts {
            for key in ShownFact.told {
                guard let value = fact.item.value[key], !value.isNull else { continue }
                if key == "words" {
                    voice = value.string
                } else if Self.texts.contains(key), let text = value.string {
                    if !text.isEmpty { words.append(text) }
                } else {
                    fields.append((Self.name(key), key, value))
                }
            }
            flags += Self.flags(of: fact)
        }
    }

    private static func flags(of fact: ShownFact) -> [Label] {
        var flags: [Label] = []
        if fact.item.value["final"]?.bool == false { flags.append(Label(uk: "проміжна", en: "preliminary")) }
        if fact.item.value["late"]?.bool == true {
            flags.append(Label(uk: "після закінчення доручення", en: "after the assignment ended"))
        }
        if fact.item.value[StatedDate.lateFlag]?.bool == true { flags.append(Wording.flag(StatedDate.lateFlag)) }
        return flags
            + fact.breaches.map {
                Label(uk: "сумнівно: ", en: "doubtful: ") + $0.label(kind: ShownFact.kind(fact.name, fact.item))
            }
    }
}
