import Accounts
import CanonicalJSON
import Commands
import Desk
import Replication

/// Whoever lets others in: at the office its administrators, at a department its heads.
extension Web {
    static let people: [Route] = [
        Route("GET", "/people-access") { try $0.peoplePage() },
        Route("GET", "/api/v1/people-access") { try $0.peopleTold() },
        Route("POST", "/people-access/{user}/invite", longest: WebCall.longestOfAccess) { try $0.giveCode(.invite) },
        Route("POST", "/api/v1/people-access/{user}/invite") { try $0.giveCode(.invite) },
        Route("POST", "/people-access/{user}/reset", longest: WebCall.longestOfAccess) { try $0.giveCode(.reset) },
        Route("POST", "/api/v1/people-access/{user}/reset") { try $0.giveCode(.reset) },
        Route("POST", "/people-access/{user}/end-sessions", longest: WebCall.longestOfAccess) {
            try $0.endAllSessions()
        },
        Route("POST", "/api/v1/people-access/{user}/end-sessions") { try $0.endAllSessions() },
    ]
}

extension WebCall {
    fileprivate enum Giving { case invite, reset }

    /// What only those may who let others in; a refusal as a reply.
    private func managed<Result>(_ body: (SignedIn) throws -> Result) throws -> (Result?, WebReply?) {
        guard let person else { return (nil, WebReply(status: 401)) }
        guard person.token == nil else { return (nil, ofSessionsAlone()) }
        do { return (try body(person), nil) } catch let error as DeskError { return (nil, refused(error)) }
    }

    /// The people of the node with their access and what happened to it.
    private func people() throws -> (([Access.Known], [AuditLine], PrintedNames)?, WebReply?) {
        try managed { person in
            try site.context.store.read { reading in
                try access.requireManager(person.user, reading)
                let audit = try access.auditLines(limit: 50, reading)
                return (try access.people(reading), audit, try names(of: audit, reading))
            }
        }
    }

    /// How somebody’s access stands.
    private func words(_ standing: Access.Known.Standing) -> String {
        switch standing {
        case .none: say("Не запрошено", "Not invited")
        case .invited(let until):
            say("Запрошено, код діє до \(dated(until))", "Invited, the code is good until \(dated(until))")
        case .active: say("Має доступ", "Has access")
        case .reset(let until?):
            say("Доступ скинуто, код діє до \(dated(until))", "Reset, the code is good until \(dated(until))")
        case .reset(nil): say("Доступ скинуто, код прострочено", "Reset, the code is over")
        }
    }

    /// People’s access on a page.
    fileprivate func peoplePage() throws -> WebReply {
        let (found, refused) = try people()
        guard let (people, audit, names) = found else { return refused ?? WebReply(status: 403) }
        let title = say("Доступ працівників", "People's access")
        return page(title) {
            tag("h1") { title }
            tag("div", ["class": "sheet"]) { peopleTable(title, people) }
            auditSheet(audit, say("Журнал доступу", "The list of access"), names, isOfAll: true)
        }
    }

    /// A row for each person.
    private func peopleTable(_ title: String, _ people: [Access.Known]) -> Markup {
        tag("table", ["class": "t cards"]) {
            tag("caption", ["class": "sr"]) { title }
            tag("thead") {
                tag("tr") {
                    for head in [
                        say("Працівник", "Person"), say("Ролі", "Roles"), say("Доступ", "Access"),
                        say("Дії", "Acts"),
                    ] {
                        tag("th", ["scope": "col"]) { head }
                    }
                }
            }
            tag("tbody") { for person in people { row(person) } }
        }
    }

    /// One person, with what can be done.
    private func row(_ known: Access.Known) -> Markup {
        tag("tr") {
            tag("th", ["scope": "row"]) {
                tag("b") { known.name }
                " "
                tag("span", ["class": "soft nw"]) { known.user }
            }
            tag("td", ["data-l": say("Ролі", "Roles")]) {
                known.roles.map { say(Wording.roleOfPerson($0)) }.joined(separator: ", ")
            }
            tag("td", ["data-l": say("Доступ", "Access")]) {
                words(known.standing)
                known.hasSecondProof ? say(" · одноразові коди", " · one-time codes") : ""
                known.sessions == 0 ? "" : say(" · сеансів: \(known.sessions)", " · sessions: \(known.sessions)")
            }
            tag("td") {
                form("/people-access/\(known.user)/invite", "row") {
                    switch known.standing {
                    case .none, .invited:
                        tag("button", ["class": "btn btn-s"]) { say("Запросити", "Invite") }
                    case .active, .reset:
                        tag("button", ["class": "btn btn-s", "formaction": "/people-access/\(known.user)/reset"]) {
                            say("Скинути доступ", "Reset access")
                        }
                    }
                    if known.sessions > 0 {
                        tag(
                            "button",
                            ["class": "btn btn-s", "formaction": "/people-access/\(known.user)/end-sessions"]
                        ) { say("Завершити сеанси", "End the sessions") }
                    }
                }
            }
        }
    }

    /// The same for programs.
    fileprivate func peopleTold() throws -> WebReply {
        let (found, refused) = try people()
        guard let (people, audit, _) = found else { return refused ?? WebReply(status: 403) }
        return object([
            "people": .array(
                people.map { known in
                    [
                        "user": .string(known.user), "name": .string(known.name),
                        "roles": .array(known.roles.map(JSON.string)), "access": .string(known.standing.code),
                        "hasSecondProof": .bool(known.hasSecondProof), "sessions": .integer(Int64(known.sessions)),
                    ]
                }
            ),
            "audit": .array(
                audit.map { line in
                    [
                        "act": .string(line.act.rawValue), "at": .integer(line.at), "by": .string(line.by),
                        "user": .string(line.user),
                    ]
                }
            ),
        ])
    }

    /// Gives a code for one use, shown once as text and as a picture.
    fileprivate func giveCode(_ giving: Giving) throws -> WebReply {
        let user = parameters["user"] ?? ""
        let (given, refused) = try managed { person in
            switch giving {
            case .invite: try access.invite(user, by: person.user)
            case .reset: try access.reset(user, by: person.user)
            }
        }
        guard let given else { return refused ?? WebReply(status: 403) }
        let address =
            "\(request.isSecure ? "https" : "http")://\(site.origins.first ?? "")/invitations#\(given.code.text)"
        if isAPI {
            return object(
                [
                    "user": .string(user), "code": .string(given.code.text), "until": .integer(given.until),
                    "address": .string(address),
                ],
                status: 201
            )
        }
        return gatePage(say("Одноразовий код", "One-time code")) {
            tag("p") {
                say(
                    "Передайте код особисто. Він діє до \(dated(given.until)) й лише один раз; більше його не буде показано.",
                    "Hand the code over in person. It is good until \(dated(given.until)), and once; it is not shown again."
                )
            }
            tag("p", ["class": "big mono"]) { given.code.text }
            qrCode(address, title: say("Адреса із цим кодом", "The address with this code"))
            tag("p") { tag("a", ["href": "/people-access"]) { say("Доступ працівників", "People's access") } }
        }
    }

    /// Ends all sessions of somebody.
    fileprivate func endAllSessions() throws -> WebReply {
        let (count, refused) = try managed { try access.endSessions(of: parameters["user"] ?? "", by: $0.user) }
        guard let count else { return refused ?? WebReply(status: 403) }
        return isAPI ? object(["ended": .integer(Int64(count))]) : .seeOther("/people-access")
    }
}
