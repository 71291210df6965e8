/// The sheet of keys, which `?` opens; letters can be switched off there.
extension WebCall {
    var keySheet: Markup {
        tag("dialog", ["id": "keys", "aria-labelledby": "keys-h"]) {
            tag("div", ["class": "row far"]) {
                tag("h2", ["id": "keys-h"]) { say("Клавіші", "Keys") }
                tag("form", ["method": "dialog"]) {
                    tag("button", ["class": "btn btn-s"]) {
                        say("Закрити ", "Close ")
                        tag("kbd") { "Esc" }
                    }
                }
            }
            tag("p", ["class": "hint"]) {
                say(
                    "За місцем на клавіатурі, однаково в обох розкладках: J – це й О.",
                    "By place on the board, alike in both layouts: J is О too."
                )
            }
            tag("ul", ["class": "keys"]) {
                for (words, keys) in keyRows {
                    tag("li") {
                        words + " "
                        for key in keys { tag("kbd") { key } }
                    }
                }
            }
            tag("label", ["class": "ck"]) {
                tag("input", ["type": "checkbox", "id": "keys-off"])
                " " + say("Вимкнути клавіші-літери", "Switch letter keys off")
            }
        }
    }

    private var keyRows: [(words: String, keys: [String])] {
        [
            (say("Нове звернення", "New appeal"), ["N · Т"]), (say("Пошук", "Search"), ["S · І"]),
            (say("Черги", "Queues"), ["O · Щ"]), (say("Нижче, вище", "Down, up"), ["J · О", "K · Л"]),
            (say("Відкрити", "Open"), ["Enter"]), (say("Службова примітка", "Internal note"), ["X · Ч"]),
            (say("Відповідь заявнику", "Answer to the applicant"), ["R · К"]),
            (say("Призначити", "Assign"), ["A · Ф"]), (say("Продовжити строк", "Extend the term"), ["E · У"]),
            (say("Копіювати номер", "Copy the number"), ["."]),
            (say("Підтвердити", "Confirm"), ["Ctrl Enter"]),
            (say("Інша картка", "Another card"), ["Alt ↑ ↓"]), (say("Назад", "Back"), ["Esc"]),
        ]
    }
}
