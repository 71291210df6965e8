package import Appeals
import CanonicalJSON
import Replication

/// What a department wants to answer.
package struct AnswerFields {
    package var text: String
    /// Whether it ends the matter; else it is a preliminary answer.
    package var isFinal: Bool
    /// The result of the whole.
    package var result: IssueResult?
    /// Results of single issues, each by its place (1, 2 …) or its name.
    package var issues: [(issue: String, result: IssueResult)]

    package init(text: String, isFinal: Bool, result: IssueResult?, issues: [(issue: String, result: IssueResult)]) {
        self.text = text
        self.isFinal = isFinal
        self.result = result
        self.issues = issues
    }
}

/// How an answer went out.
package struct DispatchFields {
    /// `applicant` or `committee`; the rules know which there are.
    package var to: String
    package var by: ReplyPreference
    /// The outgoing number.
    package var number: String?
    /// Nil: today.
    package var date: CivilDate?

    package init(to: String, by: ReplyPreference, number: String?, date: CivilDate?) {
        self.to = to
        self.by = by
        self.number = number
        self.date = date
    }
}

/// Answers, from the draft to the dispatch.
///
/// Errors as for every act on an assignment; `unknownVersion` if a version is named that is not there, or none is drafted.
/// A version that is not named is the approved one, or the last drafted.
extension Desk {
    /// A department writes what it would answer, while it works on the assignment or the answer is being checked.
    ///
    /// `unknownIssue` if a result is of an issue that the appeal has not.
    package func draftAnswer(_ target: AssignmentTarget, _ answer: AnswerFields) throws -> Acted<AboutAssignment> {
        try actOnAssignment(
            "answer.drafted",
            target,
            in: AssignmentState.working.union([.submitted]),
            personal: ["text": .string(answer.text)]
        ) { body, appeal, _, _ in
            body["final"] = .bool(answer.isFinal)
            body["result"] = (answer.result?.rawValue).map(JSON.string)
            let results = try answer.issues.map { issue, result -> JSON in
                ["issue": .string(try Self.issue(issue, of: appeal)), "result": .string(result.rawValue)]
            }
            if !results.isEmpty { body["results"] = ["issues": .array(results)] }
        }
    }

    /// The head of the department stands by a version: the last drafted, if none is named.
    package func approveAnswer(_ target: AssignmentTarget, version: String?) throws -> Acted<AboutAssignment> {
        try actOnAnswer("answer.approved", target, version, in: AssignmentState.working, approvedFirst: false)
    }

    /// The department gives the approved version to whoever controls the appeal.
    package func submitAnswer(_ target: AssignmentTarget, version: String?) throws -> Acted<AboutAssignment> {
        try actOnAnswer("answer.submitted", target, version, in: [.accepted, .returned])
    }

    /// The office takes an answer that was submitted.
    package func acceptAnswer(_ target: AssignmentTarget, version: String?) throws -> Acted<AboutAssignment> {
        try actOnAnswer("answer.accepted", target, version, in: [.submitted])
    }

    /// The office gives an answer that was submitted back, and says what to rework.
    package func returnAnswer(
        _ target: AssignmentTarget,
        version: String?,
        reason: String
    ) throws -> Acted<AboutAssignment> {
        try actOnAnswer("answer.returned", target, version, in: [.submitted]) { body in
            body["reason"] = .string(reason)
        }
    }

    /// Somebody notes that an answer went out, and how.
    package func dispatchAnswer(
        _ target: AssignmentTarget,
        version: String?,
        _ dispatch: DispatchFields
    ) throws -> Acted<AboutAssignment> {
        try actOnAnswer("answer.dispatched", target, version, in: Set(AssignmentState.allCases)) { body in
            body["to"] = .string(dispatch.to)
            body["by"] = .string(dispatch.by.rawValue)
            body["number"] = dispatch.number.map(JSON.string)
            body["date"] = .string((dispatch.date ?? today).description)
        }
    }

    private func actOnAnswer(
        _ kind: String,
        _ target: AssignmentTarget,
        _ named: String?,
        in states: Set<AssignmentState>,
        approvedFirst: Bool = true,
        _ fill: (inout JSONObject) -> Void = { _ in }
    ) throws -> Acted<AboutAssignment> {
        try actOnAssignment(kind, target, in: states) { body, appeal, assignment, _ in
            body["version"] = .string(
                try version(named, ofShown: appeal, assignment, approvedFirst: approvedFirst)
            )
            fill(&body)
        }
    }

    /// Of an appeal that left nothing is here to look the version up in: it is taken as named.
    private func version(
        _ named: String?,
        ofShown appeal: Aggregate,
        _ assignment: String,
        approvedFirst: Bool
    ) throws(DeskError) -> String {
        guard appeal.isEmpty else { return try version(named, of: appeal, assignment, approvedFirst: approvedFirst) }
        guard let named, !named.isEmpty else {
            throw .usage("missingOption", uk: "бракує \(.input("version"))", en: "\(.input("version")) is missing")
        }
        return named
    }

    /// An issue of an appeal by its place (1, 2 …) or its name; `unknownIssue` if there is none.
    package static func issue(_ name: String, of appeal: Aggregate) throws(DeskError) -> String {
        if appeal[.registers, "issue@" + name] != nil { return name }
        guard let place = Int64(name), let entity = issue(at: place, of: appeal) else {
            throw DeskError(
                .notFound,
                "unknownIssue",
                uk: "у зверненні немає питання «\(name)»",
                en: "the appeal has no issue \"\(name)\""
            )
        }
        return entity
    }

    static func issue(at place: Int64, of appeal: Aggregate) -> String? {
        appeal.entities(with: "issue").first { appeal.register("issue@" + $0)?.integer == place }
    }
}
