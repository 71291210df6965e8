package import Appeals
package import CanonicalJSON

/// Why nothing was done: what was found and what to do, in both languages.
package struct DeskError: Error, Sendable, CustomStringConvertible {
    /// What kind of trouble it is; each face has its own number or status for it.
    package enum Kind: String, Sendable, CaseIterable {
        case failed, usage, skipped, configuration, notFound, permission, notInitialised, locked, wrongKey,
            wrongVersion,
            unreachable, integrity, timeout, interrupted
    }

    package let kind: Kind
    /// A stable name for machines: `unknownAppeal`, `roleMissing`.
    package let code: String
    package let message: Label
    package let remedy: Label
    /// What machines want to know besides: `field`, `value`, `limit`.
    package let details: JSONObject

    package init(
        _ kind: Kind,
        _ code: String,
        uk: String,
        en: String,
        remedy: Label = Label(uk: "", en: ""),
        details: JSONObject = JSONObject()
    ) {
        self.kind = kind
        self.code = code
        message = Label(uk: uk, en: en)
        self.remedy = remedy
        self.details = details
    }

    package var description: String { remedy.en.isEmpty ? message.en : "\(message.en). \(remedy.en)" }

    /// Wrong arguments: exit 64 at a terminal, 400 at an API; `code` is stable, the words are not.
    package static func usage(_ code: String, uk: String, en: String) -> DeskError {
        DeskError(.usage, code, uk: uk, en: en)
    }
}
