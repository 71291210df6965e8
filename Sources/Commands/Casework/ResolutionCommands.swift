import Appeals
import CanonicalJSON
import Desk
import Replication

/// `resolution issue`: the leader's instruction and the assignments that follow from it.
extension Commands {
    static let resolutionIssue = Command(
        "resolution issue",
        uk: "Внести резолюцію керівника й видати доручення",
        en: "Record a leader's resolution and issue assignments",
        operands: [.appeal],
        options: [
            .actor,
            .required("author", "USER", uk: "чия резолюція (роль leader)", en: "whose resolution (role leader)"),
            .required("text", "TEXT", uk: "текст резолюції", en: "the words of the resolution"),
            .text("main", "DEPT", uk: "відповідальний виконавець", en: "the main executor"),
            .list("co", "DEPT", uk: "співвиконавець", en: "a co-executor"),
            .list("inform", "DEPT", uk: "до відома", en: "departments to notify (no action required)"),
            .list(
                "supersedes",
                "ASSIGNMENT",
                uk: "яке доручення замінює: його назва, підрозділ (усі його) або main",
                en: "which it replaces: its name, a department (all of its), or main"
            ),
            .list("issues", "DEPT=N,N", uk: "які питання доручено підрозділу", en: "which issues a department gets"),
            .text("term", "DATE", uk: "термін виконання", en: "the term"),
            .flag("on-control", uk: "поставити на контроль", en: "put on control"),
            .text(
                "basis",
                "CODE",
                uk: "перерахувати строк: fifteenDays, month, shortened:N",
                en: "count the term anew: fifteenDays, month, shortened:N"
            ),
            .text(
                "substitution",
                "TEXT",
                uk: "підстава, якщо автор виконує обов'язки",
                en: "the ground, if the author is acting"
            ),
        ],
        example:
            "kartoteka resolution issue К-101 --as koval --author vilkul --text \"Розглянути, відповісти заявнику\" "
            + "--main zhkg --co drim --on-control"
    ) { call in
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
        fields.isOnControl = flag("on-control")
        fields.basis = text("basis") == nil ? nil : try basis()
        return fields
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
