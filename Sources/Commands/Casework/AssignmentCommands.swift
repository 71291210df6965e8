import Appeals
import CanonicalJSON
import Desk
import Replication

/// `assignment accept|decline|recall|person`.
extension Commands {
    static let assignmentAccept = Command(
        "assignment accept",
        uk: "Прийняти доручення до виконання",
        en: "Accept an assignment",
        operands: [.appeal],
        options: [.actor, .assignment, .person(isRequired: false)],
        example: "kartoteka assignment accept К-101 --as petrenko --person sydor"
    ) { call in
        let person = try call.typedPerson()
        return try call.actOnAssignment(
            "assignment.accepted",
            in: [.issued],
            done: Label(uk: "Доручення прийнято до виконання", en: "The assignment is accepted"),
            next: "kartoteka answer draft …"
        ) { body in body["person"] = person.map(JSON.string) }
    }

    static let assignmentDecline = Command(
        "assignment decline",
        uk: "Відмовитися: не в компетенції",
        en: "Decline: not in competence",
        operands: [.appeal],
        options: [
            .actor, .assignment, .reason,
            .text("suggested", "TEXT", uk: "хто міг би виконати", en: "who might do it"),
        ],
        example:
            "kartoteka assignment decline К-101 --as petrenko --reason \"Дорога обласного значення\" --suggested drim"
    ) { call in
        try call.actOnAssignment(
            "assignment.declined",
            in: [.issued, .accepted],
            done: Label(uk: "Відмову від доручення записано", en: "The assignment is declined")
        ) { body in
            body["reason"] = .string(try call.required("reason"))
            body["suggested"] = call.text("suggested").map(JSON.string)
        }
    }

    static let assignmentRecall = Command(
        "assignment recall",
        uk: "Відкликати доручення",
        en: "Recall an assignment",
        operands: [.appeal],
        options: [.actor, .assignment, .reason],
        example: "kartoteka assignment recall К-101 --as koval --assignment drim --reason \"Видано помилково\""
    ) { call in
        try call.actOnAssignment(
            "assignment.recalled",
            in: [.issued, .accepted, .declined, .submitted, .returned],
            done: Label(uk: "Доручення відкликано", en: "The assignment is recalled"),
            next: "kartoteka resolution issue …"
        ) { body in body["reason"] = .string(try call.required("reason")) }
    }

    static let assignmentPerson = Command(
        "assignment person",
        uk: "Призначити виконавця в підрозділі",
        en: "Appoint the person who does it",
        operands: [.appeal],
        options: [.actor, .assignment, .person(isRequired: true)],
        example: "kartoteka assignment person К-101 --as petrenko --person sydor"
    ) { call in
        let person = try call.typedPerson()
        return try call.actOnAssignment(
            "person.assigned",
            in: AssignmentState.working.union([.submitted]),
            done: Label(uk: "Виконавця призначено", en: "The executor is appointed")
        ) { body in body["person"] = person.map(JSON.string) }
    }
}

extension Call {
    /// The login of the person that `--person` names.
    fileprivate func typedPerson() throws -> String? {
        try text("person").map { typed in try desk.read { try desk.person(typed, $0) } }
    }

    /// An act whose body is about one assignment.
    func actOnAssignment(
        _ kind: String,
        in states: Set<AssignmentState>,
        done: Label,
        next: String = "",
        personal: JSONObject? = nil,
        _ fill: (inout JSONObject) throws -> Void
    ) throws -> CommandResult {
        try actOnAssignment(kind, in: states, done: done, next: next, personal: personal) { body, _, _ in
            try fill(&body)
        }
    }

    /// The same with the appeal and the assignment at hand.
    func actOnAssignment(
        _ kind: String,
        in states: Set<AssignmentState>,
        done: Label,
        next: String = "",
        personal: JSONObject? = nil,
        _ fill: (inout JSONObject, Aggregate, String) throws -> Void
    ) throws -> CommandResult {
        try act { transaction in
            let (shown, assignment) = try target(in: states, transaction)
            var body: JSONObject = ["assignment": .string(assignment)]
            try fill(&body, shown.appeal, assignment)
            var draft = Draft(
                kind: kind,
                appeal: shown.id,
                actor: try actor(kind, transaction),
                body: body,
                personal: personal
            )
            // Of an appeal that left only the stub is here: the ended assignment is cited, and the office decides.
            if shown.appeal.isEmpty { draft.authority = assignment }
            return PendingAct(draft: draft, done: done, members: ["assignment": .string(assignment)], next: next)
        }
    }

    /// The appeal and the assignment that are meant; an appeal that left with an assignment named in full.
    private func target(in states: Set<AssignmentState>, _ reading: any StoreReading) throws -> (ShownAppeal, String) {
        let id = try desk.find(try required("appeal"), reading)
        if let shown = try desk.shown(id, reading) {
            return (shown, try assignment(of: shown.appeal, in: states, reading))
        }
        guard try reading.stub(id) != nil, let name = text("assignment"), WriteName(name) != nil else {
            throw Desk.unknown(id, wasHere: try reading.stub(id) != nil)
        }
        return (ShownAppeal(id: id, appeal: Aggregate(id: id), pending: []), name)
    }
}
