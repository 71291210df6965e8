import Appeals
import CanonicalJSON
import Desk
import Replication

/// A node's state, for machines and for people.
extension NodeState {
    func json(now: Int64) -> JSONObject {
        var members = sync.json(now: now)
        members["appeals"] = .object(JSONObject(members: counts.map { ($0.state.rawValue, .integer($0.count)) }))
        members["disputed"] = .integer(disputed)
        members["held"] = .integer(Int64(held))
        members["work"] = .object(
            JSONObject(members: work.map { ($0.list.rawValue, .integer($0.count)) })
        )
        members["tray"] = .object(JSONObject(members: tray.map { ($0.kind.rawValue, .integer(Int64($0.count))) }))
        members["debts"] = .object(JSONObject(members: debts.map { ($0.kind.rawValue, .integer($0.count)) }))
        members["wiping"] = .bool(isWiping)
        members["indexing"] = indexing.map(JSON.integer)
        members["next"] = .string(next)
        return members
    }

    func lines(_ call: Call) -> [String] {
        let role = sync.isOffice ? call.say("Центр", "Office") : call.say("Підрозділ", "Department")
        var lines = ["\(role) «\(sync.node)»"]
        lines.append(
            call.say("Звернень: ", "Appeals: ") + "\(total)" + (total == 0 ? "" : " — ")
                + counts.filter { $0.count > 0 }.map {
                    call.say($0.state.ukrainian, $0.state.rawValue) + " \($0.count)"
                }.joined(separator: ", ")
        )
        lines.append(
            call.say("Розбіжностей: ", "Disagreements: ") + "\(disputed)"
                + call.say(", очікує рішення дій: ", ", operations that wait: ") + "\(held)"
        )
        let toDo = work.filter { $0.count > 0 }.map { call.say($0.list.label) + " \($0.count)" }
        if !toDo.isEmpty { lines.append(call.say("Робота: ", "Work: ") + toDo.joined(separator: "; ")) }
        lines += sync.body(call)
        let waiting = tray.filter { $0.count > 0 }.map { call.say(Wording.trayKind($0.kind)) + " \($0.count)" }
        if !waiting.isEmpty {
            lines.append(call.say("Лоток оператора: ", "Operator's tray: ") + waiting.joined(separator: ", "))
        }
        if !debts.isEmpty {
            lines.append(call.say("Винні (kartoteka sync debts):", "Owed (kartoteka sync debts):"))
            lines += debts.map { "  " + call.say($0.kind.label) + " \($0.count)" }
        }
        if isWiping {
            lines.append(
                call.say(
                    "З диска: слова ще стираються, це триває хвилину-дві",
                    "From the disk: words are still being erased, which takes a minute or two"
                )
            )
        }
        if let indexing {
            lines.append(
                call.say(
                    "Покажчик слів для пошуку будується: \(indexing) із \(total)",
                    "The index of words for searching is being made: \(indexing) of \(total)"
                )
            )
        }
        return lines + [call.say("Далі: ", "Next: ") + next]
    }

    /// The command for what is most urgent.
    private var next: String {
        switch urgent {
        case .admissions: "kartoteka node confirm --as USER"
        case .tray: "kartoteka tray list"
        case .cases: "kartoteka conflict list"
        case .outbox: "kartoteka sync status"
        case .nothingHere: sync.isOffice ? "kartoteka appeal register --help" : "kartoteka sync status"
        case .appeals: "kartoteka work"
        }
    }
}
