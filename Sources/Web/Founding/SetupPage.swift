import Accounts
import Appeals
import CanonicalJSON
import Desk
import Replication

/// The guided page of a new node for whoever looks after it: what it has is ticked, what it lacks has its form here.
enum SetupPage {
    static let path = "/setup"
    /// Rows of people at first, and at most.
    static let rows = 3, mostRows = 12
    static let draft = "setup-people", departmentDraft = "setup-department"
    /// The roles that the first rows are for.
    static let roles = ["registrar", "leader", "specialist"]

    static let routes: [Route] = [
        Route("GET", path) { call in
            try call.desk.requireLookingAfter()
            return try call.setupPage()
        },
        Route("POST", path + "/people", longest: FormBody.longest) { call in
            try call.desk.requireLookingAfter()
            return try call.addPeople()
        },
        Route("POST", path + "/department", longest: FormBody.longest) { call in
            _ = try call.desk.requireAdministrator()
            return try call.addDepartment()
        },
    ]
}

/// A one-time code for somebody who was just added, told this once.
struct GivenCode {
    let name: String
    let user: String
    let code: OneTimeCode
    let until: Int64
}

extension WebCall {
    /// What came of a form of this page: what it held, what is wrong with it, and codes that must be handed on.
    struct SetupTold {
        var body = FormBody()
        var faults: [FieldFault] = []
        var given: [GivenCode] = []
        /// A department and its invitation.
        var invitation: (department: String, token: String)?
    }

    /// The steps of a new node, each ticked by what the node has.
    func setupPage(_ told: SetupTold = SetupTold()) throws -> WebReply {
        let state = try desk.setupState()
        let title = say("Перший запуск", "First run")
        let steps = desk.isOffice ? FoundingSteps.office : FoundingSteps.department
        let done = doneSteps(state)
        let next = steps.indices.first { !done.contains($0) } ?? steps.count
        let problems = told.faults.map { FormProblem(field: $0.field.isEmpty ? nil : $0.field, words: $0.text) }
        return try page(title, status: told.faults.isEmpty ? 200 : 422, here: "/nodes", failed: !told.faults.isEmpty) {
            summary(problems)
            try tag("div", ["class": "tight"]) {
                tag("h1") { title }
                try asOf()
            }
            FoundingSteps.markup(at: next, done: done, of: steps, self)
            if next == steps.count {
                note(.done) { say("Вузол готовий до роботи.", "The node is ready for work.") }
            }
            if !told.given.isEmpty { codes(told.given) }
            if let invited = told.invitation { invitation(invited.department, invited.token) }
            if desk.isOffice {
                try people(state, told)
                try department(state, told)
            } else {
                departmentPeople(state)
            }
            backupStep(state)
            firstCard(state)
            tag("p", ["class": "hint"]) {
                say(
                    "Можна піти на будь-якому кроці й повернутися: набране вузол збереже, зроблене лишиться. Ця сторінка – у «Вузли й обмін».",
                    "You may leave at any step and come back: what is typed is kept by the node, what is done stays. This page is under “Nodes and exchange”."
                )
            }
        }
    }

    /// Which steps are done, read from the node itself.
    private func doneSteps(_ state: SetupState) -> Set<Int> {
        let people = state.hasPeople(isOffice: desk.isOffice)
        let has =
            desk.isOffice
            ? [true, true, people, state.joined > 0, state.backup != nil, state.appeals > 0]
            : [true, true, people, state.backup != nil, state.appeals > 0]
        return Set(has.indices.filter { has[$0] })
    }

    /// The step of a department’s people.
    private func departmentPeople(_ state: SetupState) -> Markup {
        tag("section", ["class": "sheet", "id": "people"]) {
            tag("header") { tag("h2") { say("Люди", "People") } }
            tag("div", ["class": "pad stack"]) {
                tag("p") {
                    say(
                        "Людей підрозділу записує Центр; доступ на цьому вузлі даєте ви, одноразовим кодом кожному.",
                        "The office writes down the people of the department; you give them access to this node, by a one-time code each."
                    )
                }
                tag("p") {
                    tag("a", ["class": "btn", "href": "/people-access"]) {
                        say("Доступ працівників", "People’s access")
                    }
                }
            }
        }
    }

    /// The step of the first backup.
    private func backupStep(_ state: SetupState) -> Markup {
        tag("section", ["class": "sheet", "id": "backup"]) {
            tag("header") {
                tag("h2") { say("Резервна копія", "Backup") }
                tag("span", ["class": "hint"]) {
                    state.backup.map { say("остання: ", "the last: ") + moment($0.made) }
                        ?? say("ще жодної", "none yet")
                }
            }
            tag("div", ["class": "pad row"]) {
                if site.machine()?.backupDirectory != nil {
                    button(say("Зробити копію зараз", "Make a backup now"), at: "/nodes/backup")
                } else {
                    tag("p") {
                        say(
                            "Впишіть у kartoteka.conf каталог на іншому пристрої (directory під [backup]) і запустіть вузол знову; або на машині: ",
                            "Write a directory on another device into kartoteka.conf (directory under [backup]) and start the node again; or at the machine: "
                        )
                        tag("code", ["class": "mono"]) { "kartoteka backup create /media/…" }
                    }
                }
            }
        }
    }

    /// The step of the first card.
    private func firstCard(_ state: SetupState) -> Markup {
        tag("section", ["class": "sheet", "id": "card"]) {
            tag("header") {
                tag("h2") { say("Перша картка", "The first card") }
                tag("span", ["class": "hint"]) {
                    state.appeals == 0 ? say("ще жодної", "none yet") : grouped(state.appeals)
                }
            }
            tag("div", ["class": "pad row"]) {
                if mayRegister(person?.roles ?? []) {
                    tag("a", ["class": "btn btn-act", "href": RegisterPage.path]) {
                        say("Нове звернення", "New appeal")
                    }
                } else {
                    tag("p") {
                        say(
                            "Реєстратор відкриває адресу вузла, вводить свій одноразовий код і реєструє перше звернення.",
                            "The registrar opens the node’s address, enters the one-time code and registers the first appeal."
                        )
                    }
                }
            }
        }
    }
}
