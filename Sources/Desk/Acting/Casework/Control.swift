package import Appeals
package import CanonicalJSON
import Replication

/// How an appeal ends without a department, as it is written down.
package struct EndingFields {
    /// The login or name of who decided; the rules look whether they lead.
    package var author: String
    /// When the applicant was told; nil: today.
    package var date: CivilDate?
    /// What this ending says besides, by the names of its fields.
    package var said: JSONObject
    /// Words about a person.
    package var words: String?

    package init(author: String, date: CivilDate?, said: JSONObject, words: String? = nil) {
        self.author = author
        self.date = date
        self.said = said
        self.words = words
    }
}

/// Control, and how an appeal ends; errors as for every act on an appeal.
extension Desk {
    /// Puts an appeal on control whose resolution did not.
    package func putOnControl(_ appeal: String, author: String, reason: String) throws -> Acted<AboutAppeal> {
        try decide("control.put", appeal, ["author": .string(author), "reason": .string(reason)])
    }

    /// Takes up again what was removed from control or ended.
    package func returnToControl(_ appeal: String, author: String, reason: String) throws -> Acted<AboutAppeal> {
        try decide("control.returned", appeal, ["author": .string(author), "reason": .string(reason)])
    }

    /// Ends control of an appeal, on a leader's decision; the rules ask for accepted answers first.
    ///
    /// - Parameter author: the login or name of who decided.
    package func removeFromControl(_ appeal: String, author: String, basis: String) throws -> Acted<AboutAppeal> {
        try decide("control.removed", appeal, ["author": .string(author), "basis": .string(basis)])
    }

    /// Ends an appeal without a department; the rules ask that nobody is at work on it.
    package func end(_ ending: Ending, _ appeal: String, _ fields: EndingFields) throws -> Acted<AboutAppeal> {
        var body = fields.said
        body["author"] = .string(fields.author)
        body["date"] = .string((fields.date ?? today).description)
        return try decide(
            "appeal." + ending.rawValue,
            appeal,
            body,
            personal: fields.words.map { ["text": .string($0)] }
        )
    }

    private func decide(
        _ kind: String,
        _ appeal: String,
        _ body: JSONObject,
        personal: JSONObject? = nil
    ) throws -> Acted<AboutAppeal> {
        try actOnAppeal(kind, appeal) { draft, shown, reading in
            draft.body = body
            draft.body["author"] = try body["author"]?.string.map { .string(try person($0, reading)) }
            draft.personal = personal
            return AboutAppeal(title: shown.title)
        }
    }
}
