import Foundation
import Testing

@testable import Web

@Suite("Every page has its test in a browser")
struct BrowserListTests {
    /// What people do not look at: parts of pages, files, answers for programs.
    private static func isPage(_ route: Route) -> Bool {
        route.method == "GET" && !["/api/", "/assets/", "/parts/", "/openapi"].contains { route.path.hasPrefix($0) }
            && !["/revision", PrintPlaces.pdf].contains { route.path.hasSuffix($0) }
            && route.path != TrustPage.certificatePath
            && route.path != ImportPages.rejected
    }

    @Test("the list of the browser's tests has each place that people look at, and no other")
    func listed() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let text = try String(contentsOf: folder.appending(path: "../browser/screens.txt"), encoding: .utf8)
        let listed = Set(
            text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
                line.split(separator: "|").first.map { String($0.filter { $0 != " " }) }
            }
        )
        let pages = Web.routes.filter(Self.isPage).map { $0.path.replacing("+}", with: "}") }
        // Pages of single acts are among those of all acts.
        let places = Set(pages.map { $0.hasPrefix("/cards/{appeal}/acts/") ? "/cards/{appeal}/acts/{row}" : $0 })
        #expect(places.count > 12)
        #expect(places == listed)
    }
}
