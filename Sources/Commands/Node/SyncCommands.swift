import Appeals
import CanonicalJSON
import Desk
import Replication

/// `sync now`, `sync explain`.
extension Commands {
    static let syncNow = Command(.syncNow) { call in
        guard let running = call.context.running, !call.isOffice else {
            guard !call.isOffice else {
                throw DeskError(
                    .failed,
                    "officeWaits",
                    uk: "Центр не дзвонить підрозділам: вони звертаються самі",
                    en: "the office does not call departments: they call it",
                    remedy: Sentence(uk: "Далі: kartoteka sync status", en: "Next: kartoteka sync status")
                )
            }
            throw DeskError(
                .unreachable,
                "notRunning",
                uk: "вузол не запущено, тож обмінюватися нікому",
                en: "the node is not running",
                remedy: Sentence(uk: "Далі: kartoteka serve", en: "Next: kartoteka serve")
            )
        }
        let problem = running.hurry(call.language)
        let members: JSONObject = ["problem": .string(problem), "next": "kartoteka sync status"]
        let text =
            problem.isEmpty
            ? call.say(
                "Обмін розпочато. Далі: kartoteka sync status",
                "The exchange has begun. Next: kartoteka sync status"
            )
            : call.say("Центр недосяжний: ", "The office cannot be reached: ") + problem
        return CommandResult(members, text: text, exit: problem.isEmpty ? .ok : .unreachable)
    }

    static let syncExplain = Command(.syncExplain) { call in
        let name = try call.required("what")
        if let write = WriteName(name) {
            let path = try call.desk.path(of: write, typed: name)
            return CommandResult(["operation": path.json], lines: path.lines(call))
        }
        let found = try call.desk.paths(ofAppeal: name, limit: try call.limit())
        return CommandResult(found.json, lines: found.lines(call))
    }
}
