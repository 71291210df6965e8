import Appeals
import Commands
import Desk
import Papers
import Replication
import Simulator
import Testing

@testable import Node
@testable import Web

/// Every text of every kind, looked for on every page that links lead to from the first one on: the same stage as at the
/// exits of the office's port (`ExitCanaryTests`) and of the commands (`CommandCanaryTests`).
///
/// A page comes in with a link to it, or with its route; one that nobody reaches needs a row in `unreached`.
@Suite("On every page of a node")
struct PageCanaryTests {
    /// Places without a page in this town, and why.
    private static let unreached: [String: String] = [
        "/assets/{version}/{name}": "files of the program",
        "/directory/calendar": "the stage has no calendar in force",
        "/cards/{appeal+}/acts/resolution-issue": "nobody of this town is a leader who may sign",
        "/nodes/inspect/{table}": "a store in memory has no file; InspectedTests",
        "/nodes/tray/{item}": "the tray of this town is empty; NodeActTests",
        "/trust": "there is nothing to trust over plain HTTP; TrustPageTests",
        "/trust/kartoteka.crt": "there is nothing to trust over plain HTTP; TrustPageTests",
        "/directory": "leads on to its first list",
        "/waiting": "all work that waits has its appeal; CaseTests",
        "/selected/{act}": "is posted to",
        "/import/{job}": "nobody brought a register; Tests/WebTests/Import",
        "/import/{job}/mapping": "nobody brought a register; Tests/WebTests/Import",
        "/import/{job}/rejected": "nobody brought a register; Tests/WebTests/Import",
        "/import/{job}/rows": "nobody brought a register; Tests/WebTests/Import",
        "/parts/import/{job}": "nobody brought a register; Tests/WebTests/Import",
    ]
    /// Of one route so many places are looked at.
    private static let samples = 12
    /// Where a walk begins besides the first page.
    private static let beginnings = pages.filter { !$0.contains("{") }
    /// Readings of programs are looked at by `CommandCanaryTests`.
    private static let pages = Web.routes.filter { $0.method == "GET" && !$0.path.hasPrefix("/api/") }.map(\.path)
    private static let pagesAtMost = 1_200

    /// In the place of the program that draws: the words that it would be given.
    private struct Dictation: Draughtsman {
        var isHere: Bool { true }
        func draw(_ paper: Paper) -> DrawnPaper { .pdf(paper.encoded()) }
    }

    /// A walk of one person through one node.
    private struct Walk {
        let web: Web
        let allowed: Set<String>
        private(set) var words: Set<String> = []
        private(set) var leaks: [String: Set<String>] = [:]
        private(set) var reached: Set<String> = []
        private(set) var pages = 0

        mutating func go(from places: [String]) {
            var waiting = places, known = Set(places), times: [String: Int] = [:]
            while let place = waiting.popLast(), pages < PageCanaryTests.pagesAtMost {
                let parts = place.split(separator: "?", maxSplits: 1).map(String.init)
                let segments = Route.segments(parts[0])
                let route = Web.routes.first { $0.method == "GET" && $0.parameters(of: segments) != nil }
                times[route?.path ?? "", default: 0] += 1
                if times[route?.path ?? "", default: 0] > PageCanaryTests.samples { continue }
                pages += 1
                let query = FormBody(urlencoded: Array((parts.count > 1 ? parts[1] : "").utf8))?.all ?? []
                let reply = web.answer(
                    WebRequest(method: "GET", path: parts[0], query: query.map { ($0.name, $0.value) })
                )
                let text = String(decoding: reply.body, as: UTF8.self)
                let found = CanaryStage.words(reply.body)
                words.formUnion(found)
                let leaked = found.subtracting(allowed)
                if !leaked.isEmpty { leaks[place] = leaked }
                if let route, reply.status == 200 { reached.insert(route.path) }
                for link in text.matches(of: /(?:href|action)="(\/[^"#]*)/) {
                    let next = String(link.1).replacing("&amp;", with: "&")
                    if next.hasPrefix("/assets/") { continue }
                    if known.insert(next).inserted { waiting.append(next) }
                }
            }
        }
    }

    private func site(_ stage: CanaryStage, _ reader: CanaryStage.Reader?, _ user: String) throws -> Web {
        let now = stage.town.now, draw: (Int) -> String = { String(repeating: "a", count: 2 * $0) }
        let context: CommandContext
        if let reader {
            let store = stage.town[reader.rawValue].store.copy()
            context = CommandContext(
                department: stage.town.make(reader.rawValue, over: store),
                store: store,
                now: { now }
            )
        } else {
            let store = stage.town.officeStore.copy()
            let office = Office(
                node: "office",
                store: store,
                signer: TwinSigner("office"),
                verifier: TwinVerifier(),
                draw: draw
            )
            context = CommandContext(office: office, store: store, now: { now }, admissions: Admissions())
        }
        let via = try #require(Via("session:0123456789abcdef"))
        let site = WebSite(
            context: context,
            port: 8440,
            origins: ["http://localhost"],
            draw: draw,
            draughtsman: Dictation()
        )
        return Web(site) { _, _ in SignedIn(user: user, role: nil, via: via) }
    }

    private func allowed(_ stage: CanaryStage, _ reader: CanaryStage.Reader?) -> Set<String> {
        guard let reader else { return Set(stage.canaries.keys) }
        let seen = stage.canaries.filter { word, canary in
            stage.maySee(word, reader) || Kinds.named(canary.kind)?.isReference == true && canary.status == .accepted
        }
        let index = stage.canaries.filter { $0.value.kind == "appeal.registered" && $0.value.field == "body.index" }
        return Set(seen.keys).union(reader == .trade ? [] : Array(index.keys))
    }

    private func people(_ reader: CanaryStage.Reader?) -> [String] {
        reader == nil ? ["boss", "olena", "nobody"] : ["head"]
    }

    /// What one person reaches at one node, from the first page, every place without a parameter and the card on.
    private func walked(
        _ stage: CanaryStage,
        _ reader: CanaryStage.Reader?,
        _ user: String,
        _ allowed: Set<String>
    ) throws -> Walk {
        var walk = Walk(web: try site(stage, reader, user), allowed: allowed)
        let card = "/cards/" + stage.appeal
        walk.go(from: Self.beginnings + [card, card + "/revision"])
        #expect(walk.pages > 100 && walk.pages < Self.pagesAtMost)
        return walk
    }

    private func staged() throws -> CanaryStage {
        let stage = try CanaryStage()
        for reader in CanaryStage.Reader.allCases {
            #expect(try stage.town.sync(reader.rawValue) && stage.town.agrees(reader.rawValue), "\(reader)")
        }
        return stage
    }

    @Test("stands what the node may show by the policy, and nothing else; every page is walked")
    func matrix() throws {
        let stage = try staged()
        var reached: Set<String> = []
        for reader in [nil] + CanaryStage.Reader.allCases.map(Optional.some) {
            for user in people(reader) {
                let walk = try walked(stage, reader, user, allowed(stage, reader))
                reached.formUnion(walk.reached)
                for (place, words) in walk.leaks.sorted(by: { $0.key < $1.key }) {
                    let told = words.compactMap { stage.canaries[$0].map { "\($0.kind) \($0.field) of \($0.author)" } }
                    Issue.record("\(place) shows \(reader?.role ?? "office"), \(user): \(Set(told).sorted().prefix(5))")
                }
            }
        }
        let wanted = Set(Self.pages)
        #expect(wanted.subtracting(reached).subtracting(Self.unreached.keys).sorted() == [])
        #expect(
            Set(Self.unreached.keys).intersection(reached).union(Set(Self.unreached.keys).subtracting(wanted)) == []
        )
    }

    /// The words that are in force, and of each field of each kind one: every one of thousands would be asked for minutes.
    private static func samples(of stage: CanaryStage) -> [String] {
        let inForce = stage.inForce
        var taken: Set<String> = []
        return stage.canaries.sorted { $0.key < $1.key }.filter { word, canary in
            taken.insert("\(canary.kind) \(canary.field)").inserted || inForce.contains(word)
        }.map(\.key)
    }

    @Test("a search finds an appeal by what the reader may see of it, and by nothing else")
    func searches() throws {
        let stage = try staged()
        var fields: Set<String> = []
        for reader in [nil] + CanaryStage.Reader.allCases.map(Optional.some) {
            let allowed = allowed(stage, reader), name = reader?.role ?? "office"
            for user in people(reader) {
                let web = try site(stage, reader, user)
                for word in Self.samples(of: stage) {
                    let reply = web.answer(WebRequest(method: "GET", path: "/search", query: [("q", word)]))
                    // A whole number leads to its card.
                    #expect(reply.status == 200 || reply.status == 303 && allowed.contains(word))
                    // The word itself stands in the field into which it was typed.
                    let shown = CanaryStage.words(reply.body).subtracting([word])
                    #expect(shown.isSubset(of: allowed), "\(name), \(user): \(word)")
                    guard String(decoding: reply.body, as: UTF8.self).contains("data-appeal=") else { continue }
                    let field = stage.canaries[word]?.field ?? ""
                    #expect(allowed.contains(word), "\(name), \(user): \(field)")
                    fields.insert(field)
                }
            }
        }
        for field in ["text", "name", "address"] {
            #expect(fields.contains { $0.contains(field) }, "found by \(fields.sorted())")
        }
    }

    @Test("a word that a reader may not see is found on the card and on what is printed of it")
    func found() throws {
        let stage = try staged()
        // As if the main executor were shown what is shown to an inspector who is only told.
        let walk = try walked(stage, .roads, "head", allowed(stage, .parks))
        let parts = ["", "/print", "/cases/", "/acts/"].map { "/cards/" + stage.appeal + $0 }
        for part in parts {
            #expect(walk.leaks.keys.contains { $0.hasPrefix(part) && ($0 == part || part != parts[0]) })
        }
    }
}
