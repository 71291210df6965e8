import Appeals
import Desk

/// How acts are called on buttons, and how they are told once they are done.
enum ActWords {
    /// The verb of an act, on its button and its link: `Зняти з контролю`.
    static func verb(_ row: UseCase) -> Label { words[row.name]?.verb ?? row.summary }
    /// How the page of an act is called, and the button that leads there: a note is a place, other acts are verbs.
    static func place(_ row: UseCase) -> Label {
        row.name == UseCase.appealNote.name ? Label(uk: "Службова примітка", en: "Internal note") : verb(row)
    }
    /// What was done, in the past: `Знято з контролю`.
    static func done(_ row: UseCase) -> Label { words[row.name]?.done ?? row.summary }

    private static func act(_ verb: Label, _ done: Label) -> (verb: Label, done: Label) { (verb, done) }

    // Looked up, never iterated.
    private static let words = [working, deciding, ofDirectory, ofNodes].reduce([:]) { known, more in
        known.merging(more) { first, _ in first }
    }

    private static let ofDirectory: [String: (verb: Label, done: Label)] = [
        "department add": act(
            Label(uk: "Додати або змінити підрозділ", en: "Add or change a department"),
            Label(uk: "Підрозділ записано", en: "The department is recorded")
        ),
        "person add": act(
            Label(uk: "Додати або змінити працівника", en: "Add or change a person"),
            Label(uk: "Працівника записано", en: "The person is recorded")
        ),
        "person leave": act(
            Label(uk: "Більше не працює", en: "Works here no more"),
            Label(uk: "Записано, що працівник більше не працює", en: "It is recorded that the person has left")
        ),
        "role grant": act(
            Label(uk: "Надати роль", en: "Grant a role"),
            Label(uk: "Роль надано", en: "The role is granted")
        ),
        "role revoke": act(
            Label(uk: "Припинити роль", en: "Revoke the role"),
            Label(uk: "Роль припинено", en: "The role is revoked")
        ),
        "street put": act(
            Label(uk: "Додати або змінити вулицю", en: "Add or change a street"),
            Label(uk: "Вулицю записано", en: "The street is recorded")
        ),
        "street import": act(
            Label(uk: "Завантажити таблицю вулиць", en: "Import a table of streets"),
            Label(uk: "Вулиці записано", en: "The streets are recorded")
        ),
        "calendar put": act(
            Label(uk: "Нова версія календаря", en: "A new version of the calendar"),
            Label(uk: "Календар опубліковано", en: "The calendar is published")
        ),
    ]

    private static let working: [String: (verb: Label, done: Label)] = [
        "assignment accept": act(
            Label(uk: "Прийняти до виконання", en: "Accept"),
            Label(uk: "Доручення прийнято до виконання", en: "The assignment is accepted")
        ),
        "assignment decline": act(
            Label(uk: "Відмовитися: не в компетенції", en: "Decline: not in competence"),
            Label(uk: "Відмову від доручення записано", en: "The assignment is declined")
        ),
        "assignment person": act(
            Label(uk: "Призначити виконавця", en: "Appoint the executor"),
            Label(uk: "Виконавця призначено", en: "The executor is appointed")
        ),
        "assignment recall": act(
            Label(uk: "Відкликати доручення", en: "Recall the assignment"),
            Label(uk: "Доручення відкликано", en: "The assignment is recalled")
        ),
        "answer draft": act(
            Label(uk: "Зберегти проєкт відповіді", en: "Save the draft of the answer"),
            Label(uk: "Проєкт відповіді збережено", en: "The draft of the answer is saved")
        ),
        "answer approve": act(
            Label(uk: "Погодити відповідь", en: "Approve the answer"),
            Label(uk: "Відповідь погоджено", en: "The answer is approved")
        ),
        "answer submit": act(
            Label(uk: "Подати на перевірку", en: "Submit for checking"),
            Label(uk: "Відповідь подано на перевірку", en: "The answer is submitted")
        ),
        "answer accept": act(
            Label(uk: "Прийняти відповідь", en: "Accept the answer"),
            Label(uk: "Відповідь прийнято", en: "The answer is accepted")
        ),
        "answer return": act(
            Label(uk: "Повернути на доопрацювання", en: "Return for rework"),
            Label(uk: "Відповідь повернуто на доопрацювання", en: "The answer is returned for rework")
        ),
        "answer dispatch": act(
            Label(uk: "Записати надсилання відповіді", en: "Record the dispatch of the answer"),
            Label(uk: "Надсилання відповіді записано", en: "The dispatch of the answer is recorded")
        ),
        "feedback add": act(
            Label(uk: "Записати зворотний зв’язок", en: "Record feedback"),
            Label(uk: "Зворотний зв’язок записано", en: "The feedback is recorded")
        ),
        "document add": act(
            Label(uk: "Записати документ", en: "Record a document"),
            Label(uk: "Документ записано", en: "The document is recorded")
        ),
        "appeal note": act(
            Label(uk: "Зберегти примітку", en: "Save the note"),
            Label(uk: "Службову примітку збережено", en: "The internal note is saved")
        ),
        "appeal correct": act(
            Label(uk: "Виправити картку", en: "Correct the card"),
            Label(uk: "Картку виправлено", en: "The card is corrected")
        ),
        "receipt correct": act(
            Label(uk: "Виправити дату надходження", en: "Correct the date of receipt"),
            Label(
                uk: "Дату надходження виправлено, строк перераховано",
                en: "The date of receipt is corrected, the term counted anew"
            )
        ),
        "contact add": act(
            Label(uk: "Додати контакт", en: "Add a contact"),
            Label(uk: "Контакт додано", en: "The contact is added")
        ),
        "contact remove": act(
            Label(uk: "Вилучити контакт", en: "Remove a contact"),
            Label(uk: "Контакт вилучено", en: "The contact is removed")
        ),
        "appeal register": act(
            Label(uk: "Зареєструвати", en: "Register"),
            Label(uk: "Зареєстровано", en: "Registered")
        ),
        "resolution issue": act(
            Label(uk: "Підписати резолюцію", en: "Sign the resolution"),
            Label(uk: "Резолюцію підписано", en: "The resolution is signed")
        ),
    ]

    private static let deciding: [String: (verb: Label, done: Label)] = [
        "term extend": act(
            Label(uk: "Продовжити строк", en: "Extend the term"),
            Label(uk: "Строк продовжено", en: "The term is extended")
        ),
        "control put": act(
            Label(uk: "Поставити на контроль", en: "Put on control"),
            Label(uk: "Поставлено на контроль", en: "Put on control")
        ),
        "control remove": act(
            Label(uk: "Зняти з контролю", en: "Remove from control"),
            Label(uk: "Знято з контролю", en: "Removed from control")
        ),
        "control return": act(
            Label(uk: "Повернути на контроль", en: "Return to control"),
            Label(uk: "Повернуто на контроль", en: "Returned to control")
        ),
        "appeal forward": act(
            Label(uk: "Надіслати за належністю", en: "Forward to whom it belongs"),
            Label(uk: "Надіслано за належністю", en: "Forwarded")
        ),
        "appeal return": act(
            Label(uk: "Повернути заявникові", en: "Return to the applicant"),
            Label(uk: "Повернуто заявникові з роз’ясненням", en: "Returned to the applicant with an explanation")
        ),
        "appeal dismiss": act(
            Label(uk: "Залишити без розгляду", en: "Leave without consideration"),
            Label(uk: "Залишено без розгляду", en: "Left without consideration")
        ),
        "appeal withdraw": act(
            Label(uk: "Завершити: заявник відкликав", en: "End: the applicant took it back"),
            Label(uk: "Завершено: заявник відкликав звернення", en: "Ended: the applicant took it back")
        ),
        "appeal explain": act(
            Label(uk: "Завершити роз’ясненням", en: "End with an explanation"),
            Label(uk: "Завершено роз’ясненням", en: "Ended with an explanation")
        ),
        "appeal conclude": act(
            Label(uk: "Завершити: вирішено за іншим реєстром", en: "End: over by another register"),
            Label(uk: "Завершено за іншим реєстром", en: "Ended by another register")
        ),
        "held adopt": act(
            Label(uk: "Прийняти роботу", en: "Adopt the work"),
            Label(uk: "Роботу прийнято", en: "The work is adopted")
        ),
        "held decline": act(
            Label(uk: "Відхилити роботу", en: "Decline the work"),
            Label(uk: "Роботу відхилено", en: "The work is declined")
        ),
        "conflict settle": act(
            Label(uk: "Зберегти рішення", en: "Save the decision"),
            Label(uk: "Розбіжність вирішено", en: "The disagreement is settled")
        ),
    ]

    private static let ofNodes: [String: (verb: Label, done: Label)] = [
        "invite": act(
            Label(uk: "Запросити підрозділ", en: "Invite a department"),
            Label(uk: "Запрошення видано", en: "The invitation is given")
        ),
        "invitation withdraw": act(
            Label(uk: "Відкликати запрошення", en: "Withdraw the invitation"),
            Label(uk: "Запрошення відкликано", en: "The invitation is withdrawn")
        ),
        "node confirm": act(
            Label(uk: "Підтвердити допуск", en: "Confirm the admission"),
            Label(uk: "Допуск підтверджено", en: "The admission is confirmed")
        ),
        "node renew": act(
            Label(uk: "Дозволити поновити сертифікат", en: "Let it renew its certificate"),
            Label(uk: "Поновлення сертифіката дозволено", en: "The renewal of the certificate is allowed")
        ),
        "node revoke": act(
            Label(uk: "Скасувати допуск", en: "Revoke the node"),
            Label(uk: "Допуск скасовано", en: "The node is revoked")
        ),
        "node wiped": act(
            Label(uk: "Засвідчити знищення копії", en: "Testify that the copy is destroyed"),
            Label(uk: "Знищення копії засвідчено", en: "The destruction of the copy is noted")
        ),
        "node distrust": act(
            Label(uk: "Не вірити вузлу", en: "Do not believe the node"),
            Label(uk: "Вирішено: вузлу не вірити", en: "Decided: the node is not believed")
        ),
        "erasure confirm": act(
            Label(uk: "Підтвердити знищення", en: "Confirm the erasure"),
            Label(uk: "Знищення підтверджено", en: "The erasure is confirmed")
        ),
        "erasure reject": act(
            Label(uk: "Відхилити знищення", en: "Reject the erasure"),
            Label(uk: "Знищення відхилено", en: "The erasure is rejected")
        ),
        "tray dismiss": act(
            Label(uk: "Розглянуто, прибрати", en: "Looked at, put aside"),
            Label(uk: "Прибрано з лотка", en: "Put aside")
        ),
        "doctor": act(
            Label(uk: "Перевірити вузол", en: "Check the node"),
            Label(uk: "Вузол перевірено", en: "The node is checked")
        ),
    ]
}
