import Appeals
import CanonicalJSON
import Commands
import Desk

/// A mapping as its form has it: what it says, and the head of the file that it is made by.
struct MappingForm {
    /// Values of a column that the form lists, the most frequent first; the text of the mapping may have more.
    static let listed = 30

    var mapping: JSONObject
    let sample: ImportSample
    /// Who decided, where rows have an executor or an end.
    var author = ""
    /// What a person has to look at.
    var open: [Label] = []
    var errors: [FormProblem] = []

    private func rule(_ field: ImportField) -> JSON? { mapping["fields"]?[field.rawValue] }

    /// The column of a field that has one alone; empty for a field without one, and for one of several columns.
    func column(_ field: ImportField) -> String { rule(field)?.string ?? rule(field)?["column"]?.string ?? "" }

    /// The columns of a field that is made of several, which only the text can say.
    func joined(_ field: ImportField) -> [String] { (rule(field)?["join"]?.array ?? []).compactMap(\.string) }

    /// The value that is the same on every card; empty if there is none.
    func constant(_ field: ImportField) -> String {
        let value = mapping["constants"]?[field.rawValue]
        return value?.string ?? value?.bool.map { $0 ? "true" : "false" } ?? ""
    }

    /// The form of date in which a field is read.
    func format(_ field: ImportField) -> String {
        rule(field)?["format"]?.string ?? field.usualDateForm?.rawValue ?? ""
    }

    /// The first values of a column.
    func values(_ column: String) -> [String] { sample.values(column).prefix(3).map { String($0.prefix(60)) } }

    /// The values of a column that are to be told what they mean, and what each was told.
    func told(_ field: ImportField, _ known: (String) -> String?) -> [(value: String, code: String)] {
        var counts: [String: Int] = [:]
        for value in sample.values(column(field)) { counts[value, default: 0] += 1 }
        let map = rule(field)?["map"]?.object
        for value in map?.keys ?? [] { counts[value, default: 0] += 0 }
        let most = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.listed)
        return most.map { value, _ in (value, map?[value]?.string ?? known(value) ?? "") }
    }

    /// What a value becomes that is not listed; nil: its row is not taken.
    func otherwise(_ field: ImportField) -> String? { rule(field)?["otherwise"]?.string }
    /// Whether values of a field are told what they mean.
    func isMapped(_ field: ImportField) -> Bool { rule(field)?["map"] != nil }
}

extension MappingForm {
    /// With another column for a field: a rule for the former one does not fit it; a date is read as its values are written.
    mutating func set(_ field: ImportField, column: String) {
        guard joined(field).isEmpty, column != self.column(field) else { return }
        guard !column.isEmpty else { return change(field, nil) }
        setConstant(field, "")
        guard let usual = field.usualDateForm else { return change(field, .string(column)) }
        let form = sample.forms(column).first ?? WrittenTime.Form(rawValue: format(field)) ?? usual
        change(field, ImportSuggestion.rule(column, form))
    }

    /// With another form of date.
    mutating func set(_ field: ImportField, format: String) {
        let column = column(field)
        guard !column.isEmpty, format != self.format(field), let form = WrittenTime.Form(rawValue: format) else {
            return
        }
        change(field, ImportSuggestion.rule(column, form))
    }

    /// With a value that is the same on every card, where no column gives it.
    mutating func setConstant(_ field: ImportField, _ value: String) {
        var constants = mapping["constants"]?.object ?? JSONObject()
        constants[field.rawValue] = value.isEmpty || !column(field).isEmpty ? nil : .string(value)
        mapping["constants"] = .object(constants)
    }

    /// With what the values of a column mean; a value that is told nothing is one of the others.
    mutating func set(_ field: ImportField, told: [(value: String, code: String)], otherwise: String?) {
        let column = column(field)
        guard !column.isEmpty else { return }
        let map = told.filter { !$0.code.isEmpty }
        guard otherwise != nil || map.contains(where: { $0.value != $0.code }) else {
            return change(field, .string(column))
        }
        var rule: JSONObject = ["column": .string(column)]
        rule["map"] = .object(JSONObject(members: map.map { ($0.value, .string($0.code)) }))
        rule["otherwise"] = otherwise.map(JSON.string)
        change(field, .object(rule))
    }

    private mutating func change(_ field: ImportField, _ rule: JSON?) {
        var fields = mapping["fields"]?.object ?? JSONObject()
        fields[field.rawValue] = rule
        mapping["fields"] = .object(fields)
    }

    /// What the first row of the file becomes by the mapping, field by field; empty where there is no mapping, or no row.
    func first(_ mapping: ImportMapping) -> [(field: ImportField, value: Label)] {
        guard let values = sample.values.first else { return [] }
        let places = Dictionary(sample.columns.enumerated().map { ($1, $0) }) { first, _ in first }
        let row = ImportRow.csv(places: places, fields: values)
        return ImportField.allCases.compactMap { field -> (field: ImportField, value: Label)? in
            if let constant = mapping.constants[field] { return (field, Label(constant)) }
            do throws(ImportReason) {
                switch try mapping.fields[field]?.value(in: row) {
                case .text(let text)?: return (field, Label(text))
                case .list(let list)?: return (field, Label(list.joined(separator: ", ")))
                case nil: return nil
                }
            } catch { return (field, error.words) }
        }
    }
}
