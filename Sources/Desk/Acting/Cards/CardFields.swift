package import Appeals
package import CanonicalJSON

/// What a registration says, before it has an index: filled by a command or by an import.
package struct CardFields {
    /// One issue of the appeal.
    package struct Issue {
        package var heading: String
        package var district: String?
        package var question: String?
        package var problemAddress: Address?

        package init(heading: String, district: String?, question: String?, problemAddress: Address?) {
            self.heading = heading
            self.district = district
            self.question = question
            self.problemAddress = problemAddress
        }
    }

    package init() {}

    package var channel = Channel.mayorPhone
    package var addressee = Addressee.mayor.rawValue
    package var kind = AppealKind.application
    package var receiptSign = ReceiptSign.first
    package var subjectType = SubjectType.individual
    package var signatories: Int64?
    package var isPriority = false
    package var isConfidential = false
    package var reply: ReplyPreference?
    package var external: String?
    package var repeatOf: String?
    package var duplicateOf: String?
    package var complainedAgainst: [JSON] = []
    package var issues: [Issue] = []
    package var name: PersonName?
    package var address: Address?
    package var workplace: String?
    package var category: String?
    package var socialStatus: String?
    package var sex: Sex?
    package var phones: [PhoneNumber] = []
    package var emails: [EmailAddress] = []
    package var text = ""
    package var receivedAt: Int64 = 0
    /// Nil: no term runs (a consultation).
    package var basis: DeadlineBasis?

    /// The heading of what fits none.
    package static let otherHeading = "240"

    /// By which mark the index is drawn: the surname's letter, КО, БП.
    package var mark: IndexSeries.Mark {
        switch subjectType {
        case .collective: return .collective
        case .anonymous: return .anonymous
        // Without a surname it is filed under БІ, never as anonymous.
        case .individual, .unknown: return .surname(name?.name ?? "")
        }
    }

    /// How the term is counted from the time of receipt; nil if none runs.
    ///
    /// Throws where the calendar does not reach.
    package func derivation(_ calendar: WorkingCalendar) throws(DeadlineRefusal) -> Derivation? {
        guard let basis else { return nil }
        return try Deadlines.derive(receivedAt: receivedAt, basis: basis, channel: channel, calendar: calendar)
    }

    /// The open part of the registration; what names or describes a person is in `personal`.
    package func body(index: RegistrationIndex, registered: CivilDate, due: DueDates?) -> JSONObject {
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

    /// Dates as an operation carries them, with the basis and the calendar by which they can be counted again.
    package static func due(_ due: DueDates) -> JSON {
        [
            "statutory": .string(due.statutory.description), "control": .string(due.control.description),
            "cap": .string(due.cap.description), "basis": .string(due.basis.code),
            "calendar": .string(due.calendarVersion),
        ]
    }

    /// The part that an erasure destroys: the caller's words, and who they are.
    ///
    /// Questions and addresses of problems stand in the order of the issues, with empty texts where an issue has none.
    package var personal: JSONObject {
        var personal: JSONObject = ["text": .string(text)]
        let named: [(String, String?)] = [
            ("name", name?.name), ("workplace", workplace), ("category", category),
            ("socialStatus", socialStatus), ("sex", sex?.rawValue),
        ]
        for (key, value) in named { personal[key] = value.map(JSON.string) }
        personal["address"] = address?.json
        let numbers = phones.map(\.number).uniqued(), addresses = emails.map(\.address).uniqued()
        if !numbers.isEmpty { personal["phones"] = .array(numbers.map(JSON.string)) }
        if phones.contains(where: { $0.typed != nil }) {
            // The number itself where nothing more was typed.
            personal["phonesTyped"] = .array(
                numbers.map { number in
                    let typed = phones.filter { $0.number == number }.compactMap(\.typed).uniqued()
                    return .string(typed.isEmpty ? number : typed.joined(separator: "; "))
                }
            )
        }
        if !addresses.isEmpty { personal["emails"] = .array(addresses.map(JSON.string)) }
        if issues.contains(where: { $0.question != nil }) {
            personal["questions"] = .array(issues.map { .string($0.question ?? "") })
        }
        if issues.contains(where: { $0.problemAddress != nil }) {
            personal["problemAddresses"] = .array(issues.map { $0.problemAddress?.json ?? "" })
        }
        return personal
    }
}
