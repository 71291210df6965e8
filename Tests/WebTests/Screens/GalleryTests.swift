import CanonicalJSON
import Foundation
import Testing

@testable import Web

/// Pages of the city as files, for eyes: `PAGES=directory`.
struct GalleryTests {
    @Test(
        "every page of a city with a week behind it is written for whoever wants to look",
        .enabled(if: ProcessInfo.processInfo.environment["PAGES"] != nil)
    )
    func pages() throws {
        let folder = URL(filePath: try #require(ProcessInfo.processInfo.environment["PAGES"]))
        let city = try ShownTown()
        let indices = try city.lives()
        let pages: [(name: String, place: String, person: String, node: String)] = [
            ("office-new", "/queues/new", "koval", "urz"), ("office-all", "/cards", "koval", "urz"),
            ("office-sync", "/sync", "koval", "urz"), ("head-work", "/queues/inWork", "sych", "zhkg"),
            ("head-all", "/cards?sort=index", "sych", "zhkg"), ("head-overdue", "/queues/overdue", "sych", "zhkg"),
            ("head-empty", "/queues/letters", "sych", "zhkg"), ("exec-sync", "/sync", "petrenko", "zhkg"),
            ("card-lift", "/cards/" + WebCall.encoded(indices[0]), "petrenko", "zhkg"),
            ("card-office", "/cards/" + WebCall.encoded(indices[0]), "koval", "urz"),
            ("card-cellar", "/cards/" + WebCall.encoded(indices[1]), "sych", "zhkg"),
            ("paths", "/cards/\(WebCall.encoded(indices[0]))/history", "petrenko", "zhkg"),
            ("card-en", "/cards/\(WebCall.encoded(indices[0]))?lang=en", "petrenko", "zhkg"),
            ("nowhere", "/cards/%D0%AF-999", "petrenko", "zhkg"),
        ]
        for page in pages {
            let reply = try city.get(page.place, as: page.person, at: page.node)
            try Data(reply.body).write(to: folder.appending(path: page.name + ".html"))
        }
        for file in Assets.files.values {
            let place = folder.appending(path: Assets.address(file.name))
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(file.bytes).write(to: place)
        }
    }
}
