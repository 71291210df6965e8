import Appeals
import Desk
import Replication

/// Ten steps through the real screens: each is a band above a page that is there anyway, and leads to the next.
///
/// Which step it is stands in the address: nothing is kept, and whoever leaves is where they are.
enum Tour {
    /// In the address of a page: the number of the step, from 1.
    static let parameter = "tour"

    /// What a step is about, and where it stands.
    struct Step {
        let title: Label
        let words: Label
        /// Where it stands: a page that everybody has, or the first queue, or a card.
        let place: Place
    }

    /// Where a step stands: the path of a page, the first queue with something on it, or a card.
    enum Place { case page(String), queue, card }

    /// In the order in which they are walked.
    static let steps: [Step] = [
        Step(
            title: Label(uk: "Ваш день", en: "Your day"),
            words: Label(
                uk: "Тут щоранку видно, що чекає саме на вас. Найтерміновіше – вище.",
                en: "Each morning you see here what waits for you, the most urgent first."
            ),
            place: .page("/")
        ),
        Step(
            title: Label(uk: "Черга", en: "A queue"),
            words: Label(
                uk:
                    "Зліва – шафа з чергами; число – довжина списку. Відкрита черга – корінець, що зростається зі сторінкою.",
                en:
                    "At the left is the cabinet with your queues; a number is the length of its list. The open queue is a tab that joins the page."
            ),
            place: .queue
        ),
        Step(
            title: Label(uk: "Строк", en: "The term"),
            words: Label(
                uk:
                    "Смуга біля дати каже, скільки часу: суцільна червона – прострочено, крапки – час є. Слова поруч кажуть те саме.",
                en:
                    "The bar beside a date tells how much time there is: solid red is overdue, dots mean there is time. The words beside it say the same."
            ),
            place: .queue
        ),
        Step(
            title: Label(uk: "Картка", en: "The card"),
            words: Label(
                uk: "Слова громадянина – іншим шрифтом, їх не редагують. Нижче – перебіг: хто, що, коли.",
                en:
                    "What the citizen said is set in another type and never edited. Below is the course: who, what, when."
            ),
            place: .card
        ),
        Step(
            title: Label(uk: "Дії та замки", en: "Acts and locks"),
            words: Label(
                uk: "Праворуч – що можна зробити зараз. Де замок – поруч сказано, чому, і що його відчинить.",
                en: "At the right is what can be done now. Where there is a lock it says why, and what would open it."
            ),
            place: .card
        ),
        Step(
            title: Label(uk: "Пошук за номером", en: "Finding by number"),
            words: Label(
                uk: "Поле вгорі (клавіша S) знаходить картку за номером або його початком.",
                en: "The field at the top (the key S) finds a card by its number or how it begins."
            ),
            place: .page("/cards")
        ),
        Step(
            title: Label(uk: "Фільтри й вигляди", en: "Filters and views"),
            words: Label(
                uk: "Звузьте список фільтрами й збережіть його під назвою: він буде зліва, лише у вас.",
                en: "Narrow a list with filters and keep it under a name: it will stand at the left, for you alone."
            ),
            place: .page("/cards?sort=-index")
        ),
        Step(
            title: Label(uk: "Без зв’язку", en: "Without a connection"),
            words: Label(
                uk: "Працюйте далі: усе зберігається на цьому вузлі й надійшлеться само. Тут видно, що ще не передано.",
                en: "Go on working: all is kept at this node and sent by itself. Here you see what was not sent yet."
            ),
            place: .page("/sync")
        ),
        Step(
            title: Label(uk: "Ваш доступ", en: "Your access"),
            words: Label(
                uk: "Тут ваші сеанси, пароль і другий доказ. Чужий сеанс завершіть одразу.",
                en:
                    "Here are your sessions, your password and the second proof. End at once a session that is not yours."
            ),
            place: .page("/account")
        ),
        Step(
            title: Label(uk: "Допомога", en: "Help"),
            words: Label(
                uk: "На кожній сторінці внизу зліва є допомога саме про неї, а «?» показує клавіші.",
                en: "Each page has help about itself at the lower left, and the question mark shows the keys."
            ),
            place: .page(HelpPages.path)
        ),
    ]
}

extension WebCall {
    /// The band of the step that the address names; nothing where it names none.
    func tourBand() throws -> Markup {
        guard let step = request.parameter(Tour.parameter).flatMap({ Int($0) }), Tour.steps.indices.contains(step - 1)
        else { return Markup() }
        let here = Tour.steps[step - 1]
        let back = try step > 1 ? tourPlace(step - 1) : nil
        let on = try step < Tour.steps.count ? tourPlace(step + 1) : nil
        return tag("section", ["class": "note note-out", "aria-label": say("Огляд", "Tour")]) {
            icon(.star)
            tag("div", ["class": "tight"]) {
                tag("b") {
                    say("Крок \(step) з \(Tour.steps.count): ", "Step \(step) of \(Tour.steps.count): ")
                        + say(here.title)
                }
                tag("p") { say(here.words) }
                tag("div", ["class": "row"]) {
                    if let back { tag("a", ["class": "btn btn-s", "href": back]) { say("Назад", "Back") } }
                    if let on { tag("a", ["class": "btn btn-s btn-act", "href": on]) { say("Далі", "Next") } }
                    tag("a", ["class": "btn btn-s", "href": request.path]) {
                        on == nil ? say("Завершити огляд", "End the tour") : say("Вийти з огляду", "Leave the tour")
                    }
                }
            }
        }
    }

    /// Where a step stands for whoever looks: who has no queue or no card sees the list of all appeals instead.
    func tourPlace(_ step: Int) throws -> String {
        let place: String
        switch Tour.steps[step - 1].place {
        case .page(let page): place = page
        case .queue: place = try firstQueue()
        case .card: place = try firstCard() ?? "/cards"
        }
        return place + (place.contains("?") ? "&" : "?") + "\(Tour.parameter)=\(step)"
    }

    /// The first queue that has something on it, else the list of all.
    private func firstQueue() throws -> String {
        try desk.read { try queues($0) }.first { $0.count > 0 && $0.queue.filter(of: "") != nil }?.queue.path
            ?? "/cards"
    }

    /// The card that is due first; nil where there is none.
    private func firstCard() throws -> String? {
        let page = try desk.listedCards(AppealFilter(), in: RowOrder(), limit: 1)
        return page.cards.first.map { cardPlace($0.id, $0.index) }
    }

    /// The way into the tour.
    var tourOffer: Markup {
        note(.outward, .star) {
            say("Уперше тут? ", "New here? ")
            tag("a", ["href": "/?\(Tour.parameter)=1"]) { say("Огляд за десять кроків", "A tour of ten steps") }
            say("; вийти можна на будь-якому.", "; it can be left at any of them.")
        }
    }

    /// Whether somebody has never opened a card at this node.
    func isNewcomer() throws -> Bool {
        guard let user = person?.user else { return false }
        return try desk.read { try $0.locals(.seen, beginning: user + "/", after: "", limit: 1).isEmpty }
    }
}
