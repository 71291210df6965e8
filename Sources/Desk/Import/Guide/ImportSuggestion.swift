package import Appeals
package import CanonicalJSON

/// A first mapping, guessed by the names of columns and by their values; a person reads it before it is used.
package struct ImportSuggestion {
    /// The mapping, which `ImportMapping` reads.
    package private(set) var mapping: JSONObject
    /// Each field with the columns that it was given, in words.
    package private(set) var guessed: [Label] = []
    /// What a person has to look at.
    package private(set) var open: [Label] = []
    /// Columns that nothing was made of.
    package var unused: [String] { sample.columns.filter { !$0.isEmpty && !used.contains($0) } }

    private let sample: ImportSample
    private let departments: NameLookup
    private var fields = JSONObject()
    private var used: Set<String> = []

    /// How many values of a column a mapping lists.
    private static let longestMap = 300

    package init(_ sample: ImportSample, departments: NameLookup) {
        self.sample = sample
        self.departments = departments
        mapping = sample.source
        guessKey()
        guessDates()
        guessState()
        for (field, names) in GuessedField.names where ![.receivedAt, .closedOn, .state, .department].contains(field) {
            if let column = column(named: names), fits(column, field) { take(field, [column], .string(column)) }
        }
        guessByValues()
        guessDepartment()
        guessText()
        let isPerson = ["lastName", "firstName"].contains { fields[$0] != nil }
        mapping["constants"] = [
            "channel": "import", "kind": "application", "subjectType": isPerson ? "individual" : "unknown",
        ]
        mapping["fields"] = .object(fields)
    }

    // MARK: columns

    /// The first column, not used yet, of one of these names; of a path its last member counts too.
    private func column(named names: [String], where fits: (String) -> Bool = { _ in true }) -> String? {
        for name in names {
            for column in sample.columns where !used.contains(column) && fits(column) {
                let last = column.split(separator: ".").last.map(String.init) ?? column
                if [GuessedField.folded(column), GuessedField.folded(last)].contains(name) { return column }
            }
        }
        return nil
    }

    private mutating func take(_ field: ImportField, _ columns: [String], _ rule: JSON, _ more: String = "") {
        used.formUnion(columns)
        fields[field.rawValue] = rule
        let from = columns.joined(separator: ", ") + (more.isEmpty ? "" : " (\(more))")
        guessed.append(
            Label(
                uk: "\(field.rawValue) — \(field.summary.uk): \(from)",
                en: "\(field.rawValue), \(field.summary.en): \(from)"
            )
        )
    }

    private func fits(_ column: String, _ field: ImportField) -> Bool {
        let values = sample.values(column)
        guard !values.isEmpty else { return false }
        var card = ImportedCard(key: "", row: 0)
        let good = values.filter { value in
            do {
                try card.set(field, .text(value), rule: nil)
                return true
            } catch { return false }
        }
        return good.count * 10 >= values.count * 9
    }

    // MARK: guesses

    private mutating func guessKey() {
        func isKey(_ column: String) -> Bool {
            let values = sample.values(column)
            return values.count == sample.values.count && Set(values).count == values.count
        }
        let key = column(named: GuessedField.keys, where: isKey) ?? sample.columns.first(where: isKey)
        mapping["key"] = .string(key ?? sample.columns.first ?? "")
        if let key {
            guessed.append(Label(uk: "ключ рядка: \(key)", en: "the key of a row: \(key)"))
            used.insert(key)
            fields[ImportField.externalNumber.rawValue] = .string(key)
        } else {
            open.append(
                Label(
                    uk: "жоден стовпець не називає рядка сам: вкажіть \"key\"",
                    en: "no column alone names a row: give \"key\""
                )
            )
        }
    }

    private mutating func guessDates() {
        for field in [ImportField.receivedAt, .closedOn] {
            let names = GuessedField.names.first { $0.field == field }?.names ?? []
            let named = column(named: names) { !sample.forms($0).isEmpty }
            // A date of whatever name will do for when it came, not for when it was closed.
            let any = field == .receivedAt ? sample.columns.first { !used.contains($0) && isDate($0) } : nil
            guard let column = named ?? any, let form = sample.forms(column).first else {
                if field == .receivedAt {
                    open.append(
                        Label(
                            uk: "не видно, коли надійшло: вкажіть стовпець із цим часом (receivedAt)",
                            en: "when it came is not to be seen: name the column with that time (receivedAt)"
                        )
                    )
                    fields[field.rawValue] = .string(sample.columns.first ?? "")
                }
                continue
            }
            take(field, [column], Self.rule(column, form), form.rawValue)
            if sample.forms(column).contains(.american), sample.forms(column).contains(.slashed) {
                open.append(
                    Label(
                        uk: "\(column): день чи місяць стоїть першим, із значень не видно",
                        en: "\(column): whether the day or the month comes first is not to be seen"
                    )
                )
            }
        }
        if fields["receivedAt"]?["zone"] != nil {
            open.append(
                Label(
                    uk: "час узято за київським годинником: для іншого міста змініть \"zone\"",
                    en: "times are taken as of Kyiv's clock: change \"zone\" for another city"
                )
            )
        }
    }

    /// How a mapping reads days and times of this form from a column: on Kyiv's clock, unless they say the moment themselves.
    package static func rule(_ column: String, _ form: WrittenTime.Form) -> JSON {
        var rule: JSONObject = ["column": .string(column), "format": .string(form.rawValue)]
        if !form.isMoment { rule["zone"] = "Europe/Kyiv" }
        return .object(rule)
    }

    private func isDate(_ column: String) -> Bool { sample.forms(column).contains { $0 != .unix } }

    private mutating func guessState() {
        let names = GuessedField.names.first { $0.field == .state }?.names ?? []
        guard let column = column(named: names) else { return }
        let distinct = Set(sample.values(column)).sorted()
        guard !distinct.isEmpty, distinct.count <= 30 else { return }
        let over = distinct.filter { GuessedField.over.contains(GuessedField.folded($0)) }
        func word(_ state: ImportedCard.State) -> JSON { .string(state.rawValue) }
        let map = distinct.map { ($0, word(over.contains($0) ? .closed : .open)) }
        take(
            .state,
            [column],
            ["column": .string(column), "map": .object(JSONObject(members: map)), "otherwise": word(.open)]
        )
        open.append(
            Label(
                uk: "\(column): завершеними вважаються: \(over.isEmpty ? "жодні" : over.joined(separator: ", "))",
                en: "\(column): these are taken as closed: \(over.isEmpty ? "none" : over.joined(separator: ", "))"
            )
        )
    }

    /// Telephones and e-mails in columns of whatever name.
    private mutating func guessByValues() {
        for (field, sign) in [(ImportField.email, "@"), (.phone, "+")] where fields[field.rawValue] == nil {
            let found = sample.columns.first { column in
                let values = sample.values(column)
                return !used.contains(column) && !values.isEmpty && values.allSatisfy { $0.contains(sign) }
                    && fits(column, field)
            }
            if let found { take(field, [found], .string(found)) }
        }
    }

    private mutating func guessDepartment() {
        let names = GuessedField.names.first { $0.field == .department }?.names ?? []
        func known(_ column: String) -> Bool {
            let distinct = Set(sample.values(column))
            return !distinct.isEmpty && distinct.filter { id($0) != nil }.count * 2 >= distinct.count
        }
        let open = sample.columns.filter { !used.contains($0) }
        guard let column = open.first(where: known) ?? column(named: names) else { return }
        let distinct = Set(sample.values(column)).sorted()
        guard !distinct.isEmpty, distinct.count <= Self.longestMap else { return }
        let map = distinct.map { ($0, JSON.string(id($0) ?? "")) }
        take(
            .department,
            [column],
            ["column": .string(column), "map": .object(JSONObject(members: map)), "otherwise": ""]
        )
        let foreign = distinct.filter { id($0) == nil }
        guard !foreign.isEmpty else { return }
        self.open.append(
            Label(
                uk:
                    "\(column): немає таких підрозділів, картки чекатимуть у Центрі: \(foreign.joined(separator: ", "))",
                en:
                    "\(column): there are no such departments, the cards will wait at the office: \(foreign.joined(separator: ", "))"
            )
        )
    }

    private func id(_ name: String) -> String? {
        if case .one(let id) = departments.find(name) { return id }
        return nil
    }

    private mutating func guessText() {
        var columns: [String] = []
        for name in GuessedField.texts {
            if let column = column(named: [name], where: { !columns.contains($0) && !sample.values($0).isEmpty }) {
                columns.append(column)
            }
        }
        if columns.isEmpty {
            func length(_ column: String) -> Int { sample.values(column).reduce(0) { $0 + $1.utf8.count } }
            let longest = sample.columns.filter { !used.contains($0) }.max { length($0) < length($1) }
            columns = [longest ?? sample.columns.first ?? ""]
            open.append(
                Label(
                    uk: "змістом узято найдовший стовпець: \(columns[0])",
                    en: "the longest column was taken for what it says: \(columns[0])"
                )
            )
        }
        let rule: JSON = ["join": .array(columns.map(JSON.string)), "separator": ". "]
        take(.text, columns, columns.count == 1 ? .string(columns[0]) : rule)
    }
}
