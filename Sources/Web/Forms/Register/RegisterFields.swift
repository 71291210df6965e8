import Appeals
import Desk

/// The fields of a registration, in the order in which a conversation goes.
struct RegisterFields {
    let isOffice: Bool
    let language: Language
    /// How many issues the form asks for.
    let issues: Int

    /// Issues of one card at most.
    static let mostIssues = 9

    /// Who calls.
    var caller: [FormField] {
        [
            field("phone", Label(uk: "Телефон", en: "Phone"), .line(mode: "tel"), "c3"),
            required(
                field(
                    "name",
                    Label(uk: "Прізвище, ім’я, по батькові", en: "Surname, name, patronymic"),
                    .line(mode: nil),
                    "c5"
                )
            ),
            field("email", Label(uk: "Електронна пошта", en: "E-mail"), .line(mode: "email"), "c4"),
            field("address", Label(uk: "Адреса проживання", en: "Address"), .line(mode: nil), "c5"),
            field("category", Label(uk: "Категорія", en: "Category"), codes("category"), "c4"),
            field("social-status", Label(uk: "Соціальний стан", en: "Social status"), codes("social-status"), "c3"),
        ]
    }

    /// What it is about: the words, then each issue.
    var words: FormField {
        var words = field("text", Label(uk: "Зі слів заявника", en: "In the applicant’s words"), .area(rows: 4), "c12")
        words.hint = Label(
            uk: "Прочитайте вголос: після реєстрації текст не змінюється, його лише доповнюють.",
            en: "Read it aloud: after the registration the text does not change, it is only added to."
        )
        words.isVoice = true
        return required(words)
    }

    /// The fields of one issue.
    func issue(_ number: Int) -> [FormField] {
        [
            field("question", Label(uk: "Питання \(number)", en: "Issue \(number)"), .line(mode: nil), "c7", number),
            required(
                field("heading", Label(uk: "Рубрика", en: "Heading"), codes("heading"), "c5", number),
                number == 1
            ),
            field("problem-address", Label(uk: "Де це", en: "Where it is"), .line(mode: nil), "c7", number),
            field("district", Label(uk: "Район", en: "District"), .line(mode: nil), "c5", number),
        ]
    }

    /// How it is considered.
    var considered: [FormField] {
        let basis = FormField(
            input("basis"),
            Label(uk: "Строк", en: "Term"),
            .select(FormBasis.allCases.map { FormChoice($0.rawValue, $0.label.text(language)) })
        )
        return [
            chosen(field("addressee", Label(uk: "На ім’я", en: "Addressed to"), codes("addressee"), "c3"), addressee),
            chosen(field("kind", Label(uk: "Вид", en: "Kind"), codes("kind"), "c3"), AppealKind.application.rawValue),
            chosen(field("sign", Label(uk: "Ознака", en: "Sign"), codes("sign"), "c3"), ReceiptSign.first.rawValue),
            chosen(placed(basis, "c3"), FormBasis.month.rawValue),
            field("reply", Label(uk: "Відповісти", en: "Answer"), codes("reply"), "c3"),
            field("priority", Label(uk: "Першочергово", en: "First of all"), .tick, "c3"),
            field(
                "confidential",
                Label(uk: "Не розголошувати дані (ст. 10)", en: "Do not disclose the data (Art. 10)"),
                .tick,
                "c6"
            ),
        ]
    }

    /// What is seldom asked for, folded.
    var rare: [FormField] {
        var detail = FormField(input("basis"), FormBasis.detail, .line(mode: nil), name: FormBasis.detailName)
        detail.hint = FormBasis.hint
        detail.isRequired = false
        var second = field("phone", Label(uk: "Другий телефон", en: "Second phone"), .line(mode: "tel"), "c4", 2)
        second.isRequired = false
        var against = field(
            "complained-against",
            Label(uk: "На кого скаржаться", en: "Who is complained against"),
            .lines(rows: 2),
            "c6"
        )
        against.hint = Label(
            uk: "Підрозділ або працівник, по одному на рядок; інших – «outside:» і назва",
            en: "A department or a person, one a line; others as outside: and the name"
        )
        var received = field("received", Label(uk: "Коли надійшло", en: "When it came"), .line(mode: nil), "c6")
        received.hint = Label(uk: "Якщо не зараз: 14.05.2026 9:30", en: "If not now: 14.05.2026 9:30")
        return [
            chosen(field("channel", Label(uk: "Звідки надійшло", en: "Where from"), codes("channel"), "c6"), channel),
            chosen(
                field("subject", Label(uk: "Хто звертається", en: "Who appeals"), codes("subject"), "c6"),
                SubjectType.individual.rawValue
            ), placed(detail, "c6"), received, second,
            field("signatories", Label(uk: "Скільки підписів", en: "How many signed"), .line(mode: "numeric"), "c4"),
            field("sex", Label(uk: "Стать", en: "Sex"), codes("sex"), "c4"),
            field("workplace", Label(uk: "Місце роботи", en: "Place of work"), .line(mode: nil), "c6"),
            field(
                "external",
                Label(uk: "Номер і дата надсилача", en: "The sender’s number and date"),
                .line(mode: nil),
                "c6"
            ),
            field("repeat-of", Label(uk: "Повторне до", en: "Repeats"), .line(mode: nil), "c6"),
            field("duplicate-of", Label(uk: "Дублетне до", en: "Duplicates"), .line(mode: nil), "c6"), against,
        ]
    }

    var all: [FormField] { caller + [words] + (1...issues).flatMap(issue) + considered + rare }

    // MARK: making them

    /// What a registration is told that this node cannot know: how it came here as a rule.
    private var channel: String { (isOffice ? Channel.mayorPhone : .departmentEmail).rawValue }
    private var addressee: String { (isOffice ? Addressee.mayor : .department).rawValue }

    /// An input of the row by its name.
    private func input(_ name: String) -> UseCase.Input {
        guard let input = UseCase.appealRegister.inputs.first(where: { $0.name == name }) else {
            preconditionFailure("a registration has no input \(name)")
        }
        return input
    }

    /// A list of the codes that an input takes.
    private func codes(_ name: String) -> FormField.Control {
        let isNumbered = ["category", "social-status", "heading"].contains(name)
        return .select(
            input(name).type.codes.map { code in
                let label = code.label.text(language).capitalizedFirst
                return FormChoice(code.code, isNumbered ? "\(code.code) \(label)" : label)
            }
        )
    }

    /// A field with its label and control.
    private func field(
        _ name: String,
        _ label: Label,
        _ control: FormField.Control,
        _ classes: String,
        _ number: Int? = nil
    ) -> FormField {
        placed(FormField(input(name), label, control, name: number.map { "\(name).\($0)" } ?? name), classes)
    }

    /// The same at a place of the grid.
    private func placed(_ field: FormField, _ classes: String) -> FormField {
        var field = field
        field.classes = classes
        return field
    }

    /// The same, required or not.
    private func required(_ field: FormField, _ isRequired: Bool = true) -> FormField {
        var field = field
        field.isRequired = isRequired
        return field
    }

    /// The same with a value that goes without saying.
    private func chosen(_ field: FormField, _ value: String) -> FormField {
        var field = field
        field.values = [value]
        field.isRequired = true
        return field
    }
}
