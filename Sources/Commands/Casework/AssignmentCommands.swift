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
        call.tell(
            try call.acting().acceptAssignment(try call.target(), person: call.text("person")),
            uk: "Доручення прийнято до виконання",
            en: "The assignment is accepted",
            next: "kartoteka answer draft …"
        )
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
        call.tell(
            try call.acting().declineAssignment(
                try call.target(),
                reason: try call.required("reason"),
                suggested: call.text("suggested")
            ),
            uk: "Відмову від доручення записано",
            en: "The assignment is declined"
        )
    }

    static let assignmentRecall = Command(
        "assignment recall",
        uk: "Відкликати доручення",
        en: "Recall an assignment",
        operands: [.appeal],
        options: [.actor, .assignment, .reason],
        example: "kartoteka assignment recall К-101 --as koval --assignment drim --reason \"Видано помилково\""
    ) { call in
        call.tell(
            try call.acting().recallAssignment(try call.target(), reason: try call.required("reason")),
            uk: "Доручення відкликано",
            en: "The assignment is recalled",
            next: "kartoteka resolution issue …"
        )
    }

    static let assignmentPerson = Command(
        "assignment person",
        uk: "Призначити виконавця в підрозділі",
        en: "Appoint the person who does it",
        operands: [.appeal],
        options: [.actor, .assignment, .person(isRequired: true)],
        example: "kartoteka assignment person К-101 --as petrenko --person sydor"
    ) { call in
        call.tell(
            try call.acting().appointPerson(try call.target(), person: try call.required("person")),
            uk: "Виконавця призначено",
            en: "The executor is appointed"
        )
    }
}
