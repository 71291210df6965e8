import Appeals
import CanonicalJSON
import Desk
import Replication

/// One call of a command: where, with what came through the entrance, in which language.
struct Call {
    let context: CommandContext
    let entered: Entered
    let language: Language
    let command: String

    var arguments: JSONObject { entered.values }
    /// The use cases, for who asks: whoever proved it, or whom `--as` names.
    var desk: Desk { Desk(context.place, context.who ?? Who(typed: text("as")), asking: context.asking) }
    var now: Int64 { desk.now }
    var today: CivilDate { desk.today }
    var isOffice: Bool { desk.isOffice }
    var isVerbose: Bool { flag("verbose") }

    func say(_ uk: String, _ en: String) -> String { language == .ukrainian ? uk : en }
    func say(_ label: Label) -> String { label.text(language) }
    func say(_ sentence: Sentence) -> String { sentence.text(language) }

    func text(_ name: String) -> String? { arguments[name]?.string }
    func list(_ name: String) -> [String] { (arguments[name]?.array ?? []).compactMap(\.string) }
    func flag(_ name: String) -> Bool { arguments[name]?.bool ?? false }

    /// A value that the command's table says is required.
    func required(_ name: String) throws(DeskError) -> String {
        guard let value = text(name), !value.isEmpty else {
            throw .usage("missingOption", uk: "бракує --\(name)", en: "--\(name) is missing")
        }
        return value
    }

    /// Rows of a page.
    func limit() throws(DeskError) -> Int { try Commands.limit(arguments) }

    /// A day as it was typed; `today` stands for today in Kyiv.
    func date(_ name: String) throws(DeskError) -> CivilDate? {
        guard let text = text(name) else { return nil }
        return try desk.entrance.date(text, .input(name))
    }

    /// A moment as it was typed, in milliseconds of Unix time.
    func instant(_ name: String) throws(DeskError) -> Int64? {
        guard let text = text(name) else { return nil }
        return try desk.entrance.moment(text, .input(name))
    }

    /// What a term is counted by; a month if nothing is said.
    func basis() throws(DeskError) -> DeadlineBasis {
        guard let text = text("basis") else { return .month }
        return try desk.entrance.basis(text, .input("basis"))
    }

    /// Telephones, one or several.
    func phones(_ name: String) throws(DeskError) -> [PhoneNumber] {
        var phones: [PhoneNumber] = []
        for text in all(name) { phones.append(try desk.entrance.phone(text, .input(name))) }
        return phones
    }

    /// Addresses of e-mail, one or several.
    func emails(_ name: String) throws(DeskError) -> [EmailAddress] {
        var emails: [EmailAddress] = []
        for text in all(name) { emails.append(try desk.entrance.email(text, .input(name))) }
        return emails
    }

    /// How somebody is called.
    func personName(_ name: String) throws(DeskError) -> PersonName? {
        guard let text = text(name) else { return nil }
        return try desk.entrance.personName(text, .input(name))
    }

    private func all(_ name: String) -> [String] { text(name).map { [$0] } ?? list(name) }

    /// A value that must be one of the codes.
    func code<Code: RawRepresentable & CaseIterable>(_ name: String, _ type: Code.Type) throws(DeskError) -> Code?
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

    func parsed(_ name: String) throws(DeskError) -> JSON? {
        guard let text = text(name) else { return nil }
        do { return try JSON(parsing: Array(text.utf8), limits: .general) } catch {
            throw .usage("wrongJSON", uk: "--\(name): це не JSON: \(error)", en: "--\(name): not JSON: \(error)")
        }
    }

    /// A code that the command's table says is required.
    func requiredCode<Code: RawRepresentable & CaseIterable>(
        _ name: String,
        _ type: Code.Type
    ) throws(DeskError) -> Code
    where Code.RawValue == String {
        guard let code = try code(name, type) else {
            throw .usage("missingOption", uk: "бракує --\(name)", en: "--\(name) is missing")
        }
        return code
    }

    // MARK: what operands and options name

    /// The appeal that the operand names; refused with what to do if there is none.
    func shownAppeal(_ reading: any StoreReading) throws -> ShownAppeal {
        try desk.shownAppeal(try required("appeal"), reading)
    }

    /// Which assignment of which appeal the operand and `--assignment` name.
    func target() throws(DeskError) -> AssignmentTarget {
        AssignmentTarget(appeal: try required("appeal"), assignment: text("assignment"))
    }
}
