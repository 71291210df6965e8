import Appeals
import CanonicalJSON

/// What a registration says, before it has an index: filled by a command or by an import.
struct CardFields {
    /// One issue of the appeal.
    struct Issue {
        var heading: String
        var district: String?
        var question: String?
        var problemAddress: String?
    }

    var channel = Channel.mayorPhone
    var addressee = Addressee.mayor.rawValue
    var kind = AppealKind.application
    var receiptSign = ReceiptSign.first
    var subjectType = SubjectType.individual
    var signatories: Int64?
    var isPriority = false
    var isConfidential = false
    var reply: ReplyPreference?
    var external: String?
    var repeatOf: String?
    var duplicateOf: String?
    var complainedAgainst: [JSON] = []
    var issues: [Issue] = []
    var name: String?
    var address: String?
    var workplace: String?
    var category: String?
    var socialStatus: String?
    var sex: Sex?
    var phones: [String] = []
    var emails: [String] = []
    var text = ""
    var receivedAt: Int64 = 0
    /// Nil: no term runs (a consultation).
    var basis: DeadlineBasis?

    /// The heading of what fits none.
    static let otherHeading = "240"

    /// By which mark the index is drawn: the surname's letter, КО, БП.
    var mark: IndexSeries.Mark {
        switch subjectType {
        case .collective: return .collective
        case .anonymous: return .anonymous
        // Without a surname it is filed under Latin X, never as anonymous.
        case .individual, .unknown: return .surname(name ?? "")
        }
    }

    func derivation(_ calendar: WorkingCalendar) throws(DeadlineRefusal) -> Derivation? {
        guard let basis else { return nil }
        return try Deadlines.derive(receivedAt: receivedAt, basis: basis, channel: channel, calendar: calendar)
    }

    func body(index: RegistrationIndex, registered: CivilDate, due: DueDates?) -> JSONObject {
        var body: JSONObject = [
            "index": .string(index.description), "registeredOn": .string(registered.description),
            "receivedAt": .string(KyivTime.rfc3339(receivedAt) ?? ""), "channel": .string(channel.rawValue),
            "addressee": .string(addressee), "kind": .string(kind.rawValue),
            "receiptSign": .string(receiptSign.rawValue),
            "subjectType": .string(subjectType.rawValue),
            "issues": .array(
                issues.map { issue in
                    var object: JSONObject = ["heading": .string(issue.heading)]
                    if let district = issue.district { object["district"] = .string(district) }
                    return .object(object)
                }
            ),
        ]
        if let signatories { body["signatories"] = .integer(signatories) }
        if isPriority { body["priority"] = true }
        if isConfidential { body["confidential"] = true }
        body["replyPreference"] = (reply?.rawValue).map(JSON.string)
        body["external"] = external.map(JSON.string)
        body["repeatOf"] = repeatOf.map(JSON.string)
        body["duplicateOf"] = duplicateOf.map(JSON.string)
        if !complainedAgainst.isEmpty { body["complainedAgainst"] = .array(complainedAgainst) }
        if let due { body["due"] = Self.due(due) }
        return body
    }

    static func due(_ due: DueDates) -> JSON {
        [
            "statutory": .string(due.statutory.description), "control": .string(due.control.description),
            "cap": .string(due.cap.description), "basis": .string(due.basis.code),
            "calendar": .string(due.calendarVersion),
        ]
    }

    var personal: JSONObject {
        var personal: JSONObject = ["text": .string(text)]
        let named: [(String, String?)] = [
            ("name", name), ("address", address), ("workplace", workplace), ("category", category),
            ("socialStatus", socialStatus), ("sex", sex?.rawValue),
        ]
        for (key, value) in named { personal[key] = value.map(JSON.string) }
        if !phones.isEmpty { personal["phones"] = .array(phones.map(JSON.string)) }
        if !emails.isEmpty { personal["emails"] = .array(emails.map(JSON.string)) }
        if issues.contains(where: { $0.question != nil }) {
            personal["questions"] = .array(issues.map { .string($0.question ?? "") })
        }
        if issues.contains(where: { $0.problemAddress != nil }) {
            personal["problemAddresses"] = .array(issues.map { .string($0.problemAddress ?? "") })
        }
        return personal
    }
}
