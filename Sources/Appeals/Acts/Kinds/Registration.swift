import CanonicalJSON

/// Kinds that make and correct the card (R1–R7, R14–R17; C12).
extension Kinds {
    /// The dates of an appeal as its home node computed them, with basis and calendar, so that they can be explained
    /// later.
    static let due = FieldType.object([
        .optional("statutory", .date), .optional("control", .date), .optional("cap", .date),
        .required("basis", .string),
        .required("calendar", .string),
    ])

    /// A new card: what came, from whom, when, to whom it is addressed (R1, R2, R6, R14, R17).
    ///
    /// The author's node becomes the appeal's home. Everything about a person is optional but the words: the law asks
    /// for no more than the matter needs (Article 10), and a caller may not say.
    static let registered = Kind(
        "appeal.registered",
        parties: [.office: registrars, .home: executors],
        fields: [
            .required("index", .string), .required("registeredOn", .date), .required("receivedAt", .moment),
            .required("channel", .code(Codes.channels)), .required("addressee", .string),
            .required("kind", .code(Codes.kinds)),
            .required("receiptSign", .code(Codes.receiptSigns)), .required("subjectType", .code(Codes.subjectTypes)),
            .optional("signatories", .integer(1...1_000_000)), .optional("priority", .bool),
            .optional("confidential", .bool),
            .optional("replyPreference", .code(Codes.replies)), .optional("external", .string),
            .optional("repeatOf", .string),
            .optional("duplicateOf", .string), .optional("complainedAgainst", .array(.party)),
            .required(
                "issues",
                .array(.object([.required("heading", .code(Codes.headings)), .optional("district", .string)]))
            ),
            .optional("due", due),
        ],
        personal: [
            .optional("name", .string), .optional("address", .address), .optional("workplace", .string),
            .optional("category", .string), .optional("socialStatus", .string), .optional("sex", .string),
            .optional("phones", .array(.string)), .optional("phonesTyped", .array(.string)),
            .optional("emails", .array(.string)), .required("text", .text),
            .optional("questions", .array(.text)), .optional("problemAddresses", .array(.address)),
        ],
        guards: { context in
            guard let issues = context.body["issues"]?.array, !issues.isEmpty else {
                throw Refusal(.missingField, path: "body.issues")
            }
            try requireOwnSeries(context)
            try requirePast(context)
            try context.requireKnownParties(context.body[Complaint.register])
            try context.requireKnownStreets()
        },
        effects: registrationEffects
    )

    /// A department numbers from its own series, of whichever incarnation: a log issued again keeps its numbers.
    ///
    /// The office takes what an import brings.
    private static func requireOwnSeries(_ context: KindContext) throws(Refusal) {
        let node = context.operation.origin.node
        guard node != context.world.office else { return }
        let index = RegistrationIndex(context.body["index"]?.string ?? "")
        guard index?.series.department == node.uppercased() else { throw Refusal(.wrongIndex, path: "body.index") }
    }

    /// A day of registration is not further ahead than weekends and holidays carry a receipt, and two clocks may differ.
    static func requirePast(_ context: KindContext) throws(Refusal) {
        guard let day = context.body["registeredOn"]?.string.flatMap({ CivilDate($0) }),
            let last = context.world.today.adding(days: Limits.registeredAhead), day > last
        else { return }
        throw Refusal(.datesDisorder, path: "body.registeredOn")
    }

    /// A register for each field that is given; issues first, then contacts, are entities named by this write.
    @Sendable private static func registrationEffects(_ context: KindContext) throws(Refusal) -> [Effect] {
        let body = context.body, personal = context.personal
        let home = context.operation.origin.node
        var effects: [Effect] = [.register("home", .string(home))]
        for name in [
            "index", "registeredOn", "receivedAt", "channel", "addressee", "kind", "receiptSign", "subjectType",
            "signatories",
            "priority", "confidential", "replyPreference", "external", "repeatOf", "duplicateOf", "complainedAgainst",
        ] {
            if let value = body[name] { effects.append(.register(name, value)) }
        }
        for name in ["name", "address", "workplace", "category", "socialStatus", "sex"] {
            if let value = personal[name] { effects.append(.register("applicant." + name, value)) }
        }
        if let text = personal["text"] { effects.append(.register("text", text)) }
        for (name, value) in body["due"]?.object?.members ?? [] { effects.append(.register("due." + name, value)) }
        var entity = 0
        for (place, issue) in (body["issues"]?.array ?? []).enumerated() {
            entity += 1
            let name = context.operation.entity(entity)
            effects.append(.register("issue@" + name, .integer(Int64(place + 1))))
            if let heading = issue["heading"] { effects.append(.register("heading@" + name, heading)) }
            if let district = issue["district"] { effects.append(.register("district@" + name, district)) }
            if let question = personal["questions"]?.array?.element(place) {
                effects.append(.register("question@" + name, question))
            }
            if let address = personal["problemAddresses"]?.array?.element(place) {
                effects.append(.register("problemAddress@" + name, address))
            }
        }
        for (place, phone) in (personal["phones"]?.array ?? []).enumerated() {
            entity += 1
            effects += phoneEffects(
                phone,
                typed: personal["phonesTyped"]?.array?.element(place),
                context.operation.entity(entity)
            )
        }
        for email in personal["emails"]?.array ?? [] {
            entity += 1
            effects.append(.register("contact.email@" + context.operation.entity(entity), email))
        }
        return effects
    }

    /// Registers of the card set anew, each judged by its own row of the policy.
    ///
    /// Who may not write one proposes it: a main executor who met the applicant knows the address better than the
    /// caller's words.
    static let corrected = Kind(
        "appeal.corrected",
        parties: [.controller: registrars.union(heads), .home: executors, .main: executors],
        isAtomic: false,
        fields: [.optional("fields", .corrections(personal: false)), .optional("reason", .string)],
        personal: [.optional("fields", .corrections(personal: true))],
        guards: { context in
            for (full, _) in corrections(context) where Names.entity(full) != nil {
                guard
                    context.appeal[.registers, full] != nil
                        || Names.entity(full).map({ context.appeal[.registers, "issue@" + $0] != nil }) == true
                else { throw Refusal(.unknownIssue, path: full) }
            }
            try context.requireKnownParties(context.body["fields"]?[Complaint.register])
            try context.requireKnownStreets()
        },
        effects: { context throws(Refusal) in
            let fields = corrections(context)
            guard !fields.isEmpty else { throw Refusal(.missingField, path: "body.fields") }
            return fields.map { .register($0.0, $0.1) }
        }
    )

    /// Full register names and values of both parts.
    private static func corrections(_ context: KindContext) -> [(String, JSON)] {
        let members =
            (context.body["fields"]?.object?.members ?? []) + (context.personal["fields"]?.object?.members ?? [])
        return members.map { ($0.key, $0.value) }
    }

    /// A telephone, and what was typed for it where that is not the telephone itself.
    private static func phoneEffects(_ phone: JSON, typed: JSON?, _ entity: String) -> [Effect] {
        let more = typed.flatMap { $0 == phone ? nil : Effect.register("contact.phoneTyped@" + entity, $0) }
        return [.register("contact.phone@" + entity, phone)] + (more.map { [$0] } ?? [])
    }

    /// One more phone or e-mail of the applicant; anybody who talks to people may add, nothing is overwritten.
    static let contactAdded = Kind(
        "contact.added",
        parties: [.office: registrars, .home: everybodyThere, .main: everybodyThere],
        isAtomic: false,
        personal: [.optional("phone", .string), .optional("phoneTyped", .string), .optional("email", .string)],
        effects: { context throws(Refusal) in
            var effects: [Effect] = []
            let (phone, typed) = (context.personal["phone"], context.personal["phoneTyped"])
            if let phone { effects += phoneEffects(phone, typed: typed, context.operation.entity(1)) }
            if let email = context.personal["email"] {
                effects.append(.register("contact.email@" + context.operation.entity(phone == nil ? 1 : 2), email))
            }
            guard !effects.isEmpty, phone != nil || typed == nil else {
                throw Refusal(.missingField, path: "personal.phone")
            }
            return effects
        }
    )

    /// A contact that is wrong is set to null, with every other of the same value; another one added meanwhile stays.
    static let contactRemoved = Kind(
        "contact.removed",
        parties: [.controller: registrars.union(heads), .home: executors],
        isAtomic: false,
        fields: [.required("contact", .write)],
        effects: { context throws(Refusal) in
            let contact = context.body["contact"]?.string ?? ""
            let present = ["contact.phone", "contact.email"].filter {
                context.appeal[.registers, $0 + "@" + contact] != nil
            }
            guard !present.isEmpty else { throw Refusal(.nothingToSettle, path: contact) }
            return present.flatMap { bare -> [Effect] in
                // Two people may have added one number without knowing of each other.
                let value = context.text(bare + "@" + contact)
                let equal = value.map { context.appeal.entities(with: bare, being: $0) } ?? []
                return ([contact] + equal.filter { $0 != contact }).flatMap { entity -> [Effect] in
                    let typed = bare == "contact.phone" ? ["contact.phoneTyped@" + entity] : []
                    return ([bare + "@" + entity] + typed.filter { context.appeal[.registers, $0] != nil }).map {
                        .register($0, .null)
                    }
                }
            }
        }
    )

    /// Words for colleagues, seen by home, main executor and the author's own department alone.
    static let noteAdded = Kind(
        "note.added",
        parties: [
            .office: officeRoles, .home: everybodyThere, .main: everybodyThere, .co: everybodyThere,
            .inform: everybodyThere,
        ],
        isAtomic: false,
        personal: [.required("text", .text)],
        effects: { context throws(Refusal) in [.fact("note", entity: nil, context.factValue())] }
    )

    /// The appeal is destroyed everywhere, for ever: the act itself stays, without a word of the content (C18).
    static let appealErased = Kind(
        "appeal.erased",
        parties: [.office: ["administrator"]],
        fields: [.required("reason", .string)],
        effects: { _ throws(Refusal) in [] }
    )
}

extension Array {
    /// The element at a place, nil outside.
    func element(_ place: Int) -> Element? { indices.contains(place) ? self[place] : nil }
}
