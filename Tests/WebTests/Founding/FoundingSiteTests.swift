import Accounts
import Appeals
import Desk
import Locks
import Testing

@testable import Web

/// The page of a machine that has no node yet.
@Suite("The first page, before there is a node")
struct FoundingSiteTests {
    private static let code = OneTimeCode([UInt8](0..<16))

    /// What was asked to be made.
    private final class Made: Sendable {
        let offices = Locked<[NewOffice]>([])
        let invitations = Locked<[String]>([])
        let refusal = Locked<DeskError?>(nil)
    }

    private func site(_ made: Made) throws -> FoundingSite {
        FoundingSite(
            code: try #require(Self.code),
            language: .ukrainian,
            found: { office in
                if let refusal = made.refusal.withLock({ $0 }) { throw refusal }
                made.offices.withLock { $0.append(office) }
                return "/first-run?user=\(office.administrator)#CODE"
            },
            join: { text in
                if let refusal = made.refusal.withLock({ $0 }) { throw refusal }
                made.invitations.withLock { $0.append(text) }
                return "/first-run#CODE"
            }
        )
    }

    private func post(_ site: FoundingSite, _ fields: [(String, String)], byScript: Bool = true) -> WebReply {
        let body = fields.map { WebCall.encoded($0.0) + "=" + WebCall.encoded($0.1) }.joined(separator: "&")
        return site.answer(
            WebRequest(
                method: "POST",
                path: FoundingSite.place,
                headers: [("content-type", "application/x-www-form-urlencoded")]
                    + (byScript ? [(SignedIn.header, "")] : []),
                body: Array(body.utf8)
            )
        )
    }

    private var office: [(String, String)] {
        [
            ("kind", "office"), ("name", "Управління звернень"), ("node", "URZ"),
            ("hosts", "192.168.10.4, kartoteka.local"),
            ("person", " Сидоренко О. І. "), ("user", "sydorenko"), ("code", Self.code?.text ?? ""),
        ]
    }

    @Test("asks for one of two things, and shows nothing without being asked at its place")
    func page() throws {
        let site = try site(Made())
        #expect(site.answer(WebRequest(method: "GET", path: "/")).header("location") == FoundingSite.place)
        #expect(site.answer(WebRequest(method: "GET", path: "/cards")).status == 404)
        let page = site.answer(WebRequest(method: "GET", path: FoundingSite.place))
        #expect(page.status == 200 && page.text.contains("Перший запуск") && page.text.contains(#"id="as-department""#))
        #expect(page.text.contains(#"aria-current="step""#) && page.header("content-security-policy") != nil)
        #expect(site.answer(WebRequest(method: "GET", path: Assets.address("workspace.css"))).status == 200)
        let english = site.answer(WebRequest(method: "GET", path: FoundingSite.place, query: [("lang", "en")]))
        #expect(english.text.contains("First run") && !english.text.contains("Підрозділ"))
    }

    @Test("makes nothing without the code, and tells at each field what is wrong with it, with all that was typed")
    func refused() throws {
        let made = Made(), site = try site(made)
        var stolen = office
        stolen[6].1 = "0000-0000-0000-0000-0000-0000-00"
        #expect(post(site, stolen).status == 403)
        let empty = post(
            site,
            [
                ("kind", "office"), ("name", ""), ("node", "Центр"), ("user", "1x"), ("person", "С"),
                ("code", Self.code?.text ?? ""),
            ]
        )
        #expect(empty.status == 422)
        for field in ["name", "node", "user"] { #expect(empty.text.contains("id=\"\(field)-e\""), "\(field)") }
        #expect(empty.text.contains(#"value="Центр""#) && empty.text.contains("<title>Помилка: "))
        let none = post(site, [("kind", "department"), ("invitation", " "), ("code", Self.code?.text ?? "")])
        #expect(none.status == 422 && none.text.contains(#"id="invitation-e""#))
        #expect(made.offices.withLock { $0.isEmpty } && made.invitations.withLock { $0.isEmpty })
        made.refusal.withLock { $0 = DeskError(.permission, "x", uk: "запрошення прострочене", en: "it has expired") }
        let late = post(
            site,
            [("kind", "department"), ("invitation", "kartoteka-join-1:x"), ("code", Self.code?.text ?? "")]
        )
        #expect(
            late.status == 409 && late.text.contains("Запрошення прострочене")
                && late.text.contains("kartoteka-join-1:x")
        )
    }

    @Test("founds an office by what was typed, and leads a script and a plain form on")
    func founds() throws {
        let made = Made(), site = try site(made)
        let reply = post(site, office)
        #expect(reply.status == 201 && reply.text.contains("/first-run?user=sydorenko#CODE"))
        #expect(post(site, office, byScript: false).header("location") == "/first-run?user=sydorenko#CODE")
        let office = try #require(made.offices.withLock { $0.first })
        #expect(office.node == "urz" && office.hosts == ["192.168.10.4", "kartoteka.local"])
        #expect(office.administratorName == "Сидоренко О. І." && office.name == "Управління звернень")
        let joined = post(
            site,
            [("kind", "department"), ("invitation", "kartoteka-join-1:abc"), ("code", Self.code?.text ?? "")]
        )
        #expect(joined.status == 201 && made.invitations.withLock { $0 } == ["kartoteka-join-1:abc"])
    }
}
