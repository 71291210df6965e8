/// The glossary (domain section 10): the words of the interface by code, in its order.
public enum Labels {
    /// One notion: its code, the word of the law or of clerks, and what the interface shows.
    public struct Entry: Hashable, Sendable {
        public let code: String
        public let term: String
        public let label: Label

        init(_ code: String, term: String, uk: String, en: String) {
            self.code = code
            self.term = term
            label = Label(uk: uk, en: en)
        }
    }

    /// The label of a code, nil for a code the glossary does not know.
    public static func label(_ code: String) -> Label? {
        byCode[code]
    }

    /// Looked up, never iterated.
    private static let byCode = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0.label) })

    public static let all = [
        Entry("Appeal", term: "звернення", uk: "Звернення", en: "Appeal"),
        Entry("Issue", term: "питання", uk: "Питання", en: "Issue"),
        Entry("proposal", term: "пропозиція (зауваження)", uk: "Пропозиція", en: "Proposal"),
        Entry("application", term: "заява (клопотання)", uk: "Заява", en: "Application"),
        Entry("complaint", term: "скарга", uk: "Скарга", en: "Complaint"),
        Entry("first", term: "первинне", uk: "Первинне", en: "First"),
        Entry("repeated", term: "повторне", uk: "Повторне", en: "Repeated"),
        Entry("duplicate", term: "дублетне", uk: "Дублетне", en: "Duplicate"),
        Entry("multiple", term: "неодноразове", uk: "Неодноразове", en: "More than twice"),
        Entry("mass", term: "масове", uk: "Масове", en: "Mass"),
        Entry("collective", term: "колективне", uk: "Колективне (КО)", en: "Collective (КО)"),
        Entry("anonymous", term: "анонімне (БП)", uk: "Анонімне", en: "Anonymous"),
        Entry("Applicant", term: "заявник, кореспондент", uk: "Заявник", en: "Applicant"),
        Entry("AppealCard", term: "картка звернення; РКК", uk: "Картка звернення", en: "Appeal card"),
        Entry("registrationIndex", term: "реєстраційний індекс", uk: "Реєстраційний індекс", en: "Registration index"),
        Entry("Consultation", term: "усне роз'яснення без картки", uk: "Роз'яснення", en: "Consultation"),
        Entry("channel", term: "надійшло через", uk: "Джерело надходження", en: "Channel"),
        Entry("addressee", term: "адресат (кому)", uk: "На ім'я", en: "Addressee"),
        Entry("Resolution", term: "резолюція", uk: "Резолюція", en: "Resolution"),
        Entry("Assignment", term: "доручення", uk: "Доручення", en: "Assignment"),
        Entry("mainExecutor", term: "головний виконавець", uk: "Відповідальний", en: "Main executor"),
        Entry("coExecutor", term: "співвиконавець", uk: "Співвиконавець", en: "Co-executor"),
        Entry("purpose.inform", term: "до відома", uk: "До відома", en: "For information"),
        Entry("Substitution", term: "посадова особа, яка виконує обов'язки (в.о.)", uk: "В.о.", en: "Acting"),
        Entry("onControl", term: "на контролі", uk: "На контролі", en: "On control"),
        Entry("remove", term: "зняти з контролю", uk: "Зняти з контролю", en: "Remove from control"),
        Entry("return", term: "повернути на контроль", uk: "Повернути на контроль", en: "Return to control"),
        Entry("dueDate", term: "термін (строк) виконання", uk: "Термін виконання", en: "Due date"),
        Entry("Extension", term: "продовження", uk: "Продовжити термін", en: "Extend the term"),
        Entry("overdue", term: "прострочено", uk: "Прострочено", en: "Overdue"),
        Entry("daysLeft", term: "залишилось днів", uk: "Залишилось днів", en: "Days left"),
        Entry("Answer", term: "відповідь", uk: "Відповідь", en: "Answer"),
        Entry("preliminary", term: "проміжна (попередня)", uk: "Проміжна", en: "Preliminary"),
        Entry("final", term: "остаточна", uk: "Остаточна", en: "Final"),
        Entry(
            "FeedbackFact",
            term: "факт зворотного зв'язку",
            uk: "Зворотний зв'язок із заявником",
            en: "Feedback with the applicant"
        ),
        Entry(
            "WorkDocument",
            term: "документ, що підтверджує виконання робіт (акт, фото)",
            uk: "Підтвердний документ",
            en: "Document confirming the works"
        ),
        Entry("FieldVisit", term: "перевірка з виїздом на місце", uk: "Перевірка з виїздом", en: "On-site check"),
        Entry("InspectionAct", term: "акт обстеження", uk: "Акт обстеження", en: "Inspection act"),
        Entry("Survey", term: "телефонне опитування", uk: "Опитування заявника", en: "Survey of the applicant"),
        Entry("confirmed", term: "підтверджено заявником", uk: "Підтверджено", en: "Confirmed"),
        Entry("denied", term: "не підтверджено заявником", uk: "Не підтверджено", en: "Denied"),
        Entry("notReached", term: "недозвон", uk: "Не додзвонились", en: "Not reached"),
        Entry("answerReturned", term: "на доопрацювання", uk: "На доопрацюванні", en: "Returned for rework"),
        Entry("declinedNotCompetent", term: "не в компетенції", uk: "Не в компетенції", en: "Not in competence"),
        Entry("suggestedDept", term: "можливий виконавець", uk: "Можливий виконавець", en: "Suggested department"),
        Entry(
            "Forwarding",
            term: "надіслати за належністю (ст. 7)",
            uk: "За належністю",
            en: "Forwarded to whom it belongs"
        ),
        Entry(
            "NonConsideration",
            term: "залишити без розгляду (ст. 8)",
            uk: "Не підлягає розгляду",
            en: "Not to be considered"
        ),
        Entry("satisfied", term: "вирішено позитивно", uk: "Вирішено позитивно", en: "Resolved positively"),
        Entry("refused", term: "відмовлено", uk: "Відмовлено", en: "Refused"),
        Entry("explained", term: "дано роз'яснення", uk: "Роз'яснено", en: "Explained"),
        Entry("category", term: "пільгова категорія", uk: "Категорія", en: "Category"),
        Entry("priority", term: "першочерговий розгляд", uk: "Першочергово", en: "Priority"),
        Entry("confidentialityRequested", term: "не розголошувати", uk: "Не розголошувати дані", en: "Confidential"),
        Entry("contestedRemoval", term: "знято, є заперечення", uk: "Знято, є заперечення", en: "Removed, contested"),
        Entry("Disagreement", term: "розбіжність", uk: "Розбіжність", en: "Disagreement"),
        Entry("Node", term: "вузол", uk: "Вузол", en: "Node"),
        Entry("pending", term: "не передано", uk: "Не передано", en: "Not sent yet"),
        Entry("synced", term: "передано", uk: "Передано", en: "Sent"),
        Entry("centralOffice", term: "управління по роботі зі зверненнями", uk: "Управління", en: "Office"),
        Entry("execCommittee", term: "виконком", uk: "Виконком", en: "Executive committee"),
        Entry("head", term: "керівник", uk: "Керівник", en: "Head"),
        Entry("specialist", term: "спеціаліст", uk: "Спеціаліст", en: "Specialist"),
        Entry("CaseFile", term: "справа", uk: "Справа", en: "Case file"),
        Entry("RetentionAct", term: "знищення за актом", uk: "Акт про знищення", en: "Act of destruction"),
    ]
}
