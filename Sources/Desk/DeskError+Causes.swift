package import Appeals
import Replication

/// An error of a layer above that says itself what a person reads.
package protocol Explained: Error {
    var explained: DeskError { get }
}

/// Turns what the domain and the store throw into what a person reads.
extension DeskError {
    package init(_ error: any Error) {
        switch error {
        case let error as DeskError: self = error
        case let refusal as Refusal: self.init(refusal)
        case let refusal as DeadlineRefusal:
            self.init(.failed, refusal.code, Sentence(refusal.label))
        case let refusal as CalendarRefusal:
            self.init(.usage, "wrongCalendar", Sentence(refusal.label))
        case let refusal as MappingRefusal:
            self.init(.usage, "wrongMapping", Sentence(refusal.label))
        case let error as StoreError: self.init(error)
        case let error as any Explained: self = error.explained
        default:
            let cause = Label(cause: error)
            self.init(.failed, "failed", uk: "не вдалося: \(cause.uk)", en: "failed: \(cause.en)")
        }
    }

    package init(_ refusal: Refusal) {
        self.init(
            Self.kind(of: refusal.reason),
            refusal.reason.rawValue,
            uk: "не прийнято: \(Wording.refusal(refusal).uk)",
            en: "not accepted: \(Wording.refusal(refusal).en)",
            remedy: Self.remedy(of: refusal.reason),
            details: Self.details(of: refusal)
        )
    }

    private init(_ error: StoreError) {
        let kind: Kind =
            switch error.kind {
            case .corrupt, .io: .integrity
            case .locked: .locked
            case .readOnly, .permission: .permission
            case .version: .wrongVersion
            case .missing: .notInitialised
            case .unreachable: .unreachable
            case .full, .expired, .unconfirmed, .other: .failed
            }
        let remedy: Sentence =
            switch error.kind {
            case .full:
                Sentence(
                    uk: "Звільніть місце на диску й повторіть: збережене не втрачено.",
                    en: "Free disk space and repeat: nothing saved is lost."
                )
            case .corrupt, .io: Sentence(uk: "Далі: \(.toDo(.doctor))", en: "Next: \(.toDo(.doctor))")
            case .locked:
                Sentence(
                    uk: "Зачекайте або зупиніть вузол, який тримає каталог.",
                    en: "Wait, or stop the node that holds the directory."
                )
            case .missing:
                Sentence(
                    uk: "Далі: \(.atMachine(.foundOffice)) або \(.atMachine(.foundDepartment))",
                    en: "Next: \(.atMachine(.foundOffice)), or \(.namedAtMachine(.foundDepartment))"
                )
            case .version:
                Sentence(
                    uk: "Встановіть версію kartoteka, що знає ці дані.",
                    en: "Install a version of kartoteka that knows these data."
                )
            case .readOnly, .permission:
                Sentence(uk: "Виконайте від імені власника каталогу.", en: "Run it as the directory's owner.")
            case .unreachable:
                Sentence(uk: "Повторіть за хвилину: нічого не змінено.", en: "Repeat in a minute: nothing changed.")
            case .unconfirmed:
                Sentence(
                    uk: "Подивіться, чи зроблено, перш ніж повторити.",
                    en: "Look whether it was done before you repeat it."
                )
            case .expired, .other: .none
            }
        self.init(
            kind,
            "store." + error.kind.rawValue,
            uk: "\(Label(cause: error).uk)",
            en: "the store: \(error)",
            remedy: remedy
        )
    }

    /// Which kind of error a refusal of the law is: nothing is found, nobody may, it clashes, or the act is wrong.
    package static func kind(of reason: Reason) -> Kind {
        switch reason {
        case .unknownAppeal, .unknownAssignment, .unknownDepartment, .unknownStreet, .unknownPerson, .unknownIssue,
            .unknownVersion, .nothingToSettle:
            .notFound
        case .roleMissing, .roleEnded, .notAuthorised, .leaderMissing, .authorityUnknown: .permission
        case .unknownField, .missingField, .wrongType, .notCorrectable, .unknownChoice, .tooLong, .tooMany, .tooDeep,
            .outOfRange, .operationFull:
            .usage
        default: .failed
        }
    }

    /// How somebody says who is complained against.
    private static var partyRemedy: Sentence {
        Sentence(
            uk:
                "Спершу: \(.toDo(.appealCorrect, ["set": "complainedAgainst="])) — підрозділ, person:ЛОГІН або outside:ТЕКСТ",
            en:
                "First: \(.toDo(.appealCorrect, ["set": "complainedAgainst="])): a department, person:USER or outside:TEXT"
        )
    }

    /// What to run next, for refusals that a person can do something about.
    package static func remedy(of reason: Reason) -> Sentence {
        switch reason {
        case .feedbackMissing:
            Sentence(
                uk: "Спершу: \(.toDo(.feedbackAdd)) або \(.toDo(.documentAdd))",
                en: "First: \(.toDo(.feedbackAdd)), or \(.named(.documentAdd))"
            )
        case .answerNotApproved:
            Sentence(uk: "Спершу керівник: \(.toDo(.answerApprove))", en: "First the head: \(.toDo(.answerApprove))")
        case .answersMissing, .wrongState, .unknownAssignment, .unknownVersion, .unknownIssue:
            Sentence(uk: "Подивіться картку: \(.toDo(.appealShow))", en: "Look at the card: \(.toDo(.appealShow))")
        case .notDispatched:
            Sentence(
                uk: "Спершу: \(.toDo(.answerDispatch, ["to": "applicant"]))",
                en: "First: \(.toDo(.answerDispatch, ["to": "applicant"]))"
            )
        case .resultMissing:
            Sentence(
                uk: "Результат дає прийнята відповідь: \(.toDo(.answerDraft, ["result": ""]))",
                en: "The accepted answer gives it: \(.named(.answerDraft, ["result": ""]))"
            )
        case .notOnControl:
            Sentence(uk: "Спершу: \(.toDo(.controlPut))", en: "First: \(.toDo(.controlPut))")
        case .offControl:
            Sentence(uk: "Спершу: \(.toDo(.controlReturn))", en: "First: \(.toDo(.controlReturn))")
        case .assignmentOpen:
            Sentence(uk: "Спершу: \(.toDo(.assignmentRecall))", en: "First: \(.toDo(.assignmentRecall))")
        case .officeIsNoExecutor:
            Sentence(
                uk:
                    "Без виконавця: \(.named(.appealForward)), \(.named(.appealReturn)), \(.named(.appealDismiss)), \(.named(.appealExplain))",
                en:
                    "Without an executor: \(.named(.appealForward)), \(.named(.appealReturn)), \(.named(.appealDismiss)), \(.named(.appealExplain))"
            )
        case .notAsPreferred:
            Sentence(
                uk: "Надішліть так, як просив заявник, або виправте його побажання: \(.toDo(.appealCorrect))",
                en: "Send it as the applicant wants, or correct that wish: \(.toDo(.appealCorrect))"
            )
        case .disagreementOpen, .paused:
            Sentence(uk: "Далі: \(.toDo(.conflictList))", en: "Next: \(.toDo(.conflictList))")
        case .roleMissing, .roleEnded, .notAuthorised, .leaderMissing, .roleNotInForce, .roleOfAnotherPlace:
            Sentence(uk: "Хто яку роль має: \(.toDo(.roleList))", en: "Who has which role: \(.toDo(.roleList))")
        case .partyUnresolved: partyRemedy
        case .unknownDepartment:
            Sentence(uk: "Які є: \(.toDo(.departmentList))", en: "Which there are: \(.toDo(.departmentList))")
        case .unknownStreet:
            Sentence(uk: "Які є: \(.toDo(.streetList))", en: "Which there are: \(.toDo(.streetList))")
        case .oneMainExecutor, .secondResolution: executorRemedy(of: reason)
        case .tooLong, .tooMany, .tooDeep, .outOfRange, .operationFull, .appealFull: limitRemedy(of: reason)
        case .unknownAppeal, .nothingToSettle:
            .whatThereIs(.appealList)
        default: directoryRemedy(of: reason)
        }
    }

    /// Who is to be the one main executor.
    private static func executorRemedy(of reason: Reason) -> Sentence {
        guard reason == .secondResolution else {
            return Sentence(
                uk: "Вкажіть одного \(.input("main")), а попереднього відповідального — у \(.input("supersedes"))",
                en: "Give one \(.input("main")), and the former main executor in \(.input("supersedes"))"
            )
        }
        return Sentence(
            uk:
                "Керівник: \(.toDo(.heldAdopt)), або \(.toDo(.heldDecline)); або нова резолюція з \(.input("supersedes", "main"))",
            en:
                "A leader: \(.toDo(.heldAdopt)), or \(.named(.heldDecline)); or a new resolution with \(.input("supersedes", "main"))"
        )
    }

    /// The same of refusals by the rules of the directory.
    private static func directoryRemedy(of reason: Reason) -> Sentence {
        switch reason {
        case .unknownPerson, .personLeft:
            Sentence(uk: "Спершу: \(.toDo(.personAdd))", en: "First: \(.toDo(.personAdd))")
        case .worksElsewhere:
            Sentence(
                uk: "Дайте підставу: \(.input("substitution", "…")); або переведіть: \(.toDo(.personAdd))",
                en: "Give a basis: \(.input("substitution", "…")); or move the person: \(.toDo(.personAdd))"
            )
        case .lastAdministrator:
            Sentence(
                uk: "Спершу: \(.toDo(.roleGrant, ["role": "administrator"]))",
                en: "First: \(.toDo(.roleGrant, ["role": "administrator"]))"
            )
        case .codeTaken:
            Sentence(uk: "Які є: \(.toDo(.departmentList))", en: "Which there are: \(.toDo(.departmentList))")
        case .calendarWritten, .calendarGap:
            Sentence(uk: "Чинний: \(.toDo(.calendarShow))", en: "In force: \(.toDo(.calendarShow))")
        default: .none
        }
    }
}
