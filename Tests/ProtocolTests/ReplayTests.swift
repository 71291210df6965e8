import Appeals
import CanonicalJSON
import Replication
import Testing

@Suite("A log is sent again to a restored office")
struct ReplayTests {
    private func town() throws -> Story {
        let story = try Story()
        try story.found()
        try story.join()
        try story.work()
        try story.reassign()
        return story
    }

    private func note(_ story: Story, _ text: String, on appeal: String) throws {
        try story.town.act(at: story.roads, "melnyk", "executor", "note.added", appeal, [:], ["text": .string(text)])
    }

    private func restore(_ story: Story, _ backup: MemoryStore) throws {
        story.town.officeStore = backup
        story.town.office = story.town.office(over: backup)
        try story.town.office.declareRestore(now: story.town.tick())
        for _ in 1...6 {
            try story.town.endWaitOrRead(story.roads, [])
            try story.town.run(story.roads, .exchange, [])
        }
    }

    private func notes(_ story: Story) throws -> [String] {
        let row = try story.town.officeStore.read {
            try $0.row(Space.appeals, generation: 0, key: story.third)?.aggregate()
        }
        return (row?.items(.facts) ?? []).compactMap { $0.item.value["text"]?.string }.sorted()
    }

    @Test("a branch that was issued again is not sent a second time under its former names, and nothing is overwritten")
    func branch() throws {
        let story = try town()
        try story.registerThird()
        try story.town.run(story.roads, .exchange, [])
        try story.town.endWaitOrRead(story.roads, [])
        let backup = story.town.officeStore.copy()
        let disk = story.roads.store.copy()
        try note(story, "a", on: story.third)
        try story.town.run(story.roads, .exchange, [])
        story.roads = Site(
            "roads",
            store: disk,
            signer: story.town.signer("roads"),
            draws: Draws("roads after the fork")
        )
        for text in ["b", "c", "d"] { try note(story, text, on: story.third) }
        try story.town.run(story.roads, .exchange, [])
        try story.town.run(story.roads, .read, [])
        try restore(story, backup)
        #expect(try notes(story) == ["a", "b", "c", "d"])
    }

    @Test("an own operation that was erased is sent again without its content, and does not stop the replay")
    func hole() throws {
        let story = try town()
        let backup = story.town.officeStore.copy()
        try note(story, "мить", on: story.second)
        try story.town.act("admin", "administrator", "appeal.erased", story.second, ["reason": "рішення суду"])
        try story.town.run(story.roads, .exchange, [])
        try story.town.endWaitOrRead(story.roads, [])
        try story.registerThird()
        try note(story, "a", on: story.third)
        try story.town.run(story.roads, .exchange, [])
        try story.town.endWaitOrRead(story.roads, [])
        try note(story, "b", on: story.third)
        try restore(story, backup)
        try note(story, "c", on: story.third)
        try story.town.run(story.roads, .exchange, [])
        #expect(try notes(story) == ["a", "b", "c"])
    }
}
