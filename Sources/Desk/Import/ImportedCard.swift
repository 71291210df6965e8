package import Appeals

/// A card as a source tells it: checked value by value, registered by nobody yet.
package struct ImportedCard: Hashable, Sendable {
    /// What the source knows the card by; importing again finds it by this.
    package let key: String
    /// The row or item it came from.
    package let row: Int

    package var channel = Channel.import
    package var kind = AppealKind.application
    package var receiptSign: ReceiptSign?
    package var subjectType = SubjectType.unknown
    package var signatories: Int?

    package var lastName: String?
    package var firstName: String?
    package var patronymic: String?
    package var address: String?
    package var phone: PhoneNumber?
    package var email: EmailAddress?
    package var workplace: String?
    /// A code of the classifier, as 7.5.
    package var category: String?
    /// A code of the classifier, as 8.1.
    package var socialStatus: String?
    package var sex: Sex?
    package var isPrivileged = false
    package var isConfidential = false

    package var registrationIndex: RegistrationIndex?
    /// Unix milliseconds.
    package var receivedAt: Int64 = 0
    package var registeredOn: CivilDate?
    package var homeNode: String?
    package var addressee: Addressee?
    /// A code of the classifier, as 090.
    package var heading: String?
    package var problemAddress: String?
    package var district: String?
    package var text = ""

    /// The main executor's node id.
    package var department: String?
    package var coDepartments: [String] = []
    package var complainedAgainst: [String] = []
    package var resolutionText: String?
    package var resolutionAuthor: String?
    package var isOnControl: Bool?
    package var deadlineBasis: DeadlineBasis?
    package var replyChannel: ReplyPreference?

    package var externalSystem: String?
    package var externalNumber: String?
    package var externalReceivedOn: CivilDate?
    package var consultationExplanation: String?
    package var consultationReferredTo: String?

    /// Whether the source has done with it; a day or a result without a state says that it has.
    package var state: State?
    package var closedOn: CivilDate?
    package var result: IssueResult?

    /// Due dates the source gives, to be compared with ours and never taken.
    package var expectedStatutory: CivilDate?
    package var expectedControl: CivilDate?
    package var expectedCap: CivilDate?

    /// Settled in the call: registered and numbered, without resolution or control.
    package var isConsultation: Bool { consultationExplanation != nil }

    /// Over in its source: history that is nobody's work.
    package var isClosed: Bool { (state ?? (closedOn == nil && result == nil ? .open : .closed)) == .closed }

    /// What a source says of where a card stands.
    package enum State: String, CaseIterable, Sendable {
        case open, closed

        static let codes = [
            InputCode(Self.open.rawValue, uk: "у роботі", en: "being worked on"),
            InputCode(Self.closed.rawValue, uk: "завершено", en: "over"),
        ]
    }

    package init(key: String, row: Int) {
        self.key = key
        self.row = row
    }
}
