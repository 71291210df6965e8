import Appeals
import CanonicalJSON
import Desk
import Replication

/// `assignment accept|decline|recall|person`.
extension Commands {
    static let assignmentAccept = Command(.assignmentAccept) { call in
        call.tell(
            try call.acting().acceptAssignment(try call.target(), person: call.text("person")),
            uk: "Доручення прийнято до виконання",
            en: "The assignment is accepted",
            next: "kartoteka answer draft \(try call.required("appeal")) --as … --result … --text …"
        )
    }

    static let assignmentDecline = Command(.assignmentDecline) { call in
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

    static let assignmentRecall = Command(.assignmentRecall) { call in
        call.tell(
            try call.acting().recallAssignment(try call.target(), reason: try call.required("reason")),
            uk: "Доручення відкликано",
            en: "The assignment is recalled",
            next: "kartoteka resolution issue \(try call.required("appeal")) --as … --author … --main … --text …"
        )
    }

    static let assignmentPerson = Command(.assignmentPerson) { call in
        call.tell(
            try call.acting().appointPerson(try call.target(), person: try call.required("person")),
            uk: "Виконавця призначено",
            en: "The executor is appointed"
        )
    }
}
