import Appeals
import CanonicalJSON
import Cryptography
import Desk
import Replication

/// How far nodes are, for machines and for people.
extension SyncState {
    func json(now: Int64) -> JSONObject {
        var members: JSONObject = ["role": .string(role.rawValue), "node": .string(node)]
        members["streams"] = .array(streams.map(\.json))
        if isOffice {
            members["epoch"] = .string(epoch)
            members["nodes"] = .array(nodes.map(\.json))
            members["unconfirmed"] = .integer(Int64(unconfirmed))
            if let stopped { members["stopped"] = .string(stopped) }
        } else {
            var object: JSONObject = [
                "count": .integer(outbox.count), "last": .integer(outbox.last), "durable": .integer(outbox.durable),
            ]
            object["oldestSeconds"] = outbox.oldest.map { .integer(max(0, now - $0) / 1_000) }
            members["outbox"] = .object(object)
        }
        return members
    }

    func lines(_ call: Call) -> [String] {
        [call.say("Вузол ", "Node ") + node] + body(call)
    }

    /// What stands below the heading.
    func body(_ call: Call) -> [String] {
        let stop =
            stopped.map {
                [
                    call.say(
                        "Центр зупинив прийом: він відстав від своїх вузлів",
                        "The office takes no work: it is behind its nodes"
                    ) + (call.isVerbose ? " [\($0)]" : "")
                ]
            } ?? []
        return stop + (isOffice ? office(call) : department(call))
    }

    private func department(_ call: Call) -> [String] {
        var lines: [String] = []
        if outbox.count == 0 {
            lines.append(call.say("Усе передано Центру.", "Everything is with the office."))
        } else {
            let age = outbox.oldest.map { call.say(", найдавніша ", ", the oldest ") + call.ago($0) } ?? ""
            lines.append(call.say("Збережено, ще не передано: ", "Saved, not sent yet: ") + "\(outbox.count)" + age)
        }
        lines.append(
            call.say("У двох місцях: ", "In two places: ") + "\(outbox.durable)" + call.say(" з ", " of ")
                + "\(outbox.last)" + call.say(" дій", " acts")
        )
        return lines
            + streams.map {
                "  " + call.say(Wording.stream($0.record.name, names)) + call.say(": прочитано ", ": read ")
                    + "\($0.record.head), " + call.say("рядків ", "rows ") + "\($0.rows)"
            }
    }

    private func office(_ call: Call) -> [String] {
        var lines: [String] = []
        if unconfirmed > 0 {
            lines.append(
                call.say(
                    "Після відновлення чекають підтвердження допуску: ",
                    "Not admitted until confirmed since the restore: "
                )
                    + "\(unconfirmed)"
            )
        }
        let header =
            call.language == .ukrainian
            ? ["Вузол", "Стан", "Зв'язок", "Прочитано", "Усього", "Звернень", "Не підтвердив знищення"]
            : ["Node", "State", "Contact", "Read", "Of", "Appeals", "Unreceipted purges"]
        return nodes.isEmpty ? lines : lines + Table.text(header, nodes.map { $0.cells(call) })
    }
}

extension StreamState {
    fileprivate var json: JSON {
        [
            "name": .string(record.name), "head": .integer(record.head), "epoch": .string(record.epoch),
            "mark": .string(record.mark), "digest": .string(record.digest.hex), "rows": .integer(rows),
            "commit": .integer(record.commit),
        ]
    }
}

extension NodeLag {
    var json: JSON {
        [
            "node": .string(record.node), "state": .string(record.state.rawValue), "contact": .integer(record.contact),
            "head": .integer(head),
            "read": .integer(read), "lag": .integer(lag), "rows": .integer(rows),
            "unreceiptedPurges": .integer(unreceipted),
        ]
    }

    fileprivate func cells(_ call: Call) -> [String] {
        let state =
            switch record.state {
            case .active: call.say("допущено", "active")
            case .revoked: call.say("скасовано", "revoked")
            case .frozen: call.say("заморожено", "frozen")
            case .unconfirmed: call.say("чекає підтвердження", "unconfirmed")
            }
        let contact = record.contact == 0 ? call.say("ще не було", "never") : call.ago(record.contact)
        return [record.node, state, contact, String(read), String(head), String(rows), String(unreceipted)]
    }
}
