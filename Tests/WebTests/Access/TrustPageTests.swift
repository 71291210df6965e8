import Commands
import Desk
import Testing

@testable import Web

@Suite("A device learns to trust the node")
struct TrustPageTests {
    private func ask(_ path: String, language: String = "uk", trust: WebTrust?) throws -> WebReply {
        let town = try WebTown(departments: [])
        let site = WebSite(
            context: try town.context(),
            port: 8440,
            origins: ["work.example"],
            draw: { String(repeating: "a", count: 2 * $0) },
            trust: { trust }
        )
        let headers = [("host", "work.example:8440"), ("accept-language", language)]
        // Its clock is the town's.
        return withExtendedLifetime(town) {
            Web(site).answer(WebRequest(method: "GET", path: path, headers: headers, isSecure: true))
        }
    }

    private let trust = WebTrust(certificate: Array("PEM".utf8), fingerprint: String(repeating: "0a1b2c3d", count: 8))

    @Test(
        "whoever is not in yet sees the fingerprint, the certificate, a QR of the page, and the steps of each device",
        arguments: ["uk", "en"]
    )
    func page(_ language: String) throws {
        let page = try ask("/trust", language: language, trust: trust)
        #expect(page.status == 200 && page.text.contains("lang=\"\(language)\""))
        for words in ["Android", "iPhone, iPad", "Windows", "Debian", "0a1b 2c3d", "<svg", TrustPage.certificatePath] {
            #expect(page.text.contains(words), "\(words)")
        }
        // Each of the four has its steps.
        #expect(page.text.split(separator: "<ol").count == 5)
        let file = try ask(TrustPage.certificatePath, trust: trust)
        #expect(file.text == "PEM" && file.contentType == "application/x-x509-ca-cert")
        #expect(file.header("content-disposition") == "attachment; filename=\"kartoteka-urz.crt\"")
    }

    @Test("where there is nothing to trust it says so, and hands out nothing")
    func nothing() throws {
        #expect(try ask("/trust", trust: nil).status == 404)
        #expect(try ask(TrustPage.certificatePath, trust: nil).status == 404)
    }
}
