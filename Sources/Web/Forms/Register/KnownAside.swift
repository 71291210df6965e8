import Appeals
import CanonicalJSON
import Desk

/// What is known of whoever calls, of their matter, and of what is near: beside a registration, while it is typed.
extension WebCall {
    /// `dismissed` are ids of appeals that are another matter.
    func known(_ form: ActForm, _ dismissed: [String]) throws -> Markup {
        let known = try desk.known(typed(form), dismissed: Set(dismissed))
        let isAsked = ["phone", "email", "name", "address", "text"].contains { form[$0]?.value.isEmpty == false }
        let named = ["repeat-of", "duplicate-of"].filter { form[$0]?.value.isEmpty == false }
        return tag("section", ["class": "sheet", "data-part": "caller", "aria-live": "polite"]) {
            tag("header") {
                tag("h2") { say("Що вже відомо", "What is known") }
                tag("span", ["class": "hint"]) {
                    (desk.isOffice
                        ? say("усе місто, ", "the whole city, ") : say("цей підрозділ, ", "this department, "))
                        + Counted.time(now)
                }
            }
            dismissed.map { tag("input", ["type": "hidden", "name": "dismissed", "value": $0]) }
            tag("div", ["class": "pad stack"]) {
                for name in named {
                    tag("p") {
                        (name == "repeat-of" ? say("Повторне до ", "Repeats ") : say("Дублетне до ", "Duplicates "))
                            + (form[name]?.value ?? "")
                    }
                }
                known.suspected.map { suspected($0, form) }
                list(
                    say("Інші звернення цього заявника", "Other appeals of the applicant"),
                    known.others,
                    links: true
                )
                list(say("Заявники з таким прізвищем", "Applicants of this surname"), known.namesakes, links: true)
                list(
                    say("Поряд, за \(Desk.nearDays) днів", "Near, within \(Desk.nearDays) days"),
                    known.near
                )
                if known.isEmpty { tag("p", ["class": "soft"]) { nothingKnown(isAsked) } }
                if !known.isWhole {
                    tag("p", ["class": "soft"]) {
                        say("Покажчик слів ще будується.", "The index of words is still being made.")
                    }
                }
            }
        }
    }

    /// As much of the appeal as there is.
    private func typed(_ form: ActForm) throws -> TypedAppeal {
        func values(_ name: String) -> [String] {
            form.fields.filter { $0.name.hasPrefix(name + ".") }.map(\.value).filter { !$0.isEmpty }
        }
        var typed = TypedAppeal()
        typed.phone = PhoneNumber(form["phone"]?.value ?? "", desk.entrance)
        typed.email = EmailAddress(form["email"]?.value ?? "", desk.entrance)
        typed.name = form["name"]?.value ?? ""
        typed.words = ([form["text"]?.value ?? ""] + values("question")).joined(separator: " ")
        let addresses = try desk.typedAddresses([form["address"]?.value ?? ""] + values("problem-address"))
        typed.address = addresses.first ?? nil
        typed.places = addresses.dropFirst().compactMap(\.self)
        return typed
    }

    /// That nothing is known yet, or nothing at all.
    private func nothingKnown(_ isAsked: Bool) -> String {
        isAsked
            ? say("Схожих звернень немає.", "There is no appeal like it.")
            : say(
                "Введіть телефон, прізвище, адресу або слова: тут з’являться попередні звернення.",
                "Type a phone, a name, an address or words: former appeals appear here."
            )
    }

    // MARK: what may be the same

    private func suspected(_ known: KnownAppeal, _ form: ActForm) -> Markup {
        let isRepeated = known.suspicion == .repeated
        let index = known.listed.index
        return tag("div", ["class": "note note-need"]) {
            icon(.differ)
            tag("div", ["class": "tight"]) {
                tag("p") {
                    tag("b") {
                        isRepeated
                            ? say("Схоже на повторне", "Looks like a repeated appeal")
                            : say("Схоже на те, що вже розглядають", "Looks like one that is being considered")
                    }
                }
                tag("p") { link(known) }
                tag("p", ["class": "small soft"]) { standing(known) }
                tag("p", ["class": "small"]) {
                    tag("b") { say("Чому: ", "Why: ") }
                    reasons(known) + "."
                }
                if !index.isEmpty {
                    tag("div", ["class": "row"]) {
                        wish(isRepeated ? "repeat" : "duplicate", index, say("Пов’язати", "Link"), index)
                        wish("not", known.listed.id, say("Не те", "Not this"), index, isPlain: true)
                    }
                }
                beside(known, form)
            }
        }
    }

    private func wish(
        _ what: String,
        _ value: String,
        _ words: String,
        _ index: String,
        isPlain: Bool = false
    ) -> Markup {
        tag("button", ["class": isPlain ? "bare small" : "btn btn-s", "name": "do", "value": what + " " + value]) {
            words
            spoken(" " + index)
        }
    }

    /// What is typed and what was written then, part by part.
    private func beside(_ known: KnownAppeal, _ form: ActForm) -> Markup {
        func former(_ name: String) -> String { known.appeal.register(name)?.string ?? "" }
        let phones = known.appeal.texts("contact.phone")
        let home = known.appeal.register("applicant.address").flatMap(Address.init)?.typed ?? ""
        let rows = [
            (say("Заявник", "Applicant"), form["name"]?.value ?? "", former("applicant.name")),
            (say("Телефон", "Phone"), form["phone"]?.value ?? "", phones.joined(separator: ", ")),
            (say("Адреса", "Address"), form["address"]?.value ?? "", home),
            (say("Слова", "Words"), form["text"]?.value ?? "", former("text")),
        ].filter { !$0.1.isEmpty || !$0.2.isEmpty }
        return tag("details", ["data-known": known.listed.id]) {
            tag("summary", ["class": "small"]) {
                say("Порівняти поряд", "Compare side by side")
                spoken(" " + known.listed.index)
            }
            tag("table", ["class": "t beside"]) {
                tag("thead") {
                    tag("tr") {
                        for words in [say("Зараз", "Now"), known.listed.index] { tag("th", ["scope": "col"]) { words } }
                    }
                }
                for (name, now, then) in rows {
                    tag("tbody") {
                        tag("tr") { tag("th", ["colspan": "2", "scope": "rowgroup", "class": "small soft"]) { name } }
                        tag("tr") {
                            tag("td") { now }
                            tag("td") { then }
                        }
                    }
                }
            }
        }
    }

    // MARK: lists

    private func list(_ title: String, _ all: [KnownAppeal], links: Bool = false) -> Markup {
        guard !all.isEmpty else { return Markup() }
        return tag("div", ["class": "tight"]) {
            tag("h3") { title }
            tag("ul", ["class": "known"]) {
                for known in all {
                    tag("li") {
                        link(known)
                        tag("p", ["class": "small soft"]) {
                            reasons(known) + " · " + standing(known)
                            if links, !known.listed.index.isEmpty {
                                " "
                                wish(
                                    "repeat",
                                    known.listed.index,
                                    say("Пов’язати", "Link"),
                                    known.listed.index,
                                    isPlain: true
                                )
                            }
                        }
                    }
                }
            }
        }
    }

    private func link(_ known: KnownAppeal) -> Markup {
        let question = known.appeal.firstIssue.flatMap { known.appeal.register("question@" + $0)?.string }
        let matter = question ?? known.listed.subject.map { wording.text("heading", $0) } ?? ""
        return tag("a", ["href": ActPlace.card(known.listed.id), "target": "_blank", "rel": "noopener"]) {
            tag("span", ["class": "ix"]) {
                known.listed.index.isEmpty ? say("без номера", "no number") : known.listed.index
            }
            " " + matter
        }
    }

    private func standing(_ known: KnownAppeal) -> String {
        let state = AppealState(rawValue: known.listed.state).map { say(Wording.appealState($0)) } ?? ""
        let day = CivilDate(known.listed.registeredOn)?.ukrainianNumbers ?? known.listed.registeredOn
        return [day, state].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private func reasons(_ known: KnownAppeal) -> String { known.reasons.map { say($0.label) }.joined(separator: ", ") }
}

extension Likeness {
    /// Why, in words.
    fileprivate var label: Label {
        switch self {
        case .phone: Label(uk: "той самий телефон", en: "the same phone")
        case .email: Label(uk: "та сама пошта", en: "the same e-mail")
        case .name: Label(uk: "те саме ім’я", en: "the same name")
        case .surname: Label(uk: "те саме прізвище", en: "the same surname")
        case .home: Label(uk: "та сама адреса", en: "the same address")
        case .place: Label(uk: "той самий будинок", en: "the same house")
        case .street(let house?): Label(uk: "та сама вулиця, буд. \(house)", en: "the same street, house \(house)")
        case .street(nil): Label(uk: "та сама вулиця", en: "the same street")
        case .words(let words):
            Label(
                uk: "слова «\(words.joined(separator: ", "))»",
                en: "the words \"\(words.joined(separator: ", "))\""
            )
        }
    }
}

extension PhoneNumber {
    /// Of what is typed; nil while it is no number yet.
    fileprivate init?(_ typed: String, _ entrance: Entrance) {
        do throws(DeskError) { self = try entrance.phone(typed, .input("phone")) } catch { return nil }
    }
}

extension EmailAddress {
    /// Of what is typed; nil while it is no address yet.
    fileprivate init?(_ typed: String, _ entrance: Entrance) {
        do throws(DeskError) { self = try entrance.email(typed, .input("email")) } catch { return nil }
    }
}
