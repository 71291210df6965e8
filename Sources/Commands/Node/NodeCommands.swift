import Appeals
import CanonicalJSON
import Desk
import Replication

/// `invite`, `node list`, `node renew`: which nodes the office admits.
extension Commands {
    static let invite = Command(.invite) { call in
        try call.requireOffice()
        guard let running = call.context.running else {
            throw DeskError(
                .unreachable,
                "notRunning",
                uk: "запрошення видає лише запущений вузол",
                en: "only a running node invites",
                remedy: Sentence(uk: "Далі: kartoteka serve", en: "Next: kartoteka serve")
            )
        }
        let desk = try call.acting()
        let admin = try desk.requireAdministrator()
        try desk.refuseLettingInIfBarred()
        let given = try running.invite(
            department: try call.required("department"),
            name: call.text("name"),
            administrator: admin,
            minutes: call.arguments["minutes"]?.integer
        )
        let until = KyivTime.rfc3339(given.expires) ?? ""
        // The token is a secret: one that goes to a file is not left on a screen.
        let first = call.text("out").map {
            call.say("Запрошення записано у файл ", "The invitation is written to ") + $0
        }
        return CommandResult(
            ["token": .string(given.token), "expires": .string(until)],
            text: (first ?? given.token) + "\n" + call.say("Чинне до ", "Good until ")
                + ValueWording(language: call.language).dated(until) + "\n"
                + call.say("Далі, у підрозділі: ", "Next, at the department: ") + "kartoteka join --invitation "
                + (call.text("out") ?? "FILE")
        )
    }

    static let nodeList = Command(.nodeList) { call in
        try call.requireOffice()
        let state = try call.desk.syncState()
        let lines =
            state.nodes.isEmpty
            ? [call.say("Вузлів ще немає. Далі: kartoteka invite", "There are no nodes. Next: kartoteka invite")]
            : state.lines(call)
        return CommandResult(["nodes": .array(state.nodes.map(\.json))], lines: lines)
    }

    static let nodeRenew = Command(.nodeRenew) { call in
        let node = try call.required("node")
        let expires = try call.acting().approveRenewal(
            node,
            minutes: call.arguments["minutes"]?.integer,
            call.context.admissions
        )
        // A running office opens the port now rather than seconds later.
        try call.context.running?.renewalApproved()
        let until = KyivTime.rfc3339(expires) ?? ""
        let shown = ValueWording(language: call.language).dated(until)
        return CommandResult(
            ["node": .string(node), "expires": .string(until)],
            text: call.say(
                "Вузол «\(node)» може оновити сертифікат до \(shown); запущений, він зробить це сам",
                "The node \"\(node)\" may renew its certificate until \(shown); running, it does so by itself"
            )
        )
    }
}
