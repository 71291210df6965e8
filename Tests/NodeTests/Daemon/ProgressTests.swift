import Appeals
import CanonicalJSON
import Foundation
import Locks
import Testing

@testable import Commands
@testable import Desk
@testable import Node

@Suite("Long work says how far it is, and ends where nobody waits")
struct ProgressTests {
    /// Waits no more from the n-th time on that it is told something.
    private final class Impatient: Onlooker {
        private let left: Locked<Int>
        let steps = Locked<[String]>([])

        init(after count: Int) { left = Locked(count) }

        func tell(_ step: Label, _ done: Int64) throws(DeskError) {
            steps.withLock { $0.append(step.en) }
            let isOver = left.withLock { left in
                left -= 1
                return left < 0
            }
            if isOver { throw DeskError(.interrupted, "interrupted", uk: "перервано", en: "interrupted") }
        }
    }

    @Test("a backup that is ended at any of its steps leaves nothing behind, and the next one is made")
    func backup() throws {
        let city = try TestCity()
        try city.initializeOffice()
        let node = try OpenedNode.open(city.path("center"))
        defer { node.close() }
        let target = city.path("backup")
        let whole = Impatient(after: .max)
        _ = try Backup.create(node, into: city.path("whole"), withKeys: true, now: Clock.now(), whole)
        let steps = whole.steps.withLock { $0 }
        #expect(Set(steps).count >= 4, "\(steps)")
        for count in steps.indices {
            #expect(throws: DeskError.self) {
                try Backup.create(node, into: target, withKeys: true, now: Clock.now(), Impatient(after: count))
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: city.root).filter { $0.hasPrefix("backup") }
            #expect(left.isEmpty, "ended at \(steps[count]): \(left)")
        }
        _ = try Backup.create(node, into: target, now: Clock.now())
        let read = Impatient(after: .max)
        _ = try Backup.verify(target, read)
        #expect(read.steps.withLock { $0.count } >= 3)
    }

    @Test("a node tells how far a command is by its name, and ends it when it is told so")
    func told() throws {
        let city = try TestCity()
        try city.initializeOffice()
        let isThere = Locked(false)
        try city.start("center") { name, _, context in
            guard name == "status" else { return nil }
            do {
                while true {
                    try context.progress.tell(Label(uk: "крок", en: "step"), 7)
                    isThere.withLock { $0 = true }
                    usleep(10_000)
                }
            } catch { return CommandResult(DeskError(error), .ukrainian).envelope }
        }
        let directory = city.path("center")
        let looks = Locked(0)
        let answer = try WatchedProgress.watching { progress in
            LocalClient.follow("abc", directory: directory, progress)
            guard isThere.withLock({ $0 }), progress.told.done == 7 else { return }
            let count = looks.withLock { looks in
                looks += 1
                return looks
            }
            if count == 2 { progress.abandon() }
        } _: { _ in
            try LocalClient.call(directory: directory, command: "status", arguments: [:], name: "abc")
        }
        #expect(answer["exit"]?.integer == Int64(ExitCode.interrupted.rawValue))
        let unknown = WatchedProgress()
        LocalClient.follow("abc", directory: directory, unknown)
        #expect(unknown.told.done == 0)
    }
}
