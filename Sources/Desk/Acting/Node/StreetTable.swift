package import Appeals

/// A row of a table of streets that was not taken: which, what of it, and what to do.
package struct StreetRefusal {
    /// 1 for the header, as a spreadsheet counts.
    package let row: Int
    /// The column by its name in the file's header; empty if it is the whole row.
    package let field: String
    /// What stands there.
    package let value: String
    package let remedy: Label

    package init(row: Int, field: String, value: String, remedy: Label) {
        self.row = row
        self.field = field
        self.value = value
        self.remedy = remedy
    }
}

/// The streets of a table in CSV: `id,type,name,district,former,houses`, headings in Ukrainian or English, in any order.
///
/// `former` holds former names, each `NAME` or `NAME до YYYY-MM-DD`, with its kind before it if it was another; `houses`
/// holds ranges, each `1-47 непарні = DISTRICT`; both separate with `;`. A row that cannot be read is told; the rest is taken.
package struct StreetTable {
    /// Each with the number of its row.
    package private(set) var streets: [(row: Int, street: StreetEntry)] = []
    package private(set) var refused: [StreetRefusal] = []

    private static let columns: [(field: String, names: [String])] = [
        ("id", ["id", "ід", "код"]), ("type", ["type", "тип", "вид"]), ("name", ["name", "назва"]),
        ("district", ["district", "район"]), ("former", ["former", "колишні", "колишні назви"]),
        ("houses", ["houses", "будинки"]),
    ]

    /// One street as it is typed into fields, by the rules of a row of the table; `wrongStreet`.
    package static func street(
        id: String,
        type: String,
        name: String,
        district: String,
        former: [String],
        houses: [String]
    ) throws(DeskError) -> StreetEntry {
        let typed = [id, type, name, district, former.joined(separator: ";"), houses.joined(separator: ";")]
        let cells = typed.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }
        let table = Self("id,type,name,district,former,houses\n" + cells.joined(separator: ",") + "\n")
        if let street = table.streets.first?.street { return street }
        let refused = table.refused.first
        let field = refused?.field ?? "", value = refused?.value ?? ""
        throw DeskError.usage(
            "wrongStreet",
            field: field == "id" ? "street" : field,
            value: value,
            uk: "\(.input(field)): «\(value)»; \(refused?.remedy.uk ?? "")",
            en: "\(.input(field)): \"\(value)\"; \(refused?.remedy.en ?? "")"
        )
    }

    package init(_ text: String) {
        let first = text.split(whereSeparator: \.isNewline).first ?? ""
        var reader = CSVReader(delimiter: first.contains(";") && !first.contains(",") ? .semicolon : .comma)
        var rows = reader.read(Array(text.utf8))
        rows += reader.finish()
        guard let header = rows.first?.fields else {
            refused.append(Self.noHeader(""))
            return
        }
        let names = header.map { Sameness.text($0).lowercased() }
        var places: [String: Int] = [:]
        for (field, known) in Self.columns { places[field] = names.firstIndex { known.contains($0) } }
        guard ["id", "type", "name"].allSatisfy({ places[$0] != nil }) else {
            refused.append(Self.noHeader(header.joined(separator: ",")))
            return
        }
        var seen: [String: Int] = [:]
        for row in rows.dropFirst() {
            guard let fields = row.fields else {
                let told = row.refusal?.label ?? Label("")
                refused.append(StreetRefusal(row: row.number, field: "", value: "", remedy: told))
                continue
            }
            func text(_ field: String) -> String {
                places[field].flatMap { fields.indices.contains($0) ? Sameness.text(fields[$0]) : nil } ?? ""
            }
            do throws(Unreadable) {
                let street = try Self.street(text)
                if let former = seen[street.id] {
                    let remedy = Label(uk: "цей id має рядок \(former)", en: "row \(former) has this id")
                    throw Unreadable(field: "id", value: street.id, remedy: remedy)
                }
                seen[street.id] = row.number
                streets.append((row.number, street))
            } catch {
                let name = places[error.field].map { header[$0] } ?? error.field
                refused.append(StreetRefusal(row: row.number, field: name, value: error.value, remedy: error.remedy))
            }
        }
    }

    private struct Unreadable: Error {
        let field: String
        let value: String
        let remedy: Label
    }

    private static func noHeader(_ value: String) -> StreetRefusal {
        StreetRefusal(
            row: 1,
            field: "",
            value: value,
            remedy: Label(
                uk: "перший рядок має назвати стовпці: id,type,name,district,former,houses",
                en: "the first row has to name the columns: id,type,name,district,former,houses"
            )
        )
    }

    private static func street(_ text: (String) -> String) throws(Unreadable) -> StreetEntry {
        guard Names.isIdentifier(text("id")) else {
            let remedy = Label(uk: "малі латинські літери, цифри й дефіс", en: "lower-case letters, digits and hyphens")
            throw Unreadable(field: "id", value: text("id"), remedy: remedy)
        }
        guard let form = StreetEntry.Form(typed: text("type")) else {
            let list = StreetEntry.Form.allCases.map(\.abbreviation).joined(separator: ", ")
            throw Unreadable(
                field: "type",
                value: text("type"),
                remedy: Label(uk: "одне з: \(list)", en: "one of: \(list)")
            )
        }
        guard !text("name").isEmpty else {
            throw Unreadable(field: "name", value: "", remedy: Label(uk: "вкажіть назву", en: "give the name"))
        }
        return StreetEntry(
            id: text("id"),
            form: form,
            name: text("name"),
            district: text("district").isEmpty ? nil : text("district"),
            former: try parts(text("former")).map(former),
            houses: try parts(text("houses")).map(houses)
        )
    }

    private static func parts(_ text: String) -> [String] {
        text.split(separator: ";").map { Sameness.text(String($0)) }.filter { !$0.isEmpty }
    }

    /// Reads a former name, such as `вул. Орджонікідзе до 2016-02-19`.
    private static func former(_ part: String) throws(Unreadable) -> StreetEntry.Former {
        var words = part.split(separator: " ").map(String.init)
        var until: String?
        if words.count > 2, words[words.count - 2] == "до" || words[words.count - 2] == "until" {
            guard CivilDate(words[words.count - 1]) != nil else {
                throw Unreadable(
                    field: "former",
                    value: part,
                    remedy: Label(uk: "дата — РРРР-ММ-ДД", en: "the date is YYYY-MM-DD")
                )
            }
            until = words.removeLast()
            words.removeLast()
        }
        let form = words.count > 1 ? words.first.flatMap { StreetEntry.Form(typed: $0) } : nil
        if form != nil { words.removeFirst() }
        return StreetEntry.Former(name: words.joined(separator: " "), form: form, until: until)
    }

    /// `1-47 непарні = saksahanskyi`, `60- = …` as far as the street goes.
    private static func houses(_ part: String) throws(Unreadable) -> StreetEntry.Houses {
        let sides: [String: StreetEntry.Houses.Side] = ["непарні": .odd, "odd": .odd, "парні": .even, "even": .even]
        let sample = Label(uk: "приклад: 1-47 непарні = Саксаганський", en: "example: 1-47 odd = DISTRICT")
        let halves = part.split(separator: "=", maxSplits: 1).map { Sameness.text(String($0)) }
        var words = (halves.first ?? "").split(separator: " ").map(String.init)
        let side = words.count > 1 ? sides[words.removeLast()] : nil
        let ends = words.joined().split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
        guard halves.count == 2, !halves[1].isEmpty, (1...2).contains(ends.count), let from = ends[0], from > 0 else {
            throw Unreadable(field: "houses", value: part, remedy: sample)
        }
        let isOpen = words.joined().hasSuffix("-")
        let through = isOpen ? nil : ends.count == 2 ? ends[1] : from
        guard isOpen || through.map({ $0 >= from }) == true else {
            throw Unreadable(field: "houses", value: part, remedy: sample)
        }
        return StreetEntry.Houses(from: from, through: through, side: side, district: halves[1])
    }
}
