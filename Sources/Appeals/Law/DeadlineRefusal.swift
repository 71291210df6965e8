/// Why due dates or an extension were not computed.
public enum DeadlineRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The instant of receipt has no Kyiv date between 1900 and 2199.
    case instantOutOfRange(milliseconds: Int64)
    /// A term ends before 1900 or after 2199.
    case dateOutOfRange(from: CivilDate)
    case shortenedTerm(days: Int)
    case externalDateNotAfterReceipt(CivilDate, registered: CivilDate)
    /// The sender's date is later than the 45 days of the law.
    case externalDateBeyondCap(CivilDate, cap: CivilDate)
    case internalTarget(days: Int)
    case extensionNotLater(CivilDate, current: CivilDate)
    case extensionBeyondCap(CivilDate, cap: CivilDate)
    /// Only before the current due date may the head extend (Article 20); on that day it is too late.
    case extensionTooLate(decidedOn: CivilDate, current: CivilDate)
    case extensionBeforeReceipt(decidedOn: CivilDate, registered: CivilDate)

    /// A stable code for logs and answers to clients.
    public var code: String {
        switch self {
        case .instantOutOfRange: "instantOutOfRange"
        case .dateOutOfRange: "dateOutOfRange"
        case .shortenedTerm: "shortenedTerm"
        case .externalDateNotAfterReceipt: "externalDateNotAfterReceipt"
        case .externalDateBeyondCap: "externalDateBeyondCap"
        case .internalTarget: "internalTarget"
        case .extensionNotLater: "extensionNotLater"
        case .extensionBeyondCap: "extensionBeyondCap"
        case .extensionTooLate: "extensionTooLate"
        case .extensionBeforeReceipt: "extensionBeforeReceipt"
        }
    }

    public var description: String { label.en }

    /// What is wrong, with the dates, and what to give instead.
    public var label: Label {
        switch self {
        case .instantOutOfRange, .dateOutOfRange, .shortenedTerm, .externalDateNotAfterReceipt,
            .externalDateBeyondCap, .internalTarget:
            termLabel
        case .extensionNotLater, .extensionBeyondCap, .extensionTooLate, .extensionBeforeReceipt: extensionLabel
        }
    }

    private var termLabel: Label {
        switch self {
        case .instantOutOfRange(let milliseconds):
            Label(
                uk: "час надходження \(milliseconds) мс поза 1900–2199 роками; перевірте годинник вузла",
                en: "the time of receipt, \(milliseconds) ms, is outside 1900–2199; check the clock of the node"
            )
        case .dateOutOfRange(let from):
            Label(
                uk: "строк від \(from.ukrainianNumbers) виходить за 1900–2199 роки; виправте дату надходження",
                en: "a term counted from \(from) leaves 1900–2199; correct the date of receipt"
            )
        case .shortenedTerm(let days):
            Label(
                uk: "скорочений строк \(days) дн. недопустимий; вкажіть від 1 до 30 днів",
                en: "a shortened term of \(days) days is not possible; give 1 to 30 days"
            )
        case .externalDateNotAfterReceipt(let date, let registered):
            Label(
                uk: "строк надсилача \(date.ukrainianNumbers) не пізніший за надходження "
                    + "\(registered.ukrainianNumbers); перевірте лист надсилача",
                en: "the sender's term \(date) is not after the receipt on \(registered); check the sender's letter"
            )
        case .externalDateBeyondCap(let date, let cap):
            Label(
                uk: "строк надсилача \(date.ukrainianNumbers) пізніший за граничний \(cap.ukrainianNumbers) (45 днів, "
                    + "ст. 20); вкажіть не пізніше граничного",
                en:
                    "the sender's term \(date) is after the cap \(cap) (45 days, Art. 20); "
                    + "give a date not after the cap"
            )
        case .internalTarget(let days):
            Label(
                uk: "внутрішній строк \(days) роб. дн. недопустимий; вкажіть від 1 до 30",
                en: "an internal target of \(days) working days is not possible; give 1 to 30"
            )
        case .extensionNotLater, .extensionBeyondCap, .extensionTooLate, .extensionBeforeReceipt: extensionLabel
        }
    }

    private var extensionLabel: Label {
        switch self {
        case .extensionNotLater(let date, let current):
            Label(
                uk: "новий строк \(date.ukrainianNumbers) не пізніший за чинний \(current.ukrainianNumbers); "
                    + "вкажіть пізнішу дату",
                en: "the new term \(date) is not after the current one, \(current); give a later date"
            )
        case .extensionBeyondCap(let date, let cap):
            Label(
                uk:
                    "новий строк \(date.ukrainianNumbers) перевищує 45 днів (граничний "
                    + "\(cap.ukrainianNumbers), ст. 20); вкажіть не пізніше граничного",
                en: "the new term \(date) is beyond 45 days (cap \(cap), Art. 20); give a date not after the cap"
            )
        case .extensionTooLate(let decidedOn, let current):
            Label(
                uk: "строк минув \(current.ukrainianNumbers), рішення — \(decidedOn.ukrainianNumbers); "
                    + "продовжити можна було лише до нього",
                en: "the extension was decided on \(decidedOn), not before the current due date \(current); "
                    + "it can no longer be extended"
            )
        case .extensionBeforeReceipt(let decidedOn, let registered):
            Label(
                uk: "рішення про продовження \(decidedOn.ukrainianNumbers) раніше надходження "
                    + "\(registered.ukrainianNumbers); виправте дату рішення",
                en: "the extension was decided on \(decidedOn), before the receipt on \(registered); correct the date"
            )
        case .instantOutOfRange, .dateOutOfRange, .shortenedTerm, .externalDateNotAfterReceipt,
            .externalDateBeyondCap, .internalTarget:
            termLabel
        }
    }
}
