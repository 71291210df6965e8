import Appeals
import Desk

/// What stands beneath a registration: which number it gets, until when it is to be answered.
extension WebCall {
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

extension PersonName {
    /// Of what is typed; nil while it is no name yet.
    fileprivate init?(_ typed: String, _ entrance: Entrance) {
        do throws(DeskError) { self = try entrance.personName(typed, .input("name")) } catch { return nil }
    }
}
