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
            self.init(.failed, refusal.code, uk: refusal.label.uk, en: refusal.label.en)
        case let refusal as CalendarRefusal:
            self.init(
                .usage,
                "wrongCalendar",
                uk: refusal.label.uk,
                en: refusal.label.en
            )
        case let refusal as MappingRefusal:
            self.init(.usage, "wrongMapping", uk: refusal.label.uk, en: refusal.label.en)
        case let error as StoreError: self.init(error)
        case let error as any Explained: self = error.explained
        default:
            let cause = Label(cause: error)
            self.init(.failed, "failed", uk: "не вдалося: " + cause.uk, en: "failed: " + cause.en)
        }
    }

    package init(_ refusal: Refusal) {
        self.init(
            Self.kind(of: refusal.reason),
            refusal.reason.rawValue,
            uk: "не прийнято: \(refusal.label.uk)",
            en: "not accepted: \(refusal.label.en)",
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
        let remedy: Label =
            switch error.kind {
            case .full:
                Label(
                    uk: "Звільніть місце на диску й повторіть: збережене не втрачено.",
                    en: "Free disk space and repeat: nothing saved is lost."
                )
            case .corrupt, .io: Label(uk: "Далі: kartoteka doctor", en: "Next: kartoteka doctor")
            case .locked:
                Label(
                    uk: "Зачекайте або зупиніть вузол, який тримає каталог.",
                    en: "Wait, or stop the node that holds the directory."
                )
            case .missing:
                Label(
                    uk: "Далі: kartoteka init office або kartoteka init department",
                    en: "Next: kartoteka init office, or init department"
                )
            case .version:
                Label(
                    uk: "Встановіть версію kartoteka, що знає ці дані.",
                    en: "Install a version of kartoteka that knows these data."
                )
            case .readOnly, .permission:
                Label(uk: "Виконайте від імені власника каталогу.", en: "Run it as the directory's owner.")
            case .unreachable:
                Label(uk: "Повторіть за хвилину: нічого не змінено.", en: "Repeat in a minute: nothing changed.")
            case .unconfirmed:
                Label(
                    uk: "Подивіться, чи зроблено, перш ніж повторити.",
                    en: "Look whether it was done before you repeat it."
                )
            case .expired, .other: Label(uk: "", en: "")
            }
        self.init(
            kind,
            "store." + error.kind.rawValue,
            uk: Label(cause: error).uk,
            en: "the store: \(error)",
            remedy: remedy
        )
    }

    /// Which kind of error a refusal of the law is: nothing is found, nobody may, it clashes, or the act is wrong.
    package static func kind(of reason: Reason) -> Kind {
        switch reason {
        case .unknownAppeal, .unknownAssignment, .unknownDepartment, .unknownIssue, .unknownVersion, .nothingToSettle:
            .notFound
        case .roleMissing, .roleEnded, .notAuthorised, .leaderMissing, .authorityUnknown: .permission
        case .unknownField, .missingField, .wrongType, .notCorrectable, .unknownChoice, .tooLong, .tooMany, .tooDeep,
            .outOfRange, .operationFull:
            .usage
        default: .failed
        }
    }

    /// What to run next, for refusals that a person can do something about.
    package static func remedy(of reason: Reason) -> Label {
        switch reason {
        case .feedbackMissing:
            Label(
                uk: "Спершу: kartoteka feedback add або kartoteka document add",
                en: "First: kartoteka feedback add, or document add"
            )
        case .answerNotApproved:
            Label(uk: "Спершу керівник: kartoteka answer approve", en: "First the head: kartoteka answer approve")
        case .answersMissing, .wrongState, .unknownAssignment, .unknownVersion, .unknownIssue:
            Label(uk: "Подивіться картку: kartoteka appeal show", en: "Look at the card: kartoteka appeal show")
        case .notDispatched:
            Label(
                uk: "Спершу: kartoteka answer dispatch --to applicant",
                en: "First: kartoteka answer dispatch --to applicant"
            )
        case .resultMissing:
            Label(
                uk: "Результат дає прийнята відповідь: kartoteka answer draft --result",
                en: "The accepted answer gives it: answer draft --result"
            )
        case .disagreementOpen, .paused: Label(uk: "Далі: kartoteka conflict list", en: "Next: kartoteka conflict list")
        case .roleMissing, .roleEnded, .notAuthorised, .leaderMissing:
            Label(uk: "Хто яку роль має: kartoteka role list", en: "Who has which role: kartoteka role list")
        case .unknownDepartment:
            Label(uk: "Які є: kartoteka department list", en: "Which there are: kartoteka department list")
        case .oneMainExecutor:
            Label(
                uk: "Вкажіть одного --main, а попереднього відповідального — у --supersedes",
                en: "Give one --main, and the former main executor in --supersedes"
            )
        case .tooLong, .tooMany, .tooDeep, .outOfRange, .operationFull, .appealFull: limitRemedy(of: reason)
        case .unknownAppeal, .nothingToSettle:
            Label(uk: "Що є: kartoteka appeal list", en: "What there is: kartoteka appeal list")
        default: Label(uk: "", en: "")
        }
    }
}
