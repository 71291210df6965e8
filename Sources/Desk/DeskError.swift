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
    package static func usage(_ code: String, uk: Phrase, en: Phrase) -> DeskError {
        DeskError(.usage, code, uk: uk, en: en)
    }
}
