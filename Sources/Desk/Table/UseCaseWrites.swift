package import Appeals

/// What a row writes, and who may run it for that reason.
package struct UseCaseWrites: Sendable, Equatable {
    /// Who may run a row.
    package enum Standing: Sendable, Equatable {
        /// Whom the kinds that it writes name as parties.
        case parties
        /// An administrator of the office.
        case administrator
        /// Whoever works at the node; what is shown depends on who reads.
        case reader
        /// Whoever has the machine: it makes, saves or restores a node, or needs none.
        case machine
    }

    /// The kinds of operation; empty for a reading, and for what writes no operation.
    package let kinds: [String]
    package let standing: Standing
    /// Written beside `kinds` in one act of whoever may write those.
    package let beside: [String]
    /// Whether a department refuses it, whoever asks.
    package let isOfOffice: Bool

    private init(_ standing: Standing, _ kinds: [String] = [], beside: [String] = [], isOfOffice: Bool = false) {
        self.standing = standing
        self.kinds = kinds
        self.beside = beside
        self.isOfOffice = isOfOffice
    }

    private static func acts(_ kinds: String...) -> UseCaseWrites { UseCaseWrites(.parties, kinds) }
    private static func administers(_ kinds: String...) -> UseCaseWrites { UseCaseWrites(.administrator, kinds) }
    private static func machine(_ kinds: String...) -> UseCaseWrites { UseCaseWrites(.machine, kinds) }
    private static let reads = UseCaseWrites(.reader)

    /// What the row of this name writes; nil if nobody has said.
    package static func of(_ row: String) -> UseCaseWrites? { all[row] }

    package static var names: Set<String> { Set(all.keys) }

    // Looked up, never iterated.
    private static let all: [String: UseCaseWrites] = aroundNode.merging(admission) { first, _ in first }
        .merging(casework) { first, _ in first }.merging(readings) { first, _ in first }

    private static let aroundNode: [String: UseCaseWrites] = [
        "init office": machine("department.put", "person.put", "role.granted", "calendar.put"),
        "init department": machine(), "join": machine(), "serve": machine(), "backup create": machine(),
        "backup verify": machine(), "restore": machine(), "conformance": machine(), "version": machine(),
        "completion": machine(), "manual": machine(),
        "inspect value": machine(), "inspect row": machine(), "inspect operation": machine(),
        "inspect stream": machine(), "inspect tenure": machine(), "inspect origin": machine(),
    ]

    private static let admission: [String: UseCaseWrites] = [
        "invite": administers("department.put"), "invitation withdraw": administers(), "node confirm": administers(),
        "node renew": administers(), "node revoke": administers(), "node wiped": administers(),
        "node distrust": administers(), "erasure confirm": administers("appeal.erased"),
        "erasure reject": administers(),
        "department add": acts("department.put"), "person add": acts("person.put"),
        "role grant": acts("role.granted"), "role revoke": acts("role.revoked"), "calendar put": acts("calendar.put"),
    ]

    private static let casework: [String: UseCaseWrites] = [
        "appeal register": acts("appeal.registered"), "appeal correct": acts("appeal.corrected"),
        "appeal note": acts("note.added"), "appeal erase": acts("appeal.erased"),
        "contact add": acts("contact.added"), "contact remove": acts("contact.removed"),
        "resolution issue": acts("resolution.issued"), "assignment accept": acts("assignment.accepted"),
        "assignment decline": acts("assignment.declined"), "assignment recall": acts("assignment.recalled"),
        "assignment person": acts("person.assigned"), "answer draft": acts("answer.drafted"),
        "answer approve": acts("answer.approved"), "answer submit": acts("answer.submitted"),
        "answer accept": acts("answer.accepted"), "answer return": acts("answer.returned"),
        "answer dispatch": acts("answer.dispatched"), "feedback add": acts("feedback.recorded"),
        "document add": acts("document.recorded"), "term extend": acts("term.extended"),
        "control remove": acts("control.removed"), "held adopt": acts("held.adopted"),
        "held decline": acts("held.declined"),
        "conflict settle": acts("conflict.settled", "disagreement.settled", "held.adopted", "held.declined"),
        "import": UseCaseWrites(
            .parties,
            ["appeal.registered"],
            beside: ["resolution.issued", "note.added"],
            isOfOffice: true
        ),
    ]

    private static let readings: [String: UseCaseWrites] = [
        "node list": reads, "appeal list": reads, "appeal show": reads, "appeal history": reads,
        "conflict list": reads, "conflict show": reads, "department list": reads, "person list": reads,
        "role list": reads, "calendar show": reads, "deadline explain": reads, "status": reads, "sync status": reads,
        "sync debts": reads, "sync explain": reads, "sync now": reads, "doctor": reads, "tray list": reads,
        "tray show": reads, "tray dismiss": reads,
    ]
}

extension UseCaseWrites {
    /// All kinds of operation that it may write.
    package var all: [String] { kinds + beside }

    /// Who may, by capacity: the parties of all its kinds with their roles, in the order of the domain.
    package var permissions: [(party: Party, roles: [String])] {
        let kinds = kinds.compactMap(Kinds.named)
        return Party.allCases.filter { $0 == .office || !isOfOffice }.compactMap { party in
            let roles = Set(kinds.flatMap { $0.parties[party] ?? [] })
            return roles.isEmpty ? nil : (party, Wording.roles.filter(roles.contains))
        }
    }

    /// Who may, in words: `Центр: реєстратор, спеціаліст`.
    package var whoMay: Label {
        switch standing {
        case .administrator: Wording.party(.office) + Label(": ") + Wording.roleOfPerson("administrator")
        case .reader: Label(uk: "усі, хто працює на вузлі", en: "everybody who works at the node")
        case .machine: Label(uk: "хто має доступ до машини", en: "whoever has the machine")
        case .parties:
            permissions.map { party, roles in
                Wording.party(party) + Label(": ")
                    + Label(
                        uk: roles.map { Wording.roleOfPerson($0).uk }.joined(separator: ", "),
                        en: roles.map { Wording.roleOfPerson($0).en }.joined(separator: ", ")
                    )
            }.reduce(Label("")) { $0 == Label("") ? $1 : $0 + Label("; ") + $1 }
        }
    }
}
