import Appeals
import Desk

/// What fields of cards can be told to be.
struct MappingChoices {
    /// Longer lists are not offered for all cards at once.
    static let fewest = 60

    let departments: [FormChoice]
    let language: Language

    /// The values of a field; none where it is free.
    func of(_ field: ImportField) -> [FormChoice] {
        if field == .department { return departments }
        return field.input.codes.map { FormChoice($0.code, $0.label.text(language).capitalizedFirst) }
    }

    /// The value that the words of a column are already.
    func known(_ field: ImportField, _ value: String) -> String? {
        let folded = value.lowercased()
        return of(field).first { $0.value == value || $0.label.lowercased() == folded }?.value
    }
}
