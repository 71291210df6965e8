import Desk

extension WebCall {
    /// Says that a card has changed elsewhere since this page showed it, once it has; the script shows it.
    ///
    /// What is typed is never overwritten: the card shows the changes in its place, a form opens the card beside itself.
    func changeMark(_ appeal: String, _ revision: String, _ place: String, isForm: Bool) -> Markup {
        tag(
            "div",
            [
                "class": "note note-need", "hidden": "", "role": "status", "id": "changed", "data-appeal": appeal,
                "data-revision": revision, "data-now": place + "/revision",
                "data-seen": isForm ? nil : place + "/seen",
            ]
        ) {
            icon(.sync)
            tag("div") {
                tag("span", ["data-changed": ""]) {
                    tag("b") { say("Картку змінено в іншому місці.", "The card was changed elsewhere.") }
                    " "
                    tag(
                        "a",
                        [
                            "href": place, "data-refresh": isForm ? nil : "words timeline aside",
                            "target": isForm ? "_blank" : nil,
                        ]
                    ) {
                        isForm
                            ? say("Показати картку в новій вкладці", "Show the card in a new tab")
                            : say("Показати зміни", "Show the changes")
                    }
                    say(" – те, що ви набрали, лишиться.", " – what you typed stays.")
                }
                tag("span", ["data-left": "", "hidden": ""]) {
                    tag("b") { say("Цієї картки тут уже немає.", "This card is not here any more.") }
                    " "
                    tag("a", ["href": place, "target": isForm ? "_blank" : nil]) { say("Де вона", "Where it is") }
                }
            }
        }
    }
}
