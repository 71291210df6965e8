import Appeals

extension ImportedCard {
    /// Reads a value in the form its field needs.
    package mutating func set(_ field: ImportField, _ value: ImportValue, rule: ImportRule?) throws(ImportReason) {
        switch field {
        case .coDepartments, .complainedAgainst: try setList(field, value)
        case .channel, .kind, .receiptSign, .subjectType, .sex, .addressee, .replyChannel, .deadlineBasis,
            .registrationIndex, .heading, .category, .socialStatus, .department, .state, .result:
            try setCode(field, Self.text(value, field))
        case .receivedAt, .registeredOn, .externalReceivedOn, .expectedStatutory, .expectedControl, .expectedCap,
            .closedOn:
            try setDate(field, Self.text(value, field), rule)
        case .privileged: isPrivileged = try Self.flag(value, field)
        case .confidential: isConfidential = try Self.flag(value, field)
        case .onControl: isOnControl = try Self.flag(value, field)
        case .signatories:
            guard let count = Int(try Self.text(value, field)), (1...1_000_000).contains(count) else {
                throw ImportReason(
                    Label(
                        uk: "signatories — не число від 1 до 1000000",
                        en: "signatories is no number from 1 to 1000000"
                    )
                )
            }
            signatories = count
        case .lastName, .firstName, .patronymic, .address, .phone, .email, .workplace, .homeNode, .problemAddress,
            .district, .text, .resolutionText, .resolutionAuthor, .externalSystem, .externalNumber,
            .consultationExplanation, .consultationReferredTo:
            try setText(field, try Self.text(value, field))
        }
    }

    /// Values of a file come in as those that people type; `today` is no day there.
    private static let entrance = Entrance(today: nil)

    private static func entered<Value>(_ enter: () throws(DeskError) -> Value) throws(ImportReason) -> Value {
        do throws(DeskError) { return try enter() } catch { throw ImportReason(error) }
    }

    private mutating func setText(_ field: ImportField, _ typed: String) throws(ImportReason) {
        let name = EntranceField.named(field.rawValue)
        let value = try Self.entered { () throws(DeskError) in
            try Self.entrance.enter(typed, as: field.input, into: name)
        }
        switch field {
        case .lastName: lastName = value
        case .firstName: firstName = value
        case .patronymic: patronymic = value
        case .address: address = value
        case .phone: phone = PhoneNumber(typed: value)
        case .email: email = EmailAddress(typed: value)
        case .workplace: workplace = value
        case .homeNode: homeNode = value
        case .problemAddress: problemAddress = value
        case .district: district = value
        case .text: text = value
        case .resolutionText: resolutionText = value
        case .resolutionAuthor: resolutionAuthor = value
        case .externalSystem: externalSystem = value
        case .externalNumber: externalNumber = value
        case .consultationExplanation: consultationExplanation = value
        case .consultationReferredTo: consultationReferredTo = value
        default: preconditionFailure("the field \(field.rawValue) is no text; set(_:_:rule:) sorts them")
        }
    }

    private mutating func setCode(_ field: ImportField, _ typed: String) throws(ImportReason) {
        let classifier = Classifier.initial
        let text = Self.named(typed, field)
        switch field {
        case .channel: channel = try Self.code(Channel.self, text, field)
        case .kind: kind = try Self.code(AppealKind.self, text, field)
        case .receiptSign: receiptSign = try Self.code(ReceiptSign.self, text, field)
        case .subjectType: subjectType = try Self.code(SubjectType.self, text, field)
        case .sex: sex = try Self.code(Sex.self, text, field)
        case .addressee: addressee = try Self.code(Addressee.self, text, field)
        case .replyChannel: replyChannel = try Self.code(ReplyPreference.self, text, field)
        case .deadlineBasis: deadlineBasis = try Self.known(DeadlineBasis(code: text), text, field)
        case .registrationIndex: registrationIndex = try Self.known(RegistrationIndex(typed: text), text, field)
        case .heading: heading = try Self.known(Classifier.code(of: text, in: classifier.headings), text, field)
        case .category: category = try Self.known(Classifier.code(of: text, in: classifier.categories), text, field)
        case .socialStatus:
            socialStatus = try Self.known(Classifier.code(of: text, in: classifier.socialStatuses), text, field)
        case .department: department = text
        case .state: state = try Self.code(State.self, text, field)
        case .result: result = try Self.code(IssueResult.self, text, field)
        default: preconditionFailure("the field \(field.rawValue) has no codes; set(_:_:rule:) sorts them")
        }
    }

    private mutating func setDate(_ field: ImportField, _ text: String, _ rule: ImportRule?) throws(ImportReason) {
        let form = rule?.dateForm ?? field.usualDateForm ?? .isoDate
        if field == .receivedAt {
            receivedAt = try Self.instant(text, form, rule?.zone ?? .kyiv)
            return
        }
        let date = try Self.date(text, form, rule?.zone ?? .kyiv, field)
        switch field {
        case .registeredOn: registeredOn = date
        case .externalReceivedOn: externalReceivedOn = date
        case .expectedStatutory: expectedStatutory = date
        case .expectedControl: expectedControl = date
        case .expectedCap: expectedCap = date
        case .closedOn: closedOn = date
        default: preconditionFailure("the field \(field.rawValue) is no date; set(_:_:rule:) sorts them")
        }
    }

    private mutating func setList(_ field: ImportField, _ value: ImportValue) throws(ImportReason) {
        let list: [String]
        switch value {
        case .text(let text): list = [text]
        case .list(let texts): list = texts
        }
        guard list.count <= 64, list.allSatisfy({ $0.utf8.count <= field.longest }) else {
            throw ImportReason(
                Label(
                    uk: "\(field.rawValue): понад 64 елементи або елемент довший за \(field.longest) байтів",
                    en: "\(field.rawValue) has more than 64 items or an item over \(field.longest) bytes"
                )
            )
        }
        if field == .coDepartments { coDepartments = list } else { complainedAgainst = list }
    }

    private static func text(_ value: ImportValue, _ field: ImportField) throws(ImportReason) -> String {
        guard case .text(let text) = value else {
            throw ImportReason(
                Label(
                    uk: "\(field.rawValue) — список; дайте одне значення",
                    en: "\(field.rawValue) is a list; give one value"
                )
            )
        }
        guard text.utf8.count <= field.longest else {
            throw ImportReason(
                Label(
                    uk: "\(field.rawValue): байтів \(text.utf8.count), а може бути щонайбільше \(field.longest)",
                    en: "\(field.rawValue) has \(text.utf8.count) bytes; at most \(field.longest)"
                )
            )
        }
        guard !text.utf8.contains(0) else {
            throw ImportReason(
                Label(
                    uk: "\(field.rawValue) містить нульовий знак; приберіть його",
                    en: "\(field.rawValue) has a zero character; remove it"
                )
            )
        }
        return text
    }

    private static func flag(_ value: ImportValue, _ field: ImportField) throws(ImportReason) -> Bool {
        switch try text(value, field) {
        case "true": true
        case "false": false
        default:
            throw ImportReason(
                Label(
                    uk: "\(field.rawValue) — ні true, ні false; зведіть значення до цих двох",
                    en: "\(field.rawValue) is neither true nor false; map its values to these"
                )
            )
        }
    }

    /// The code that words of a list name, in either language; else what was typed.
    private static func named(_ typed: String, _ field: ImportField) -> String {
        guard case .code(let codes) = field.input else { return typed }
        do throws(DeskError) { return try entrance.code(typed, of: codes, .named(field.rawValue)) } catch {
            return typed
        }
    }

    /// One of few codes, which a refusal names.
    private static func code<Code: RawRepresentable & CaseIterable>(
        _ type: Code.Type,
        _ text: String,
        _ field: ImportField
    ) throws(ImportReason) -> Code where Code.RawValue == String {
        guard let code = Code(rawValue: text) else {
            let codes = Code.allCases.map(\.rawValue).joined(separator: ", ")
            throw ImportReason(
                Label(
                    uk: "\(field.rawValue) \"\(text.prefix(60))\" невідоме; зведіть до одного з: \(codes)",
                    en: "\(field.rawValue) \"\(text.prefix(60))\" is not known; map it to one of \(codes)"
                )
            )
        }
        return code
    }

    private static func known<Value>(
        _ value: Value?,
        _ text: String,
        _ field: ImportField
    ) throws(ImportReason) -> Value {
        guard let value else {
            throw ImportReason(
                Label(
                    uk: "\(field.rawValue) \"\(text.prefix(60))\" невідоме; зведіть до відомого коду",
                    en: "\(field.rawValue) \"\(text.prefix(60))\" is not known; map it to a code that is"
                )
            )
        }
        return value
    }

    private static func instant(
        _ text: String,
        _ form: WrittenTime.Form,
        _ zone: ImportZone
    ) throws(ImportReason) -> Int64 {
        if let instant = WrittenTime.moment(text, form, zone) { return instant }
        throw ImportReason(
            Label(
                uk: "receivedAt \"\(text.prefix(60))\" — не час виду \(form.rawValue), як \(form.example)",
                en: "receivedAt \"\(text.prefix(60))\" is no time of the form \(form.rawValue), such as \(form.example)"
            )
        )
    }

    private static func date(
        _ text: String,
        _ form: WrittenTime.Form,
        _ zone: ImportZone,
        _ field: ImportField
    ) throws(ImportReason) -> CivilDate {
        if let date = WrittenTime.day(text, form, zone) { return date }
        throw ImportReason(
            Label(
                uk: "\(field.rawValue) \"\(text.prefix(60))\" — не день виду \(form.rawValue), як \(form.example)",
                en:
                    "\(field.rawValue) \"\(text.prefix(60))\" is no day of the form \(form.rawValue), such as \(form.example)"
            )
        )
    }
}
