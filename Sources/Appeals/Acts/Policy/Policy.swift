/// The policy table: every register has exactly one row, and so has every fact.
public enum Policy {
    /// Late accept and hold end this many days after the ground ended.
    public static let lateDays = 30

    /// The row of a register by its bare name; without one nobody may write it and nobody is shown it.
    public static func register(_ bare: String) -> RegisterPolicy? { registersByName[bare] }
    /// The row of a kind of fact.
    public static func fact(_ name: String) -> FactPolicy? { factsByName[name] }

    private static func register(
        _ name: String,
        writes: Set<Party>,
        proposes: Set<Party> = [],
        clash: Clash,
        late: Late = .refuse,
        privacy: Privacy = .open,
        settles: Bool = false,
        corrected: FieldType? = nil,
        personal: Bool = false,
        folds: Bool = false
    ) -> RegisterPolicy {
        RegisterPolicy(
            name: name,
            writes: writes,
            proposes: proposes,
            clash: clash,
            late: late,
            privacy: privacy,
            settles: settles,
            corrected: corrected,
            personal: personal,
            folds: folds
        )
    }

    private static let registrar: Set<Party> = [.controller]
    private static let executors: Set<Party> = [.main, .co]

    /// Every register of an appeal and of `reference`, once.
    ///
    /// Who may write what: DESIGN.md "Life of an appeal"; who sees what: DESIGN.md "Personal data".
    public static let registers: [RegisterPolicy] = [
        // The registration: written once.
        register("index", writes: registrar, clash: .firstWins),
        register("formerIndex", writes: registrar, clash: .firstWins),
        register("home", writes: registrar, clash: .firstWins),
        register("receivedAt", writes: registrar, clash: .firstWins),
        register("registeredOn", writes: registrar, clash: .firstWins),
        register("text", writes: registrar, clash: .firstWins, privacy: .words, personal: true),
        register("question", writes: registrar, clash: .firstWins, privacy: .issue, personal: true),
        register("issue", writes: registrar, clash: .firstWins),
        // The card: corrected by the registrar, proposed by the main executor.
        register(
            "channel",
            writes: registrar,
            proposes: [.main],
            clash: .officeOrder,
            corrected: .code(Codes.channels)
        ),
        register("addressee", writes: registrar, proposes: [.main], clash: .officeOrder, corrected: .string),
        register(
            "receiptSign",
            writes: registrar,
            proposes: [.main],
            clash: .officeOrder,
            corrected: .code(Codes.receiptSigns)
        ),
        register(
            "subjectType",
            writes: registrar,
            proposes: [.main],
            clash: .officeOrder,
            corrected: .code(Codes.subjectTypes)
        ),
        register(
            "signatories",
            writes: registrar,
            proposes: [.main],
            clash: .officeOrder,
            corrected: .integer(1...1_000_000)
        ),
        register(
            "replyPreference",
            writes: registrar,
            proposes: [.main],
            clash: .officeOrder,
            corrected: .code(Codes.replies)
        ),
        register("external", writes: registrar, proposes: [.main], clash: .officeOrder, corrected: .string),
        register("priority", writes: registrar, proposes: [.main], clash: .officeOrder, corrected: .bool),
        register("confidential", writes: registrar, proposes: [.main], clash: .officeOrder, corrected: .bool),
        register("repeatOf", writes: registrar, proposes: [.main], clash: .officeOrder, corrected: .string),
        register("duplicateOf", writes: registrar, proposes: [.main], clash: .officeOrder, corrected: .string),
        register(
            "kind",
            writes: registrar,
            proposes: [.main],
            clash: .keepBoth,
            settles: true,
            corrected: .code(Codes.kinds)
        ),
        register(
            "complainedAgainst",
            writes: registrar,
            proposes: [.main],
            clash: .keepBoth,
            privacy: .identity,
            settles: true,
            corrected: .array(.party)
        ),
        // Follows from it: whom the nodes that have the appeal show nothing.
        register("barred", writes: [], clash: .officeOrder),
        register("complainedSince", writes: [], clash: .officeOrder, privacy: .identity),
        register(
            "applicant.name",
            writes: registrar,
            proposes: [.main],
            clash: .keepBoth,
            privacy: .identity,
            settles: true,
            corrected: .string,
            personal: true,
            folds: true
        ),
        register(
            "applicant.address",
            writes: registrar,
            proposes: [.main],
            clash: .keepBoth,
            privacy: .identity,
            settles: true,
            corrected: .address,
            personal: true,
            folds: true
        ),
        register(
            "applicant.category",
            writes: registrar,
            clash: .keepBoth,
            privacy: .sensitive,
            settles: true,
            corrected: .string,
            personal: true,
            folds: true
        ),
        register(
            "applicant.workplace",
            writes: registrar,
            clash: .officeOrder,
            privacy: .sensitive,
            corrected: .string,
            personal: true,
            folds: true
        ),
        register(
            "applicant.socialStatus",
            writes: registrar,
            clash: .officeOrder,
            privacy: .sensitive,
            corrected: .string,
            personal: true,
            folds: true
        ),
        register(
            "applicant.sex",
            writes: registrar,
            clash: .officeOrder,
            privacy: .sensitive,
            corrected: .string,
            personal: true
        ),
        register("heading", writes: registrar, proposes: [.main], clash: .controller, corrected: .code(Codes.headings)),
        register(
            "district",
            writes: registrar,
            proposes: [.main],
            clash: .officeOrder,
            privacy: .issue,
            corrected: .string,
            folds: true
        ),
        register(
            "problemAddress",
            writes: registrar,
            proposes: [.main],
            clash: .keepBoth,
            privacy: .issue,
            settles: true,
            corrected: .address,
            personal: true,
            folds: true
        ),
        register("result", writes: [.controller, .office], clash: .officeOrder),
        register(
            "contact.phone",
            writes: [.office, .home, .main],
            clash: .addWins,
            late: .accept,
            privacy: .identity,
            personal: true
        ),
        // What was typed for it, where that says more.
        register(
            "contact.phoneTyped",
            writes: [.office, .home, .main],
            clash: .addWins,
            late: .accept,
            privacy: .identity,
            personal: true
        ),
        register(
            "contact.email",
            writes: [.office, .home, .main],
            clash: .addWins,
            late: .accept,
            privacy: .identity,
            personal: true
        ),
        // Legal acts.
        register("due.statutory", writes: registrar, clash: .controller),
        register("due.control", writes: registrar, clash: .controller),
        register("due.cap", writes: registrar, clash: .controller),
        register("due.basis", writes: registrar, clash: .controller),
        register("due.calendar", writes: registrar, clash: .controller),
        register("mainExecutor", writes: registrar, clash: .officeOrder),
        register("control", writes: registrar, clash: .firstWins),
        register("removedOn", writes: registrar, clash: .firstWins),
        register("endedAs", writes: registrar, clash: .firstWins),
        // Assignments: an entity each.
        register("department", writes: registrar, clash: .firstWins),
        register("role", writes: registrar, clash: .firstWins),
        register("issues", writes: registrar, clash: .firstWins),
        register("resolution", writes: registrar, clash: .firstWins),
        register("term", writes: registrar, clash: .controller),
        register("ended", writes: registrar, clash: .firstWins),
        register("state", writes: [.controller, .office, .main, .co, .inform], clash: .firstWins, late: .hold),
        register("round", writes: [.controller, .office], clash: .firstWins),
        register("person", writes: executors, clash: .officeOrder, privacy: .assignment),
        register("answer", writes: executors, clash: .keepBoth, late: .hold, privacy: .assignment, settles: true),
        // Reference: departments, people, roles, calendar.
        register("entry", writes: [.office], clash: .officeOrder),
        register("granted", writes: [.office], clash: .officeOrder),
        register("revoked", writes: [.office], clash: .officeOrder),
        register("moved", writes: [.office], clash: .officeOrder),
        register("left", writes: [.office], clash: .officeOrder),
    ]

    /// Every kind of fact, once.
    ///
    /// Legal acts come late only to be refused; work is taken or held, since somebody did it.
    public static let facts: [FactPolicy] = [
        FactPolicy(name: "resolution", adds: registrar, late: .refuse, privacy: .open),
        FactPolicy(name: "recall", adds: registrar, late: .refuse, privacy: .open),
        FactPolicy(name: "extension", adds: registrar, late: .refuse, privacy: .open),
        FactPolicy(name: "removal", adds: registrar, late: .refuse, privacy: .open),
        FactPolicy(name: "receiptCorrection", adds: registrar, late: .refuse, privacy: .open),
        FactPolicy(name: "controlPut", adds: registrar, late: .refuse, privacy: .open),
        FactPolicy(name: "controlReturn", adds: registrar, late: .refuse, privacy: .open),
        FactPolicy(name: "ending", adds: registrar, late: .refuse, privacy: .identity),
        FactPolicy(name: "decline", adds: [.main, .co, .inform], late: .refuse, privacy: .assignment),
        FactPolicy(name: "answer", adds: executors, late: .accept, privacy: .assignment),
        FactPolicy(name: "approval", adds: executors, late: .hold, privacy: .assignment),
        FactPolicy(name: "submission", adds: executors, late: .hold, privacy: .assignment),
        FactPolicy(name: "dispatch", adds: executors, late: .accept, privacy: .assignment),
        FactPolicy(name: "feedback", adds: executors, late: .accept, privacy: .assignment),
        FactPolicy(name: "document", adds: executors, late: .accept, privacy: .assignment),
        FactPolicy(name: "review", adds: [.controller, .office], late: .refuse, privacy: .assignment),
        FactPolicy(name: "note", adds: [.office, .home, .main, .co, .inform], late: .accept, privacy: .internalNote),
        FactPolicy(name: "decision", adds: [.office, .controller], late: .refuse, privacy: .assignment),
        FactPolicy(name: "recovery", adds: [.office], late: .refuse, privacy: .internalNote),
    ]

    private static let registersByName: [String: RegisterPolicy] = {
        var table: [String: RegisterPolicy] = [:]
        for row in registers {
            precondition(table.updateValue(row, forKey: row.name) == nil, "one rule a register: \(row.name) has two")
        }
        return table
    }()

    private static let factsByName: [String: FactPolicy] = {
        var table: [String: FactPolicy] = [:]
        for row in facts {
            precondition(table.updateValue(row, forKey: row.name) == nil, "one rule a fact: \(row.name) has two")
        }
        return table
    }()
}
