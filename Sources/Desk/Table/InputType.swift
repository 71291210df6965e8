package import Appeals

/// Of which type the value of an operand or an option is, for every face.
package enum InputType: Sendable, Equatable {
    /// Given or not.
    case flag
    /// Words, at most so many bytes of UTF-8.
    case text(longest: Int)
    case number(ClosedRange<Int64>)
    /// One of these; nothing else is taken.
    case code([InputCode])
    case date, moment, days
    /// What describes a person: a telephone, an e-mail address, a name, and where something is.
    case phone, email, personName, place
    /// What is looked for: words, names, numbers.
    case query
    /// What a term is counted by.
    case basis
    /// What is there already and is named.
    case appeal, assignment, version, write, change, disagreement, trayItem, index, mark
    case person, department, node, key
    /// Who acts, and in which role if they have several.
    case actor
    /// Whom a complaint is about.
    case complainedAgainst
    /// Two values joined by `=`.
    case correction, issueResult, issuesOfDepartment, termOfDepartment
    /// Where a service listens or is reached.
    case address, host
    /// A text file whose contents the act gets, at most so many bytes.
    case contents(longest: Int)
    /// Paths that only the program at the terminal uses.
    case register, file, directory, program

    /// One line of words, as long as a field of an operation may be.
    package static let string = text(longest: Limits.string)
    /// Words of any number of lines.
    package static let words = text(longest: Limits.text)

    /// A whole number of bytes that a form or an endpoint takes in one file.
    package static let longestFile = 60 << 20
    /// How many rows a page of a list may have.
    package static let rowsOfPage: ClosedRange<Int64> = 1...500

    /// How many minutes an invitation, or the permission to renew a certificate, may be good for: two weeks at most.
    package static let minutesOfPermission: ClosedRange<Int64> = 1...20_160
}

extension InputType {
    /// The type of a field of an operation; nil if people do not type it as it is.
    package init?(_ type: FieldType) {
        switch type {
        case .text: self = .text(longest: Limits.text)
        case .string, .address: self = .text(longest: Limits.string)
        case .identifier: self = .text(longest: Limits.identifier)
        case .integer(let range): self = .number(range)
        case .bool: self = .flag
        case .date: self = .date
        case .moment: self = .moment
        case .array(let element): self.init(element)
        case .code, .write, .party, .object, .corrections, .any: return nil
        }
    }

    /// The type of the field that a value of this one goes into: beside texts, what is written into one as it is.
    package var carried: InputType {
        switch self {
        case .phone, .email, .personName, .place: .string
        default: self
        }
    }

    /// The values to choose from, if there are such.
    package var codes: [InputCode] {
        switch self {
        case .code(let codes): codes
        case .basis: [DeadlineBasis.month, .fifteenDays].map { InputCode($0.code, $0.label) }
        default: []
        }
    }

    /// The most bytes that a value may have, where they are limited.
    package var longest: Int? {
        switch self {
        case .text(let longest), .contents(let longest): longest
        case .person, .department, .node: Limits.identifier
        case .phone, .personName, .place, .query: Limits.string
        case .email: EmailAddress.longest
        case .index, .assignment, .version, .write, .change, .appeal, .disagreement, .complainedAgainst: Limits.string
        default: nil
        }
    }

    /// What is wanted, in words.
    package var label: Label {
        switch self {
        case .flag: Label(uk: "прапорець", en: "a flag")
        case .text: Label(uk: "текст", en: "text")
        case .number(let range):
            Label(
                uk: "число від \(range.lowerBound) до \(range.upperBound)",
                en: "a number, \(range.lowerBound) to \(range.upperBound)"
            )
        case .code: Label(uk: "одне з переліку", en: "one of a list")
        case .date: Label(uk: "день: 2026-05-14, 14.05.2026 або today", en: "a day: 2026-05-14, 14.05.2026 or today")
        case .moment:
            Label(
                uk: "час: 2026-05-14T09:30:00 або 14.05.2026 9:30",
                en: "a time: 2026-05-14T09:30:00 or 14.05.2026 9:30"
            )
        case .phone: Label(uk: "телефон: +380561234567", en: "a telephone: +380561234567")
        case .email: Label(uk: "адреса ел. пошти", en: "an e-mail address")
        case .personName: Label(uk: "прізвище, ім'я, по батькові", en: "surname, name, patronymic")
        case .place: Label(uk: "адреса: вул. Спаська, 5", en: "an address: a street and a house")
        case .query:
            Label(
                uk: "номер, прізвище, адреса, телефон або слова",
                en: "a number, a name, an address, a telephone or words"
            )
        case .days: Label(uk: "дні: 7d або 7", en: "days: 7d or 7")
        case .basis:
            Label(
                uk: "month, fifteenDays, shortened:N або external:РРРР-ММ-ДД",
                en: "month, fifteenDays, shortened:N or external:YYYY-MM-DD"
            )
        case .contents:
            Label(uk: "текстовий файл", en: "a text file")
        case .register: Label(uk: "файл реєстру", en: "a file of a register")
        case .file: Label(uk: "файл", en: "a file")
        case .directory: Label(uk: "каталог", en: "a directory")
        case .program: Label(uk: "програма", en: "a program")
        case .address: Label(uk: "адреса", en: "an address")
        case .host: Label(uk: "ім'я або адреса машини", en: "a name or an address of a machine")
        default: named
        }
    }

    /// What is named because it is there already.
    private var named: Label {
        switch self {
        case .appeal: Label(uk: "звернення: індекс, id або його початок", en: "an appeal: index, id or its beginning")
        case .assignment: Label(uk: "доручення: назва або підрозділ", en: "an assignment: its name or its department")
        case .version: Label(uk: "редакція відповіді", en: "a version of an answer")
        case .write: Label(uk: "операція: zhkg#5b1e90c2:12", en: "an operation: zhkg#5b1e90c2:12")
        case .change: Label(uk: "звернення або операція", en: "an appeal or an operation")
        case .disagreement: Label(uk: "розбіжність", en: "a case")
        case .trayItem: Label(uk: "номер у лотку", en: "a number in the tray")
        case .index: Label(uk: "реєстраційний індекс", en: "a registration index")
        case .mark: Label(uk: "позначка попередньої сторінки", en: "the mark of the former page")
        case .person: Label(uk: "id працівника", en: "a person's id")
        case .department: Label(uk: "підрозділ: id або код", en: "a department: its id or code")
        case .node: Label(uk: "id вузла", en: "a node's id")
        case .key: Label(uk: "початок ключа, шістнадцятковий", en: "the beginning of a key, hexadecimal")
        case .actor: Label(uk: "id працівника і, якщо треба, роль", en: "a person's id and, if needed, a role")
        case .complainedAgainst:
            Label(
                uk: "підрозділ чи працівник; інші — outside:ТЕКСТ",
                en: "a department or a person; others are outside:TEXT"
            )
        case .correction: Label(uk: "поле=значення", en: "field=value")
        case .issueResult: Label(uk: "питання=результат", en: "issue=result")
        case .issuesOfDepartment: Label(uk: "підрозділ=питання,питання", en: "department=issue,issue")
        case .termOfDepartment: Label(uk: "підрозділ=день", en: "department=day")
        default: Label("")
        }
    }

    /// How long or how large it may be, in words; empty where nothing is to say.
    package var limit: Label {
        guard let longest else { return Label("") }
        if longest >= 1 << 20 { return Label(uk: "до \(longest >> 20) МіБ", en: "up to \(longest >> 20) MiB") }
        if longest >= 1 << 10 { return Label(uk: "до \(longest >> 10) КіБ", en: "up to \(longest >> 10) KiB") }
        return Label(uk: "до \(longest) байтів", en: "up to \(longest) bytes")
    }
}

extension ClosedRange<Int64> {
    /// The number itself, or the end of the range that is next to it.
    package func nearest(_ number: Int64) -> Int64 { Swift.min(Swift.max(number, lowerBound), upperBound) }
}
