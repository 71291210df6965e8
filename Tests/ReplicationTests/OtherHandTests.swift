import Appeals
import CanonicalJSON
import Testing

@testable import Replication

/// An own log at an office that was restored, where another hand under the same name wrote first: no act of the own is
/// lost.
@Suite("An own log in two hands after a restore")
struct OtherHandTests {
    /// A town whose roads have an appeal, and nothing of their own yet.
    private func town(_ rules: Rules = Rules()) throws -> (town: Town, appeal: String) {
        let town = try Town("roads", "water")
        town.rules = rules
        town.restart("roads")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        return (town, appeal)
    }

    /// The office goes back to this backup, and a copy of an old disk of the roads sends its acts first.
    private func restored(
        _ town: Town,
        to backup: MemoryStore,
        copy: MemoryStore,
        _ appeal: String,
        says words: String...
    ) throws {
        try town.restoreOffice(to: backup)
        let place = town["roads"]
        let (store, department, link) = (place.store, place.department, place.link)
        town.restart("roads", on: copy)
        let others = try words.map { try town.notes("roads", appeal, $0).bytes }
        #expect(try town.answers(town.push("roads", others)) == words.map { _ in "accepted" })
        (place.store, place.department, place.link) = (store, department, link)
    }

    /// The first own act gets its outcome and is not read back: nobody could give it back but its log.
    private func acknowledge(_ town: Town) throws {
        town["roads"].intercept = { $0.call == .pull ? nil : $1 }
        try town.sync("roads", steps: 20)
        town["roads"].intercept = { $1 }
        #expect(try town.origin("roads").acknowledged == 1)
    }

    /// Every rule, or all but one.
    private func rules(_ isThere: Bool, _ rule: WritableKeyPath<Rules, Bool>) -> Rules {
        var rules = Rules()
        rules[keyPath: rule] = isThere
        return rules
    }

    private func notes(_ town: Town, _ appeal: String) throws -> [String] {
        try town.confirmed(appeal).items(.facts).filter { $0.name.hasPrefix("note ") }
            .compactMap { $0.item.value["text"]?.string }.sorted()
    }

    @Test(
        "an own number that a restored office has from another hand is seen at the hello, by one of two rules",
        arguments: [true, false]
    )
    func numberOfAnotherHand(isCompared: Bool) throws {
        // The other one: a log that ended there with another id goes on here.
        var rules = rules(isCompared, \.ownLogsCompared)
        rules.endedLogGoesOn = isCompared
        let (town, appeal) = try town(rules)
        let backup = town.officeStore.copy(), earlier = town["roads"].store.copy(), store = town["roads"].store
        let own = try town.notes("roads", appeal, "Своя")
        try acknowledge(town)
        // Of the next one no answer tells of the fork: nobody can read it.
        let next = try town.notes("roads", appeal, "Наступна")
        try store.write { transaction in
            var record = try #require(try transaction.operation(next.operation.origin, 2))
            record.bytes = Array(
                String(decoding: record.bytes, as: UTF8.self).replacing("Наступна", with: "наступна").utf8
            )
            try transaction.putOperation(record)
        }
        try restored(town, to: backup, copy: earlier, appeal, says: "Чужа")
        let taken = try town.officeStore.read { try $0.operation(own.operation.origin, own.operation.number)?.id }
        #expect(taken != nil && taken != own.id)
        town.restart("roads")
        try town.syncAll()
        #expect(try notes(town, appeal) == (isCompared ? ["Своя", "Чужа"] : ["Чужа"]))
    }

    @Test(
        "an old log that another hand went on with at a restored office goes on in the present one, else its act is lost",
        arguments: [true, false]
    )
    func oldLogOfAnotherHand(isCompared: Bool) throws {
        let (town, appeal) = try town(rules(isCompared, \.ownLogsCompared))
        let backup = town.officeStore.copy(), earlier = town["roads"].store.copy()
        let own = try town.notes("roads", appeal, "Своя")
        try acknowledge(town)
        try town["roads"].department.branch(
            after: 1,
            of: own.operation.origin,
            refetching: 1,
            upTo: 1,
            now: town.now
        )
        try restored(town, to: backup, copy: earlier, appeal, says: "Чужа", "Ще одна")
        town.restart("roads")
        #expect(try town.origin("roads").origin != own.operation.origin)
        try town.syncAll()
        #expect(try notes(town, appeal) == (isCompared ? ["Своя", "Чужа", "Ще одна"] : ["Чужа", "Ще одна"]))
    }

    @Test(
        "an old log that ended at a restored office before what was acknowledged of it goes on, else its act is lost",
        arguments: [true, false]
    )
    func oldLogCutShort(goesOn: Bool) throws {
        let (town, appeal) = try town(rules(goesOn, \.endedLogGoesOn))
        let backup = town.officeStore.copy()
        let own = try town.notes("roads", appeal, "Своя").operation.origin
        try acknowledge(town)
        try town["roads"].department.branch(after: 1, of: own, refetching: 1, upTo: 1, now: town.now)
        try town.restoreOffice(to: backup)
        // An office that takes what was named of an ended log needs no more than that.
        town.office.rules.logsFinished = false
        // As the greeting of a copy with an incarnation of its own leaves it.
        try town.officeStore.write { transaction in
            var record = try #require(try transaction.origin(own))
            record.state = .closed
            try transaction.putOrigin(record)
        }
        if goesOn {
            try town.syncAll()
        } else {
            // Without the rule the log is greeted again and again, and never sent.
            #expect(throws: Town.Storm.self) { try town.syncAll() }
        }
        #expect(try notes(town, appeal) == (goesOn ? ["Своя"] : []))
    }

    @Test("what was left to be fetched is not taken from another hand's log in the place of the own")
    func fetchedOfAnotherHand() throws {
        let (town, appeal) = try town()
        let backup = town.officeStore.copy(), earlier = town["roads"].store.copy()
        let own = try town.notes("roads", appeal, "Своя").operation.origin
        // The office had it, as a look back found; its outcome was not fetched yet.
        try town["roads"].department.branch(after: 1, of: own, refetching: 0, upTo: 1, now: town.now)
        try restored(town, to: backup, copy: earlier, appeal, says: "Чужа", "Ще одна")
        town.restart("roads")
        #expect(try town.syncAll())
        #expect(try notes(town, appeal) == ["Своя", "Чужа", "Ще одна"])
    }

    @Test("what was left to be fetched is not taken from another hand's log behind the own")
    func fetchedBehindTheOwn() throws {
        let (town, appeal) = try town()
        let backup = town.officeStore.copy(), earlier = town["roads"].store.copy()
        let own = try town.notes("roads", appeal, "Своя").operation.origin
        try acknowledge(town)
        // It lost the second one, which the office had.
        try town["roads"].department.branch(after: 1, of: own, refetching: 1, upTo: 2, now: town.now)
        try restored(town, to: backup, copy: earlier, appeal, says: "Чужа", "Ще одна")
        town.restart("roads")
        #expect(try town.syncAll())
        #expect(try notes(town, appeal) == ["Своя", "Чужа", "Ще одна"])
    }

    @Test("a look back that a restore of the office cut begins anew: what was common is so no more")
    func lookBackCutByRestore() throws {
        let (town, appeal) = try town()
        let backup = town.officeStore.copy(), earlier = town["roads"].store.copy(), place = town["roads"]
        try town.notes("roads", appeal, "Своя")
        place.intercept = { $0.call == .pull ? nil : $1 }
        try town.sync("roads", steps: 20)
        #expect(try town.origin("roads").acknowledged == 1)
        // Its log is looked at, and all of the first page is common; the second one does not arrive.
        try place.store.write { try $0.setValue(Values.token, "stale") }
        town.restart("roads")
        var cut = 0
        place.intercept = { request, response in
            guard request.call == .operations, request.number("after") == 1 else {
                return request.call == .pull ? nil : response
            }
            cut += 1
            return nil
        }
        try town.sync("roads", steps: 20)
        #expect(cut > 0)
        place.intercept = { $1 }
        try restored(town, to: backup, copy: earlier, appeal, says: "Чужа", "Ще одна")
        #expect(try town.syncAll())
        #expect(try notes(town, appeal) == ["Своя", "Чужа", "Ще одна"])
    }

    @Test("what a restored office lost during a look back is sent again as it was, not issued again")
    func lookBackInTwoEpochs() throws {
        let (town, appeal) = try town()
        let backup = town.officeStore.copy(), place = town["roads"]
        let own = try town.notes("roads", appeal, "Своя")
        try town.sync("roads")
        try place.store.write { try $0.setValue(Values.token, "stale") }
        town.restart("roads")
        place.intercept = { $0.call == .operations ? nil : $1 }
        try town.sync("roads", steps: 20)
        #expect(try town.origin("roads").origin == own.operation.origin)
        place.intercept = { $1 }
        try town.restoreOffice(to: backup)
        #expect(try town.syncAll())
        #expect(try town.officeStore.read { try $0.operation(own.operation.origin, 1)?.id } == own.id)
        #expect(try notes(town, appeal) == ["Своя"])
    }
}
