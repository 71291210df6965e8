import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication

/// Words that somebody has typed into a form and not sent: kept by the node for their author alone, until the form is sent.
enum Drafts {
    /// How long words are kept that nobody sends, and how many forms of one person.
    static let days: Int64 = 14
    static let most = 60

    static let routes = [
        Route("POST", "/drafts/{name}", longest: FormBody.longest) { try $0.keepDraft() },
        Route("POST", "/drafts/{name}/discard", longest: FormBody.longest) { try $0.discardDraft() },
    ]

    /// The appeals that a form is about: the one of its name (`answer-draft-0199…`), or those that were selected.
    static func appeals(_ name: String, _ words: FormBody) -> [String] {
        let id = String(name.suffix(36))
        return Names.isAppeal(id) ? [id] : words.values("appeal").filter(Names.isAppeal).uniqued()
    }

    /// `register`, or the row and the appeal: letters, digits and hyphens.
    static func isName(_ name: String) -> Bool {
        name.utf8.count <= 80 && !name.isEmpty
            && name.allSatisfy { $0 == "-" || ($0.isASCII && ($0.isNumber || $0.isLowercase)) }
    }
}

/// Words that wait for their author.
struct Draft {
    let name: String
    /// Unix milliseconds at which they were kept.
    let at: Int64
    let body: FormBody
    /// Where the form stands.
    let page: String
}

extension WebCall {
    /// The key of a person's draft, or of those whose names begin so.
    func draftKey(_ name: String) -> String { (person?.user ?? "") + "/" + name }

    /// The words of a form that were not sent; nil if there are none.
    func draft(_ name: String) throws -> Draft? {
        guard person != nil, Drafts.isName(name) else { return nil }
        guard let record = try site.context.store.read({ try $0.local(.draft, draftKey(name)) }), record.until > now,
            let object = try JSON(parsing: record.bytes, limits: .general).object, let at = object["at"]?.integer,
            let body = object["body"]?.string.flatMap({ FormBody(urlencoded: Array($0.utf8)) })
        else { return nil }
        return Draft(name: name, at: at, body: body, page: object["page"]?.string ?? "/")
    }

    /// Words of a form of whoever asks, as the store keeps them from now on; `page` is where the form stands.
    func draftRecord(_ name: String, _ words: FormBody, _ page: String) -> LocalRecord {
        let object: JSON = [
            "at": .integer(now), "body": .string(String(decoding: words.urlencoded, as: UTF8.self)),
            "page": .string(page),
        ]
        return LocalRecord(
            .draft,
            draftKey(name),
            appeals: Drafts.appeals(name, words),
            until: now + Drafts.days * 86_400_000,
            bytes: object.canonicalBytes()
        )
    }

    /// Keeps what a form holds now; the last words are the ones that stay.
    ///
    /// Refused as a card is to which the person has no way: erased, left, or kept from them.
    fileprivate func keepDraft() throws -> WebReply {
        let name = parameters["name"] ?? ""
        guard let user = person?.user, Drafts.isName(name), let body = FormBody(request) else {
            return try unreadable()
        }
        let page = body.value("page").flatMap { $0.hasPrefix("/") && !$0.hasPrefix("//") ? $0 : nil }
        let record = draftRecord(name, body.without(["command", "shown", "kt-session", "page"]), page ?? "/")
        guard record.appeals.count <= SelectedPages.most else { return try tooManySelected(record.appeals.count) }
        let isKept = try site.context.store.write { transaction in
            // A form that is still open outlives its card: words about an appeal that went stay in the tab alone.
            for appeal in record.appeals { _ = try desk.shownAppeal(appeal, transaction) }
            let isNew = try transaction.local(.draft, record.key) == nil
            let count = try transaction.localCount(.draft, beginning: user + "/", limit: Drafts.most)
            guard !isNew || count < Drafts.most else { return false }
            try transaction.putLocal(record)
            return true
        }
        return WebReply(status: isKept ? 204 : 507)
    }

    /// Forgets the words of a form: it was sent, or its author does not want them.
    func forgetDraft(_ name: String) throws {
        guard person != nil, Drafts.isName(name) else { return }
        try site.context.store.write { try $0.deleteLocal(.draft, draftKey(name)) }
    }

    fileprivate func discardDraft() throws -> WebReply {
        let name = parameters["name"] ?? ""
        let place = try draft(name)?.page ?? "/"
        try forgetDraft(name)
        return .seeOther(place)
    }

    /// What is typed and not sent, with the way to have it back or to let it go; the page of the form itself shows it.
    func draftBanner(_ draft: Draft?) -> Markup {
        guard let draft, request.method == "GET", request.parameter("draft") == nil else { return Markup() }
        let query = request.query.filter { $0.0 != "done" && $0.0 != "how" && $0.0 != "number" } + [("draft", "1")]
        let words = query.map { WebCall.encoded($0.0) + "=" + WebCall.encoded($0.1) }.joined(separator: "&")
        return tag("div", ["class": "note note-need", "role": "status", "data-draft-found": ""]) {
            found(draft, at: request.path + "?" + words)
        }
    }

    /// What is typed and not sent, of what it is, and both ways: `place` has it back.
    func found(_ draft: Draft, of matter: Markup = Markup(), at place: String) -> Markup {
        tag("div", ["class": "tight"]) {
            tag("b") {
                say("Знайдено незбережені зміни від \(at(draft.at)).", "Unsaved changes of \(at(draft.at)) found.")
            }
            matter
            tag("div", ["class": "row"]) {
                tag("a", ["class": "btn btn-s", "href": place]) { say("Відновити", "Restore") }
                button(say("Відкинути", "Discard"), at: "/drafts/\(draft.name)/discard")
            }
        }
    }

    /// The words that the address asks to have back.
    func restored(_ draft: Draft?) -> FormBody? { request.parameter("draft") == nil ? nil : draft?.body }
}

extension FormBody {
    /// The same without fields of these names.
    func without(_ names: Set<String>) -> FormBody { FormBody(all.filter { !names.contains($0.name) }) }
}
