import Appeals
import Foundation
import Testing

/// "To add a kind of operation" in Sources/README.md is true: each step is asked of every kind, and its lack is named.
struct KindStepTests {
    /// The text of all files under a place.
    private static let texts: [String: String] = Dictionary(
        uniqueKeysWithValues: Set(KindStep.all.map(\.place)).map { place in
            let paths = Project.here.paths.filter { $0 == place || $0.hasPrefix(place + "/") }
            return (place, paths.compactMap { Project.here.text($0) }.joined())
        }
    )

    private func text(_ place: String) -> String { Self.texts[place] ?? "" }

    @Test("every kind is named in all the places of the list")
    func steps() {
        #expect(Self.texts.values.allSatisfy { !$0.isEmpty })
        expectNone(KindStep.lacks(Kinds.all, text))
    }

    @Test(
        "a kind that one of the places does not name is found there, and nowhere else",
        arguments: KindStep.all.indices
    )
    func planted(index: Int) throws {
        let step = KindStep.all[index]
        let kind = try #require(Kinds.all.first { step.isFor($0) && step.without[$0.name] == nil })
        let found = KindStep.lacks([kind]) { place in
            place == step.place ? text(place).replacing("\"\(kind.name)\"", with: "\"\"") : text(place)
        }
        #expect(found.map(\.path) == [step.place])
        #expect(found.first?.remedy.hasSuffix("step \(step.number)") == true)
    }

    @Test("an exception that is none any more is found")
    func exceptions() throws {
        let step = try #require(KindStep.all.first { $0.without["held.adopted"] != nil })
        let kind = try #require(Kinds.named("held.adopted"))
        let found = KindStep.lacks([kind]) { text($0) + ($0 == step.place ? "\"held.adopted\"" : "") }
        #expect(found.count == 1)
    }

    @Test("the page has the steps in order, and names every place of them")
    func page() throws {
        let page = try #require(Project.here.text("Sources/README.md"))
        let from = try #require(page.range(of: "## To add a kind of operation\n")).upperBound
        let section = String(page[from...].prefix(upTo: page[from...].range(of: "\n## ")?.lowerBound ?? page.endIndex))
        let lines = section.split(separator: "\n")
        for step in KindStep.all {
            let start = try #require(lines.firstIndex { $0.hasPrefix("\(step.number). ") }, "step \(step.number)")
            let words = lines[start...].prefix { $0 == lines[start] || !$0.contains(#/^[0-9]+\. /#) }.joined(
                separator: " "
            )
            let place = step.place.hasPrefix("Sources/") ? String(step.place.dropFirst(8)) : step.place
            #expect(words.contains("`\(place)`"), "step \(step.number) does not name \(place)")
        }
        for path in section.matches(of: #/`([A-Za-z]+/[A-Za-z/+]+(?:\.swift)?)`/#).map({ String($0.1) }) {
            let places = [path, "Sources/" + path]
            let isThere = Project.here.paths.contains { file in
                places.contains { file == $0 || file.hasPrefix($0 + "/") }
            }
            #expect(isThere, "\(path) is not there")
        }
    }
}
