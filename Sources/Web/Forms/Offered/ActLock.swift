import Appeals
import CanonicalJSON
import Desk

/// Why a card forbids an act now, whatever is filled in.
struct ActLock: Equatable {
    /// The rule that would refuse it.
    let reason: Reason
    /// What is in the way, and what would unlock it.
    let words: Label

    init(_ reason: Reason, _ words: Label? = nil) {
        self.reason = reason
        self.words = words ?? Label(uk: reason.ukrainian, en: reason.english)
    }
}

extension CardReader {
    /// What is in the way of an act; nil if the card allows it.
    func lock(_ row: UseCase) -> ActLock? {
        ActStates.isOfAssignment(row) ? lockOfAssignment(row) : lockOfCard(row)
    }

    // MARK: the card

    private func lockOfCard(_ row: UseCase) -> ActLock? {
        let control = card.registers["control"]?.string
        switch row.name {
        case UseCase.controlPut.name:
            return control == "removed" ? ActLock(.offControl) : control == nil ? nil : ActLock(.onControlAlready)
        case UseCase.controlReturn.name:
            guard control == "removed" else { return ActLock(control == nil ? .notOnControl : .onControlAlready) }
            return lockOfParties
        case UseCase.controlRemove.name:
            guard control != "removed" else { return ActLock(.notOnControl, Self.isRemoved) }
            return removal.lazy.compactMap(\.refusal).first.map { ActLock($0.reason) }
        case UseCase.resolutionIssue.name: return control == "removed" ? ActLock(.offControl) : lockOfParties
        case UseCase.appealForward.name: return lockOfEnding(control) ?? lockOfParties
        case UseCase.appealReturn.name, UseCase.appealDismiss.name, UseCase.appealWithdraw.name,
            UseCase.appealExplain.name, UseCase.appealConclude.name:
            return lockOfEnding(control)
        case UseCase.termExtend.name:
            guard let due = card.registers["due.statutory"]?.string, let cap = card.registers["due.cap"]?.string
            else { return nil }
            return due >= cap ? ActLock(.beyondCap, Self.isLongest) : nil
        default: return nil
        }
    }

    private static let isRemoved = Label(uk: "Звернення вже знято з контролю", en: "The appeal is off control already")
    private static let isLongest = Label(
        uk: "Строк уже 45 днів від надходження: довшого немає (ст. 20)",
        en: "The term is 45 days from receipt already: there is no longer one (Art. 20)"
    )

    /// An appeal ends without an executor while no department has it, and nothing is in dispute.
    private func lockOfEnding(_ control: String?) -> ActLock? {
        if control == "removed" { return ActLock(.offControl) }
        let isOpen = card.assignments.map(\.assignment).contains {
            $0.role != "inform" && $0.state != .declined && $0.state?.isGround == true
        }
        if isOpen { return ActLock(.assignmentOpen) }
        return card.cases.contains { $0.section != .held } ? ActLock(.disagreementOpen) : nil
    }

    /// Nothing goes anywhere while it is not known, or disputed, whom the complaint is about.
    private var lockOfParties: ActLock? {
        let isDisputed = card.cases.contains {
            if case .values(Complaint.register, _, _) = $0.matter { true } else { false }
        }
        if isDisputed { return ActLock(.disagreementOpen) }
        return parties(named: "unresolved").isEmpty ? nil : ActLock(.partyUnresolved)
    }

    // MARK: an assignment

    private func lockOfAssignment(_ row: UseCase) -> ActLock? {
        let all = assignments(of: row), states = ActStates.of(row)
        guard !all.isEmpty else {
            return ActLock(
                .wrongState,
                Label(uk: "Звернення ще нікому не доручено", en: "The appeal is assigned to nobody yet")
            )
        }
        let fitting = all.filter { $0.assignment.state.map(states.contains) == true }
        guard let first = fitting.first else { return lockOfState(row, all) }
        return fitting.contains { lock(row, of: $0) == nil } ? nil : lock(row, of: first)
    }

    /// What the act needs, and how the assignments stand.
    private func lockOfState(_ row: UseCase, _ assignments: [CardAssignment]) -> ActLock {
        let states = assignments.compactMap(\.assignment.state).map { Wording.state($0) }.uniqued()
        let now = states.reduce(Label(uk: "", en: "")) { words, state in
            words.uk.isEmpty ? state : words + Label(", ") + state
        }
        return ActLock(.wrongState, ActStates.needed(row) + Label(uk: ". Зараз: ", en: ". Now: ") + now)
    }

    private func lock(_ row: UseCase, of given: CardAssignment) -> ActLock? {
        let versions = card.facts.filter { $0.name.kind == "answer" && $0.name.entity == given.assignment.entity }
        let approved = given.registers["answer"]?.string
        switch row.name {
        case UseCase.answerApprove.name:
            let none = Label(uk: "Проєкту відповіді ще немає", en: "There is no draft of the answer yet")
            return versions.isEmpty ? ActLock(.unknownVersion, none) : nil
        case UseCase.answerSubmit.name: return approved == nil ? ActLock(.answerNotApproved) : nil
        case UseCase.answerDispatch.name:
            if approved == nil { return ActLock(.answerNotApproved) }
            return isPaused(beside: given.assignment.entity) ? ActLock(.disagreementOpen) : nil
        case UseCase.answerAccept.name:
            if !parties(named: "unresolved").isEmpty { return ActLock(.partyUnresolved) }
            if complained(about: given.assignment.department) { return ActLock(.complainedAgainst) }
            let isFinal = versions.first { $0.name.write == approved }?.item.value["final"]?.bool ?? true
            guard isFinal, card.registers["channel"]?.string == Channel.mayorPhone.rawValue else { return nil }
            return isProven(given.assignment.entity) ? nil : ActLock(.feedbackMissing)
        case UseCase.answerReturn.name:
            if card.registers["control"]?.string == "removed" { return ActLock(.offControl) }
            return complained(about: given.assignment.department) ? ActLock(.complainedAgainst) : nil
        default: return nil
        }
    }

    /// Whether it is disputed whose work counts, of others.
    private func isPaused(beside assignment: String) -> Bool {
        card.cases.contains {
            $0.section == .disagreements && $0.name.hasPrefix("reassigned@") && Names.entity($0.name) != assignment
        }
    }

    /// Whether the applicant was spoken to, or a document confirms the works.
    private func isProven(_ assignment: String) -> Bool {
        card.facts.contains { $0.name.entity == assignment && ["feedback", "document"].contains($0.name.kind) }
    }
}
