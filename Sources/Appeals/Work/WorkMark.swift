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

/// A mark with the node and the person whose work it is: `returned@zhkg:petrenko`, `unassigned@urz:`; the person is empty
/// where nobody is named.
public struct WorkToken: Hashable, Comparable, Sendable, CustomStringConvertible {
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

    public static func < (a: WorkToken, b: WorkToken) -> Bool { a.description < b.description }
}

extension Aggregate {
    /// What is to be done about the appeal, in order; empty if nothing is.
    public var work: [WorkToken] { work(in: AppealState(of: self)) }

    /// The same where its state is known.
    package func work(in state: AppealState) -> [WorkToken] {
        let home = register("home")?.string ?? ""
        var found: Set<WorkToken> = []
        if waitsForDecision { found.insert(WorkToken(.decision, node: home)) }
        if let letter { found.insert(letter) }
        switch state {
        case .removed, .ended: return found.sorted()
        case .registered where register("registeredOn") == nil: return found.sorted()
        case .registered: found.insert(WorkToken(.unassigned, node: home))
        case .done: if register("control")?.string == "onControl" { found.insert(WorkToken(.done, node: home)) }
        case .assigned, .answered: break
        }
        for entity in entities(with: "department") {
            let own = work(of: entity)
            for token in own where token.mark == .declined { found.insert(WorkToken(.reassign, node: home)) }
            for token in own where token.mark == .submitted { found.insert(WorkToken(.check, node: home)) }
            found.formUnion(own)
        }
        return found.sorted()
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

    private func work(of entity: String) -> [WorkToken] {
        guard let state = state(of: entity), let department = register("department@" + entity)?.string else {
            return []
        }
        let person = register("person@" + entity)?.string ?? ""
        let isToAnswer = register("role@" + entity)?.string != "inform"
        func token(_ mark: WorkMark) -> WorkToken { WorkToken(mark, node: department, person: person) }
        switch state {
        case .issued: return [token(.issued)]
        case .accepted, .returned:
            guard isToAnswer else { return [] }
            return [token(state == .accepted ? .working : .returned)] + (person.isEmpty ? [token(.unappointed)] : [])
        case .declined: return [token(.declined)]
        case .submitted: return [token(.submitted)]
        case .done, .recalled, .superseded: return []
        }
    }

    private var waitsForDecision: Bool {
        !Disagreements.open(in: self).isEmpty || items(.held).contains { $0.item.value.heldState == .waiting }
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
