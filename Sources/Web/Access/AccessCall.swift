import Accounts
import CanonicalJSON
import Desk

/// What the places of access have in common: each is a page for people and a twin for scripts under `/api/v1`.
extension WebCall {
    /// Bytes of a form or an object of access at most.
    static let longestOfAccess = 8_192

    var access: Access { site.access }
    var isAPI: Bool { request.path.hasPrefix("/api/") }
    /// Whether the script of a page sent it: that says so by the header of the second secret, empty where it has none.
    var isByScript: Bool { request.header(SignedIn.header) != nil }
    var browser: Access.Browser {
        Access.Browser(address: request.address, name: request.header("user-agent") ?? "")
    }

    /// A field of the form, or a text of the object, that came with the request; empty if there is none.
    func given(_ name: String) -> String { givenAll(name).first ?? "" }

    /// All values of a field; of an object the texts of a list.
    func givenAll(_ name: String) -> [String] {
        guard isAPI else { return request.form?.all(name) ?? [] }
        let value = givenObject[name]
        return value?.string.map { [$0] } ?? (value?.array ?? []).compactMap(\.string)
    }

    /// The object that came with the request; empty if it carries none.
    private var givenObject: JSONObject {
        guard request.header("content-type")?.hasPrefix("application/json") == true else { return [:] }
        do { return try JSON(parsing: request.body).object ?? [:] } catch { return [:] }
    }

    /// An object for a script.
    func object(_ members: JSONObject, status: Int = 200, headers: [(String, String)] = []) -> WebReply {
        WebReply(
            status: status,
            contentType: "application/json; charset=utf-8",
            headers: headers + [("cache-control", "no-store")],
            body: JSON.object(members).canonicalBytes()
        )
    }

    /// A refusal for a script (RFC 9457).
    func problem(_ status: Int, _ code: String, _ detail: Sentence, headers: [(String, String)] = []) -> WebReply {
        let json: JSON = [
            "type": .string("about:blank"), "title": .string(code), "status": .integer(Int64(status)),
            "code": .string(code), "detail": .string(say(detail)),
        ]
        return WebReply(
            status: status,
            contentType: "application/problem+json; charset=utf-8",
            headers: headers + [("cache-control", "no-store")],
            body: json.canonicalBytes()
        )
    }

    /// What the desk refused, for a script or as a page of its own.
    func refused(_ error: DeskError) -> WebReply {
        let status =
            switch error.kind {
            case .permission: 403
            case .notFound: 404
            case .skipped: 409
            case .usage: 422
            case .failed, .configuration, .notInitialised, .locked, .wrongKey, .wrongVersion, .unreachable, .integrity,
                .timeout, .interrupted:
                503
            }
        if isAPI { return problem(status, error.code, error.message) }
        return page(say("Не зроблено", "Not done"), status: status) {
            tag("h1") { say("Не зроблено", "Not done") }
            tag("p") { say(error.message) }
        }
    }
}

/// Something that is wrong about a field of a form.
struct FieldFault {
    /// The id of the field; empty for the form as a whole.
    let field: String
    let text: String
}

extension WebCall {
    /// A page of access: what is wrong stands first, and in the title.
    func gatePage(
        _ title: String,
        _ faults: [FieldFault] = [],
        status: Int = 200,
        headers: [(String, String)] = [],
        @MarkupBuilder _ content: () -> Markup
    ) -> WebReply {
        let begin = faults.isEmpty ? "" : say("Помилка: ", "Error: ")
        var reply = page(begin + title, status: status) {
            tag("h1") { title }
            if !faults.isEmpty {
                tag("div", ["class": "errs", "role": "alert", "tabindex": "-1"]) {
                    tag("h2") { say("Є помилки", "There are errors") }
                    tag("ul") {
                        for fault in faults {
                            tag("li") {
                                if fault.field.isEmpty {
                                    fault.text
                                } else {
                                    tag("a", ["href": "#" + fault.field]) { fault.text }
                                }
                            }
                        }
                    }
                }
            }
            content()
        }
        reply.headers += headers
        return reply
    }

    /// A form that acts for the session of the page.
    func form(_ action: String, _ class: String = "sheet pad stack", @MarkupBuilder _ content: () -> Markup) -> Markup {
        tag("form", ["class": `class`, "method": "post", "action": action, "data-session": ""]) {
            if let token = person?.formToken { tag("input", ["type": "hidden", "name": "kt-session", "value": token]) }
            content()
        }
    }

    /// A field with its label, its hint and what is wrong about it.
    func field(
        _ name: String,
        _ label: String,
        type: String = "text",
        value: String? = nil,
        autocomplete: String,
        hint: String = "",
        _ faults: [FieldFault] = []
    ) -> Markup {
        let fault = faults.first { $0.field == name }
        let told = [hint.isEmpty ? nil : name + "-h", fault == nil ? nil : name + "-e"].compactMap(\.self)
        return tag("div", ["class": fault == nil ? "f" : "f err"]) {
            tag("label", ["for": name]) { label }
            if !hint.isEmpty { tag("span", ["class": "hint", "id": name + "-h"]) { hint } }
            if let fault { tag("span", ["class": "msg", "id": name + "-e"]) { fault.text } }
            tag(
                "input",
                [
                    "id": name, "name": name, "type": type, "value": value, "autocomplete": autocomplete,
                    "autocapitalize": "none", "spellcheck": "false",
                    "aria-describedby": told.isEmpty ? nil : told.joined(separator: " "),
                    "aria-invalid": fault == nil ? nil : "true",
                ]
            )
        }
    }

    func button(_ text: String) -> Markup {
        tag("div", ["class": "row far"]) { tag("button", ["class": "btn btn-act"]) { text } }
    }

    /// Why a password is not taken, in the order of the rules.
    func words(_ faults: Set<Password.Fault>) -> [String] {
        Password.Fault.allCases.filter(faults.contains).map { fault in
            switch fault {
            case .tooShort:
                say(
                    "Потрібно щонайменше \(Password.shortest) знаків; найлегше – кілька слів",
                    "At least \(Password.shortest) characters are needed; a few words are easiest"
                )
            case .tooLong: say("Завеликий пароль", "The password is too long")
            case .isCommon:
                say(
                    "Такий пароль мають багато людей, його вгадають",
                    "Many people have this password, it would be guessed"
                )
            case .isOwnName: say("Пароль не може бути вашим іменем", "The password cannot be your own name")
            case .isRepeated: say("Знаки повторюються; додайте інших", "The characters repeat; add others")
            }
        }
    }
}
