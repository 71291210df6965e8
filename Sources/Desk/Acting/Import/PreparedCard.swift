package import Appeals
package import CanonicalJSON
package import Replication

/// An imported card ready to be registered: its term counted, its operations known.
package struct PreparedCard {
    /// The operations that one card becomes, in this order, all in one transaction.
    package enum Step { case registration, resolution, note, end }

    package let card: ImportedCard
    package let id: String
    package let fields: CardFields
    /// Addresses in which the register of streets found no place, or several.
    package let unresolvedAddresses: [UnresolvedAddress]
    package let due: DueDates?
    /// Whether the card was here before.
    package let isHere: Bool
    package let registered: CivilDate

    /// What is still to be done, in this order, all in one transaction; nothing if the card is as its row says.
    package let steps: [Step]

    /// Counts the term of a card; throws a `DeadlineRefusal` where the calendar does not reach.
    ///
    /// - Parameter found: the card as it is here already.
    package init(
        _ card: ImportedCard,
        id: String,
        complainedAgainst: [JSON],
        streets: AddressLookup,
        calendar: WorkingCalendar,
        found: Appeals.Aggregate?
    ) throws {
        self.card = card
        isHere = found != nil
        steps = found.map { Self.missing(card, $0) } ?? Self.all(card)
        self.id = id
        var fields = Self.fields(card)
        fields.complainedAgainst = complainedAgainst
        unresolvedAddresses = fields.resolve(streets)
        self.fields = fields
        let counted = try fields.derivation(calendar)?.due
        // The source's own day of registration stands: what was told to people is not counted anew.
        if let given = card.registeredOn, let basis = fields.basis, given != counted?.registered {
            due = try Deadlines.due(registered: given, basis: basis, channel: card.channel, calendar: calendar)
            registered = given
        } else {
            due = counted
            registered =
                try card.registeredOn ?? counted?.registered
                ?? Receipt(receivedAt: card.receivedAt, channel: card.channel, calendar: calendar).registered
        }
    }

    private static func all(_ card: ImportedCard) -> [Step] {
        var steps: [Step] = [.registration]
        if card.department != nil, !card.isConsultation, !card.isClosed { steps.append(.resolution) }
        if card.isConsultation || card.isClosed || card.department == nil, !notes(card).isEmpty { steps.append(.note) }
        if card.isClosed, !card.isConsultation { steps.append(.end) }
        return steps
    }

    /// Whether a card lacks anything that its row says.
    static func lacks(_ card: ImportedCard, _ appeal: Appeals.Aggregate) -> Bool { !missing(card, appeal).isEmpty }

    /// What a card lacks that its row says: its end or whoever has it to do, if nobody ever had and nothing was decided.
    private static func missing(_ card: ImportedCard, _ appeal: Appeals.Aggregate) -> [Step] {
        let isOpen = AppealState(of: appeal) == .registered && appeal.entities(with: "department").isEmpty
        guard isOpen, !card.isConsultation else { return [] }
        return card.isClosed ? [.end] : card.department != nil ? [.resolution] : []
    }

    /// The month of the law where the row says nothing; a consultation has no term.
    private static func basis(_ card: ImportedCard) -> DeadlineBasis? {
        card.deadlineBasis ?? (card.isConsultation ? nil : .month)
    }

    private static func fields(_ card: ImportedCard) -> CardFields {
        var fields = CardFields()
        fields.channel = card.channel
        fields.addressee = (card.addressee ?? .mayor).rawValue
        fields.kind = card.kind
        fields.receiptSign = card.receiptSign ?? .first
        fields.subjectType = card.subjectType
        fields.signatories = card.signatories.map(Int64.init)
        fields.isPriority = card.isPrivileged
        fields.isConfidential = card.isConfidential
        fields.reply = card.replyChannel
        let external = [card.externalSystem, card.externalNumber, card.externalReceivedOn?.description].compactMap {
            $0
        }
        fields.external = external.isEmpty ? nil : external.joined(separator: " ")
        fields.issues = [
            CardFields.Issue(
                heading: card.heading ?? CardFields.otherHeading,
                district: card.district,
                question: nil,
                problemAddress: card.problemAddress.map { Address(typed: $0) }
            )
        ]
        let name = [card.lastName, card.firstName, card.patronymic].compactMap { $0 }.joined(separator: " ")
        fields.name = PersonName(typed: name)
        fields.address = card.address.map { Address(typed: $0) }
        fields.workplace = card.workplace
        fields.category = card.category
        fields.socialStatus = card.socialStatus
        fields.sex = card.sex
        fields.phones = card.phone.map { [$0] } ?? []
        fields.emails = card.email.map { [$0] } ?? []
        fields.text = card.text
        fields.receivedAt = card.receivedAt
        fields.basis = basis(card)
        return fields
    }

    /// The registration, under the index that the source brings, else the next of its series.
    ///
    /// Throws `seriesUsedUp`, and what `ImportedNumber.take` throws.
    package func registration(_ desk: Desk, _ actor: Actor, _ transaction: any StoreTransaction) throws -> Draft {
        let index: RegistrationIndex
        if let given = card.registrationIndex {
            index = given
            try ImportedNumber(given).take(transaction)
        } else {
            index = try desk.drawIndex(fields.mark, transaction).0
        }
        return Draft(
            kind: "appeal.registered",
            appeal: id,
            actor: actor,
            body: fields.body(index: index, registered: registered, due: due),
            personal: fields.personal
        )
    }

    /// The resolution that assigns the card to its departments; the source's own author is named in its text.
    package func resolution(_ actor: Actor, author: String) -> Draft {
        let main = card.department.map { [($0, "main")] } ?? []
        let assignments = (main + card.coDepartments.filter { $0 != card.department }.map { ($0, "co") }).map {
            department,
            role -> JSON in
            ["department": .string(department), "role": .string(role)]
        }
        var body: JSONObject = [
            "author": ["user": .string(author), "role": "leader"], "assignments": .array(assignments),
        ]
        if card.isOnControl != false { body["onControl"] = true }
        return Draft(
            kind: "resolution.issued",
            appeal: id,
            actor: actor,
            body: body,
            personal: ["text": .string(Self.signed(card.resolutionText ?? "Розглянути в установленому порядку.", card))]
        )
    }

    /// What was explained in the call, or what the source decided about whom nobody here has the work.
    private static func notes(_ card: ImportedCard) -> [String] {
        if card.isConsultation {
            let referred = card.consultationReferredTo.map { " → \($0)" } ?? ""
            return ["Роз'яснення: " + (card.consultationExplanation ?? "") + referred]
        }
        let done = card.isClosed ? card.department.map { ["Виконавець: " + $0] } ?? [] : []
        return done + (card.resolutionText.map { ["Резолюція: " + signed($0, card)] } ?? [])
    }

    /// The words of a resolution with its author in the source, if that names one.
    private static func signed(_ words: String, _ card: ImportedCard) -> String {
        words + (card.resolutionAuthor.map { " (\($0))" } ?? "")
    }

    /// What the source says and no other act has a place for.
    package func note(_ actor: Actor) -> Draft {
        Draft(
            kind: "note.added",
            appeal: id,
            actor: actor,
            body: [:],
            personal: ["text": .string(Self.notes(card).joined(separator: "\n"))]
        )
    }

    /// The end that the card had in its source.
    package func end(_ actor: Actor, author: String, source: String) -> Draft {
        var body: JSONObject = [
            "author": .string(author), "date": .string((card.closedOn ?? registered).description),
            "register": .string(card.externalSystem ?? source),
        ]
        body["result"] = card.result.map { .string($0.rawValue) }
        return Draft(kind: "appeal.concluded", appeal: id, actor: actor, body: body)
    }
}
