import Appeals
import CanonicalJSON
import Cryptography
import Replication
import Simulator
import Testing

@testable import Replication

/// One write fails, or four in a row, at every place where one is made: in the end it is as if none had.
@Suite("A store that fails")
struct FailingStoreTests {
    private struct Run {
        let town: Town
        let department: FailingStore
        let office: FailingStore
    }

    private func run(_ scene: FailureStory.Scene) -> Run {
        let town = Town(copying: scene.town)
        let place = town["roads"]
        let department = FailingStore(place.kept)
        let office = FailingStore(town.officeKept)
        place.department = town.make("roads", over: department)
        place.link = Link(place.department, seed: 11)
        place.link.waitSeconds = 0
        town.rebuildOffice(over: office)
        return Run(town: town, department: department, office: office)
    }

    /// Drives until nothing is left to do; gives what is wrong then, and how often something failed.
    private func play(_ run: Run, _ scene: FailureStory.Scene) throws -> (wrong: [String], failures: Int) {
        let town = run.town
        var failures = 0
        var isActed = false
        while !isActed {
            do {
                try scene.begin(town)
                isActed = true
            } catch { failures += 1 }
        }
        let first = town.drive("roads")
        failures += first.failures
        var wrong = first.rests && !first.storm ? [] : ["never rests"]
        for _ in 0..<3 {
            town.now += 60_000
            let later = town.drive("roads")
            failures += later.failures
            if !later.rests || later.requests > 30 { wrong.append("does not rest: \(later.requests) requests") }
        }
        wrong += try town.leftovers("roads")
        let texts = try town.confirmed(scene.appeal).items(.facts).compactMap { $0.item.value["text"]?.string }
        if !scene.texts.isSubset(of: texts) { wrong.append("lost \(scene.texts.subtracting(texts).sorted())") }
        if let rows = scene.rows, try town.slice("roads").count != rows {
            wrong.append("has \(try town.slice("roads").count) rows, not \(rows)")
        }
        return (wrong, failures)
    }

    @Test("comes to the same in the end, wherever it failed", arguments: FailureStory.allCases)
    func sweep(_ story: FailureStory) throws { try sweep(story, isDone: false) }

    /// An office's store may be on another machine; a department's is a file of its own, which knows what it wrote.
    @Test("of an office comes to the same, wherever it was done and nobody was told", arguments: FailureStory.allCases)
    func unconfirmed(_ story: FailureStory) throws { try sweep(story, isDone: true) }

    private func sweep(_ story: FailureStory, isDone: Bool) throws {
        let scene = try story.scene()
        #expect(try play(run(scene), scene).wrong.isEmpty, "\(story) without a failure")
        for (isOffice, length) in [(false, 1), (false, 4), (true, 1), (true, 4)] where isOffice || !isDone {
            for first in 1..<400 {
                let run = run(scene)
                let store = isOffice ? run.office : run.department
                store.failing = first..<(first + length)
                store.isDone = isDone
                let (wrong, failures) = try play(run, scene)
                let side = isOffice ? "office" : "department"
                let place = run.town["roads"].link.place
                #expect(wrong.isEmpty, "\(story), \(side), \(length) from write \(first): \(place) \(wrong)")
                if failures == 0 { break }
                #expect(first < 399, "\(story) never needs no more writes")
            }
        }
    }

    /// What goes wrong when one reading of the department fails, for each that is made.
    private func sweepReads(_ story: FailureStory, _ rules: Rules = Rules()) throws -> [String] {
        let scene = try story.scene()
        scene.town.rules = rules
        var found: [String] = []
        for number in 1..<1_000 {
            let run = run(scene)
            run.department.failingRead = number
            let (wrong, failures) = try play(run, scene)
            if !wrong.isEmpty { found.append("\(story), reading \(number): \(wrong)") }
            if failures == 0 { return found }
        }
        return found + ["\(story) never needs no more readings"]
    }

    private static let read: [FailureStory] = [.officeRestored, .leave, .repair]

    @Test("comes to the same in the end, wherever a reading failed", arguments: read)
    func readings(_ story: FailureStory) throws {
        let found = try sweepReads(story)
        #expect(found.isEmpty, "\(found)")
    }

    @Test("would leave a lane without its request for ever if a step were made in place")
    func halfSteps() throws {
        var rules = Rules()
        rules.wholeSteps = false
        #expect(try !sweepReads(.officeRestored, rules).isEmpty)
    }
}

extension Town {
    /// What a department that came to rest must not have left: undecided work, half-done recovery, rows of no use.
    func leftovers(_ name: String) throws -> [String] {
        let place = self[name]
        var wrong: [String] = []
        if try !agrees(name) { wrong.append("disagrees") }
        return try place.kept.read { reading in
            for record in try reading.origins(node: name) {
                let undecided = try reading.operations(record.origin, after: 0, limit: .max)
                    .filter { $0.outcome == nil && !$0.isReplaced }
                if !undecided.isEmpty { wrong.append("\(undecided.count) undecided in \(record.origin)") }
            }
            for stream in place.link.streams {
                let keys = [
                    Values.setAside(stream).key, Values.setAsideAfter(stream).key, Values.drop(stream).key,
                    Values.staged(stream).key, Values.stagedRows(stream).key, Values.stagedAfter(stream).key,
                ]
                for key in keys where try reading.value(key) != nil { wrong.append("\(key) is left") }
                let generation = try reading.stream(stream)?.generation ?? 0
                for other in [generation - 1, generation + 1]
                where try !reading.rows(stream, generation: other, after: "", limit: 1).isEmpty {
                    wrong.append("rows of \(stream) in the generation \(other), shown is \(generation)")
                }
            }
            let keys = [
                Values.refetching.key, Values.replaying.key, Values.replayed.key, Values.offeredUntil.key,
                Values.erasuresTold.key, Values.erasuresLearnt.key,
            ]
            for key in keys where try reading.value(key) != nil { wrong.append("\(key) is left") }
            for kind in [TrayKind.setAside, .offered, .differs, .recovery, .quarantine, .alarm] {
                let items = try reading.tray(kind: kind, after: 0, limit: .max)
                if !items.isEmpty { wrong.append("\(items.count) of \(kind) in the tray: \(items[0].text)") }
            }
            return wrong
        }
    }
}
