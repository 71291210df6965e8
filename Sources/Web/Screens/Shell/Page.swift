import Appeals
import Desk

extension WebCall {
    /// A whole page of the workspace: the rail with its queues, the bar above, and what stands in its `main`.
    ///
    /// `here` is the path of the place in the rail that is open. `failed`: a form came back with mistakes, and the title
    /// says so first. `shell`: what stands around it, where `main` is made of the same snapshot. To nobody in particular it is
    /// a plain page.
    func page(
        _ title: String,
        status: Int = 200,
        here: String? = nil,
        failed: Bool = false,
        in shell: Shell? = nil,
        @MarkupBuilder _ main: () throws -> Markup
    ) rethrows -> WebReply {
        let main = try main()
        guard let person else { return plain(title, status: status, failed: failed, main: main) }
        let around: Shell, tour: Markup
        do { (around, tour) = (try shell ?? self.shell(), try tourBand()) } catch { return troubled() }
        let body = tag("body", ["class": "app", "data-node": site.node, "data-user": person.user]) {
            skip
            rail(around, here: here ?? request.path)
            tag("div") {
                top(around)
                tag("main", ["class": "main", "id": "main", "tabindex": "-1"]) {
                    awayNote
                    tour
                    main
                }
            }
            keySheet
            secondSheet
            Icon.sprite
        }
        return document(title, status: status, failed: failed, body)
    }

    /// A page without a rail, for whoever is not in yet and for what needs the whole width.
    func plain(_ title: String, status: Int = 200, failed: Bool = false, main: Markup) -> WebReply {
        let body = tag("body") {
            skip
            tag("main", ["class": "main plain", "id": "main", "tabindex": "-1"]) { main }
            Icon.sprite
        }
        return document(title, status: status, failed: failed, body)
    }

    /// A part of a page alone, which takes the place of the former; it carries `data-part` with its name.
    func part(_ markup: Markup) -> WebReply {
        WebReply(
            status: 200,
            contentType: Self.html,
            headers: [("vary", "accept-language, cookie")],
            body: markup.bytes
        )
    }

    /// Which part of the page the browser asks for; nil for the whole.
    var wantedPart: String? { request.parameter("part") }
}

extension PageMaking {
    static var html: String { "text/html; charset=utf-8" }

    /// The head that all pages share.
    func document(_ title: String, status: Int, failed: Bool, _ body: Markup) -> WebReply {
        let html = tag("html", ["lang": language.rawValue]) {
            tag("head") {
                tag("meta", ["charset": "utf-8"])
                tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
                tag("title") {
                    (failed ? say("Помилка: ", "Error: ") : "") + title + say(" · Картотека", " · Kartoteka")
                }
                tag("link", ["rel": "icon", "href": Assets.address("favicon.svg")])
                tag("link", ["rel": "stylesheet", "href": Assets.address("workspace.css")])
                tag("script", ["type": "module", "src": Assets.address("workspace.js")])
            }
            body
        }
        return WebReply(status: status, contentType: Self.html, body: Array("<!DOCTYPE html>\n".utf8) + html.bytes)
    }

    var skip: Markup {
        tag("a", ["class": "skip", "href": "#main"]) { say("Перейти до змісту", "Skip to the content") }
    }
}
