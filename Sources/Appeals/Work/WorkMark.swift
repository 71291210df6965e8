import CanonicalJSON

/// What is to be done about an appeal, as its registers say, and by which node.
///
/// The node that controls the appeal (its home) finds executors, checks, decides; each department that is to execute it has
/// one of `issued`, `working`, `returned`, `declined`, `submitted`. An appeal that ended keeps only what is still owed: a
/// letter, a decision.
public enum WorkMark: String, CaseIterable, Sendable {
    /// Controller: nobody is to execute it, and it has not ended.
    case unassigned
    /// Controller: a department is not competent; somebody else is to be found.
    case reassign
    /// Controller: an answer is to be checked.
    case check
    /// Controller: all answers are accepted; control is to be removed.
    case done
    /// Controller: it is on control.
    case controlled
    /// Controller: a person has to settle or to decide something.
    case decision
    /// Department: it has not taken the assignment on.
    case issued
    /// Department: it has taken the assignment on.
    case working
    /// Department: the centre sent the answer back.
    case returned
    /// Department: it said that it is not competent.
    case declined
    /// Department: its answer waits to be checked.
    case submitted
    /// Department: it works on it, and nobody there is named.
    case unappointed
    /// Main executor: a settlement ordered a letter to the applicant, and nothing was sent since.
    case letter
}

/// Marks that are counted together, once an appeal, whichever of them it has.
public enum WorkGroup: String, CaseIterable, Sendable {
    /// Nobody has begun with it.
    case new
    /// A department is not competent.
    case declined
    /// An answer waits to be checked.
    case onCheck
    /// It has a term that the node has to keep.
    case open

    /// Each of them at least once on what is counted.
    public var marks: [WorkMark] {
        switch self {
        case .new: [.issued, .unassigned]
        case .declined: [.declined, .reassign]
        case .onCheck: [.submitted, .check]
        case .open: [.issued, .working, .returned, .unassigned, .reassign, .check]
        }
    }
}

/// A mark with the node and the person whose work it is: `returned@zhkg:petrenko`, `unassigned@urz:`; the person is empty
/// where nobody is named.
public struct WorkToken: Hashable, Sendable, CustomStringConvertible {
    public let mark: WorkMark
    public let node: String
    public let person: String

    /// A token; ids as the directory has them.
    public init(_ mark: WorkMark, node: String, person: String = "") {
        self.mark = mark
        self.node = node
        self.person = person
    }

    public var description: String { Self.beginning(mark, node: node) + person }

    /// What all tokens of a mark begin with, or those of one node.
    public static func beginning(_ mark: WorkMark, node: String? = nil) -> String {
        mark.rawValue + "@" + (node.map { $0 + ":" } ?? "")
    }

    /// In the order of their texts, each once.
    static func ordered(_ tokens: [WorkToken]) -> [WorkToken] {
        guard tokens.count > 1 else { return tokens }
        let named = tokens.map { (text: $0.description, token: $0) }.sorted { $0.text < $1.text }
        return named.indices.filter { $0 == 0 || named[$0].text != named[$0 - 1].text }.map { named[$0].token }
    }
}

extension Aggregate {
    /// What is to be done about the appeal, in order; empty if nothing is.
    public var work: [WorkToken] {
        work(in: AppealState(of: self), isDisputed: !Disagreements.open(in: self).isEmpty)
    }

    /// The same where its state is known, and whether a case is open.
    package func work(in state: AppealState, isDisputed: Bool) -> [WorkToken] {
        let home = register("home")?.string ?? ""
        var found: [WorkToken] = []
        if isDisputed || items(.held).contains(where: { $0.item.value.heldState == .waiting }) {
            found.append(WorkToken(.decision, node: home))
        }
        if let letter { found.append(letter) }
        switch state {
        case .removed, .ended: return WorkToken.ordered(found)
        case .registered where register("registeredOn") == nil: return WorkToken.ordered(found)
        case .registered: found.append(WorkToken(.unassigned, node: home))
        case .done: if register("control")?.string == "onControl" { found.append(WorkToken(.done, node: home)) }
        case .assigned, .answered: break
        }
        if register("control")?.string == "onControl" { found.append(WorkToken(.controlled, node: home)) }
        for entity in entities(with: "department") { addWork(of: entity, home: home, to: &found) }
        return WorkToken.ordered(found)
    }

    /// The earliest day on which something about the appeal is due: its control date, or an assignment's own term while its
    /// department works; `YYYY-MM-DD`, empty if nothing is due.
    public var term: String { term(in: AppealState(of: self)) }

    /// The same where its state is known.
    package func term(in state: AppealState) -> String {
        guard state != .removed, state != .ended else { return "" }
        let isOver = state == .done && register("control")?.string != "onControl"
        var days = isOver ? [] : [register("due.control")?.string ?? register("due.statutory")?.string ?? ""]
        for (name, item) in items(.registers, beginning: "term@") {
            guard let entity = Names.entity(name), self.state(of: entity).map(AssignmentState.working.contains) == true
            else { continue }
            days.append(item.value.string ?? "")
        }
        return days.filter { !$0.isEmpty }.min() ?? ""
    }

    /// What is to be done about one assignment, by its department and by who controls the appeal.
    private func addWork(of entity: String, home: String, to found: inout [WorkToken]) {
        guard let state = state(of: entity) else { return }
        let own: WorkMark
        switch state {
        case .issued: own = .issued
        case .accepted: own = .working
        case .returned: own = .returned
        case .declined: own = .declined
        case .submitted: own = .submitted
        case .done, .recalled, .superseded: return
        }
        guard let department = register("department@" + entity)?.string else { return }
        let isAtWork = own == .working || own == .returned
        if isAtWork, register("role@" + entity)?.string == "inform" { return }
        let person = register("person@" + entity)?.string ?? ""
        found.append(WorkToken(own, node: department, person: person))
        if isAtWork, person.isEmpty { found.append(WorkToken(.unappointed, node: department)) }
        if own == .declined { found.append(WorkToken(.reassign, node: home)) }
        if own == .submitted { found.append(WorkToken(.check, node: home)) }
    }

    /// The letter that a settlement ordered: anything sent in a later commit, or not with the office yet, answers it.
    private var letter: WorkToken? {
        let ordered = items(.disagreements).filter {
            $0.item.value.caseState == .settled && $0.item.value["choice"]?.string == Disagreements.letter
        }.map(\.item.commit)
        guard let last = ordered.max() else { return nil }
        guard !items(.facts, beginning: "dispatch@").contains(where: { $0.item.commit >= last }) else { return nil }
        let main = register("mainExecutor")?.string ?? ""
        return WorkToken(
            .letter,
            node: register("department@" + main)?.string ?? "",
            person: register("person@" + main)?.string ?? ""
        )
    }
}
