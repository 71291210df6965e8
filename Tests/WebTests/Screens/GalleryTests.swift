import Appeals
import CanonicalJSON
import Commands
import Desk
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
        try assets(folder)
    }

    @Test(
        "disagreements and papers are written for whoever wants to look",
        .enabled(if: ProcessInfo.processInfo.environment["PAGES"] != nil)
    )
    func cases() throws {
        let folder = URL(filePath: try #require(ProcessInfo.processInfo.environment["PAGES"]))
        let stage = try FormStage()
        let id = try stage.disputed()
        try stage.command(
            "resolution issue",
            [
                "appeal": .string(id), "as": "koval", "author": "vilkul", "text": "Вжити заходів, відповісти заявниці",
                "main": "zhkg", "co": ["drim"],
            ]
        )
        try stage.sync()
        try stage.command(
            "answer draft",
            [
                "appeal": .string(id), "as": "sydor", "text": "Шановна Ольго Петрівно!\nВоду подано.",
                "result": "satisfied",
            ],
            at: "zhkg"
        )
        let open = try stage.openCase(id), given = try #require(try stage.card(id).assignments.first)
        let second: JSONObject = [
            "appeal": .string(id), "as": "koval", "author": "vilkul", "text": "Передати дорожникам", "main": "drim",
        ]
        _ = try #require(Commands.named("resolution issue")).run(stage.context(), second)
        let held = try #require(try stage.card(id).cases.first { $0.section == .held })
        let merged = try stage.merged()
        let pages: [(name: String, place: String, person: String, node: String)] = [
            ("case-open", ActPlace.aCase(open), "koval", "urz"), ("case-held", ActPlace.aCase(held), "vilkul", "urz"),
            ("case-card", ActPlace.card(merged), "koval", "urz"), ("case-queue", "/queues/decisions", "koval", "urz"),
            ("print-card", PrintPlaces.card(id), "koval", "urz"),
            ("print-resolution", PrintPlaces.resolution(id), "koval", "urz"),
            ("print-assignment", PrintPlaces.assignment(given.assignment.entity, of: id), "koval", "urz"),
            ("print-answer", PrintPlaces.answer(id), "sydor", "zhkg"),
            ("print-journal", "/print/journal", "koval", "urz"),
        ]
        for page in pages {
            let bytes = try stage.bytes(page.place, as: page.person, at: page.node)
            try Data(bytes).write(to: folder.appending(path: page.name + ".html"))
        }
        let form = try stage.get(ActPlace.aCase(open), as: "koval").fields
        #expect(try stage.post(ActPlace.aCase(open), form + [("choose", "take")], as: "koval").status == 303)
        let settled = try stage.bytes(ActPlace.aCase(open), as: "koval")
        try Data(settled).write(to: folder.appending(path: "case-settled.html"))
        try assets(folder)
    }

    /// The files that pages ask for.
    private func assets(_ folder: URL) throws {
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
