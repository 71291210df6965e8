/// Why an operation was not simply accepted: a protocol code with its sentence in two languages.
public enum Reason: String, Sendable, CaseIterable {
    // About the form.
    case unknownField, missingField, wrongType, notCorrectable, tooLong, tooMany, tooDeep, outOfRange, operationFull
    case appealFull, unknownAppeal, appealExists
    // About the author.
    case newer, roleMissing, roleEnded, notAuthorised, authorityEnded, authorityUnknown, authorityLost, lateTooOld
    // About other work.
    case follows, paused, staleBase, erased, tooMuchWaits
    // Guards: deploy/protocol/guards.md.
    case wrongState, complainedAgainst, partyUnresolved, unknownDepartment, unknownStreet, unknownIssue,
        unknownAssignment, unknownVersion,
        oneMainExecutor, secondResolution, officeIsNoExecutor, namedTwice, notOnControl, onControlAlready, offControl,
        assignmentOpen
    case issueOfAnother, notAsPreferred
    case feedbackMissing, answerNotApproved, answersMissing, notDispatched, resultMissing, disagreementOpen
    case beyondCap, afterDue, leaderMissing, leaderConcerned, nothingToSettle, unknownChoice, wrongIndex, seenFell,
        datesDisorder, commandUsed
    // About the directory.
    case unknownPerson, personLeft, worksElsewhere, roleOfAnotherPlace, roleNotInForce, staysThere, lastAdministrator,
        codeTaken, calendarWritten, calendarGap

    /// Guards' reasons for which an act is not refused: somebody else has to decide first.
    static let waiting: Set<Reason> = [.paused, .leaderConcerned, .secondResolution]

    /// The sentence a clerk reads.
    public var ukrainian: String { Self.sentences[self]?.0 ?? rawValue }
    /// The sentence in English.
    public var english: String { Self.sentences[self]?.1 ?? rawValue }

    static let sentences: [Reason: (String, String)] = [
        .unknownField: ("Невідоме поле", "Unknown field"),
        .missingField: ("Бракує обов'язкового поля", "A required field is missing"),
        .wrongType: ("Значення не того виду", "The value has the wrong type"),
        .notCorrectable: ("Це поле не виправляється", "This field cannot be corrected"),
        .tooLong: ("Текст задовгий", "The text is too long"),
        .tooMany: ("Забагато елементів", "Too many elements"),
        .tooDeep: ("Завелика вкладеність", "Nested too deeply"),
        .outOfRange: ("Число поза межами", "The number is out of range"),
        .operationFull: ("Дія завелика", "The act is too large"),
        .appealFull: ("Звернення завелике", "The appeal is full"),
        .unknownAppeal: ("Такого звернення немає", "There is no such appeal"),
        .appealExists: ("Звернення з таким номером уже є", "An appeal of this id exists already"),
        .newer: ("Дія новішої версії: чекає на оновлення програми", "Of a newer version: waits for an upgrade"),
        .roleMissing: ("Працівник не має цієї ролі", "The person does not have this role"),
        .roleEnded: ("Роль працівника припинено: вирішує Центр", "The role has ended since: the office decides"),
        .notAuthorised: ("Ця роль не може цього робити", "This role may not do this"),
        .authorityEnded: ("Доручення припинено: вирішує Центр", "The assignment has ended: the office decides"),
        .authorityUnknown: ("Немає такого доручення", "There is no such assignment"),
        .authorityLost: (
            "Доручення втрачено при відновленні Центру: чекає", "The assignment was lost in a restore: waits"
        ),
        .lateTooOld: ("Минуло понад 30 днів від припинення доручення", "More than 30 days after the assignment ended"),
        .follows: ("Поділяє долю попередньої дії", "Shares the fate of an earlier operation"),
        .paused: ("Призупинено до вирішення розбіжності", "Paused until the disagreement is settled"),
        .staleBase: ("Дані змінено після того, як ви їх бачили", "The data changed after you saw them"),
        .tooMuchWaits: (
            "Забагато дій цього вузла вже чекають рішення", "Too many operations of this node wait for a decision"
        ),
        .erased: ("Дані звернення стерто за рішенням", "The appeal was erased"),
        .wrongState: ("Стан доручення цього не дозволяє", "The state of the assignment does not allow it"),
        .complainedAgainst: (
            "Скаргу не можна передавати тому, на кого скаржаться (ст. 7)",
            "A complaint may not go to the body complained about (Art. 7)"
        ),
        .partyUnresolved: (
            "Не з'ясовано, на кого скаржаться: доки цього не виправлено, звернення нікому не доручають і відповіді на нього не приймають (ст. 7)",
            "It is not resolved who is complained against: until that is corrected, nobody gets the appeal and no answer to it is accepted (Art. 7)"
        ),
        .unknownDepartment: ("Немає такого підрозділу", "There is no such department"),
        .unknownStreet: ("Немає такої вулиці в реєстрі", "The register has no such street"),
        .unknownIssue: ("Немає такого питання у зверненні", "The appeal has no such issue"),
        .unknownAssignment: ("Немає такого доручення у зверненні", "The appeal has no such assignment"),
        .unknownVersion: ("Немає такої редакції відповіді", "There is no such version of the answer"),
        .oneMainExecutor: ("Потрібен рівно один відповідальний виконавець", "There must be exactly one main executor"),
        .secondResolution: (
            "Вже є чинна резолюція з відповідальним виконавцем: другу приймає керівник особисто",
            "A resolution with a main executor is in force: a leader in person adopts a second one"
        ),
        .officeIsNoExecutor: (
            "Управління не виконує доручень: назвіть підрозділ або завершіть звернення без виконавця",
            "The office executes nothing: name a department, or end the appeal without one"
        ),
        .namedTwice: ("Підрозділ названо двічі", "The department is named twice"),
        .notOnControl: ("Звернення не на контролі", "The appeal is not on control"),
        .onControlAlready: ("Звернення вже на контролі", "The appeal is on control already"),
        .offControl: (
            "Звернення знято з контролю: спершу поверніть його на контроль",
            "The appeal was removed from control: return it to control first"
        ),
        .assignmentOpen: (
            "Доручення ще в роботі: спершу відкличте його", "An assignment is still at work: recall it first"
        ),
        .issueOfAnother: (
            "Це питання доручено іншому виконавцю", "This issue was given to another executor"
        ),
        .notAsPreferred: (
            "Відповідь не надіслано так, як просив заявник (п. 3.2)",
            "The answer was not sent in the form that the applicant wants (para. 3.2)"
        ),
        .feedbackMissing: (
            "Немає факту зворотного зв'язку або підтвердного документа (п. 2.6)",
            "Neither a fact of feedback nor a work document (para. 2.6)"
        ),
        .answerNotApproved: ("Відповідь не погоджена керівником", "The answer is not approved by the head"),
        .answersMissing: ("Не всі доручення виконано", "Not every assignment is done"),
        .notDispatched: (
            "Остаточну відповідь заявнику не надіслано", "The final answer was not dispatched to the applicant"
        ),
        .resultMissing: ("Не кожне питання має результат", "Not every issue has a result"),
        .disagreementOpen: ("Є невирішена розбіжність", "A disagreement is open"),
        .beyondCap: ("Пізніше за 45 днів від надходження (ст. 20)", "Beyond 45 days from receipt (Art. 20)"),
        .afterDue: ("Рішення після закінчення строку", "Decided after the due date"),
        .leaderMissing: ("Потрібен автор резолюції з роллю керівника", "The author must hold a leader's role"),
        .leaderConcerned: (
            "Скарга на Центр або керівника: вирішує інший керівник особисто",
            "A complaint about the office or a leader: another leader decides in person"
        ),
        .nothingToSettle: ("Немає чого вирішувати", "There is nothing to settle"),
        .unknownChoice: ("Немає такого варіанта рішення", "There is no such choice"),
        .wrongIndex: ("Реєстраційний індекс не з ряду вузла", "The registration index is not of the node's series"),
        .seenFell: ("Порушено порядок журналу вузла", "The log's seen position fell"),
        .commandUsed: ("Цю команду вже виконано", "This command is another operation already"),
        .datesDisorder: ("Дати суперечать одна одній", "The dates contradict each other"),
        .unknownPerson: ("Немає такого працівника", "There is no such person"),
        .personLeft: ("Працівник уже не працює", "The person has left"),
        .worksElsewhere: (
            "Працівник працює в іншому підрозділі; роль тут — лише з підставою",
            "The person works elsewhere; a role here needs a basis"
        ),
        .roleOfAnotherPlace: ("Цієї ролі тут не буває", "This role does not belong here"),
        .roleNotInForce: ("Такої чинної ролі працівник не має", "The person has no such role in force"),
        .staysThere: (
            "Працівник не переходить: ролі й так лишаються", "The person does not move: the roles stay anyway"
        ),
        .lastAdministrator: (
            "Це останній адміністратор: спершу надайте роль іншому",
            "This is the last administrator: give the role to somebody else first"
        ),
        .codeTaken: ("Такий код чи id вже має підрозділ", "A department has this code or id already"),
        .calendarWritten: (
            "Календар цієї версії вже опубліковано інакшим: дайте нову версію",
            "Another calendar of this version is published: give it a new version"
        ),
        .calendarGap: (
            "Сьогодні немає в жодному календарі: опублікуйте спершу календар цього року",
            "No calendar has today: publish this year's first"
        ),
    ]
}

/// A refusal by the rules of the domain: the reason, and where.
public struct Refusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// The code of the rule that refused.
    public let reason: Reason
    /// The field, register or entity concerned; may be empty.
    public let path: String
    /// What was met and the limit that it breaks, if it is one of size.
    public let size: Size?
    /// The kind of act, for the names of its fields; nil where it is not known.
    public let kind: String?

    public init(_ reason: Reason, path: String = "", size: Size? = nil, kind: String? = nil) {
        self.reason = reason
        self.path = path
        self.size = size
        self.kind = kind
    }

    /// What a person reads.
    public var label: Label { reason.label(path: path, size: size, kind: kind) }
    public var description: String { label.en }
}
