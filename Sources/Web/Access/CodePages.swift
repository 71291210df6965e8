import Accounts
import CanonicalJSON
import Commands
import Desk
import Replication

/// Codes for one use: the first run, an invitation, a new start.
extension Web {
    static let codes: [Route] = [
        Route("GET", "/first-run", entry: .open) { try $0.firstRunPage() },
        Route("POST", "/first-run", lane: .passwords, entry: .open, longest: WebCall.longestOfAccess) {
            try $0.firstRun()
        },
        Route("POST", "/api/v1/first-run", lane: .passwords, entry: .open, longest: WebCall.longestOfAccess) {
            try $0.firstRun()
        },
        Route("GET", "/invitations", entry: .open) { $0.invitationPage() },
        Route("POST", "/invitations", lane: .passwords, entry: .open, longest: WebCall.longestOfAccess) {
            try $0.acceptInvitation()
        },
        Route("POST", "/api/v1/invitations", lane: .passwords, entry: .open, longest: WebCall.longestOfAccess) {
            try $0.acceptInvitation()
        },
    ]
}

extension WebCall {
    // MARK: the first run

    /// The form of the first account, while the node has none.
    fileprivate func firstRunPage(_ faults: [FieldFault] = [], status: Int = 200) throws -> WebReply {
        let title = say("Перший запуск", "First run")
        guard try !site.context.store.read({ try access.hasAccounts($0) }) else {
            return gatePage(title, status: 410) {
                tag("p") {
                    say(
                        "На цьому вузлі вже є облікові записи, тому сторінка першого запуску закрита.",
                        "This node has accounts already, so the page of the first run is closed."
                    )
                }
                tag("p") { tag("a", ["href": "/sign-in"]) { say("Увійти", "Sign in") } }
            }
        }
        return gatePage(title, faults, status: status) {
            tag("p") {
                site.context.role == .office
                    ? say(
                        "Створіть обліковий запис першого адміністратора. Далі він запросить інших.",
                        "Make the account of the first administrator, who then invites the others."
                    )
                    : say(
                        "Створіть обліковий запис начальника підрозділу. Далі він запросить своїх працівників.",
                        "Make the account of the head of this department, who then invites its people."
                    )
            }
            form("/first-run") {
                codeField(
                    say("Стартовий код", "Start code"),
                    hint: say(
                        "Його відкриває команда kartoteka open; також він у файлі start-code у каталозі вузла",
                        "The command kartoteka open brings it; it is also in the file start-code of the node's directory"
                    ),
                    faults
                )
                field(
                    "user",
                    say("Ім’я користувача", "User name"),
                    value: given("user").isEmpty ? request.parameter("user") : given("user"),
                    autocomplete: "username",
                    hint: site.context.role == .office
                        ? say("адміністратор, як його записано в довіднику", "the administrator, as in the directory")
                        : say("начальник, як його записано в довіднику", "the head, as in the directory"),
                    faults
                )
                newPassword(faults)
                button(say("Створити й увійти", "Make it and sign in"))
            }
        }
    }

    /// Makes the first account for the holder of the start code.
    fileprivate func firstRun() throws -> WebReply {
        try accept(user: given("user").lowercased(), next: SetupPage.path) { try firstRunPage($0, status: $1) }
    }

    // MARK: invitations

    /// The form for whoever has a code.
    fileprivate func invitationPage(_ faults: [FieldFault] = [], status: Int = 200) -> WebReply {
        gatePage(say("Запрошення", "Invitation"), faults, status: status) {
            tag("p") {
                say(
                    "Введіть одноразовий код і задайте пароль, яким будете входити на цьому вузлі.",
                    "Enter the one-time code and choose the password by which you will sign in at this node."
                )
            }
            form("/invitations") {
                codeField(
                    say("Одноразовий код", "One-time code"),
                    hint: say("Діє добу й лише один раз", "Good for a day, and once"),
                    faults
                )
                newPassword(faults)
                button(say("Зберегти й увійти", "Save and sign in"))
            }
        }
    }

    /// Sets the password of whoever has a code.
    fileprivate func acceptInvitation() throws -> WebReply { try accept(user: "") { invitationPage($0, status: $1) } }

    // MARK: both

    /// Where the code is typed, in groups of any form.
    private func codeField(_ label: String, hint: String, _ faults: [FieldFault]) -> Markup {
        // The script takes it from the fragment of the address, which is never sent.
        field("code", label, value: given("code"), autocomplete: "off", hint: hint, faults)
    }

    /// A new password, twice.
    func newPassword(_ faults: [FieldFault]) -> Markup {
        Markup([
            field(
                "new",
                say("Новий пароль", "New password"),
                type: "password",
                autocomplete: "new-password",
                hint: say(
                    "Щонайменше \(Password.shortest) знаків; кілька випадкових слів легко запам’ятати й важко вгадати",
                    "At least \(Password.shortest) characters; a few random words are easy to keep and hard to guess"
                ),
                faults
            ),
            field(
                "again",
                say("Новий пароль ще раз", "New password again"),
                type: "password",
                autocomplete: "new-password",
                faults
            ),
        ])
    }

    /// Whether the two passwords that were typed differ; a script sends one.
    var differsAgain: Bool { !isAPI && given("new") != given("again") }
    var differing: FieldFault {
        FieldFault(field: "again", text: say("Паролі не збігаються", "The passwords differ"))
    }

    /// Accepts a code once; what is wrong comes back at its field.
    private func accept(
        user: String,
        next: String = "/",
        _ page: ([FieldFault], Int) throws -> WebReply
    ) throws -> WebReply {
        let unknown = Sentence(
            uk: "Такого коду немає, або його вже використано, або його час минув",
            en: "There is no such code, or it was used already, or its time is up"
        )
        guard let code = OneTimeCode(typed: given("code")) else {
            if isAPI { return problem(404, "unknownCode", unknown) }
            return try page([FieldFault(field: "code", text: say(unknown))], 404)
        }
        if differsAgain { return try page([differing], 422) }
        switch try access.accept(code, user: user, Password(given("new")), from: browser) {
        case .entered(let begun): return try entered(begun, next: next)
        case .unknownCode:
            if isAPI { return problem(404, "unknownCode", unknown) }
            return try page([FieldFault(field: "code", text: say(unknown))], 404)
        case .notManaging:
            let detail =
                site.context.role == .office
                ? Sentence(
                    uk: "«\(user)» не має чинної ролі адміністратора Центру",
                    en: "\"\(user)\" is no administrator of the office now"
                )
                : Sentence(
                    uk: "«\(user)» не є начальником підрозділу \(site.node)",
                    en: "\"\(user)\" is not the head of the department \(site.node)"
                )
            if isAPI { return problem(403, "notManaging", detail) }
            return try page([FieldFault(field: "user", text: say(detail))], 403)
        case .weak(let faults):
            if isAPI { return weak(faults) }
            return try page(words(faults).map { FieldFault(field: "new", text: $0) }, 422)
        }
    }

    /// That a new password is not taken, for a script.
    func weak(_ faults: Set<Password.Fault>) -> WebReply {
        let text = words(faults).joined(separator: "; ")
        return problem(422, "weakPassword", Sentence(uk: "\(text)", en: "\(text)"))
    }
}
