package import Accounts
package import Appeals
import CanonicalJSON
import Cryptography
import Desk

/// A new office, as the page asks for it.
package struct NewOffice: Sendable, Equatable {
    /// `urz`.
    package let node: String
    package let name: String
    /// Names and addresses under which departments reach it; empty: this computer alone.
    package let hosts: [String]
    /// `sydorenko`.
    package let administrator: String
    package let administratorName: String
}

/// What a machine without a node serves at its port for browsers: one page, and the assets of pages.
package struct FoundingSite: Sendable {
    /// Bytes of a form at most: an invitation has 4 KiB.
    package static let longest = 32_768

    /// What opens it, as it is typed.
    private let code: OneTimeCode
    private let language: Language
    private let found: @Sendable (NewOffice) throws -> String
    private let join: @Sendable (String) throws -> String

    /// - Parameters:
    ///   - found: founds an office and serves it; gives the place to go on to.
    ///   - join: joins a department by the text of its invitation, and serves it; gives the same.
    package init(
        code: OneTimeCode,
        language: Language,
        found: @escaping @Sendable (NewOffice) throws -> String,
        join: @escaping @Sendable (String) throws -> String
    ) {
        self.code = code
        self.language = language
        self.found = found
        self.join = join
    }

    package static let place = "/founding"

    /// Answers a request whose host and origin were looked at; founding takes some seconds.
    package func answer(_ request: WebRequest) -> WebReply {
        let asked = FoundingCall(request: request, language: Tongue.language(of: request, else: language))
        var reply = answered(asked)
        if let chosen = Tongue.chosen(in: request) { reply.headers.append(Tongue.keeping(chosen, isSecure: false)) }
        return reply.dressed(isSecure: false)
    }

    /// The page, or what came of founding and joining.
    private func answered(_ call: FoundingCall) -> WebReply {
        let request = call.request
        if let file = Assets.file(at: request.path) { return file.reply }
        guard request.path == Self.place else {
            return request.method == "GET" && request.path == "/" ? .seeOther(Self.place) : call.nowhere()
        }
        guard request.method == "POST" else { return call.page(FormBody([("kind", "office")])) }
        guard let body = FormBody(request) else { return call.page(FormBody(), [call.unread], status: 400) }
        guard let given = OneTimeCode(typed: body.value("code") ?? ""),
            ConstantTime.equal(given.hash.array, code.hash.array)
        else { return call.page(body, [call.wrongCode], status: 403) }
        let faults = call.faults(body)
        guard faults.isEmpty else { return call.page(body, faults, status: 422) }
        do {
            let next =
                try body.value("kind") == "department" ? join(body.value("invitation") ?? "") : found(call.office(body))
            return call.gone(to: next)
        } catch { return call.page(body, [call.refusal(error, body)], status: 409) }
    }
}

/// One request to such a machine.
struct FoundingCall: PageMaking {
    let request: WebRequest
    let language: Language

    // MARK: what is wrong

    var wrongCode: FieldFault {
        FieldFault(
            field: "code",
            text: say(
                "Це не код, який відкрила команда kartoteka open",
                "This is not the code that kartoteka open brought"
            )
        )
    }

    var unread: FieldFault { FieldFault(field: "", text: say("Форму не прочитано", "The form cannot be read")) }

    /// The office that the fields say.
    func office(_ body: FormBody) -> NewOffice {
        /// A field without blanks at its ends.
        func value(_ name: String) -> String { (body.value(name) ?? "").trimmedBlanks }
        return NewOffice(
            node: value("node").lowercased(),
            name: value("name"),
            hosts: value("hosts").split { $0 == "," || $0 == " " }.map(String.init),
            administrator: value("user").lowercased(),
            administratorName: value("person")
        )
    }

    /// What is wrong, field by field.
    func faults(_ body: FormBody) -> [FieldFault] {
        /// That a field is empty; nil if it is not.
        func lacking(_ field: String, _ words: String) -> FieldFault? {
            (body.value(field) ?? "").trimmedBlanks.isEmpty ? FieldFault(field: field, text: words) : nil
        }
        if body.value("kind") == "department" {
            return [
                lacking(
                    "invitation",
                    say("Дайте запрошення: файл, рядок або сканер", "Give the invitation: a file, a line, or a scanner")
                )
            ]
            .compactMap(\.self)
        }
        let office = office(body)
        let rule = say(
            "Малі латинські літери, цифри й дефіс, починається з літери",
            "Lower-case Latin letters, digits and hyphens, beginning with a letter"
        )
        return [
            lacking("name", say("Заповніть: назва", "Fill in: the name")),
            Names.isIdentifier(office.node) ? nil : FieldFault(field: "node", text: rule),
            lacking("person", say("Заповніть: прізвище, ініціали", "Fill in: the name")),
            Names.isIdentifier(office.administrator) ? nil : FieldFault(field: "user", text: rule),
        ].compactMap(\.self)
    }

    /// What founding or joining was refused for, in its own words; all that was typed stays.
    func refusal(_ error: any Error, _ body: FormBody) -> FieldFault {
        let told = DeskError(error)
        let words = say(told.message).capitalizedFirst + (told.remedy.isEmpty ? "" : ". " + say(told.remedy))
        return FieldFault(field: body.value("kind") == "department" ? "invitation" : "", text: printed(words))
    }

    // MARK: pages

    /// That there is no such page.
    func nowhere() -> WebReply {
        let title = say("Сторінки немає", "There is no such page")
        return document(
            title,
            status: 404,
            failed: false,
            tag("body") {
                tag("main", ["class": "main plain", "id": "main"]) {
                    tag("h1") { title }
                    tag("p") { tag("a", ["href": FoundingSite.place]) { say("Перший запуск", "First run") } }
                }
            }
        )
    }

    /// The node is there: the way on, which a script follows by itself.
    func gone(to next: String) -> WebReply {
        guard request.header(SignedIn.header) != nil else { return .seeOther(next, headers: [("connection", "close")]) }
        var reply = API.reply(["next": .string(next)])
        reply.status = 201
        reply.headers.append(("connection", "close"))
        return reply
    }

    /// The page with what was typed.
    func page(_ body: FormBody, _ faults: [FieldFault] = [], status: Int = 200) -> WebReply {
        let title = say("Перший запуск", "First run")
        let problems = faults.map { FormProblem(field: $0.field.isEmpty ? nil : $0.field, words: $0.text) }
        let form = form(body, faults)
        return document(
            title,
            status: status,
            failed: !faults.isEmpty,
            tag("body") {
                skip
                tag("header", ["class": "top"]) {
                    tag("span", ["class": "place row"]) {
                        icon(.mark)
                        " " + say("Картотека · перший запуск", "Kartoteka · first run")
                    }
                    tag("span", ["class": "push"]) { languages }
                }
                tag("main", ["class": "main plain", "id": "main", "tabindex": "-1"]) {
                    tag("div", ["class": "note note-need", "id": "away", "hidden": "", "role": "alert"]) {
                        icon(.alert)
                        tag("div") {
                            say("Вузол не відповів. Спробуйте ще раз.", "The node did not answer. Try again.")
                        }
                    }
                    summary(problems)
                    tag("h1") { title }
                    FoundingSteps.markup(at: 0, done: [], self)
                    form
                }
                Icon.sprite
            }
        )
    }

    /// The fields of an office or of a department.
    private func form(_ body: FormBody, _ faults: [FieldFault]) -> Markup {
        let isDepartment = body.value("kind") == "department"
        return tag("form", ["class": "stack founding", "method": "post", "action": FoundingSite.place]) {
            kinds(isDepartment)
            tag("section", ["class": "sheet of-office"]) {
                tag("header") { tag("h2") { say("Центр", "The office") } }
                tag("div", ["class": "pad stack"]) { officeFields(body, faults) }
            }
            tag("section", ["class": "sheet of-department"]) {
                tag("header") { tag("h2") { say("Підрозділ", "A department") } }
                tag("div", ["class": "pad stack"]) { invitationField(body, faults) }
            }
            tag("section", ["class": "sheet pad stack"]) {
                field(
                    "code",
                    say("Стартовий код", "Start code"),
                    value: body.value("code"),
                    autocomplete: "off",
                    hint: say("Його відкриває команда kartoteka open", "The command kartoteka open brings it"),
                    faults
                )
                tag("div", ["class": "row far"]) {
                    tag("span", ["class": "hint"]) {
                        say(
                            "Кілька секунд; далі – ваш пароль. Усе лишається на цьому комп’ютері.",
                            "A few seconds; then your password. All stays on this computer."
                        )
                    }
                    tag("button", ["class": "btn btn-act", "data-confirm": ""]) {
                        say("Створити вузол", "Make the node")
                    }
                }
            }
        }
    }

    /// Which of the two the machine is to be.
    private func kinds(_ isDepartment: Bool) -> Markup {
        tag("div", ["class": "sheet pad"]) {
            tag("fieldset") {
                tag("legend") { say("Чим буде цей комп’ютер", "What this computer is to be") }
                tag("div", ["class": "opts"]) {
                    kind(
                        "office",
                        !isDepartment,
                        say("Центр", "The office"),
                        say(
                            "приймає звернення міста, його засновують один раз",
                            "takes the city’s appeals, founded once"
                        )
                    )
                    kind(
                        "department",
                        isDepartment,
                        say("Підрозділ", "A department"),
                        say(
                            "працює зі своїми зверненнями, приєднується за запрошенням Центру",
                            "works on its appeals, joins by the office’s invitation"
                        )
                    )
                }
            }
        }
    }

    private func kind(_ value: String, _ isChosen: Bool, _ name: String, _ words: String) -> Markup {
        tag("label", ["class": "pick"]) {
            tag(
                "input",
                ["type": "radio", "id": "as-" + value, "name": "kind", "value": value, "checked": isChosen ? "" : nil]
            )
            tag("span") {
                tag("b") { name }
                tag("span", ["class": "small soft"]) { " " + words }
            }
        }
    }

    /// The name of the office and its first administrator.
    private func officeFields(_ body: FormBody, _ faults: [FieldFault]) -> Markup {
        Markup([
            field("name", say("Назва", "Name"), value: body.value("name"), autocomplete: "organization", faults),
            field(
                "node",
                say("Код вузла", "Code of the node"),
                value: body.value("node") ?? "center",
                autocomplete: "off",
                hint: say("Латинкою; потім його не змінити", "In Latin letters; it cannot be changed later"),
                faults
            ),
            field(
                "hosts",
                say("Адреса в мережі (необов’язково)", "Address in the network (optional)"),
                value: body.value("hosts"),
                autocomplete: "off",
                hint: say(
                    "За нею підрозділи знайдуть Центр: 192.168.10.4 чи kartoteka.local. Порожня – поки що лише цей комп’ютер",
                    "By it departments find the office: 192.168.10.4 or kartoteka.local. Empty: this computer alone for now"
                ),
                faults
            ),
            field(
                "person",
                say("Адміністратор: прізвище, ініціали", "Administrator: the name"),
                value: body.value("person"),
                autocomplete: "name",
                faults
            ),
            field(
                "user",
                say("Його ім’я для входу", "Their name for signing in"),
                value: body.value("user"),
                autocomplete: "username",
                hint: say("Малі латинські літери: sydorenko", "Lower-case Latin letters: sydorenko"),
                faults
            ),
        ])
    }

    /// The line is pasted, read from a file by the script, or typed by a scanner of QR codes, which is a keyboard.
    private func invitationField(_ body: FormBody, _ faults: [FieldFault]) -> Markup {
        let fault = faults.first { $0.field == "invitation" }
        return Markup([
            tag("div", ["class": "f"]) {
                tag("label", ["for": "file"]) { say("Файл запрошення", "File of the invitation") }
                tag(
                    "input",
                    ["id": "file", "type": "file", "data-into": "invitation", "accept": ".invitation,text/plain"]
                )
            },
            tag("div", ["class": fault == nil ? "f" : "f err"]) {
                tag("label", ["for": "invitation"]) { say("Або рядок запрошення", "Or the line of the invitation") }
                tag("span", ["class": "hint", "id": "invitation-h"]) {
                    say(
                        "Вставте його сюди або наведіть сканер на QR-код на екрані Центру: сканер впише рядок сам",
                        "Paste it here, or point a scanner at the QR code on the office’s screen: it types the line itself"
                    )
                }
                if let fault { tag("span", ["class": "msg", "id": "invitation-e"]) { fault.text } }
                tag(
                    "textarea",
                    [
                        "id": "invitation", "name": "invitation", "rows": "3", "class": "mono", "spellcheck": "false",
                        "autocomplete": "off",
                        "aria-describedby": fault == nil ? "invitation-h" : "invitation-h invitation-e",
                        "aria-invalid": fault == nil ? nil : "true",
                    ]
                ) { Markup(typed: "\n" + (body.value("invitation") ?? "")) }
            },
        ])
    }
}

extension String {
    /// Without blanks at its ends.
    fileprivate var trimmedBlanks: String {
        let bare = drop { $0.isWhitespace }
        return String(bare.reversed().drop { $0.isWhitespace }.reversed())
    }
}
