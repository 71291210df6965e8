import Appeals

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
    case state, closedOn, result

    /// Fields without which there is no card, so a mapping has to give each of them.
    package static let required: [ImportField] = [.channel, .kind, .subjectType, .receivedAt, .text]

    /// The form of date a field is read in when the mapping does not say; nil for a field that is no date.
    package var usualDateForm: WrittenTime.Form? {
        switch self {
        case .receivedAt: .rfc3339
        case .registeredOn, .externalReceivedOn, .expectedStatutory, .expectedControl, .expectedCap, .closedOn: .isoDate
        default: nil
        }
    }

    /// What comes in as this field: its values go through the entrance as those that people type.
    package var input: InputType {
        switch self {
        case .channel: .code(.channels)
        case .kind: .code(.kinds)
        case .receiptSign: .code(.receiptSigns)
        case .subjectType: .code(.subjectTypes)
        case .sex: .code(.sexes)
        case .addressee: .code(.addressees)
        case .replyChannel: .code(.replies)
        case .heading: .code(.headings)
        case .category: .code(.categories)
        case .socialStatus: .code(.socialStatuses)
        case .deadlineBasis: .basis
        case .registrationIndex: .index
        case .signatories: .number(1...1_000_000)
        case .privileged, .confidential, .onControl: .flag
        case .lastName: .personName
        case .phone: .phone
        case .email: .email
        case .address, .problemAddress: .place
        case .receivedAt: .moment
        case .registeredOn, .externalReceivedOn, .expectedStatutory, .expectedControl, .expectedCap, .closedOn: .date
        case .department, .coDepartments, .homeNode: .department
        case .state: .code(ImportedCard.State.codes)
        case .result: .code(.results)
        case .complainedAgainst: .complainedAgainst
        case .text, .consultationExplanation: .words
        case .firstName, .patronymic, .workplace, .district, .resolutionText, .resolutionAuthor, .externalSystem,
            .externalNumber, .consultationReferredTo:
            .string
        }
    }

    /// UTF-8 bytes a value may have.
    package var longest: Int { self == .text || self == .consultationExplanation ? 48 << 10 : 4 << 10 }
}
