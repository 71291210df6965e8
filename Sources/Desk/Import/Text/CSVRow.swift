/// One row as it came: its fields, or why it was refused.
package struct CSVRow: Sendable {
    /// 1 for the first row, usually the header; empty lines do not count.
    package let number: Int
    /// The line of the text the row begins in, as an editor counts.
    package let line: Int
    /// The byte the row begins at.
    package let offset: Int
    package let outcome: Result<[String], CSVRefusal>
    /// The fields; of a refused row what a person would most likely read in it.
    package let content: [String]

    package var fields: [String]? {
        switch outcome {
        case .success(let fields): fields
        case .failure: nil
        }
    }

    package var refusal: CSVRefusal? {
        switch outcome {
        case .success: nil
        case .failure(let refusal): refusal
        }
    }
}
