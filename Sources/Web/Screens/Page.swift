import Appeals
import Desk

extension WebCall {
    /// A whole page: its title, and what stands in its `main`.
    func page(_ title: String, status: Int = 200, @MarkupBuilder _ main: () -> Markup) -> WebReply {
        let html = tag("html", ["lang": language.rawValue]) {
            tag("head") {
                tag("meta", ["charset": "utf-8"])
                tag("title") { title + " · Картотека" }
            }
            tag("body") { tag("main", ["id": "main"]) { main() } }
        }
        return WebReply(
            status: status,
            contentType: "text/html; charset=utf-8",
            body: Array("<!DOCTYPE html>".utf8) + html.bytes
        )
    }
}
