import CanonicalJSON
import Commands
import Desk
import Testing

@testable import Web

@Suite("Every act and reading of a node is an endpoint")
struct EndpointTests {
    @Test("each row of the desk's table has one, and nothing else has")
    func rows() {
        let named = Endpoint.all.map(\.name)
        // What only the owner of the directory does is asked at the machine.
        let owned = ["account list", "account reset"]
        #expect(Set(owned) == Set(UseCase.all.filter { $0.writes.standing == .machine }.map(\.name)))
        #expect(named == UseCase.all.filter { $0.place != .withoutNode && !owned.contains($0.name) }.map(\.name))
        #expect(Set(named).isDisjoint(with: Commands.rows.filter { $0.place == .withoutNode }.map(\.name)))
        let places = Endpoint.all.map { $0.method + " " + $0.path }
        #expect(Set(places).count == places.count)
    }

    @Test(
        "the path follows from the row's name, its group and what it must name",
        arguments: [
            ("appeal list", "GET /api/v1/appeals"), ("appeal show", "GET /api/v1/appeals/{appeal}"),
            ("appeal history", "GET /api/v1/appeals/{appeal}/history"),
            ("conflict show", "GET /api/v1/conflicts/{case}"),
            ("person show", "GET /api/v1/persons/{user}"), ("street show", "GET /api/v1/streets/show"),
            ("sync status", "GET /api/v1/sync/status"), ("sync explain", "GET /api/v1/sync/{what}/explain"),
            ("calendar show", "GET /api/v1/calendar"), ("work", "GET /api/v1/work"), ("doctor", "GET /api/v1/doctor"),
            ("deadline explain", "GET /api/v1/deadline/explain"), ("tray list", "GET /api/v1/trays"),
            ("answer draft", "POST /api/v1/acts/answer-draft"), ("sync now", "POST /api/v1/acts/sync-now"),
            ("tray dismiss", "POST /api/v1/acts/tray-dismiss"), ("import", "POST /api/v1/acts/import"),
        ]
    )
    func rule(name: String, place: String) throws {
        let endpoint = try #require(Endpoint.all.first { $0.name == name })
        #expect(endpoint.method + " " + endpoint.shownPath == place)
    }

    @Test("who asks is never an input, and no path of a file is one")
    func inputs() {
        for endpoint in Endpoint.all {
            #expect(!endpoint.inputs.contains { $0.name == "as" || $0.form == .path }, "\(endpoint.name)")
            #expect(
                !endpoint.isReading || endpoint.others.allSatisfy { !$0.repeats },
                "\(endpoint.name): a list in a query"
            )
        }
    }

    @Test("an index with a slash stands in a path, with a verb behind it too")
    func slashes() throws {
        let found = { (path: String) in
            Web.routes.lazy.compactMap { $0.parameters(of: Route.segments("/api/v1/appeals" + path))?["appeal"] }.first
        }
        #expect(found("/Б-57/2") == "Б-57/2")
        #expect(found("/Б-57/2/history") == "Б-57/2")
        #expect(found("/К-1/history") == "К-1")
        #expect(found("/") == nil)
    }

    @Test("a key is taken by what writes one operation, and only by that")
    func keys() {
        let without = Endpoint.all.filter { !$0.isReading && !$0.takesKey }.map(\.name)
        #expect(
            Set(without) == [
                "import", "street import", "sync now", "tray dismiss", "invite", "invitation withdraw", "node confirm",
                "node renew", "node revoke", "node wiped", "node distrust", "erasure reject",
            ]
        )
    }
}
