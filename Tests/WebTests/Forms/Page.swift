import Testing

@testable import Web

/// A reply as a browser sees it: its status, where it leads, its elements and the fields of its form.
struct Page {
    let status: Int
    let location: String?
    let title: String
    /// What stands in `main`.
    let html: String
    let elements: [Element]

    struct Element {
        let name: String
        let attributes: [String: String]
        /// The text up to the next tag.
        let text: String
    }

    init(_ reply: WebReply) {
        status = reply.status
        location = reply.headers.first { $0.0 == "location" }?.1
        let page = String(decoding: reply.body, as: UTF8.self)
        // Rail, bars and dialogs around it are every page's.
        let main = page.firstRange(of: "<main ")?.lowerBound ?? page.startIndex
        let end = page.firstRange(of: "</main>")?.lowerBound ?? page.endIndex
        title = page.firstMatch(of: /<title>([^<]*)</).map { Self.unescaped($0.1) } ?? ""
        html = String(page[main..<end])
        elements = Self.elements(html)
    }

    private static func elements(_ html: String) -> [Element] {
        html.split(separator: "<").compactMap { piece in
            guard let end = piece.firstIndex(of: ">"), let first = piece.first, first.isLetter else { return nil }
            let head = piece[..<end]
            let name = head.prefix { $0 != " " && $0 != "/" }
            var attributes: [String: String] = [:]
            var rest = head.dropFirst(name.count)
            while let start = rest.firstIndex(where: { $0 != " " && $0 != "/" }) {
                rest = rest[start...]
                let key = rest.prefix { $0 != "=" && $0 != " " && $0 != "/" }
                rest = rest.dropFirst(key.count)
                guard rest.hasPrefix("=\"") else {
                    attributes[String(key)] = ""
                    continue
                }
                rest = rest.dropFirst(2)
                let value = rest.prefix { $0 != "\"" }
                attributes[String(key)] = unescaped(value)
                rest = rest.dropFirst(value.count + 1)
            }
            return Element(
                name: String(name),
                attributes: attributes,
                text: unescaped(piece[piece.index(after: end)...])
            )
        }
    }

    private static func unescaped(_ text: Substring) -> String {
        String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }

    func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }
    func element(id: String) -> Element? { elements.first { $0.attributes["id"] == id } }

    /// Names of all fields that can be sent.
    var names: Set<String> {
        Set(
            elements.filter { ["input", "select", "textarea", "button"].contains($0.name) }.compactMap {
                $0.attributes["name"]
            }
        )
    }

    /// What a browser sends of the form as it stands.
    var fields: [(String, String)] {
        var found: [(String, String)] = [], list: (name: String, isChosen: Bool)?
        for element in elements {
            let name = element.attributes["name"] ?? ""
            switch element.name {
            case "input":
                let type = element.attributes["type"] ?? "text"
                if ["checkbox", "radio"].contains(type), element.attributes["checked"] == nil { continue }
                if type != "search" { found.append((name, element.attributes["value"] ?? "")) }
            case "textarea": found.append((name, String(element.text.drop { $0 == "\n" })))
            case "select":
                list = (name, false)
                found.append((name, ""))
            case "option":
                guard let current = list, !current.isChosen, element.attributes["selected"] != nil else { continue }
                found.removeAll { $0.0 == current.name && $0.1.isEmpty }
                found.append((current.name, element.attributes["value"] ?? ""))
                list = (current.name, true)
            default: break
            }
        }
        return found.filter { !$0.0.isEmpty }
    }
}
