import Appeals
import CanonicalJSON
import Desk

/// The rows of a resolution: departments, as what each gets the appeal, with which of its issues, until when.
struct Executors: Sendable {
    struct Row: Sendable, Equatable {
        var department = ""
        var role = "co"
        /// Numbers of issues; empty: all.
        var issues: [String] = []
        /// A day, as it is typed; empty: the term of all.
        var term = ""
    }

    /// What is wrong with a row, and at which of its fields.
    struct Fault: Sendable, Equatable {
        let row: Int
        var field = "department"
        let words: Label
    }

    static let roles = ["main", "co", "inform"]
    /// Rows that a form begins with, and has at most.
    static let first = 3, most = 20

    var rows: [Row]

    /// An empty form: the first row is the main executor's.
    init() {
        rows = (0..<Self.first).map { Row(role: $0 == 0 ? "main" : "co") }
    }

    /// What was sent.
    init(_ body: FormBody) {
        let count = (1...Self.most).last { body.has("department.\($0)") } ?? 0
        rows = (1...Swift.max(1, count)).map { number in
            Row(
                department: body.value("department.\(number)") ?? "",
                role: body.value("role.\(number)") ?? "co",
                issues: body.values("issues.\(number)"),
                term: body.value("term.\(number)") ?? ""
            )
        }
    }

    mutating func add() { if rows.count < Self.most { rows.append(Row()) } }

    private func departments(_ role: String) -> [String] {
        rows.filter { $0.role == role && !$0.department.isEmpty }.map(\.department)
    }

    /// What is wrong with the rows, of the row that it is about.
    func fault(locked: Set<String>, _ entrance: Entrance) -> Fault? {
        let given = rows.filter { !$0.department.isEmpty }
        if given.isEmpty {
            return Fault(
                row: 0,
                words: Label(uk: "Виберіть хоча б одного виконавця", en: "Choose at least one executor")
            )
        }
        for (place, row) in rows.enumerated() where !row.department.isEmpty {
            if locked.contains(row.department) {
                return Fault(
                    row: place,
                    words: Label(
                        uk: "Додати не можна: на нього скаржаться (ст. 7)",
                        en: "Cannot be added: the complaint is about it (Art. 7)"
                    )
                )
            }
            if rows[..<place].contains(where: { $0.department == row.department }) {
                return Fault(
                    row: place,
                    words: Label(uk: "Цей підрозділ уже є вище", en: "This department stands above already")
                )
            }
            if row.role == "main", rows[..<place].contains(where: { $0.role == "main" && !$0.department.isEmpty }) {
                return Fault(
                    row: place,
                    words: Label(uk: "Відповідальний виконавець – один", en: "There is one main executor")
                )
            }
            if !row.term.isEmpty, day(row.term, entrance) == nil {
                let words = Label(uk: "Вкажіть день: 14.05.2026", en: "Give a day: 14.05.2026")
                return Fault(row: place, field: "term", words: words)
            }
        }
        return nil
    }

    private func day(_ typed: String, _ entrance: Entrance) -> CivilDate? {
        do throws(DeskError) { return try entrance.date(typed, .input("term")) } catch { return nil }
    }

    /// Adds them to the arguments of the row, once nothing is wrong with them.
    func add(to arguments: inout JSONObject) {
        if let main = departments("main").first { arguments["main"] = .string(main) }
        for role in ["co", "inform"] {
            let departments = departments(role)
            if !departments.isEmpty { arguments[role] = .array(departments.map(JSON.string)) }
        }
        let issues = rows.filter { !$0.department.isEmpty && !$0.issues.isEmpty }
        if !issues.isEmpty {
            arguments["issues"] = .array(issues.map { .string($0.department + "=" + $0.issues.joined(separator: ",")) })
        }
        let terms = rows.filter { !$0.department.isEmpty && !$0.term.isEmpty }
        if !terms.isEmpty { arguments["term-of"] = .array(terms.map { .string($0.department + "=" + $0.term) }) }
    }
}
