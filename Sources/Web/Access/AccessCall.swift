import Accounts
import CanonicalJSON
import Desk

/// What the places of access have in common: each is a page for people and a twin for scripts under `/api/v1`.
extension WebCall {
    /// Bytes of a form or an object of access at most.
    static let longestOfAccess = 8_192

    var access: Access { site.access }
    var isAPI: Bool { API.has(request.path) }
    /// Whether the script of a page sent it: that says so by the header of the second secret, empty where it has none.
    var isByScript: Bool { request.header(SignedIn.header) != nil }
    var browser: Access.Browser {
        Access.Browser(address: request.address, name: request.header("user-agent") ?? "")
    }

    /// A field of the form, or a text of the object, that came with the request; empty if there is none.
    func given(_ name: String) -> String { givenAll(name).first ?? "" }

    /// All values of a field; of an object the texts of a list.
    func givenAll(_ name: String) -> [String] {
        guard isAPI else { return FormBody(request)?.values(name) ?? [] }
        let value = givenObject[name]
        return value?.string.map { [$0] } ?? (value?.array ?? []).compactMap(\.string)
    }

    /// The object that came with the request; empty if it carries none.
    private var givenObject: JSONObject {
        guard request.header("content-type")?.hasPrefix("application/json") == true else { return [:] }
        do { return try JSON(parsing: request.body).object ?? [:] } catch { return [:] }
    }

    /// What is wrong about the object that came with the request: a member that there is not, one that is no text, or no list of
    /// texts; nil of a form, and where nothing is.
    func strange(texts: Set<String>, lists: Set<String>) -> Fault? {
        guard isAPI else { return nil }
        for (name, value) in givenObject.members {
            let isText = value.string != nil
            if texts.contains(name) {
                if !isText { return Given.noText(name, isList: false) }
            } else if lists.contains(name) {
                let isList = value.array.map { $0.allSatisfy { $0.string != nil } } ?? false
                if !isText, !isList { return Given.noText(name, isList: true) }
            } else {
                return Given.unknown(name, known: texts.union(lists).sorted())
            }
        }
        return nil
    }

    /// An object for a script.
    func object(_ members: JSONObject, status: Int = 200, headers: [(String, String)] = []) -> WebReply {
        var reply = API.reply(.object(members))
        reply.status = status
        reply.headers += headers
        return reply
    }

    /// A refusal for a script.
    func problem(_ status: Int, _ code: String, _ detail: Sentence, headers: [(String, String)] = []) -> WebReply {
        var reply = Problem(status: status, code: code, detail: detail).reply(language)
        reply.headers += headers
        return reply
    }

    /// What the desk refused, for a script or as a page of its own.
    func refused(_ error: DeskError) -> WebReply {
        if isAPI { return Problem(error, at: nil).reply(language) }
        return gatePage(
            say("Не зроблено", "Not done"),
            [FieldFault(field: "", text: say(error.message))],
            status: Problem.status(of: error)
        ) {
            tag("p") { tag("a", ["href": "/account"]) { say("Мій доступ", "My access") } }
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
    ///
    /// Before the workspace for whoever is not in yet, or has to set up a second proof; else within it.
    func gatePage(
        _ title: String,
        _ faults: [FieldFault] = [],
        status: Int = 200,
        headers: [(String, String)] = [],
        about: Markup = Markup(),
        @MarkupBuilder _ content: () -> Markup
    ) -> WebReply {
        let problems = faults.map { FormProblem(field: $0.field.isEmpty ? nil : $0.field, words: $0.text) }
        let content = Markup([summary(problems), tag("h1") { title }, content()])
        var reply =
            person.map(\.isToSetUp) ?? true
            ? gate(title, status: status, failed: !faults.isEmpty, about: about) { content }
            : page(title, status: status, failed: !faults.isEmpty) { content }
        reply.headers += headers
        return reply
    }

    /// A form that acts for the session of the page.
    func form(_ action: String, _ class: String = "sheet pad stack", @MarkupBuilder _ content: () -> Markup) -> Markup {
        tag("form", ["class": `class`, "method": "post", "action": action, "data-session": ""]) {
            sessionField
            content()
        }
    }

    /// What proves, where a form can, that a page of the session sent it; every form that acts carries it.
    var sessionField: Markup {
        guard let token = person?.formToken else { return Markup() }
        return tag("input", ["type": "hidden", "name": "kt-session", "value": token])
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

extension PageMaking {
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
}
