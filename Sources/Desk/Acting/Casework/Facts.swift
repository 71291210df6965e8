package import Appeals
import CanonicalJSON
import Replication

/// A paper that confirms what was done.
package struct DocumentFields {
    /// `act`, `photo`, `certificate`, `contract` or `other`; the rules know which there are.
    package var kind: String
    package var number: String
    /// Nil: today.
    package var date: CivilDate?
    package var note: String?

    package init(kind: String, number: String, date: CivilDate?, note: String?) {
        self.kind = kind
        self.number = number
        self.date = date
        self.note = note
    }
}

/// What happened outside and is noted on an assignment, in whatever state it is; errors as for every act on one.
extension Desk {
    /// A department notes what the applicant said of the work.
    ///
    /// - Parameters:
    ///   - how: `phone`, `meeting`, `letter` or `email`; the rules know which there are.
    ///   - date: nil for today.
    package func recordFeedback(
        _ target: AssignmentTarget,
        how: String,
        words: String,
        date: CivilDate?
    ) throws -> Acted<AboutAssignment> {
        try actOnAssignment(
            "feedback.recorded",
            target,
            in: Set(AssignmentState.allCases),
            personal: ["words": .string(words)]
        ) { body, _, _, _ in
            body["how"] = .string(how)
            body["date"] = .string((date ?? today).description)
        }
    }

    /// A department notes a document of the works.
    package func recordDocument(
        _ target: AssignmentTarget,
        _ document: DocumentFields
    ) throws -> Acted<AboutAssignment> {
        try actOnAssignment("document.recorded", target, in: Set(AssignmentState.allCases)) { body, _, _, _ in
            body["document"] = .string(document.kind)
            body["number"] = .string(document.number)
            body["date"] = .string((document.date ?? today).description)
            body["note"] = document.note.map(JSON.string)
        }
    }
}
