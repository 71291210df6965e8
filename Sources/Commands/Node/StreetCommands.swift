import Appeals
import CanonicalJSON
import Desk
import Replication

/// `street put|import|list|show`.
extension Commands {
    static let streetPut = Command(.streetPut) { call in
        let street = try StreetTable.street(
            id: try call.required("street"),
            type: try call.required("type"),
            name: try call.required("name"),
            district: call.text("district") ?? "",
            former: call.list("former"),
            houses: call.list("houses")
        )
        return call.tell(
            try call.acting().putStreet(street),
            uk: "Вулицю записано: \(street.title)",
            en: "The street is recorded: \(street.title)",
            next: "kartoteka street show \(street.id)"
        )
    }

    static let streetImport = Command(.streetImport) { call in
        let done = try call.acting().importStreets(try call.required("file"))
        var lines = [
            call.say(
                "Додано \(done.added), змінено \(done.changed), без змін \(done.same), не взято \(done.refused.count).",
                "Added \(done.added), changed \(done.changed), unchanged \(done.same), not taken \(done.refused.count)."
            )
        ]
        lines += done.refused.map { refused in
            let place = refused.field.isEmpty ? "" : ", \(refused.field) «\(refused.value)»"
            return call.say("Рядок ", "Row ") + "\(refused.row)\(place): " + call.say(refused.remedy)
        }
        let members: JSONObject = [
            "added": .integer(Int64(done.added)), "changed": .integer(Int64(done.changed)),
            "same": .integer(Int64(done.same)),
            "refused": .array(
                done.refused.map { refused in
                    [
                        "row": .integer(Int64(refused.row)), "field": .string(refused.field),
                        "value": .string(refused.value), "remedy": .string(call.say(refused.remedy)),
                    ]
                }
            ),
        ]
        return CommandResult(members, lines: lines, exit: done.refused.isEmpty ? .ok : .failed)
    }

    static let streetList = Command(.streetList) { call in
        let page = try call.desk.streets(after: call.text("after") ?? "", limit: try call.limit())
        let header =
            call.language == .ukrainian
            ? ["Id", "Вулиця", "Район", "Колишні назви"] : ["Id", "Street", "District", "Former names"]
        var lines =
            page.streets.isEmpty
            ? [call.say("Реєстр вулиць порожній.", "The register of streets is empty.")]
            : Table.text(
                header,
                page.streets.map { street in
                    [street.id, street.title, street.district ?? "", street.former.map(\.name).joined(separator: ", ")]
                },
                within: call.width,
                cutting: [1, 2, 3]
            )
        var members: JSONObject = ["streets": .array(page.streets.map { .object($0.json) })]
        if let next = page.next {
            members["next"] = .string(next)
            lines.append(call.say("Далі: ", "Next page: ") + "--after \(next)")
        }
        return CommandResult(members, lines: lines)
    }

    static let streetShow = Command(.streetShow) { call in
        let typed = try call.required("address")
        let street = try call.desk.street(named: typed)
        var members: JSONObject = ["street": .object(street.json)]
        var lines = [street.title]
        if let district = street.district { lines.append(call.say("Район: ", "District: ") + district) }
        for former in street.former {
            let wording = ValueWording(language: call.language)
            let until = former.until.map { call.say(" до ", " until ") + wording.dated($0) } ?? ""
            let form = (former.form ?? street.form).abbreviation
            lines.append(call.say("Колишня назва: ", "Former name: ") + "\(form) \(former.name)\(until)")
        }
        for houses in street.houses {
            let through = houses.through.map { "\($0)" } ?? "…"
            let side =
                switch houses.side {
                case nil: ""
                case .odd: call.say(" непарні", " odd")
                case .even: call.say(" парні", " even")
                }
            lines.append(call.say("Будинки ", "Houses ") + "\(houses.from)–\(through)\(side): \(houses.district)")
        }
        if case .found(let address, _) = try call.desk.address(typed), let house = address.house {
            members["address"] = .string(address.description)
            let flat = address.flat.map { call.say(", кв. ", ", flat ") + $0 } ?? ""
            let district = street.district(ofHouse: house).map { " (\($0))" } ?? ""
            lines.append(call.say("Адреса: ", "Address: ") + "\(street.title), \(house)\(flat)\(district)")
        }
        return CommandResult(members, lines: lines)
    }
}
