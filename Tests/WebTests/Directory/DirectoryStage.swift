import Appeals
import CanonicalJSON
import Desk
import Testing

@testable import Web

/// Forms of the directory as an administrator of the office sends them.
extension ShownTown {
    /// Sends a form; the fields as they are typed.
    func post(
        _ place: String,
        _ fields: [(String, String)],
        as person: String,
        at node: String = "urz"
    ) throws -> WebReply {
        now += 1_000
        let body = fields.map { WebCall.encoded($0.0) + "=" + WebCall.encoded($0.1) }.joined(separator: "&")
        return try site(node).answer(
            WebRequest(
                method: "POST",
                path: place,
                headers: [("x-test-person", person), ("content-type", "application/x-www-form-urlencoded")],
                body: Array(body.utf8)
            )
        )
    }

    /// What the form of a row has in it when it is opened, as it would be sent.
    func fields(_ place: String, as person: String = "admin") throws -> [(String, String)] {
        let text = try page(place, as: person)
        var fields: [(String, String)] = []
        for element in text.split(separator: "<").dropFirst() {
            func attribute(_ name: String) -> String? {
                element.firstRange(of: " \(name)=\"").map { element[$0.upperBound...].prefix { $0 != "\"" } }.map(
                    String.init
                )
            }
            guard let name = attribute("name"), !["_session", "shown"].contains(name) else { continue }
            if element.hasPrefix("input") { fields.append((name, Self.unescaped(attribute("value") ?? ""))) }
            if element.hasPrefix("textarea") {
                let words = element.drop { $0 != ">" }.dropFirst().drop { $0 == "\n" }
                fields.append((name, Self.unescaped(String(words))))
            }
            if element.hasPrefix("select"), let start = text.firstRange(of: "name=\"\(name)\"") {
                let options = text[start.upperBound...].prefix(while: { _ in true })
                let list = options[..<(options.firstRange(of: "</select>")?.lowerBound ?? options.endIndex)]
                let chosen = list.split(separator: "<option").first { $0.contains(" selected") }
                let value = chosen.flatMap { part in
                    part.firstRange(of: "value=\"").map { part[$0.upperBound...].prefix { $0 != "\"" } }
                }
                fields.append((name, Self.unescaped(String(value ?? ""))))
            }
        }
        return fields
    }

    /// The errors of a page.
    static func errors(_ page: String) -> Substring {
        page.firstRange(of: "id=\"errs-h\"").map { page[$0.upperBound...].prefix(1_500) } ?? ""
    }

    private static func unescaped(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing(
            "&#39;",
            with: "'"
        )
        .replacing("&amp;", with: "&")
    }

    /// Fills in a form of the directory, looks at what it changes, and publishes it; gives the page in between.
    @discardableResult
    func publish(
        _ row: UseCase,
        _ typed: [(String, String)],
        from query: String = "",
        source: SourceLocation = #_sourceLocation
    ) throws -> String {
        let place = DirectoryForm.place(row)
        var fields = try fields(place + query).filter { field in
            !typed.contains { $0.0 == field.0 } && field.0 != "do" && field.0 != "index"
        }
        fields += typed
        let look = try post(place, fields + [("do", "look")], as: "admin")
        #expect(look.status == 200, "\(Self.errors(look.text))", sourceLocation: source)
        let done = try post(place, fields + [("do", "publish")], as: "admin")
        #expect(done.status == 303, "\(Self.errors(done.text))", sourceLocation: source)
        let to = try #require(done.headers.first { $0.0.lowercased() == "location" }?.1, sourceLocation: source)
        let told = try page(to, as: "admin")
        #expect(told.contains("note note-ok"), sourceLocation: source)
        return look.text
    }
}
