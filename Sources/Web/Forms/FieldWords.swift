import Appeals
import Commands
import Desk

/// What a clerk reads before a field, in the words of the glossary.
enum FieldWords {
    /// The label of an input of a row; the words of the table where there are no others.
    static func label(_ row: UseCase, _ input: UseCase.Input) -> Label {
        let label = ofRows[row.name + "/" + input.name] ?? ofInputs[input.name] ?? input.summary.label
        return Label(uk: label.uk.capitalizedFirst, en: label.en.capitalizedFirst)
    }

    /// What stands under the label; nil where the label says it all.
    static func hint(_ row: UseCase, _ input: UseCase.Input) -> Label? {
        if let hint = hints[row.name + "/" + input.name] { return hint }
        switch input.type {
        case .date: return Label(uk: "День, місяць, рік: 14.05.2026", en: "Day, month, year: 14.05.2026")
        case .moment: return Label(uk: "День і час: 14.05.2026 9:30", en: "Day and time: 14.05.2026 9:30")
        case .phone: return Label(uk: "Один номер із кодом", en: "One number with its code")
        default: return nil
        }
    }

    // Looked up, never iterated.
    private static let ofInputs: [String: Label] = [
        "assignment": Label(uk: "Доручення", en: "Assignment"),
        "author": Label(uk: "Хто вирішив", en: "Who decided"),
        "basis": Label(uk: "Строк", en: "Term"),
        "by": Label(uk: "Як", en: "How"),
        "case": Label(uk: "Розбіжність", en: "Disagreement"),
        "choose": Label(uk: "Рішення", en: "Decision"),
        "date": Label(uk: "Коли", en: "When"),
        "document": Label(uk: "Вид документа", en: "Kind of document"),
        "email": Label(uk: "Електронна пошта", en: "E-mail"),
        "ground": Label(uk: "Підстава за законом", en: "Ground in law"),
        "held": Label(uk: "Робота, що очікує рішення", en: "Work that waits"),
        "issue-result": Label(uk: "Результат", en: "Result"),
        "note": Label(uk: "Примітка", en: "Note"),
        "number": Label(uk: "Вихідний номер", en: "Outgoing number"),
        "person": Label(uk: "Хто виконуватиме", en: "Who will do it"),
        "phone": Label(uk: "Телефон", en: "Phone"),
        "preliminary": Label(uk: "Проміжна відповідь, а не остаточна", en: "A preliminary answer, not the final one"),
        "reason": Label(uk: "Причина", en: "Reason"),
        "received": Label(uk: "Коли надійшло насправді", en: "When it came indeed"),
        "register": Label(uk: "За яким реєстром чи журналом", en: "By which register or journal"),
        "result": Label(uk: "Результат", en: "Result"),
        "suggested": Label(uk: "Хто міг би виконати", en: "Who might do it"),
        "to": Label(uk: "Кому", en: "To whom"),
        "version": Label(uk: "Редакція відповіді", en: "Version of the answer"),
        "words": Label(uk: "Слова заявника", en: "The applicant’s words"),
    ]

    private static let ofRows: [String: Label] = [
        "resolution issue/text": Label(uk: "Текст резолюції", en: "Text of the resolution"),
        "resolution issue/term": Label(uk: "Строк для всіх виконавців", en: "Term of all executors"),
        "answer draft/text": Label(uk: "Текст листа", en: "Text of the letter"),
        "answer dispatch/by": Label(uk: "Як надіслано", en: "How it was sent"),
        "answer dispatch/date": Label(uk: "Коли надіслано", en: "When it was sent"),
        "answer return/reason": Label(uk: "Що доопрацювати", en: "What to rework"),
        "appeal correct/reason": Label(uk: "Чому виправлено", en: "Why it is corrected"),
        "appeal explain/by": Label(uk: "Як роз’яснено", en: "How it was explained"),
        "appeal explain/text": Label(uk: "Що роз’яснено", en: "What was explained"),
        "appeal forward/to": Label(uk: "Якому органу чи кому", en: "To which body, or to whom"),
        "appeal note/text": Label(uk: "Текст примітки", en: "Text of the note"),
        "appeal return/reason": Label(uk: "Що роз’яснено заявникові", en: "What the applicant is told"),
        "assignment decline/reason": Label(uk: "Чому не в компетенції", en: "Why it is not in competence"),
        "control put/reason": Label(uk: "Підстава", en: "Ground"),
        "control remove/basis": Label(uk: "Підстава зняття", en: "Ground of the removal"),
        "control return/reason": Label(uk: "Чому повернути", en: "Why it returns"),
        "document add/date": Label(uk: "Дата документа", en: "Date of the document"),
        "document add/number": Label(uk: "Номер документа", en: "Number of the document"),
        "feedback add/date": Label(uk: "Коли говорили", en: "When you spoke"),
        "feedback add/how": Label(uk: "Як говорили", en: "How you spoke"),
        "receipt correct/reason": Label(uk: "Підстава: акт, штамп, рішення", en: "Ground: an act, a stamp, a decision"),
        "term extend/by": Label(uk: "Хто вирішив", en: "Who decided"),
        "term extend/decided": Label(uk: "Коли вирішено", en: "When it was decided"),
        "term extend/to": Label(uk: "Новий строк", en: "New due date"),
    ]

    private static let hints: [String: Label] = [
        "assignment decline/suggested": Label(
            uk: "Орган чи підрозділ, до чиєї компетенції належить",
            en: "The body or department whose competence it is"
        ),
        "term extend/to": Label(
            uk: "Не далі 45 днів від надходження: 14.05.2026",
            en: "Within 45 days of receipt: 14.05.2026"
        ),
        "appeal note/text": Label(
            uk: "Бачать лише працівники; у відповідь не потрапляє",
            en: "Staff only; it never gets into an answer"
        ),
        "receipt correct/received": Label(
            uk: "День і час: 14.05.2026 9:30. Строк перерахується.",
            en: "Day and time: 14.05.2026 9:30. The term is counted anew."
        ),
        "contact add/phone": Label(
            uk: "Телефон або пошта, щось одне досить",
            en: "A phone or an e-mail, one is enough"
        ),
    ]
}
