/// One row as it came: its fields, or why it was refused.
public struct CSVRow: Sendable {
    /// 1 for the first row, usually the header; empty lines do not count.
    public let number: Int
    /// The line of the text the row begins in, as an editor counts.
    public let line: Int
    /// The byte the row begins at.
    public let offset: Int
    public let outcome: Result<[String], CSVRefusal>

    public var fields: [String]? {
        switch outcome {
        case .success(let fields): fields
        case .failure: nil
        }
    }

    public var refusal: CSVRefusal? {
        switch outcome {
        case .success: nil
        case .failure(let refusal): refusal
        }
    }
}
