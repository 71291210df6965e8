import Appeals
package import CanonicalJSON

extension ImportMapping {
    private static let topKeys = ImportGuide.file.map(\.name)
    private static let ruleKeys = ImportGuide.rules.map(\.name)

    /// Reads the text of a mapping file.
    package init(bytes: [UInt8]) throws(MappingRefusal) {
        let json: JSON
        do {
            json = try JSON(parsing: bytes, limits: .general)
        } catch {
            throw MappingRefusal(
                path: "the file",
                found: Label(cause: error),
                remedy: Label(uk: "запишіть його як JSON", en: "write it as JSON")
            )
        }
        try self.init(json: json)
    }

    /// Reads a mapping strictly: an unknown key, or a field that is both a column and a constant, is refused with its path.
    package init(json: JSON) throws(MappingRefusal) {
        let top = try Self.object(json, "the file", keys: Self.topKeys)
        let fields = try Self.fields(top["fields"], top["zones"]?.object ?? JSONObject())
        let constants = try Self.constants(top["constants"])
        for field in ImportField.allCases where fields[field] != nil && constants[field] != nil {
            throw MappingRefusal(
                path: "constants.\(field.rawValue)",
                found: Label(uk: "те саме поле є у fields", en: "the same field in fields"),
                remedy: Label(uk: "залиште в одному з них", en: "leave it in one of them")
            )
        }
        for field in ImportField.required where fields[field] == nil && constants[field] == nil {
            throw MappingRefusal(
                path: "fields.\(field.rawValue)",
                found: Label(uk: "нічого", en: "nothing"),
                remedy: Label(uk: "вкажіть у fields або в constants", en: "give it in fields or in constants")
            )
        }
        self.init(
            source: try Self.source(top),
            name: top.keys.contains("name") ? try Self.text(top["name"], "name") : nil,
            key: try Self.text(top["key"], "key"),
            constants: constants,
            fields: fields,
            skips: try Self.skips(top["skipWhen"])
        )
    }

    private static func source(_ top: JSONObject) throws(MappingRefusal) -> Source {
        let name = try text(top["source"], "source")
        switch name {
        case "csv":
            if top.keys.contains("items") {
                throw MappingRefusal(
                    path: "items",
                    found: Label(uk: "це поруч із source csv", en: "it beside source csv"),
                    remedy: Label(uk: "приберіть; це для json", en: "remove it; it is for json")
                )
            }
            switch top["delimiter"]?.string ?? "," {
            case ",": return .csv(delimiter: .comma)
            case ";": return .csv(delimiter: .semicolon)
            case "\t", "tab": return .csv(delimiter: .tab)
            default:
                throw MappingRefusal(
                    path: "delimiter",
                    found: Label(uk: "інше", en: "another one"),
                    remedy: Label(uk: "вкажіть \",\", \";\" або \"tab\"", en: "give \",\", \";\" or \"tab\"")
                )
            }
        case "json":
            if top.keys.contains("delimiter") {
                throw MappingRefusal(
                    path: "delimiter",
                    found: Label(uk: "це поруч із source json", en: "it beside source json"),
                    remedy: Label(uk: "приберіть", en: "remove it")
                )
            }
            return .json(items: top.keys.contains("items") ? try text(top["items"], "items") : "")
        default:
            throw MappingRefusal(
                path: "source",
                found: Label("\"\(name)\""),
                remedy: Label(uk: "вкажіть \"csv\" або \"json\"", en: "give \"csv\" or \"json\"")
            )
        }
    }

    private static func constants(_ json: JSON?) throws(MappingRefusal) -> [ImportField: String] {
        guard let json else { return [:] }
        let object = try object(json, "constants", keys: ImportField.allCases.map(\.rawValue))
        var constants: [ImportField: String] = [:]
        for (key, value) in object.members {
            guard let field = ImportField(rawValue: key) else { continue }
            let text = value.bool.map { $0 ? "true" : "false" } ?? value.string
            guard let text else {
                throw MappingRefusal(
                    path: "constants.\(key)",
                    found: Label(uk: "не рядок", en: "no string"),
                    remedy: Label(uk: "вкажіть рядок або true чи false", en: "give a string or a flag")
                )
            }
            // A constant that no card could take would refuse every row of the source, one by one.
            var card = ImportedCard(key: "", row: 0)
            do {
                try card.set(field, .text(text), rule: nil)
            } catch {
                throw MappingRefusal(
                    path: "constants.\(key)",
                    found: error.words,
                    remedy: Label(uk: "вкажіть інше значення", en: "give another value")
                )
            }
            constants[field] = text
        }
        return constants
    }

    private static func fields(_ json: JSON?, _ zones: JSONObject) throws(MappingRefusal) -> [ImportField: ImportRule] {
        let object = try object(json, "fields", keys: ImportField.allCases.map(\.rawValue))
        var fields: [ImportField: ImportRule] = [:]
        for (key, value) in object.members {
            guard let field = ImportField(rawValue: key) else { continue }
            let path = "fields.\(key)"
            let rule = try rule(value, path, zones)
            if rule.dateForm != nil && field.usualDateForm == nil {
                throw MappingRefusal(
                    path: "\(path).format",
                    found: Label(uk: "це на полі без дати", en: "it on a field without a date"),
                    remedy: Label(uk: "приберіть", en: "remove it")
                )
            }
            fields[field] = rule
        }
        return fields
    }

    /// A column's name alone stands for `{"column": name}`.
    private static func rule(_ json: JSON, _ path: String, _ zones: JSONObject) throws(MappingRefusal) -> ImportRule {
        if json.string != nil { return ImportRule(source: .column(try text(json, path))) }
        let object = try object(json, path, keys: ruleKeys)
        var rule = ImportRule(source: try ruleSource(object, path))
        rule.map = try map(object["map"], "\(path).map")
        rule.otherwise = try optionalText(object["otherwise"], "\(path).otherwise")
        if rule.otherwise != nil && rule.map == nil {
            throw MappingRefusal(
                path: "\(path).otherwise",
                found: Label(uk: "це без map", en: "it without a map"),
                remedy: Label(uk: "вкажіть \"map\" або приберіть", en: "give \"map\" or remove it")
            )
        }
        rule.standing = try optionalText(object["default"], "\(path).default")
        rule.splitAt = try optionalText(object["split"], "\(path).split")
        if let name = try optionalText(object["case"], "\(path).case") {
            guard let letterCase = ImportRule.LetterCase(rawValue: name), rule.map == nil else {
                throw MappingRefusal(
                    path: "\(path).case",
                    found: Label("\"\(name)\""),
                    remedy: Label(
                        uk: "вкажіть \"lower\" або \"upper\", без \"map\"",
                        en: "give \"lower\" or \"upper\", and no \"map\""
                    )
                )
            }
            rule.letterCase = letterCase
        }
        if let name = try optionalText(object["format"], "\(path).format") {
            guard let form = WrittenTime.Form(rawValue: name) else {
                let forms = WrittenTime.Form.allCases.map(\.rawValue).joined(separator: ", ")
                throw MappingRefusal(
                    path: "\(path).format",
                    found: Label("\"\(name)\""),
                    remedy: Label(uk: "вкажіть одне з \(forms)", en: "give one of \(forms)")
                )
            }
            rule.dateForm = form
        }
        if let name = try optionalText(object["zone"], "\(path).zone") {
            guard let zone = ImportZone(name) ?? zones[name].flatMap(ZoneTable.init).map(ImportZone.table),
                let form = rule.dateForm, form != .rfc3339
            else {
                throw MappingRefusal(
                    path: "\(path).zone",
                    found: Label("\"\(name)\""),
                    remedy: Label(
                        uk: "вкажіть назву зони (\"Europe/Kyiv\", \"America/New_York\"; потрібен пакет tzdata), "
                            + "\"UTC\" або зсув \"+03:00\" поруч із \"format\" без власного зсуву",
                        en:
                            "give the name of a zone (\"Europe/Kyiv\", \"America/New_York\"; needs the package tzdata), "
                            + "\"UTC\" or an offset \"+03:00\" beside a \"format\" without one"
                    )
                )
            }
            rule.zone = zone
        }
        return rule
    }

    private static func ruleSource(_ object: JSONObject, _ path: String) throws(MappingRefusal) -> ImportRule.Source {
        switch (object["column"], object["join"]) {
        case (.some(let column), .none):
            guard !object.keys.contains("separator") else {
                throw MappingRefusal(
                    path: "\(path).separator",
                    found: Label(uk: "це без join", en: "it without join"),
                    remedy: Label(uk: "приберіть", en: "remove it")
                )
            }
            return .column(try text(column, "\(path).column"))
        case (.none, .some(let join)):
            guard let items = join.array, (1...64).contains(items.count) else {
                throw MappingRefusal(
                    path: "\(path).join",
                    found: Label(uk: "не список", en: "no list"),
                    remedy: Label(uk: "вкажіть від 1 до 64 стовпців", en: "give 1 to 64 columns")
                )
            }
            var names: [String] = []
            for item in items { names.append(try text(item, "\(path).join")) }
            return .join(names, separator: try optionalText(object["separator"], "\(path).separator") ?? " ")
        case (.none, .none), (.some, .some):
            throw MappingRefusal(
                path: path,
                found: Label(uk: "або і column, і join, або жодного", en: "both or neither of column and join"),
                remedy: Label(uk: "вкажіть одне з двох", en: "give one of the two")
            )
        }
    }

    private static func skips(_ json: JSON?) throws(MappingRefusal) -> [Skip] {
        guard let json else { return [] }
        guard let items = json.array, items.count <= 64 else {
            throw MappingRefusal(
                path: "skipWhen",
                found: Label(uk: "не список", en: "no list"),
                remedy: Label(uk: "вкажіть список {column, equals}", en: "give a list of {column, equals}")
            )
        }
        var skips: [Skip] = []
        for (place, item) in items.enumerated() {
            let path = "skipWhen[\(place)]"
            let object = try object(item, path, keys: ["column", "equals"])
            let listed = object["equals"]?.array ?? [object["equals"] ?? .null]
            var values: [String] = []
            for value in listed {
                guard let value = try optionalText(value, "\(path).equals") else {
                    throw MappingRefusal(
                        path: "\(path).equals",
                        found: Label(uk: "нічого", en: "nothing"),
                        remedy: Label(uk: "вкажіть значення або список", en: "give a value or a list")
                    )
                }
                values.append(value)
            }
            skips.append(Skip(column: try text(object["column"], "\(path).column"), values: values))
        }
        return skips
    }

    private static func map(_ json: JSON?, _ path: String) throws(MappingRefusal) -> [String: String]? {
        guard let json else { return nil }
        guard let object = json.object else {
            throw MappingRefusal(
                path: path,
                found: Label(uk: "не об'єкт", en: "no object"),
                remedy: Label(uk: "вкажіть об'єкт із рядків", en: "give an object of strings")
            )
        }
        var map: [String: String] = [:]
        for (key, value) in object.members {
            guard let text = try optionalText(value, "\(path).\(key)") else { continue }
            map[key] = text
        }
        return map
    }

    private static func object(_ json: JSON?, _ path: String, keys: [String]) throws(MappingRefusal) -> JSONObject {
        guard let object = json?.object else {
            throw MappingRefusal(
                path: path,
                found: Label(uk: "не об'єкт", en: "no object"),
                remedy: Label(uk: "вкажіть об'єкт", en: "give an object")
            )
        }
        for key in object.keys where !keys.contains(key) {
            throw MappingRefusal(
                path: path,
                found: Label(uk: "невідомий ключ \"\(key)\"", en: "the unknown key \"\(key)\""),
                remedy: Label(
                    uk: "використайте одне з \(keys.joined(separator: ", "))",
                    en: "use one of \(keys.joined(separator: ", "))"
                )
            )
        }
        return object
    }

    private static func text(_ json: JSON?, _ path: String) throws(MappingRefusal) -> String {
        guard let text = json?.string, !text.isEmpty, text.utf8.count <= 400 else {
            throw MappingRefusal(
                path: path,
                found: Label(uk: "не рядок від 1 до 400 байтів", en: "no string of 1 to 400 bytes"),
                remedy: Label(uk: "вкажіть його", en: "give one")
            )
        }
        return text
    }

    private static func optionalText(_ json: JSON?, _ path: String) throws(MappingRefusal) -> String? {
        guard let json else { return nil }
        guard let text = json.string, text.utf8.count <= 4096 else {
            throw MappingRefusal(
                path: path,
                found: Label(uk: "не рядок до 4096 байтів", en: "no string of up to 4096 bytes"),
                remedy: Label(uk: "вкажіть рядок", en: "give a string")
            )
        }
        return text
    }
}
