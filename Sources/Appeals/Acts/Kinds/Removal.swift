import CanonicalJSON

/// What must be done before an appeal is removed from control, in the order in which the act looks (R13).
///
/// The act asks these, and so does whoever shows what is still to do.
package enum RemovalStep: String, CaseIterable, Sendable {
    /// It is on control.
    case control
    /// Whoever was to execute it has done so.
    case answers
    /// It is known whom a complaint is about, and the answer is not theirs.
    case parties
    /// Each issue has a result.
    case results
    /// The answer in force went to the applicant as they want it.
    case dispatch
    /// Nothing is in dispute.
    case disagreements
}

extension Aggregate {
    /// Why this step is not done; nil if it is.
    package func refusal(of step: RemovalStep) -> Refusal? {
        do { try require(step) } catch { return error }
        return nil
    }

    /// Throws why this step is not done.
    func require(_ step: RemovalStep) throws(Refusal) {
        switch step {
        case .control:
            guard register("control")?.string == "onControl" else { throw Refusal(.notOnControl, path: "control") }
        case .answers: try requireAssignments(.done, else: .answersMissing)
        case .parties: try requireAnswersOfOthers()
        case .results:
            for issue in entities(with: "issue") where register("result@" + issue) == nil {
                throw Refusal(.resultMissing, path: "result@" + issue)
            }
        case .dispatch:
            if !["anonymous", "unknown"].contains(register("subjectType")?.string ?? "") { try requireAnswerSent() }
        case .disagreements:
            guard let open = Disagreements.open(in: self).first else { return }
            throw Refusal(.disagreementOpen, path: open.name)
        }
    }

    /// Whom the complaint is about has not answered it, whatever it did before that was known.
    private func requireAnswersOfOthers() throws(Refusal) {
        let complaint = Complaint(self)
        if complaint.isUnresolved { throw Refusal(.partyUnresolved, path: Complaint.register) }
        for main in openMains {
            guard let party = register("department@" + main)?.string, complaint.departments.contains(party) else {
                continue
            }
            throw Refusal(.complainedAgainst, path: party)
        }
    }

    /// Whoever was to execute the appeal is in this state, or has it no more.
    func requireAssignments(_ wanted: AssignmentState, else reason: Reason) throws(Refusal) {
        for entity in entities(with: "department") where register("role@" + entity)?.string != "inform" {
            let state = state(of: entity)
            guard state == wanted || state?.isGround == false else { throw Refusal(reason, path: "state@" + entity) }
        }
    }

    /// The final answer that is in force went to the applicant, in the form that they want (R15); without one, in writing.
    ///
    /// Where nobody is the main executor any more, whichever final answer went out counts.
    private func requireAnswerSent() throws(Refusal) {
        let mains = openMains
        let sent = items(.facts, beginning: "dispatch@").compactMap { name, item -> String? in
            let entity = FactName(name)?.entity ?? ""
            guard item.value["to"]?.string == "applicant", item.value["final"]?.bool == true else { return nil }
            let isInForce = item.value["version"]?.string == register("answer@" + entity)?.string
            guard mains.isEmpty || (mains.contains(entity) && isInForce) else { return nil }
            return item.value["channel"]?.string ?? ""
        }
        guard !sent.isEmpty else { throw Refusal(.notDispatched) }
        let wanted = register("replyPreference")?.string
        guard sent.contains(where: { wanted == nil ? $0 != ReplyPreference.phone.rawValue : $0 == wanted }) else {
            throw Refusal(.notAsPreferred, path: "replyPreference")
        }
    }
}
