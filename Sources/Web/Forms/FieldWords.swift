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
        "department add/department": Label(uk: "Ідентифікатор підрозділу", en: "The department’s id"),
        "department add/name": Label(uk: "Назва", en: "Name"),
        "department add/code": Label(uk: "Друкований код", en: "Printed code"),
        "person add/user": Label(uk: "Ідентифікатор (логін)", en: "Id (login)"),
        "person add/department": Label(uk: "Де працює", en: "Where"),
        "person add/name": Label(uk: "Прізвище, ім’я, по батькові", en: "Full name"),
        "person add/position": Label(uk: "Посада", en: "Position"),
        "person add/phone": Label(uk: "Службовий телефон", en: "Office phone"),
        "person add/keep": Label(uk: "Ролі, що лишаються після переходу", en: "Roles that stay after a move"),
        "person add/basis": Label(uk: "Підстава лишити ролі", en: "Why the roles stay"),
        "person leave/user": Label(uk: "Працівник", en: "Person"),
        "role grant/user": Label(uk: "Працівник", en: "Person"),
        "role grant/role": Label(uk: "Роль", en: "Role"),
        "role grant/department": Label(uk: "Де", en: "Where"),
        "role grant/substitution": Label(uk: "Підстава заміщення чи сумісництва", en: "Basis of acting"),
        "role grant/from": Label(uk: "Заміщення з дня", en: "Acting from"),
        "role grant/through": Label(uk: "Заміщення до дня", en: "Acting through"),
        "role revoke/user": Label(uk: "Працівник", en: "Person"),
        "role revoke/role": Label(uk: "Роль", en: "Role"),
        "role revoke/department": Label(uk: "Де", en: "Where"),
        "street put/street": Label(uk: "Ідентифікатор вулиці", en: "The street’s id"),
        "street put/type": Label(uk: "Вид", en: "Kind"),
        "street put/name": Label(uk: "Назва", en: "Name"),
        "street put/district": Label(uk: "Район", en: "District"),
        "street put/former": Label(uk: "Колишні назви, кожна з нового рядка", en: "Former names, each on a line"),
        "street put/houses": Label(
            uk: "Будинки інших районів, кожен проміжок з нового рядка",
            en: "Houses of other districts, a range on a line"
        ),
        "street import/file": Label(uk: "Таблиця вулиць", en: "Table of streets"),
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
        "invite/department": Label(uk: "Підрозділ", en: "Department"),
        "invite/name": Label(uk: "Назва нового підрозділу", en: "Name of the new department"),
        "invite/minutes": Label(uk: "Чинне, хвилин", en: "Good for, minutes"),
        "node renew/minutes": Label(uk: "Чинний, хвилин", en: "Good for, minutes"),
        "node wiped/key": Label(uk: "Чия копія, за ключем", en: "Whose copy, by its key"),
        "node distrust/reason": Label(uk: "Підстава", en: "Ground"),
        "erasure confirm/reason": Label(uk: "Підстава: акт, рішення", en: "Ground: an act, a decision"),
        "term extend/by": Label(uk: "Хто вирішив", en: "Who decided"),
        "term extend/decided": Label(uk: "Коли вирішено", en: "When it was decided"),
        "term extend/to": Label(uk: "Новий строк", en: "New due date"),
    ]

    private static let hints: [String: Label] = [
        "department add/department": Label(
            uk: "Малі латинські літери, цифри й дефіс: ubzhp. Потім не змінюється",
            en: "Lower-case letters, digits and hyphens: ubzhp. It never changes"
        ),
        "department add/code": Label(uk: "Як у вихідних номерах: УБЖП", en: "As in outgoing numbers: УБЖП"),
        "person add/user": Label(
            uk: "Малі латинські літери: petrenko. Потім не змінюється",
            en: "Lower-case letters: petrenko. It never changes"
        ),
        "person add/keep": Label(
            uk: "Підрозділ і роль: zhkg/executor; решта припиниться",
            en: "Department and role: zhkg/executor; all others end"
        ),
        "role grant/substitution": Label(
            uk: "Потрібна там, де людина не працює: наказ № 5",
            en: "Needed where the person does not work: order 5"
        ),
        "street put/street": Label(
            uk: "Малі латинські літери: stepana-tilhy. Потім не змінюється",
            en: "Lower-case letters: stepana-tilhy. It never changes"
        ),
        "street put/former": Label(
            uk: "вул. Орджонікідзе до 2016-02-19",
            en: "The kind, the name, until and the day: KIND NAME until 2016-02-19"
        ),
        "street put/houses": Label(
            uk: "1-47 непарні = Саксаганський; 60- = Покровський",
            en: "1-47 odd = DISTRICT; 60- = DISTRICT"
        ),
        "street import/file": Label(
            uk: "Вставте таблицю CSV; перший рядок – id,type,name,district,former,houses",
            en: "Paste the CSV table; its first line is id,type,name,district,former,houses"
        ),
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
        "invite/minutes": Label(
            uk: "Порожнє – скільки каже kartoteka.conf, зазвичай 10; до 20160, тобто двох тижнів",
            en: "Empty: as kartoteka.conf says, usually 10; up to 20160, two weeks"
        ),
        "node renew/minutes": Label(uk: "Порожнє – доба; до 20160", en: "Empty: a day; up to 20160"),
        "contact add/phone": Label(
            uk: "Телефон або пошта, щось одне досить",
            en: "A phone or an e-mail, one is enough"
        ),
    ]
}
