import Appeals
import CanonicalJSON
import Replication

/// One call of a command: where, with what, in which language.
struct Call {
    let context: CommandContext
    let arguments: JSONObject
    let language: Language
    let command: String

    var now: Int64 { context.now() }
    var today: CivilDate { Today.date(now) }
    var isOffice: Bool { context.role == .office }
    var isVerbose: Bool { flag("verbose") }

    func say(_ uk: String, _ en: String) -> String { language == .ukrainian ? uk : en }
    func say(_ label: Label) -> String { label.text(language) }

    func text(_ name: String) -> String? { arguments[name]?.string }
    func list(_ name: String) -> [String] { (arguments[name]?.array ?? []).compactMap(\.string) }
    func flag(_ name: String) -> Bool { arguments[name]?.bool ?? false }

    /// A value that the command's table says is required.
    func required(_ name: String) throws(CommandError) -> String {
        guard let value = text(name), !value.isEmpty else {
            throw .usage("missingOption", uk: "бракує --\(name)", en: "--\(name) is missing")
        }
        return value
    }

    func number(_ name: String, default standing: Int64, in range: ClosedRange<Int64>) throws(CommandError) -> Int64 {
        let value = arguments[name]?.integer ?? standing
        guard range.contains(value) else {
            throw .usage(
                "wrongNumber",
                uk: "--\(name) має бути від \(range.lowerBound) до \(range.upperBound)",
                en: "--\(name) must be \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return value
    }

    /// Rows of a page.
    func limit() throws(CommandError) -> Int { Int(try number("limit", default: 50, in: 1...500)) }

    /// A day as `2026-05-14` or `14.05.2026`; `today` stands for today in Kyiv.
    func date(_ name: String) throws(CommandError) -> CivilDate? {
        guard let text = text(name) else { return nil }
        if text == "today" { return today }
        guard let date = CivilDate(text) ?? CivilDate(dotted: text) else {
            throw .usage(
                "wrongDate",
                uk: "--\(name) \(text): немає такого дня; приклад: 2026-05-14",
                en: "--\(name) \(text): there is no such day; example: 2026-05-14"
            )
        }
        return date
    }

    /// A value that must be one of the codes.
    func code<Code: RawRepresentable & CaseIterable>(_ name: String, _ type: Code.Type) throws(CommandError) -> Code?
    where Code.RawValue == String {
        guard let text = text(name) else { return nil }
        guard let code = Code(rawValue: text) else {
            let known = Code.allCases.map(\.rawValue).joined(separator: ", ")
            throw .usage(
                "unknownCode",
                uk: "--\(name) \(text): вкажіть одне з \(known)",
                en: "--\(name) \(text): give one of \(known)"
            )
        }
        return code
    }

    func parsed(_ name: String) throws(CommandError) -> JSON? {
        guard let text = text(name) else { return nil }
        do { return try JSON(parsing: Array(text.utf8), limits: .general) } catch {
            throw .usage("wrongJSON", uk: "--\(name): це не JSON: \(error)", en: "--\(name): not JSON: \(error)")
        }
    }
}
