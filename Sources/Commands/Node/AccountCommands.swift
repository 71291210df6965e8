import Accounts
import Appeals
import CanonicalJSON
import Desk

/// `account list`, `account reset`: who signs in at this node, for the owner of its directory.
extension Commands {
    static let accountList = Command(.accountList) { call in
        let people = try call.desk.read { try Access(call.context.place).people($0) }
        let header =
            call.language == .ukrainian
            ? ["Id", "Ім'я", "Доступ", "Другий доказ", "Сеансів"]
            : ["Id", "Name", "Access", "Second proof", "Sessions"]
        let rows = people.map { known in
            [
                known.user, known.name, call.words(known.standing),
                known.hasSecondProof ? call.say("так", "yes") : call.say("ні", "no"), String(known.sessions),
            ]
        }
        return CommandResult(
            [
                "people": .array(
                    people.map { known in
                        [
                            "user": .string(known.user), "name": .string(known.name),
                            "access": .string(known.standing.code), "secondProof": .bool(known.hasSecondProof),
                            "sessions": .integer(Int64(known.sessions)),
                        ]
                    }
                )
            ],
            lines: people.isEmpty
                ? [call.say("Нікого немає.", "There is nobody.")]
                : Table.text(header, rows, within: call.width, cutting: [1])
        )
    }

    static let accountReset = Command(.accountReset) { call in
        let user = try call.desk.read { try call.desk.person(try call.required("user"), $0) }
        let given = try Access(call.context.place).reset(user, by: nil)
        let until = KyivTime.rfc3339(given.until) ?? ""
        return CommandResult(
            ["user": .string(user), "code": .string(given.code.text), "expires": .string(until)],
            lines: [
                call.say("Доступ скинуто. Одноразовий код: ", "Access is reset. The one-time code: ") + given.code.text,
                call.say("Чинний до ", "Good until ") + ValueWording(language: call.language).dated(until),
                call.say(
                    "Далі: працівник вводить його на сторінці /invitations",
                    "Next: the person enters it on the page /invitations"
                ),
            ]
        )
    }
}

extension Call {
    fileprivate func words(_ standing: Access.Known.Standing) -> String {
        switch standing {
        case .none: say("не запрошено", "not invited")
        case .invited: say("запрошено", "invited")
        case .active: say("має доступ", "has access")
        case .reset: say("скинуто", "reset")
        }
    }
}
