import Appeals
package import CanonicalJSON

/// Why nothing was done: what was found and what to do, in both languages.
package struct DeskError: Error, Sendable {
    /// What kind of trouble it is; each face has its own number or status for it.
    package enum Kind: String, Sendable, CaseIterable {
        case failed, usage, skipped, configuration, notFound, permission, notInitialised, locked, wrongKey,
            wrongVersion,
            unreachable, integrity, timeout, interrupted
    }

    package let kind: Kind
    /// A stable name for machines: `unknownAppeal`, `roleMissing`.
    package let code: String
    package let message: Sentence
    package let remedy: Sentence
    /// What machines want to know besides: `field`, `value`, `limit`.
    package let details: JSONObject

    package init(
        _ kind: Kind,
        _ code: String,
        _ message: Sentence,
        remedy: Sentence = .none,
        details: JSONObject = JSONObject()
    ) {
        self.kind = kind
        self.code = code
        self.message = message
        self.remedy = remedy
        self.details = details
    }

    package init(
        _ kind: Kind,
        _ code: String,
        uk: Phrase,
        en: Phrase,
        remedy: Sentence = .none,
        details: JSONObject = JSONObject()
    ) { self.init(kind, code, Sentence(uk: uk, en: en), remedy: remedy, details: details) }

    /// Wrong arguments: exit 2 at a terminal; `code` is stable, the words are not.
    ///
    /// `field` is the argument that is wrong, beside which a form tells it; `value` what was given.
    package static func usage(
        _ code: String,
        field: String? = nil,
        value: String? = nil,
        uk: Phrase,
        en: Phrase
    ) -> DeskError {
        var details = JSONObject()
        details["field"] = field.map(JSON.string)
        details["value"] = value.map(JSON.string)
        return DeskError(.usage, code, uk: uk, en: en, details: details)
    }
}

extension DeskError {
    /// Several refusals as one, so that nobody has to try again for each: the words of all, and `problems` for machines.
    ///
    /// The first gives the code, the remedy and the other details; nil of none.
    package static func all(_ errors: [DeskError]) -> DeskError? {
        guard let first = errors.first, errors.count > 1 else { return errors.first }
        var details = first.details
        details["problems"] = .array(
            errors.map { error in
                var problem = error.details
                problem["code"] = .string(error.code)
                return .object(problem)
            }
        )
        return DeskError(
            first.kind,
            first.code,
            Sentence(
                uk: .joined(errors.map(\.message.uk), separator: "; "),
                en: .joined(errors.map(\.message.en), separator: "; ")
            ),
            remedy: first.remedy,
            details: details
        )
    }
}
