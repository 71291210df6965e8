import Appeals

/// The steps from nothing to the first card, as every page on the way shows them.
enum FoundingSteps {
    static let office = [
        Label(uk: "Вузол", en: "Node"), Label(uk: "Ваш доступ", en: "Your access"),
        Label(uk: "Перші люди", en: "First people"), Label(uk: "Підрозділ", en: "A department"),
        Label(uk: "Резервна копія", en: "Backup"), Label(uk: "Перша картка", en: "The first card"),
    ]
    static let department = [
        Label(uk: "Вузол", en: "Node"), Label(uk: "Ваш доступ", en: "Your access"),
        Label(uk: "Люди", en: "People"), Label(uk: "Резервна копія", en: "Backup"),
        Label(uk: "Перша картка", en: "The first card"),
    ]

    /// `at`: the step at hand; `done`: those that the node has.
    static func markup(at step: Int, done: Set<Int>, of steps: [Label] = office, _ page: some PageMaking) -> Markup {
        tag("ol", ["class": "wiz", "role": "list"]) {
            for (place, words) in steps.enumerated() {
                tag(
                    "li",
                    ["class": done.contains(place) ? "ok" : nil, "aria-current": place == step ? "step" : nil]
                ) {
                    tag("b") {
                        done.contains(place)
                            ? icon(.check, saying: page.say("зроблено", "done"), classes: "") : Markup("\(place + 1)")
                    }
                    " " + page.say(words)
                }
            }
        }
    }
}
