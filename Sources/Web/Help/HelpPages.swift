import Appeals
import Desk

/// The manual within the workspace.
enum HelpPages {
    static let path = "/help"

    static let routes: [Route] = [
        Route("GET", path) { try $0.helpIndex() },
        Route("GET", path + "/{topic}") { try $0.helpPage() },
    ]

    /// The page of a topic.
    static func place(_ topic: HelpTopic) -> String { path + "/" + topic.rawValue }
}

extension WebCall {
    /// All topics, and the way into the tour.
    fileprivate func helpIndex() throws -> WebReply {
        let title = say("Допомога", "Help")
        return page(title) {
            tag("h1") { title }
            tourOffer
            topics(open: nil)
            tag("p") {
                tag("a", ["href": AccessibilityPage.path]) { say("Заява про доступність", "Accessibility statement") }
            }
        }
    }

    /// One topic; an unknown one is no page.
    fileprivate func helpPage() throws -> WebReply {
        guard let topic = HelpTopic(rawValue: parameters["topic"] ?? "") else { return nothingHere() }
        let title = say(topic.title)
        return page(title, here: HelpPages.path) {
            tag("h1") { title }
            tag("article", ["class": "sheet pad stack"]) {
                for paragraph in topic.paragraphs { tag("p") { say(paragraph) } }
            }
            topics(open: topic)
        }
    }

    /// All topics; the one that is open says so.
    private func topics(open: HelpTopic?) -> Markup {
        tag("nav", ["class": "sheet", "aria-label": say("Розділи допомоги", "Topics of the help")]) {
            tag("header") { tag("h2") { say("Розділи", "Topics") } }
            tag("ul", ["class": "steps pad"]) {
                for topic in HelpTopic.allCases {
                    tag("li") {
                        tag("a", ["href": HelpPages.place(topic), "aria-current": topic == open ? "page" : nil]) {
                            say(topic.title)
                        }
                    }
                }
            }
        }
    }

    /// The way to what is written about the page that is open.
    var helpPlace: String { HelpPages.place(HelpTopic.of(request.path)) }
}
