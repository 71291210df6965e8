import CanonicalJSON
import Commands
import Desk
import Replication

/// Lists with filters that somebody has given a name: the node keeps them for that person alone.
struct SavedView {
    /// How many of one person, and characters of a name; bytes of the address of a list.
    static let most = 20
    static let longestName = 60
    static let longestPlace = 1_000

    static let routes = [
        Route("POST", "/views", longest: 16_384) { try $0.keepView() },
        Route("POST", "/views/{view}/forget", longest: 4_096) { try $0.forgetView() },
    ]

    let id: String
    let name: String
    /// The address of the list with its filters and its order, from its first page on.
    let place: String

    /// A view that was kept.
    private init(id: String, name: String, place: String) {
        self.id = id
        self.name = name
        self.place = place
    }

    /// As the store keeps it; nil of an address that is none of a list.
    fileprivate init?(_ record: LocalRecord) throws {
        let value = try JSON(parsing: record.bytes, limits: .general)
        guard let name = value["name"]?.string, let place = value["place"]?.string, Self.isList(place) else {
            return nil
        }
        self.init(id: record.key.split(separator: "/").last.map(String.init) ?? "", name: name, place: place)
    }

    /// Whether an address is one of a list of this site: what a page leads to is never what somebody typed.
    static func isList(_ place: String) -> Bool {
        place.utf8.count <= longestPlace
            && (place == "/cards" || place.hasPrefix("/cards?") || place.hasPrefix("/queues/"))
            && place.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}

extension ListRequest {
    /// The list as it is kept: no page of it, and no number of an appeal, which would outlive the appeal.
    var kept: String { place { $0.index = "" } }

    /// Whether there is something to keep: the list is not one that the rail leads to anyway.
    var isWorthKeeping: Bool { kept != path }
}

extension WebCall {
    /// The views of whoever is signed in, by their names.
    func savedViews(_ reading: any StoreReading) throws -> [SavedView] {
        guard let user = person?.user else { return [] }
        let records = try reading.locals(.view, beginning: user + "/", after: "", limit: SavedView.most)
        return try records.compactMap { try SavedView($0) }.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }

    /// Keeps the list of a form under a name, and goes back to it.
    fileprivate func keepView() throws -> WebReply {
        guard let user = person?.user, let body = FormBody(request), let place = body.value("place"),
            SavedView.isList(place)
        else { return try unreadable() }
        let name = String(ReadableText.line(body.value("name") ?? "").prefix(SavedView.longestName))
        guard !name.isEmpty else {
            return try message(422, say("Дайте вигляду назву", "Give the view a name"))
        }
        let isKept = try site.context.store.write { transaction in
            let own = try transaction.locals(.view, beginning: user + "/", after: "", limit: SavedView.most)
            // The same name again is the same view with other filters.
            let same = try own.first { try SavedView($0)?.name == name }
            guard same != nil || own.count < SavedView.most else { return false }
            let value: JSON = ["name": .string(name), "place": .string(place)]
            try transaction.putLocal(
                LocalRecord(.view, same?.key ?? user + "/" + newCommand(), bytes: value.canonicalBytes())
            )
            return true
        }
        guard isKept else {
            return try message(
                507,
                say(
                    "Виглядів уже \(SavedView.most); приберіть котрийсь із них",
                    "There are \(SavedView.most) views already; remove one of them"
                )
            )
        }
        return .seeOther(place)
    }

    /// Forgets a view of whoever asks; one that is not theirs stays.
    fileprivate func forgetView() throws -> WebReply {
        guard let user = person?.user, let view = parameters["view"] else { return try unreadable() }
        let record = try site.context.store.read { try $0.local(.view, user + "/" + view) }
        let place = try record.flatMap { try SavedView($0) }?.place
        try site.context.store.write { try $0.deleteLocal(.view, user + "/" + view) }
        return .seeOther(place.flatMap { $0.split(separator: "?").first.map(String.init) } ?? "/cards")
    }

    /// The way to keep the list that is open, or to forget it.
    func viewControl(_ request: ListRequest, _ views: [SavedView]) -> Markup {
        if let view = views.first(where: { $0.place == request.kept }) {
            return button(
                say("Прибрати вигляд «\(view.name)»", "Remove the view “\(view.name)”"),
                at: "/views/\(view.id)/forget"
            )
        }
        guard request.isWorthKeeping else { return Markup() }
        return tag("details", ["class": "pop"]) {
            tag("summary", ["class": "btn btn-s"]) {
                say("Зберегти вигляд", "Keep this view") + " "
                icon(.chev)
            }
            tag("div") {
                tag("form", ["class": "stack", "method": "post", "action": "/views", "data-session": ""]) {
                    sessionField
                    hidden("place", request.kept)
                    tag("div", ["class": "f"]) {
                        tag("label", ["for": "view-name"]) { say("Назва вигляду", "Name of the view") }
                        tag(
                            "input",
                            [
                                "id": "view-name", "name": "name", "maxlength": "\(SavedView.longestName)",
                                "autocomplete": "off",
                            ]
                        )
                    }
                    tag("button", ["class": "btn btn-act"]) { say("Зберегти", "Keep") }
                }
            }
        }
    }
}
