import Appeals
import Desk

/// The closed lists that cards are filled from.
extension WebCall {
    /// All lists of the classifier with their codes, and why no form changes them.
    func classifierPage() throws -> WebReply {
        let lists: [(name: Label, codes: [InputCode])] = [
            (Label(uk: "Рубрики", en: "Subject headings"), .headings),
            (Label(uk: "Вид звернення", en: "Kind of appeal"), .kinds),
            (Label(uk: "Джерело надходження", en: "Channel"), .channels),
            (Label(uk: "Ознака надходження", en: "Sign of receipt"), .receiptSigns),
            (Label(uk: "Тип звернення", en: "Type of appeal"), .subjectTypes),
            (Label(uk: "Категорія заявника", en: "Category of the applicant"), .categories),
            (Label(uk: "Соціальний стан заявника", en: "Social status of the applicant"), .socialStatuses),
            (Label(uk: "Результат розгляду", en: "Result"), .results),
        ]
        return try directoryPage(.classifier) {
            note(.plain, .lock) {
                say(
                    "Класифікатор установлено законом (постанова Кабінету Міністрів № 858 від 24.09.2008), тому місто його не змінює: нова редакція приходить із новою версією програми, а картки зберігають коди, з якими їх зареєстровано.",
                    "The classifier is set by law (Cabinet resolution 858 of 24.09.2008), so that the city does not change it: a new edition comes with a new version of the program, and cards keep the codes with which they were registered."
                )
            }
            for list in lists {
                let heads = [say("Код", "Code"), say("Значення", "Meaning")]
                tag("section", ["class": "sheet"]) {
                    tag("header") { tag("h2") { say(list.name) } }
                    listTable(
                        say(list.name),
                        heads,
                        list.codes.map {
                            listRow(heads, Markup($0.code), [Markup(say($0.label).capitalizedFirst)])
                        },
                        nothing: ""
                    )
                }
            }
        }
    }
}
