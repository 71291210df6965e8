import Appeals
import CanonicalJSON
import Desk

/// The folder tab: number, matter and term stay in sight; below them who it is about and what can be done.
extension WebCall {
    func head(_ shown: ShownCard) -> Markup {
        let card = shown.card
        return Markup([
            tag("div", ["class": "row far"]) {
                tag("span", ["class": "tab ix"]) {
                    card.index.isEmpty ? say("без номера", "no number") : card.index
                    " "
                    tag(
                        "button",
                        [
                            "class": "bare small", "type": "button", "data-copy": card.title,
                            "data-matter": shown.matter(self), "data-key": "Period",
                            "title": say("Копіювати номер, клавіша .", "Copy the number, key ."),
                        ]
                    ) {
                        tag("span", ["data-told": ""]) { say("копія", "copy") }
                        " "
                        tag("kbd") { "." }
                    }
                }
                tag("span", ["class": "asof"]) {
                    tag("a", ["href": "/", "data-back": ""]) {
                        icon(.back)
                        " "
                        tag("span", ["data-list": ""]) { say("До списку", "To the list") }
                    }
                    say(" · станом на ", " · as of ") + Counted.time(now) + say(", вузол ", ", node ") + shown.here
                }
            },
            tag("div", ["class": "id pad split"]) {
                tag("h1") { shown.matter(self) }
                cardTerm(shown)
            },
        ])
    }

    /// The term; it opens how it was counted.
    private func cardTerm(_ shown: ShownCard) -> Markup {
        guard let term = shown.summary.listed.term else {
            return tag("p", ["class": "soft"]) { say("Строку немає", "No term runs") }
        }
        let deadline = Deadline(term)
        return tag("details", ["class": "pop pop-e"]) {
            tag("summary", ["class": "due " + deadline.drawing]) {
                inside(deadline, deadline.day.withWeekday(language))
            }
            tag("div", ["class": "tight"]) {
                tag("h2") { say("Як пораховано", "How it was counted") }
                if let counted = shown.term {
                    self.counted(counted, shown)
                } else {
                    tag("p") { say("Строк названо в самому зверненні.", "The term was given with the appeal.") }
                }
            }
        }
    }

    private func counted(_ term: ShownTerm, _ shown: ShownCard) -> Markup {
        Markup([
            tag("ol", ["class": "nums"]) {
                for step in term.derivation.steps {
                    tag("li") {
                        say(step.reason) + ": "
                        tag("b") { step.to.withWeekday(language) }
                        tag("span", ["class": "soft"]) { " (" + say(step.article) + ")" }
                    }
                }
            },
            tag("dl", ["class": "kv"]) {
                tag("dt") { say("Календар", "Calendar") }
                tag("dd") { term.derivation.due.calendarVersion }
                if let provisional = term.derivation.provisional {
                    tag("dt") { say("Попередньо", "Provisional") }
                    tag("dd") { say(provisional) }
                }
                for holiday in term.derivation.holidays {
                    tag("dt") { holiday.date.long(language) }
                    tag("dd") {
                        say(holiday.name) + " – "
                            + (holiday.isWorking ? say("робочий", "a working day") : say("вихідний", "a day off"))
                    }
                }
                for difference in term.differences {
                    tag("dt") { say("На картці інше", "The card differs") }
                    tag("dd") {
                        (CivilDate(difference.stored)?.long(language) ?? "–") + say(", пораховано ", ", counted ")
                            + difference.counted.long(language)
                    }
                }
            },
        ])
    }

    /// Who it is about, and what they are owed.
    func identity(_ shown: ShownCard) -> Markup {
        let card = shown.card
        return Markup([
            tag("div", ["class": "split"]) {
                tag("div", ["class": "tight"]) {
                    tag("p", ["class": "row gap-l"]) {
                        if card.hidden.contains("applicant.name") {
                            notShown
                        } else {
                            tag("span") {
                                card.registers["applicant.name"]?.string
                                    ?? say("Заявника не названо", "No applicant named")
                            }
                        }
                        for phone in card.phones { telephone(phone) }
                        for mail in card.emails {
                            if let address = mail.value.string {
                                tag("a", ["href": "mailto:" + address]) {
                                    icon(.mail)
                                    " " + address
                                }
                            }
                        }
                        if let address = card.addresses.first(where: { $0.issue == nil }) {
                            tag("span") {
                                icon(.pin)
                                " " + address.address.typed
                            }
                        }
                    }
                    tag("p", ["class": "chips"]) { for words in identityTags(card) { words } }
                }
                tag("p", ["class": "small"]) {
                    tag("b") {
                        say(card.ending?.label ?? Wording.control(card.registers["control"]?.string)).capitalizedFirst
                    }
                    tag("br")
                    nodeName(card.registers["home"]?.string ?? "", shown)
                }
            },
            tag("div", ["class": "row noprint"]) { acts(shown) },
        ])
    }

    private func telephone(_ phone: CardContact) -> Markup {
        let number = phone.value.string ?? ""
        return tag("a", ["class": "nw", "href": "tel:" + number]) {
            icon(.phone)
            " " + Telephone.printed(number)
        }
    }

    private func identityTags(_ card: Card) -> [Markup] {
        var tags: [Markup] = []
        if card.registers["priority"]?.bool == true {
            tags.append(tag("span", ["class": "tag tag-hot"]) { say("Першочергово", "First in turn") })
        }
        if card.registers["confidential"]?.bool == true {
            tags.append(
                tag("span", ["class": "tag tag-hot"]) { say("Не розголошувати дані", "Data not to be disclosed") }
            )
        }
        for register in ["kind", "receiptSign", "applicant.category", "channel"] {
            guard let value = card.registers[register] else { continue }
            tags.append(tag("span", ["class": "tag"]) { wording.text(register, value).capitalizedFirst })
        }
        return tags
    }
}

/// Telephones as people read them.
enum Telephone {
    /// `+380501234567` as `050 123 45 67`; another form as it is.
    static func printed(_ number: String) -> String {
        let digits = Array(number.filter { $0 != "+" })
        guard number.hasPrefix("+380"), digits.count == 12, digits.allSatisfy({ ("0"..."9").contains($0) }) else {
            return number
        }
        let parts = [digits[2..<5], digits[5..<8], digits[8..<10], digits[10..<12]]
        return parts.map { String($0) }.joined(separator: "\u{A0}")
    }
}
