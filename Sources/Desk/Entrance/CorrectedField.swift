import Appeals

/// Of which type the fields of a card are that are corrected: a correction takes what the registration takes.
package enum CorrectedField {
    /// The type of a register by its bare name; nil if it is not corrected.
    package static func type(_ register: String) -> InputType? {
        if let type = types[register] { return type }
        guard let type = Policy.register(register)?.corrected else { return nil }
        return InputType(type)
    }

    /// Fields of which the operation says less than a registration asks for.
    private static let types: [String: InputType] = [
        "channel": .code(.channels), "addressee": .code(.addressees), "receiptSign": .code(.receiptSigns),
        "subjectType": .code(.subjectTypes), "replyPreference": .code(.replies), "kind": .code(.kinds),
        "heading": .code(.headings), "applicant.name": .personName, "applicant.address": .place,
        "applicant.category": .code(.categories), "applicant.socialStatus": .code(.socialStatuses),
        "applicant.sex": .code(.sexes), "problemAddress": .place, "repeatOf": .index, "duplicateOf": .index,
        Complaint.register: .complainedAgainst,
    ]
}
