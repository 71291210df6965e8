package import Appeals

/// Words for codes that people read and the glossary does not give: kinds of operation, registers, states.
package enum Wording {
    /// Where an assignment stands.
    package static func state(_ state: AssignmentState) -> Label {
        switch state {
        case .issued: Label(uk: "видано", en: "issued")
        case .accepted: Label(uk: "прийнято до виконання", en: "accepted")
        case .declined: Label(uk: "не в компетенції", en: "declined")
        case .submitted: Label(uk: "відповідь на перевірці", en: "submitted")
        case .returned: Label(uk: "на доопрацюванні", en: "returned")
        case .done: Label(uk: "виконано", en: "done")
        case .recalled: Label(uk: "відкликано", en: "recalled")
        case .superseded: Label(uk: "замінено", en: "superseded")
        }
    }

    /// As what a department was given an appeal.
    package static func role(_ role: String) -> Label {
        switch role {
        case "main": Label(uk: "відповідальний", en: "main executor")
        case "co": Label(uk: "співвиконавець", en: "co-executor")
        case "inform": Label(uk: "до відома", en: "for information")
        default: Label(uk: role, en: role)
        }
    }

    /// Whether an appeal is on control; nil and what is unknown: it is not.
    package static func control(_ control: String?) -> Label {
        switch control {
        case "onControl": Label(uk: "на контролі", en: "on control")
        case "removed": Label(uk: "знято з контролю", en: "removed from control")
        default: Label(uk: "не на контролі", en: "not on control")
        }
    }

    /// A kind of operation, as a history names it; the code itself if it has no words.
    package static func kind(_ kind: String) -> Label { kinds[kind] ?? Label(uk: kind, en: kind) }
    /// A fact of a card; the code itself if it has no words.
    package static func fact(_ fact: String) -> Label { facts[fact] ?? Label(uk: fact, en: fact) }
    /// A register of a card by its bare name; the name itself if it has no words.
    package static func register(_ bare: String) -> Label { registers[bare] ?? Label(uk: bare, en: bare) }
    /// The rule by which a disagreement came to be; the code itself if it has no words.
    package static func rule(_ rule: String) -> Label { rules[rule] ?? Label(uk: rule, en: rule) }
    /// What a disagreement can be settled with; the code itself if it has no words.
    package static func choice(_ choice: String) -> Label { choices[choice] ?? Label(uk: choice, en: choice) }

    // Looked up, never iterated.
    private static let kinds: [String: Label] = [
        "appeal.registered": Label(uk: "Зареєстровано", en: "Registered"),
        "appeal.corrected": Label(uk: "Виправлено картку", en: "Card corrected"),
        "contact.added": Label(uk: "Додано контакт", en: "Contact added"),
        "contact.removed": Label(uk: "Вилучено контакт", en: "Contact removed"),
        "note.added": Label(uk: "Примітка", en: "Note"),
        "resolution.issued": Label(uk: "Резолюція", en: "Resolution"),
        "assignment.accepted": Label(uk: "Доручення прийнято до виконання", en: "Assignment accepted"),
        "assignment.declined": Label(uk: "Відмова: не в компетенції", en: "Declined: not in competence"),
        "assignment.recalled": Label(uk: "Доручення відкликано", en: "Assignment recalled"),
        "person.assigned": Label(uk: "Призначено виконавця", en: "Executor appointed"),
        "answer.drafted": Label(uk: "Проєкт відповіді", en: "Answer drafted"),
        "answer.approved": Label(uk: "Відповідь погоджено керівником", en: "Answer approved by the head"),
        "answer.submitted": Label(uk: "Відповідь подано на перевірку", en: "Answer submitted"),
        "answer.accepted": Label(uk: "Відповідь прийнято", en: "Answer accepted"),
        "answer.returned": Label(uk: "Відповідь повернуто на доопрацювання", en: "Answer returned"),
        "answer.dispatched": Label(uk: "Відповідь надіслано", en: "Answer dispatched"),
        "feedback.recorded": Label(uk: "Зворотний зв'язок із заявником", en: "Feedback with the applicant"),
        "document.recorded": Label(uk: "Підтвердний документ", en: "Document confirming the works"),
        "term.extended": Label(uk: "Строк продовжено", en: "Term extended"),
        "receipt.corrected": Label(uk: "Дату надходження виправлено", en: "Date of receipt corrected"),
        "control.put": Label(uk: "Поставлено на контроль", en: "Put on control"),
        "control.removed": Label(uk: "Знято з контролю", en: "Removed from control"),
        "control.returned": Label(uk: "Повернуто на контроль", en: "Returned to control"),
        "appeal.forwarded": Label(uk: "Надіслано за належністю", en: "Forwarded"),
        "appeal.returned": Label(uk: "Повернуто заявнику", en: "Returned to the applicant"),
        "appeal.notConsidered": Label(uk: "Залишено без розгляду", en: "Not considered"),
        "appeal.withdrawn": Label(uk: "Відкликано заявником", en: "Withdrawn by the applicant"),
        "appeal.explained": Label(uk: "Дано роз'яснення", en: "Explained"),
        "appeal.concluded": Label(uk: "Завершено в іншому реєстрі", en: "Closed in another register"),
        "held.adopted": Label(uk: "Роботу, що очікувала, прийнято", en: "Held work adopted"),
        "held.declined": Label(uk: "Роботу, що очікувала, відхилено", en: "Held work declined"),
        "conflict.settled": Label(uk: "Розбіжність значень вирішено", en: "Conflict settled"),
        "disagreement.settled": Label(uk: "Розбіжність вирішено", en: "Disagreement settled"),
        "appeal.erased": Label(uk: "Дані стерто", en: "Erased"),
        "department.put": Label(uk: "Підрозділ", en: "Department"),
        "person.put": Label(uk: "Працівник", en: "Person"),
        "person.left": Label(uk: "Працівник не працює", en: "Person left"),
        "role.granted": Label(uk: "Роль надано", en: "Role granted"),
        "role.revoked": Label(uk: "Роль припинено", en: "Role revoked"),
        "administrator.named": Label(
            uk: "Адміністратора назвав власник каталогу",
            en: "Administrator named by the owner of the directory"
        ),
        "calendar.put": Label(uk: "Календар", en: "Calendar"),
        "street.put": Label(uk: "Вулиця", en: "Street"),
    ]

    private static let facts: [String: Label] = [
        "resolution": Label(uk: "Резолюція", en: "Resolution"),
        "recall": Label(uk: "Відкликання", en: "Recall"),
        "extension": Label(uk: "Продовження строку", en: "Extension"),
        "removal": Label(uk: "Зняття з контролю", en: "Removal from control"),
        "receiptCorrection": Label(uk: "Виправлення дати надходження", en: "Correction of the date of receipt"),
        "controlPut": Label(uk: "Поставлено на контроль", en: "Put on control"),
        "controlReturn": Label(uk: "Повернуто на контроль", en: "Returned to control"),
        "ending": Label(uk: "Завершено без виконавця", en: "Ended without an executor"),
        "decline": Label(uk: "Відмова: не в компетенції", en: "Declined"),
        "answer": Label(uk: "Редакція відповіді", en: "Version of the answer"),
        "approval": Label(uk: "Погодження керівника", en: "Approval"),
        "submission": Label(uk: "Подання відповіді", en: "Submission"),
        "dispatch": Label(uk: "Надсилання відповіді", en: "Dispatch"),
        "feedback": Label(uk: "Зворотний зв'язок", en: "Feedback"),
        "document": Label(uk: "Підтвердний документ", en: "Work document"),
        "review": Label(uk: "Перевірка відповіді", en: "Review"),
        "note": Label(uk: "Примітка", en: "Note"),
        "decision": Label(uk: "Рішення", en: "Decision"),
        "recovery": Label(uk: "Відновлення", en: "Recovery"),
    ]

    private static let registers: [String: Label] = [
        "index": Label(uk: "Реєстраційний індекс", en: "Registration index"),
        "formerIndex": Label(uk: "Попередній індекс", en: "Former index"),
        "home": Label(uk: "Зареєстровано на вузлі", en: "Registered by"),
        "receivedAt": Label(uk: "Надійшло", en: "Received"),
        "registeredOn": Label(uk: "День реєстрації", en: "Registered on"),
        "channel": Label(uk: "Джерело надходження", en: "Channel"),
        "addressee": Label(uk: "На ім'я", en: "Addressee"),
        "kind": Label(uk: "Вид", en: "Kind"),
        "receiptSign": Label(uk: "Ознака надходження", en: "Sign of receipt"),
        "subjectType": Label(uk: "Суб'єкт", en: "Subject"),
        "signatories": Label(uk: "Підписів", en: "Signatories"),
        "replyPreference": Label(uk: "Форма відповіді", en: "Reply preference"),
        "external": Label(uk: "Номер надсилача", en: "Sender's number"),
        "priority": Label(uk: "Першочергово", en: "Priority"),
        "confidential": Label(uk: "Не розголошувати дані", en: "Confidential"),
        "repeatOf": Label(uk: "Повторне до", en: "Repeat of"),
        "duplicateOf": Label(uk: "Дублетне до", en: "Duplicate of"),
        "complainedAgainst": Label(uk: "На кого скаржаться", en: "Complained against"),
        "applicant.name": Label(uk: "Заявник", en: "Applicant"),
        "applicant.address": Label(uk: "Адреса", en: "Address"),
        "applicant.workplace": Label(uk: "Місце роботи", en: "Place of work"),
        "applicant.category": Label(uk: "Категорія", en: "Category"),
        "applicant.socialStatus": Label(uk: "Соціальний стан", en: "Social status"),
        "applicant.sex": Label(uk: "Стать", en: "Sex"),
        "contact.phone": Label(uk: "Телефон", en: "Phone"),
        "contact.phoneTyped": Label(uk: "Телефон, як його названо", en: "Phone as typed"),
        "contact.email": Label(uk: "Ел. пошта", en: "E-mail"),
        "text": Label(uk: "Зміст", en: "Text"),
        "heading": Label(uk: "Рубрика", en: "Heading"),
        "question": Label(uk: "Питання", en: "Question"),
        "problemAddress": Label(uk: "Адреса проблеми", en: "Address of the problem"),
        "district": Label(uk: "Район", en: "District"),
        "result": Label(uk: "Результат", en: "Result"),
        "due.statutory": Label(uk: "Строк за законом", en: "Statutory due date"),
        "due.control": Label(uk: "Контрольний строк", en: "Control date"),
        "due.cap": Label(uk: "Гранично (45 днів)", en: "Cap (45 days)"),
        "due.basis": Label(uk: "Підстава строку", en: "Basis of the term"),
        "due.calendar": Label(uk: "Календар", en: "Calendar"),
        "control": Label(uk: "Контроль", en: "Control"),
        "removedOn": Label(uk: "Знято", en: "Removed on"),
        "endedAs": Label(uk: "Завершено", en: "Ended"),
        "answer": Label(uk: "Чинна редакція відповіді", en: "Version in force"),
        "state": Label(uk: "Стан доручення", en: "State of the assignment"),
        "person": Label(uk: "Виконавець", en: "Executor"),
        "mainExecutor": Label(uk: "Відповідальний", en: "Main executor"),
        "issue": Label(uk: "Номер питання", en: "Number of the issue"),
        "department": Label(uk: "Підрозділ доручення", en: "Department of the assignment"),
        "role": Label(uk: "Роль у дорученні", en: "Role in the assignment"),
        "issues": Label(uk: "Питання доручення", en: "Issues of the assignment"),
        "resolution": Label(uk: "Резолюція, з якої доручення", en: "Resolution of the assignment"),
        "term": Label(uk: "Термін доручення", en: "Term of the assignment"),
        "ended": Label(uk: "Доручення закінчено", en: "Assignment ended on"),
        "round": Label(uk: "Яке подання відповіді", en: "Round of the answer"),
        "barred": Label(uk: "Кому не показано", en: "Who is shown nothing"),
        "complainedSince": Label(uk: "Скарга відома з", en: "Complaint known since"),
        "entry": Label(uk: "Запис довідника", en: "Entry of the directory"),
        "granted": Label(uk: "Надання ролі", en: "Grant of the role"),
        "revoked": Label(uk: "Припинення ролі", en: "Revocation of the role"),
        "moved": Label(uk: "Перехід до іншого підрозділу", en: "Move to another department"),
        "left": Label(uk: "Припинення роботи", en: "End of the work here"),
    ]

    private static let rules: [String: Label] = [
        "C1": Label(
            uk: "Проєкт відповіді після передачі доручення збережено як матеріал",
            en: "A draft after a reassignment is kept as material"
        ),
        "C2": Label(
            uk: "Попередній виконавець погодив або подав відповідь після передачі доручення",
            en: "The former executor approved or submitted an answer after a reassignment"
        ),
        "C3": Label(
            uk: "Попередній виконавець уже надіслав відповідь заявнику",
            en: "The former executor has dispatched an answer to the applicant"
        ),
        "C6": Label(
            uk: "Два виконавці надіслали заявнику остаточні відповіді",
            en: "Two executors dispatched final answers"
        ),
        "C8": Label(
            uk: "Відповідь надіслано до старого строку, продовження не використано",
            en: "Answered before the old due date; the extension is unused"
        ),
        "C9": Label(uk: "Відповідь надіслано в продовжений строк", en: "Answered within the extended term"),
        "C12": Label(uk: "Два працівники змінили те саме поле картки", en: "Two people changed the same field"),
        "held": Label(uk: "Робота очікує рішення", en: "Work waits for a decision"),
    ]

    private static let choices: [String: Label] = [
        "acceptFormer": Label(
            uk: "прийняти роботу попереднього виконавця, нового відкликати",
            en: "accept the former executor's work, recall the present one"
        ),
        "giveToCurrent": Label(
            uk: "передати як матеріал теперішньому виконавцю",
            en: "give it to the present executor"
        ),
        "correctiveLetter": Label(uk: "надіслати виправний лист", en: "send a corrective letter"),
        "supplementary": Label(uk: "вважати пізнішу відповідь доповненням", en: "the later answer is supplementary"),
        "keep": Label(uk: "залишити чинне значення", en: "keep the value in force"),
        "take": Label(uk: "взяти інше значення", en: "take the other value"),
        "adopt": Label(uk: "прийняти роботу", en: "adopt the work"),
        "decline": Label(uk: "відхилити роботу", en: "decline the work"),
    ]
}
