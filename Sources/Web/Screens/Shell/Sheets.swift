/// Sheets and notes that a page carries hidden, for what its script has to say.
extension WebCall {
    /// The password again: a tab that no open tab of the session gave its second secret to.
    var secondSheet: Markup {
        tag("dialog", ["id": "second", "aria-labelledby": "second-h"]) {
            tag("form", ["class": "stack", "method": "dialog"]) {
                tag("h2", ["id": "second-h"]) { say("Введіть пароль ще раз", "Enter the password again") }
                tag("p", ["class": "hint"]) {
                    say(
                        "Цю вкладку відкрито окремо, тому дія просить підтвердити, що це ви. Набране лишилося у формі.",
                        "This tab was opened apart, so the act asks you to show that it is you. What you typed is still in the form."
                    )
                }
                tag("div", ["class": "f"]) {
                    tag("label", ["for": "second-p"]) { say("Пароль", "Password") }
                    tag("span", ["class": "msg red", "hidden": "", "data-wrong": "", "role": "alert"]) {
                        say("Пароль не підходить", "The password does not fit")
                    }
                    tag("input", ["id": "second-p", "type": "password", "autocomplete": "current-password"])
                }
                tag("div", ["class": "row far"]) {
                    tag("button", ["class": "btn", "value": "cancel", "formnovalidate": ""]) {
                        say("Скасувати", "Cancel")
                    }
                    tag("button", ["class": "btn btn-act", "value": "prove"]) { say("Підтвердити", "Confirm") }
                }
            }
        }
    }

    /// That the node did not answer.
    var awayNote: Markup {
        tag("div", ["class": "note note-need", "id": "away", "hidden": "", "role": "alert"]) {
            icon(.alert)
            tag("div") {
                tag("b") { say("Вузол не відповів.", "The node did not answer.") }
                say(
                    " Набране лишилося у формі: зачекайте й надішліть ще раз, двічі воно не виконається.",
                    " What you typed is still in the form: wait and send it again, it will not be done twice."
                )
            }
        }
    }
}
