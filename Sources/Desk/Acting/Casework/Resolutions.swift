package import Appeals
import CanonicalJSON
import Replication

/// A leader's instruction as people type it: departments and people by id or name, issues by place or name.
package struct ResolutionFields {
    package var author: String
    /// The ground, if the author is acting for somebody and the directory does not say it of the role.
    package var substitution: String?
    package var text: String
    package var main: [String]
    package var co: [String]
    package var inform: [String]
    /// Assignments that it replaces: by name, by department (all of its), or `main`.
    package var supersedes: [String]
    /// Which issues a department gets; all, if it is not here.
    package var issues: [(department: String, issues: [String])]
    package var term: CivilDate?
    /// Terms of single departments, in the place of that one.
    package var terms: [(department: String, term: CivilDate)]
    /// Puts the appeal on control unless it is there already, or nobody is to do anything (R13).
    package var isOnControl: Bool
    /// Counts the term of the appeal anew; nil leaves it.
    package var basis: DeadlineBasis?

    package init(author: String, text: String) {
        self.author = author
        self.text = text
        substitution = nil
        main = []
        co = []
        inform = []
        supersedes = []
        issues = []
        term = nil
        terms = []
        isOnControl = true
        basis = nil
    }
}

extension Desk {
    /// A clerk enters a leader's resolution, from which the assignments follow.
    ///
    /// Checked here: `leaderMissing` unless the author leads at this node, `missingOption` if it assigns to nobody,
    /// `unknownIssue`, `unknownAssignment` of what it replaces, `datesDisorder` if there is no day to count the term from;
    /// by the rules, among others, that there is one main executor (`oneMainExecutor`). Besides, errors as for every act
    /// on an appeal.
    package func issueResolution(_ appeal: String, _ fields: ResolutionFields) throws -> Acted<AboutAppeal> {
        try actOnAppeal("resolution.issued", appeal) { draft, shown, reading in
            var body: JSONObject = [
                "author": try author(fields, reading),
                "assignments": .array(try assignments(fields, shown.appeal, reading)),
            ]
            let replaced = try superseded(fields.supersedes, shown.appeal, reading)
            if !replaced.isEmpty { body["supersedes"] = .array(replaced.map(JSON.string)) }
            let isToDo = !fields.main.isEmpty || !fields.co.isEmpty
            if fields.isOnControl, isToDo, shown.appeal.register("control") == nil { body["onControl"] = true }
            if let basis = fields.basis { body["due"] = try recounted(shown.appeal, basis, reading) }
            draft.body = body
            draft.personal = ["text": .string(fields.text)]
            return AboutAppeal(title: shown.title)
        }
    }

    /// Who decided, in the first of the leading roles that they have at this node; `leaderMissing` if they have none.
    private func author(_ fields: ResolutionFields, _ reading: any StoreReading) throws -> JSON {
        let user = try person(fields.author, reading)
        let leading = isOffice ? ["leader"] : ["head", "deputy"]
        let held = try roles(of: user, in: place.node, reading)
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
        // The directory knows on which basis, and for how long, unless it is said anew.
        let granted = try entry("role/\(place.node)/\(user)/\(role)", reading)?[.registers, "granted"]?.value
        let known = granted.flatMap(Substitution.init)
        author["substitution"] = (fields.substitution ?? known?.basis).map(JSON.string)
        if fields.substitution == nil || fields.substitution == known?.basis {
            author["from"] = known?.from.map { .string($0.description) }
            author["through"] = known?.through.map { .string($0.description) }
        }
        return .object(author)
    }

    private func assignments(
        _ fields: ResolutionFields,
        _ appeal: Aggregate,
        _ reading: any StoreReading
    ) throws -> [JSON] {
        var issues: [String: [String]] = [:]
        for (name, places) in fields.issues {
            let department = try department(name, reading)
            for place in places { issues[department, default: []].append(try Self.issue(place, of: appeal)) }
        }
        var terms: [String: CivilDate] = [:]
        for (name, term) in fields.terms { terms[try department(name, reading)] = term }
        let wanted = [(fields.main, "main"), (fields.co, "co"), (fields.inform, "inform")]
        let assignments = try wanted.flatMap { departments, role in
            try departments.map { typed -> JSON in
                let department = try department(typed, reading)
                var object: JSONObject = ["department": .string(department), "role": .string(role)]
                if let term = terms[department] ?? fields.term { object["term"] = .string(term.description) }
                if let issues = issues[department] { object["issues"] = .array(issues.map(JSON.string)) }
                return .object(object)
            }
        }
        guard !assignments.isEmpty else {
            throw DeskError.usage(
                "missingOption",
                uk: "бракує \(.input("main", "DEPT")): кому доручити",
                en: "\(.input("main", "DEPT")) is missing: who is to do it"
            )
        }
        return assignments
    }

    /// The assignments in force that are replaced, each once, in the order in which they were named.
    private func superseded(_ typed: [String], _ appeal: Aggregate, _ reading: any StoreReading) throws -> [String] {
        let standing = ShownAssignment.all(of: appeal).filter { $0.state?.isGround == true }
        var names: [String] = []
        for name in typed {
            let department = try department(name, reading)
            let found = standing.filter {
                $0.entity == name || $0.department == department || (name == "main" && $0.role == "main")
            }
            guard !found.isEmpty else {
                let known = standing.map { "\($0.department) (\($0.entity))" }.joined(separator: ", ")
                throw DeskError(
                    .notFound,
                    "unknownAssignment",
                    uk: "\(.input("supersedes", name)): немає такого чинного доручення; є: \(known)",
                    en: "\(.input("supersedes", name)): no such standing assignment; there are: \(known)"
                )
            }
            names += found.map(\.entity).filter { !names.contains($0) }
        }
        return names
    }

    /// The dates by another basis, from the day of registration: a resolution does not change when the appeal came.
    private func recounted(_ appeal: Aggregate, _ basis: DeadlineBasis, _ reading: any StoreReading) throws -> JSON {
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
            basis: basis,
            channel: channel,
            calendar: try calendar(reading)
        )
        return CardFields.due(derivation.due)
    }
}
