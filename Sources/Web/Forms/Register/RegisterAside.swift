import Appeals
import Desk

/// What stands beside a registration: who calls, which number it gets, until when it is to be answered.
extension WebCall {
    /// What is known of the caller by telephone, e-mail and the number that they name.
    func known(_ form: ActForm) throws -> Markup {
        let phone = PhoneNumber(form["phone"]?.value ?? "", desk.entrance)
        let email = EmailAddress(form["email"]?.value ?? "", desk.entrance)
        let known = try desk.known(phone: phone, email: email)
        let named = form["repeat-of"].flatMap { $0.value.isEmpty ? nil : $0.value }
        return tag("section", ["class": "sheet", "data-part": "caller", "aria-live": "polite"]) {
            tag("header") {
                tag("h2") { say("Що вже відомо", "What is known") }
                known.since.map { day in
                    tag("span", ["class": "hint"]) { say("з \(day.ukrainianNumbers)", "since \(day)") }
                }
            }
            tag("div", ["class": "pad stack"]) {
                if let named {
                    tag("p") { say("Повторне до ", "Repeats ") + named }
                }
                if known.appeals.isEmpty {
                    tag("p", ["class": "soft"]) { nothingKnown(asked: phone != nil || email != nil) }
                } else {
                    tag("h3") { say("Звернення з цим телефоном чи поштою", "Appeals with this phone or e-mail") }
                    tag("ul", ["class": "steps"]) { known.appeals.map(knownAppeal) }
                }
            }
        }
    }

    /// That nothing is known yet, or nothing at all.
    private func nothingKnown(asked: Bool) -> String {
        asked
            ? say(
                "З цим телефоном чи поштою звернень за останні місяці немає.",
                "No appeal with this phone or e-mail in the last months."
            )
            : say(
                "Введіть телефон або пошту: тут з’являться попередні звернення.",
                "Type a phone or an e-mail: former appeals appear here."
            )
    }

    /// A former appeal, which can be named as repeated.
    private func knownAppeal(_ appeal: ListedAppeal) -> Markup {
        let matter = appeal.subject.map { ValueWording(language: language).text("heading", $0) } ?? ""
        let state = AppealState(rawValue: appeal.state).map { say(Wording.appealState($0)) } ?? ""
        let day = CivilDate(appeal.registeredOn)?.ukrainianNumbers ?? appeal.registeredOn
        return tag("li") {
            tag("span") {
                tag("a", ["href": ActPlace.card(appeal.id), "target": "_blank", "rel": "noopener"]) {
                    tag("span", ["class": "ix"]) { appeal.index }
                    " " + matter
                }
            }
            tag("span", ["class": "soft"]) {
                "\(day), \(state) "
                tag("button", ["class": "bare small", "name": "do", "value": "repeat " + appeal.index]) {
                    say("Пов’язати", "Link")
                    tag("span", ["class": "sr"]) { " " + appeal.index }
                }
            }
        }
    }

    // MARK: the number and the term

    /// Which number it gets, and until when it is to be answered, before it is registered.
    func foretold(_ form: ActForm) throws -> Markup {
        let subject = form["subject"].flatMap { SubjectType(rawValue: $0.value) } ?? .individual
        var card = CardFields()
        card.subjectType = subject
        card.name = PersonName(form["name"]?.value ?? "", desk.entrance)
        let isKnown = card.name != nil || subject != .individual
        let index = isKnown ? try desk.nextIndex(card.mark)?.description : nil
        let term = try term(form)
        return tag("div", ["class": "row gap-l", "data-part": "foretold"]) {
            tag("div") {
                tag("p", ["class": "hint"]) { say("Номер буде", "The number will be") }
                tag("b", ["class": "ix"]) { index ?? "–" }
            }
            tag("div") { term }
        }
    }

    /// The term as it would be counted.
    private func term(_ form: ActForm) throws -> Markup {
        let channel = form["channel"].flatMap { Channel(rawValue: $0.value) } ?? .mayorPhone
        let derivation: Derivation
        do {
            let received = form["received"]?.value ?? ""
            let at = received.isEmpty ? now : try desk.entrance.moment(received, .input("received"))
            let basis = try desk.entrance.basis(form.basis ?? FormBasis.month.rawValue, .input("basis"))
            derivation = try desk.term(receivedAt: at, basis: basis, channel: channel)
        } catch {
            return tag("p", ["class": "hint"]) { told(DeskError(error).message, of: form.row).capitalizedFirst }
        }
        let due = derivation.due.statutory
        return tag("details", ["class": "pop"]) {
            tag("summary", ["class": derivation.due.isProvisional ? "due due-prov" : "due due-later"]) {
                tag("b") { say(due.ukrainian, due.description) }
                tag("span") { say(derivation.due.basis.label) }
            }
            tag("div") {
                tag("h2") { say("Як пораховано", "How it was counted") }
                tag("ul") { derivation.lines(language).map { line in tag("li") { line } } }
            }
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

extension PersonName {
    /// Of what is typed; nil while it is no name yet.
    fileprivate init?(_ typed: String, _ entrance: Entrance) {
        do throws(DeskError) { self = try entrance.personName(typed, .input("name")) } catch { return nil }
    }
}
