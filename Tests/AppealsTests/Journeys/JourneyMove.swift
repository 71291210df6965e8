import CanonicalJSON

@testable import Appeals

/// A step that somebody could try: who, what, with which words; the judge says whether it may be.
struct JourneyMove {
    let kind: String
    /// Who might, in the order in which they are asked: `roads/head/head`.
    let people: [String]
    let body: JSONObject
    var personal: JSONObject?
    /// What tells two moves of one kind apart, for whoever reads the way: `main roads`, `final without a result`.
    let words: String
    /// Takes the work from somebody who may go on with it.
    var replaces = false

    /// `resolution.issued (main roads)`.
    var text: String { kind + (words.isEmpty ? "" : " (\(words))") }
}

/// Where a journey begins and how far it goes, so that it comes to an end.
struct JourneyScope: Sendable, CustomStringConvertible {
    var home = "office"
    var channel = "email"
    /// Who may be given the work; of two, the second is a co-executor too.
    var departments: [String]
    /// Which versions people write, as `JourneyPlace.sort` calls them.
    var forms: Set<String>
    /// Whether terms are extended.
    var extends = false
    /// Whether work is taken from whoever has it, and former executors act as if they had not heard yet.
    var isLate = false
    /// Whether there are appeals that are not put on control at once.
    var withoutControl = false
    /// Whether the issues are divided between a main executor and a co-executor.
    var isDivided = false

    var description: String {
        "\(channel) at \(home), \(departments.joined(separator: " and "))" + (isLate ? ", late work" : "")
            + ": " + forms.sorted().joined(separator: ", ")
    }
}

/// Everybody's steps from a state: each kind in each form that makes a difference to where an appeal can go.
struct JourneyMoves {
    let place: JourneyPlace
    let scope: JourneyScope
    private var departments: [String] { scope.departments }
    private var appeal: Appeals.Aggregate { place.appeal }
    private var issues: [String] { place.issues }

    init(appeal: Appeals.Aggregate, scope: JourneyScope) {
        place = JourneyPlace(appeal)
        self.scope = scope
    }

    /// Kinds that lead nowhere else, each with the reason; a test wants every other kind among the moves.
    static let without: [String: String] = [
        "receipt.corrected": "it changes days, on which no way to the end depends",
        "appeal.registered": "every journey begins with it",
        "appeal.corrected": "changes what a card says, not where it stands",
        "contact.added": "changes what a card says", "contact.removed": "changes what a card says",
        "note.added": "is for colleagues", "person.assigned": "names who does it within the department",
        "document.recorded": "proves as feedback.recorded does",
        "held.adopted": "the settlement of a case decides about what waits in it",
        "conflict.settled": "two people at once: the permutations look at it",
        "appeal.erased": "leaves no appeal",
    ]

    var all: [JourneyMove] {
        var moves = resolutions() + ofAppeal() + ofCases()
        for entity in place.entities {
            if appeal.isGround(entity) {
                moves += ofController(entity) + ofDepartment(entity)
            } else if scope.isLate, text("department@" + entity) == departments[0] {
                moves += ofDepartment(entity)
            }
        }
        return moves
    }

    private func text(_ register: String) -> String { place.text(register) }

    // MARK: whoever leads

    private var home: String { scope.home }
    /// Who decides about the appeal: the office's people, or the head where it was registered (R2).
    private var deciders: [String] {
        home == "office" ? ["office/mayor/leader", "office/iryna/specialist"] : ["\(home)/head/head"]
    }
    private var author: String { home == "office" ? "mayor" : "head" }

    private func resolution(
        _ given: [(department: String, role: String, issues: [String])],
        supersedes: [String] = [],
        onControl: Bool,
        _ words: String
    ) -> JourneyMove {
        let assignments = given.map { department, role, issues -> JSON in
            var object: JSONObject = ["department": .string(department), "role": .string(role)]
            if !issues.isEmpty { object["issues"] = .array(issues.map { .string($0) }) }
            return .object(object)
        }
        var body: JSONObject = [
            "author": ["user": .string(author), "role": home == "office" ? "leader" : "head"],
            "assignments": .array(assignments), "supersedes": .array(supersedes.map { .string($0) }),
        ]
        if onControl { body["onControl"] = true }
        let instead = supersedes.isEmpty ? "" : ", instead of \(supersedes.map(called).joined(separator: " and "))"
        return JourneyMove(
            kind: "resolution.issued",
            people: deciders,
            body: body,
            personal: ["text": "Виконати"],
            words: words + instead + (onControl ? ", on control" : ""),
            replaces: supersedes.contains { appeal.state(of: $0) != .declined }
        )
    }

    private func resolutions() -> [JourneyMove] {
        var moves: [JourneyMove] = []
        let open = place.entities.filter { appeal.isGround($0) && text("role@" + $0) != "inform" }
        let mains = open.filter { text("role@" + $0) == "main" }
        let isFree = mains.allSatisfy { appeal.state(of: $0) == .declined }
        guard isFree || (scope.isLate && place.entities.count < 2) else { return [] }
        // Late work is that of the first, who is replaced by the second.
        let next = scope.isLate ? [departments[min(place.entities.count, 1)]] : departments + ["office"]
        let isOn = text("control") == "onControl"
        for onControl in isOn ? [false] : scope.withoutControl ? [true, false] : [true] {
            for main in next {
                moves.append(resolution([(main, "main", [])], supersedes: mains, onControl: onControl, "main \(main)"))
            }
            guard scope.isDivided, issues.count > 1,
                open.allSatisfy({ appeal.state(of: $0) == .declined })
            else { continue }
            moves.append(
                resolution(
                    [(departments[0], "main", [issues[0]]), (departments[1], "co", [issues[1]])],
                    supersedes: open,
                    onControl: onControl,
                    "main \(departments[0]) with the first issue, co \(departments[1]) with the second"
                )
            )
        }
        if open.isEmpty {
            moves.append(resolution([(departments[0], "inform", [])], onControl: false, "for information"))
        }
        return moves
    }

    /// Acts about the whole appeal.
    private func ofAppeal() -> [JourneyMove] {
        func act(_ kind: String, _ body: JSONObject, personal: JSONObject? = nil) -> JourneyMove {
            var body = body
            body["author"] = .string(author)
            return JourneyMove(kind: kind, people: deciders, body: body, personal: personal, words: "")
        }
        var moves = [
            act("control.removed", ["basis": "Вирішено"]), act("control.put", ["reason": "На контроль"]),
            act("control.returned", ["reason": "Не зроблено"]),
            act("appeal.forwarded", ["to": "Водоканал", "date": "2026-02-09"]),
            act("appeal.returned", ["reason": "Немає адреси", "date": "2026-02-09"]),
            act("appeal.notConsidered", ["ground": "anonymous", "reason": "Без підпису", "date": "2026-02-09"]),
            act("appeal.withdrawn", ["reason": "Заява про відкликання", "date": "2026-02-09"]),
            act("appeal.concluded", ["register": "журнал", "date": "2026-02-09"]),
            act("appeal.explained", ["by": "phone", "date": "2026-02-09"], personal: ["text": "Куди звернутися"]),
        ]
        if scope.extends, text("due.statutory") == "2026-03-05" {
            let body: JSONObject = [
                "statutory": "2026-03-15", "control": "2026-03-15", "decidedOn": "2026-02-10", "reason": "Обсяг",
                "decidedBy": .string(author), "calendar": "2026-1",
            ]
            moves.append(JourneyMove(kind: "term.extended", people: deciders, body: body, words: ""))
        }
        return moves
    }

    /// What waits for a person.
    private func ofCases() -> [JourneyMove] {
        var moves: [JourneyMove] = []
        for (name, rule) in Disagreements.open(in: appeal) where rule != "C12" {
            moves += Disagreements.choices(rule).map { choice in
                JourneyMove(
                    kind: "disagreement.settled",
                    people: deciders,
                    body: ["disagreement": .string(name), "choice": .string(choice), "reason": "Рішення"],
                    words: "\(rule): \(choice)"
                )
            }
        }
        for work in place.waiting {
            let body: JSONObject = ["held": .string(work.write), "reason": "Рішення"]
            let words = "\(work.kind) of \(called(work.assignment))"
            moves.append(JourneyMove(kind: "held.adopted", people: deciders, body: body, words: words))
            moves.append(JourneyMove(kind: "held.declined", people: deciders, body: body, words: words))
        }
        return moves
    }

    /// What whoever leads does about one assignment.
    private func ofController(_ entity: String) -> [JourneyMove] {
        let newest = place.versions(entity).last?.write
        let version = JSON.string(appeal.register("answer@" + entity)?.string ?? newest ?? "")
        let people = home == "office" ? deciders + ["office/olena/registrar"] : deciders
        func move(_ kind: String, _ more: JSONObject, replaces: Bool = false) -> JourneyMove {
            JourneyMove(
                kind: kind,
                people: people,
                body: about(entity, more),
                words: called(entity),
                replaces: replaces
            )
        }
        let isTaken = appeal.state(of: entity) != .declined && text("role@" + entity) != "inform"
        let recall = move("assignment.recalled", ["reason": "Не потрібно"], replaces: isTaken)
        let isFirst = text("department@" + entity) == departments[0]
        return (isTaken && !(scope.isLate && isFirst) ? [] : [recall]) + [
            move("answer.accepted", ["version": version]),
            move("answer.returned", ["version": version, "reason": "Доопрацювати"]),
        ]
    }

    // MARK: a department

    /// `main roads`.
    private func called(_ entity: String) -> String { "\(text("role@" + entity)) \(text("department@" + entity))" }

    private func about(_ entity: String, _ more: JSONObject) -> JSONObject {
        var body: JSONObject = ["assignment": .string(entity)]
        for (name, value) in more.members { body[name] = value }
        return body
    }

    private func ofDepartment(_ entity: String) -> [JourneyMove] {
        let department = text("department@" + entity)
        func move(_ kind: String, _ role: String, _ more: JSONObject, _ words: String = "") -> JourneyMove {
            // Should the office have been given the work, its people try.
            let people =
                department == "office"
                ? ["office/mayor/leader", "office/olena/registrar", "office/iryna/specialist"]
                : ["\(department)/\(role)/\(role)"]
            return JourneyMove(
                kind: kind,
                people: people,
                body: about(entity, more),
                words: called(entity) + (words.isEmpty ? "" : ", " + words)
            )
        }
        var moves = [move("assignment.accepted", "clerk", [:])]
        if place.versions(entity).isEmpty {
            moves.append(move("assignment.declined", "head", ["reason": "Не наше"]))
        }
        moves += drafts(entity).map { more, words in
            var draft = move("answer.drafted", "executor", more, words)
            draft.personal = ["text": "Відповідь"]
            return draft
        }
        let versions = place.versions(entity)
        if let newest = versions.last, newest.write != text("answer@" + entity) {
            let sort = JourneyPlace.sort(newest.value)
            moves.append(move("answer.approved", "head", ["version": .string(newest.write)], sort))
        }
        if let inForce = versions.first(where: { $0.write == text("answer@" + entity) }) {
            let sort = JourneyPlace.sort(inForce.value)
            moves.append(move("answer.submitted", "clerk", ["version": .string(inForce.write)], sort))
            if !place.isSent(entity, inForce.write), text("role@" + entity) == "main" {
                let letter: JSONObject = [
                    "version": .string(inForce.write), "to": "applicant", "by": "paper", "date": "2026-02-09",
                ]
                moves.append(move("answer.dispatched", "clerk", letter, sort))
            }
        }
        if scope.channel == "mayorPhone", !place.isProven(entity) {
            var told = move("feedback.recorded", "clerk", ["date": "2026-02-09", "how": "phone"])
            told.personal = ["words": "Дякую"]
            moves.append(told)
        }
        return moves
    }

    /// Versions other than the newest.
    private func drafts(_ entity: String) -> [(JSONObject, String)] {
        let given = appeal.register("issues@" + entity)?.array?.compactMap(\.string) ?? issues
        let results = given.map { issue -> JSON in ["issue": .string(issue), "result": "satisfied"] }
        let forms: [JSONObject] = [
            ["final": true, "result": "satisfied"], ["final": true],
            ["final": true, "results": ["issues": .array(results)]],
            ["final": true, "results": ["issues": .array(Array(results.prefix(1)))]],
            ["final": false],
        ]
        let newest = place.versions(entity).last.map { JourneyPlace.sort($0.value) }
        var seen: Set<String> = []
        return forms.compactMap { form in
            let sort = JourneyPlace.sort(.object(form))
            guard scope.forms.contains(sort), newest != sort, seen.insert(sort).inserted else { return nil }
            return (form, sort)
        }
    }
}
