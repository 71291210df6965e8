import Appeals
import CanonicalJSON
import Desk
import Replication

/// `status`: one screen, with what to run next.
extension Commands {
    static let statusCommand = Command(.status.shown(with: "json")) { call in
        let state = try call.desk.nodeState()
        let link = try call.context.running?.status(call.language)
        var members = state.json(now: call.now)
        members["running"] = .bool(link != nil)
        var lines = state.lines(call)
        if let link {
            let obstacle = link["obstacle"]?.string ?? ""
            members["obstacle"] = .string(obstacle)
            members["keyWords"] = link["keyWords"]
            members["web"] = link["web"]
            lines.insert(contentsOf: call.webLines(link) + call.linkLines(link, isBrief: true), at: 1)
        } else {
            let told = call.say(
                "Вузол не запущено: нічого не передається. Запустити: kartoteka serve",
                "The node does not run: nothing is exchanged. To start it: kartoteka serve"
            )
            lines.insert(told, at: 1)
        }
        return CommandResult(members, lines: lines)
    }

    static let syncStatus = Command(.syncStatus) { call in
        let link = try call.context.running?.status(call.language)
        let state = try call.desk.syncState()
        var members = state.json(now: call.now)
        var lines = state.lines(call)
        if let link {
            members["link"] = link
            lines += call.linkLines(link)
        }
        return CommandResult(members, lines: lines)
    }
}

extension Call {
    /// Where people work in a browser, or why they cannot, and the words by which they know the node.
    fileprivate func webLines(_ link: JSON) -> [String] {
        var lines: [String] = []
        if let address = link["web"]?["address"]?.string {
            lines.append(say("У браузері: ", "In a browser: ") + address)
        } else if let obstacle = link["web"]?["obstacle"]?.string {
            lines.append(say("Порт для браузерів не відкрито: ", "The port for browsers is not open: ") + obstacle)
        }
        let words = (link["keyWords"]?.array ?? []).compactMap(\.string)
        if !words.isEmpty {
            lines.append(say("Ключ вузла словами: ", "The node's key in words: ") + words.joined(separator: " "))
        }
        return lines
    }

    /// How the link of a running department stands; in brief only what is in its way, and since when.
    fileprivate func linkLines(_ link: JSON, isBrief: Bool = false) -> [String] {
        var lines: [String] = []
        if isBrief, link["obstacle"]?.string?.isEmpty ?? true { return [] }
        if let contact = link["contact"]?.integer, contact > 0 {
            lines.append(say("Останній зв'язок із Центром: ", "Last contact with the office: ") + ago(contact))
        }
        if let problem = link["obstacle"]?.string, !problem.isEmpty {
            lines.append(say("На заваді: ", "In the way: ") + problem)
        }
        return isBrief ? lines : lines + (link["lanes"]?.array ?? []).compactMap(laneLine)
    }

    /// What a lane does, since when, what it waits for, and when it tries next.
    private func laneLine(_ lane: JSON) -> String? {
        guard let doing = lane["doing"]?.string.flatMap(LaneStanding.Doing.init),
            let awaits = lane["awaits"]?.string.flatMap(LaneStanding.Awaited.init)
        else { return nil }
        let name =
            lane["lane"]?.string == Lane.exchange.rawValue
            ? say("Передавання: ", "Sending: ") : say("Читання: ", "Reading: ")
        let since = lane["since"]?.integer.flatMap { $0 > 0 ? " (\(ago($0)))" : nil } ?? ""
        let next = lane["nextTry"]?.integer.map { time in
            let seconds = max(0, time - now) / 1_000
            return say(", наступна спроба за \(seconds) с", ", next try in \(seconds) s")
        }
        return name + say(doing.label) + since + say("; чекає ", "; waits for ") + say(awaits.label) + (next ?? "")
    }
}
