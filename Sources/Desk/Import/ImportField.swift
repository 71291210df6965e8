/// What a mapping can fill on an imported card; the raw values are the keys of `fields` and `constants`.
package enum ImportField: String, CaseIterable, Hashable, Sendable {
    case channel, kind, receiptSign, subjectType, signatories
    case lastName, firstName, patronymic, address, phone, email, workplace, category, socialStatus, sex, privileged
    case confidential
    case registrationIndex, receivedAt, registeredOn, homeNode, addressee, heading, problemAddress, district, text
    case department, coDepartments, complainedAgainst, resolutionText, resolutionAuthor, onControl, deadlineBasis
    case replyChannel, externalSystem, externalNumber, externalReceivedOn
    case consultationExplanation, consultationReferredTo
    case expectedStatutory, expectedControl, expectedCap

    /// Fields without which there is no card, so a mapping has to give each of them.
    package static let required: [ImportField] = [.channel, .kind, .subjectType, .receivedAt, .text]

    /// The form of date a field is read in when the mapping does not say; nil for a field that is no date.
    package var usualDateForm: ImportRule.DateForm? {
        switch self {
        case .receivedAt: .rfc3339
        case .registeredOn, .externalReceivedOn, .expectedStatutory, .expectedControl, .expectedCap: .isoDate
        default: nil
        }
    }

    /// UTF-8 bytes a value may have.
    package var longest: Int { self == .text || self == .consultationExplanation ? 48 << 10 : 4 << 10 }
}
