import Appeals
import CanonicalJSON
import Desk
import Replication

/// `resolution issue`: the leader's instruction and the assignments that follow from it.
extension Commands {
    static let resolutionIssue = Command(.resolutionIssue) { call in
        let acted = try call.acting().issueResolution(try call.required("appeal"), try call.resolution())
        let title = acted.subject.title
        return call.tell(
            acted,
            uk: "Резолюцію до \(title) внесено",
            en: "The resolution on \(title) is recorded",
            next: "kartoteka appeal show \(title)"
        )
    }
}

extension Call {
    fileprivate func resolution() throws -> ResolutionFields {
        var fields = ResolutionFields(author: try required("author"), text: try required("text"))
        fields.substitution = text("substitution")
        fields.main = text("main").map { [$0] } ?? []
        fields.co = list("co")
        fields.inform = list("inform")
        fields.supersedes = list("supersedes")
        fields.issues = try issuesByDepartment()
        fields.term = try date("term")
        fields.terms = try termsByDepartment()
        fields.isOnControl = !flag("no-control")
        fields.basis = text("basis") == nil ? nil : try basis()
        return fields
    }

    /// `--term-of DEPT=DATE`, each.
    private func termsByDepartment() throws(DeskError) -> [(department: String, term: CivilDate)] {
        var result: [(department: String, term: CivilDate)] = []
        for text in list("term-of") {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let term = CivilDate(parts[1]) else {
                throw .usage(
                    "wrongField",
                    uk: "--term-of «\(text)»: потрібно DEPT=DATE",
                    en: "--term-of \"\(text)\": DEPT=DATE is wanted"
                )
            }
            result.append((parts[0], term))
        }
        return result
    }

    /// `--issues DEPT=1,2`, each.
    private func issuesByDepartment() throws(DeskError) -> [(department: String, issues: [String])] {
        var result: [(department: String, issues: [String])] = []
        for text in list("issues") {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw .usage(
                    "wrongIssues",
                    uk: "--issues «\(text)»: потрібно DEPT=1,2",
                    en: "--issues \"\(text)\": DEPT=1,2 is wanted"
                )
            }
            result.append((parts[0], parts[1].split(separator: ",").map(String.init)))
        }
        return result
    }
}
