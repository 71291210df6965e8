package import Appeals
package import CanonicalJSON
package import Replication

/// An imported card ready to be registered: its term counted, its operations known.
package struct PreparedCard {
    /// The operations that one card becomes, in this order, all in one transaction.
    package enum Step { case registration, resolution, note }

    package let card: ImportedCard
    package let id: String
    package let fields: CardFields
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
        calendar: WorkingCalendar,
        found: Appeals.Aggregate?
    ) throws {
        self.card = card
        isHere = found != nil
        steps = found.map { Self.missing(card, $0) } ?? Self.all(card)
        self.id = id
        var fields = Self.fields(card)
        fields.complainedAgainst = complainedAgainst
        self.fields = fields
        let counted = try fields.derivation(calendar)?.due
        // The source's own day of registration stands: what was told to people is not counted anew.
        if let given = card.registeredOn, let basis = card.deadlineBasis, given != counted?.registered {
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
        if card.department != nil, !card.isConsultation { steps.append(.resolution) }
        if card.isConsultation || (card.department == nil && card.resolutionText != nil) { steps.append(.note) }
        return steps
    }

    /// Whether a card lacks anything that its row says.
    static func lacks(_ card: ImportedCard, _ appeal: Appeals.Aggregate) -> Bool { !missing(card, appeal).isEmpty }

    /// What a card lacks that its row says: whoever has it to do, if nobody ever had and nothing was decided.
    private static func missing(_ card: ImportedCard, _ appeal: Appeals.Aggregate) -> [Step] {
        let isOpen = AppealState(of: appeal) == .registered && appeal.entities(with: "department").isEmpty
        return isOpen && card.department != nil && !card.isConsultation ? [.resolution] : []
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
                problemAddress: card.problemAddress
            )
        ]
        let name = [card.lastName, card.firstName, card.patronymic].compactMap { $0 }.joined(separator: " ")
        fields.name = PersonName(typed: name)
        fields.address = card.address
        fields.workplace = card.workplace
        fields.category = card.category
        fields.socialStatus = card.socialStatus
        fields.sex = card.sex
        fields.phones = card.phone.map { [$0] } ?? []
        fields.emails = card.email.map { [$0] } ?? []
        fields.text = card.text
        fields.receivedAt = card.receivedAt
        fields.basis = card.deadlineBasis
        return fields
    }

    /// The registration, under the index that the source brings, else the next of its series; throws `seriesUsedUp`.
    package func registration(_ desk: Desk, _ actor: Actor, _ transaction: any StoreTransaction) throws -> Draft {
        let index: RegistrationIndex
        if let given = card.registrationIndex {
            index = given
            try keep(given, transaction)
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

    /// A number that the source brings is never drawn again.
    private func keep(_ index: RegistrationIndex, _ transaction: any StoreTransaction) throws {
        let series = index.series.description
        if try transaction.seriesLast(series) < index.number {
            try transaction.setSeriesLast(series, Int64(index.number))
        }
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
            personal: ["text": .string(signed(card.resolutionText ?? "Розглянути в установленому порядку."))]
        )
    }

    /// A resolution of the source that gives the work to nobody; nil if there is none, or it does.
    private var ungivenResolution: String? {
        guard card.department == nil, !card.isConsultation else { return nil }
        return card.resolutionText.map { "Резолюція: " + signed($0) }
    }

    /// The words of a resolution with its author in the source, if that names one.
    private func signed(_ words: String) -> String { words + (card.resolutionAuthor.map { " (\($0))" } ?? "") }

    /// What was explained in the call, since a consultation has no resolution; or a resolution that gives the work to nobody.
    package func note(_ actor: Actor) -> Draft {
        let referred = card.consultationReferredTo.map { " → \($0)" } ?? ""
        let words = ungivenResolution ?? "Роз'яснення: " + (card.consultationExplanation ?? "") + referred
        return Draft(
            kind: "note.added",
            appeal: id,
            actor: actor,
            body: [:],
            personal: ["text": .string(words)]
        )
    }
}
