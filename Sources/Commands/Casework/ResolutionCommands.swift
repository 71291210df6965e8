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
        try call.actOnAppeal("resolution.issued") { pending, shown, transaction in
            var body: JSONObject = [
                "author": try call.resolutionAuthor(transaction),
                "assignments": .array(try call.newAssignments(shown.appeal, transaction)),
            ]
            let replaced = try call.superseded(shown.appeal, transaction)
            if !replaced.isEmpty { body["supersedes"] = .array(replaced.map(JSON.string)) }
            if call.flag("on-control") { body["onControl"] = true }
            if call.text("basis") != nil { body["due"] = try call.recounted(shown.appeal, transaction) }
            pending.draft.body = body
            pending.draft.personal = ["text": .string(try call.required("text"))]
            pending.done = Label(
                uk: "Резолюцію до \(shown.title) внесено",
                en: "The resolution on \(shown.title) is recorded"
            )
            pending.next = "kartoteka appeal show \(shown.title)"
        }
    }
}

extension Call {
    fileprivate func resolutionAuthor(_ reading: any StoreReading) throws -> JSON {
        let user = try desk.person(try required("author"), reading)
        let leading = isOffice ? ["leader"] : ["head", "deputy"]
        let held = try desk.roles(of: user, in: context.node, reading)
        guard let role = leading.first(where: held.contains) else {
            throw DeskError(
                .permission,
                "leaderMissing",
                uk: "«\(user)» не має ролі \(leading.joined(separator: " або ")): автором резолюції бути не може",
                en: "\"\(user)\" has no role \(leading.joined(separator: " or ")): not an author of resolutions",
                remedy: DeskError.remedy(of: .leaderMissing)
            )
        }
        var author: JSONObject = ["user": .string(user), "role": .string(role)]
        author["substitution"] = text("substitution").map(JSON.string)
        return .object(author)
    }

    fileprivate func newAssignments(_ appeal: Aggregate, _ reading: any StoreReading) throws -> [JSON] {
        let term = try date("term")
        let issues = try issuesByDepartment(appeal, reading)
        let wanted = [(text("main").map { [$0] } ?? [], "main"), (list("co"), "co"), (list("inform"), "inform")]
        let assignments = try wanted.flatMap { departments, role in
            try departments.map { typed -> JSON in
                let department = try desk.department(typed, reading)
                var object: JSONObject = ["department": .string(department), "role": .string(role)]
                if let term { object["term"] = .string(term.description) }
                if let issues = issues[department] { object["issues"] = .array(issues.map(JSON.string)) }
                return .object(object)
            }
        }
        guard !assignments.isEmpty else {
            throw DeskError.usage(
                "missingOption",
                uk: "бракує --main DEPT: кому доручити",
                en: "--main DEPT is missing: who is to do it"
            )
        }
        return assignments
    }

    private func issuesByDepartment(_ appeal: Aggregate, _ reading: any StoreReading) throws -> [String: [String]] {
        var result: [String: [String]] = [:]
        for text in list("issues") {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw DeskError.usage(
                    "wrongIssues",
                    uk: "--issues «\(text)»: потрібно DEPT=1,2",
                    en: "--issues \"\(text)\": DEPT=1,2 is wanted"
                )
            }
            for number in parts[1].split(separator: ",") {
                result[try desk.department(parts[0], reading), default: []].append(
                    try issue(String(number), of: appeal)
                )
            }
        }
        return result
    }

    /// An issue by its place (1, 2 …) or its name.
    func issue(_ name: String, of appeal: Aggregate) throws(DeskError) -> String {
        if appeal[.registers, "issue@" + name] != nil { return name }
        let place = Int64(name)
        guard let place,
            let entity = appeal.entities(with: "issue").first(where: {
                appeal.register("issue@" + $0)?.integer == place
            })
        else {
            throw DeskError(
                .notFound,
                "unknownIssue",
                uk: "у зверненні немає питання «\(name)»",
                en: "the appeal has no issue \"\(name)\""
            )
        }
        return entity
    }

    fileprivate func superseded(_ appeal: Aggregate, _ reading: any StoreReading) throws -> [String] {
        let standing = ShownAssignment.all(of: appeal).filter { $0.state?.isGround == true }
        var names: [String] = []
        for name in list("supersedes") {
            let department = try desk.department(name, reading)
            let found = standing.filter {
                $0.entity == name || $0.department == department || (name == "main" && $0.role == "main")
            }
            guard !found.isEmpty else {
                let known = standing.map { "\($0.department) (\($0.entity))" }.joined(separator: ", ")
                throw DeskError(
                    .notFound,
                    "unknownAssignment",
                    uk: "--supersedes \(name): немає такого чинного доручення; є: \(known)",
                    en: "--supersedes \(name): no such standing assignment; there are: \(known)"
                )
            }
            names += found.map(\.entity).filter { !names.contains($0) }
        }
        return names
    }

    fileprivate func recounted(_ appeal: Aggregate, _ reading: any StoreReading) throws -> JSON {
        guard let registered = appeal.register("registeredOn")?.string.flatMap({ CivilDate($0) }) else {
            throw DeskError(
                .failed,
                "datesDisorder",
                uk: "звернення не має дня реєстрації",
                en: "the appeal has no day of registration"
            )
        }
        let channel = appeal.register("channel")?.string.flatMap(Channel.init(rawValue:)) ?? .post
        let derivation = try Deadlines.derive(
            registered: registered,
            basis: try basis(),
            channel: channel,
            calendar: try desk.calendar(reading)
        )
        return CardFields.due(derivation.due)
    }
}
