public import Appeals

/// A card as a source tells it: checked value by value, registered by nobody yet.
public struct ImportedCard: Hashable, Sendable {
    /// What the source knows the card by; importing again finds it by this.
    public let key: String
    /// The row or item it came from.
    public let row: Int

    public internal(set) var channel = Channel.import
    public internal(set) var kind = AppealKind.application
    public internal(set) var receiptSign: ReceiptSign?
    public internal(set) var subjectType = SubjectType.unknown
    public internal(set) var signatories: Int?

    public internal(set) var lastName: String?
    public internal(set) var firstName: String?
    public internal(set) var patronymic: String?
    public internal(set) var address: String?
    public internal(set) var phone: String?
    public internal(set) var email: String?
    public internal(set) var workplace: String?
    /// A code of the classifier, as 7.5.
    public internal(set) var category: String?
    /// A code of the classifier, as 8.1.
    public internal(set) var socialStatus: String?
    public internal(set) var sex: Sex?
    public internal(set) var isPrivileged = false
    public internal(set) var isConfidential = false

    public internal(set) var registrationIndex: RegistrationIndex?
    /// Unix milliseconds.
    public internal(set) var receivedAt: Int64 = 0
    public internal(set) var registeredOn: CivilDate?
    public internal(set) var homeNode: String?
    public internal(set) var addressee: Addressee?
    /// A code of the classifier, as 090.
    public internal(set) var heading: String?
    public internal(set) var problemAddress: String?
    public internal(set) var district: String?
    public internal(set) var text = ""

    /// The main executor's node id.
    public internal(set) var department: String?
    public internal(set) var coDepartments: [String] = []
    public internal(set) var complainedAgainst: [String] = []
    public internal(set) var resolutionText: String?
    public internal(set) var resolutionAuthor: String?
    public internal(set) var isOnControl: Bool?
    public internal(set) var deadlineBasis: DeadlineBasis?
    public internal(set) var replyChannel: ReplyPreference?

    public internal(set) var externalSystem: String?
    public internal(set) var externalNumber: String?
    public internal(set) var externalReceivedOn: CivilDate?
    public internal(set) var consultationExplanation: String?
    public internal(set) var consultationReferredTo: String?

    /// Due dates the source gives, to be compared with ours and never taken.
    public internal(set) var expectedStatutory: CivilDate?
    public internal(set) var expectedControl: CivilDate?
    public internal(set) var expectedCap: CivilDate?

    /// Settled in the call: registered and numbered, without resolution or control.
    public var isConsultation: Bool { consultationExplanation != nil }

    init(key: String, row: Int) {
        self.key = key
        self.row = row
    }
}
