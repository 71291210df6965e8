extension UseCase {
    /// One operand or option.
    package struct Input: Sendable {
        /// `main`.
        package let name: String
        /// What stands for the value where it is asked for: `DEPT`; empty for a flag.
        package let value: String
        package let type: InputType
        /// The field of an operation that the value goes into as it is, `issues.district` within another; may be empty.
        package let field: String
        package let summary: Sentence
        package let isRequired: Bool
        package let repeats: Bool
        /// Whether each of its values is of the issue in the same place: an empty one leaves the place.
        package var keepsPlaces: Bool { repeats && (field.hasPrefix("issues.") || Self.ofIssues.contains(field)) }
        private static let ofIssues: Set<String> = ["questions", "problemAddresses"]

        package init(
            _ name: String,
            value: String,
            _ type: InputType,
            into field: String = "",
            isRequired: Bool = false,
            repeats: Bool = false,
            uk: Phrase,
            en: Phrase
        ) {
            self.name = name
            self.value = value
            self.type = type
            self.field = field
            summary = Sentence(uk: uk, en: en)
            self.isRequired = isRequired
            self.repeats = repeats
        }
    }
}

extension UseCase.Input {
    /// Given or not; never asked for.
    package static func flag(_ name: String, into field: String = "", uk: Phrase, en: Phrase) -> Self {
        Self(name, value: "", .flag, into: field, uk: uk, en: en)
    }

    /// One value that may be left out.
    package static func optional(
        _ name: String,
        _ value: String,
        _ type: InputType,
        into field: String = "",
        uk: Phrase,
        en: Phrase
    ) -> Self { Self(name, value: value, type, into: field, uk: uk, en: en) }

    /// One value without which nothing is done.
    package static func required(
        _ name: String,
        _ value: String,
        _ type: InputType,
        into field: String = "",
        uk: Phrase,
        en: Phrase
    ) -> Self { Self(name, value: value, type, into: field, isRequired: true, uk: uk, en: en) }

    /// Any number of values, in the order in which they were given.
    package static func list(
        _ name: String,
        _ value: String,
        _ type: InputType,
        into field: String = "",
        uk: Phrase,
        en: Phrase
    ) -> Self { Self(name, value: value, type, into: field, repeats: true, uk: uk, en: en) }
}

/// Inputs that many rows have.
extension UseCase.Input {
    package static let actor = required(
        "as",
        "USER[:ROLE]",
        .actor,
        uk: "хто діє, і в якій ролі",
        en: "who acts, and in which role"
    )
    package static let reader = optional(
        "as",
        "USER",
        .actor,
        uk: "хто читає: без цього не показано скарг на працівників цього вузла",
        en: "who reads: without it no complaint about people of this node is shown"
    )
    static let appeal = required(
        "appeal",
        "APPEAL",
        .appeal,
        uk: "індекс, id або початок id звернення",
        en: "the appeal's index, id or the beginning of its id"
    )
    static let assignment = optional(
        "assignment",
        "ASSIGNMENT",
        .assignment,
        uk: "доручення: його назва або підрозділ",
        en: "the assignment: its name or its department"
    )
    /// Whose decision is written down; the rules look whether they lead.
    static let decider = required(
        "author",
        "USER",
        .person,
        uk: "хто вирішив (роль leader)",
        en: "who decided (role leader)"
    )
    static let reason = required("reason", "TEXT", .string, into: "reason", uk: "чому", en: "why")
    static let ground = required(
        "reason",
        "TEXT",
        .string,
        into: "reason",
        uk: "підстава: акт, рішення",
        en: "the ground: an act, a decision"
    )
    static let optionalReason = optional("reason", "TEXT", .string, into: "reason", uk: "чому", en: "why")
    package static let limit = optional(
        "limit",
        "N",
        .number(InputType.rowsOfPage),
        uk: "скільки рядків показати, до 500 (типово 50)",
        en: "how many rows, up to 500 (50 if not given)"
    )
    package static let after = optional(
        "after",
        "MARK",
        .mark,
        uk: "продовжити після цієї позначки",
        en: "go on after this mark of the former page"
    )
}
