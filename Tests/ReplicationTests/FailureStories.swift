import Appeals
import CanonicalJSON
import Replication
import Simulator

/// What a department and its office are in the middle of when a write fails.
enum FailureStory: String, CaseIterable, Sendable {
    case answer, leave, snapshot, erasure, repair, officeRestored, putBack, putBackAndRestored, bothPutBack
    case enrolment, cards, durable

    /// A town in which roads has something to do, and what must be there in the end.
    struct Scene {
        let town: Town
        let appeal: String
        /// Texts of facts that the office must have of the appeal.
        var texts: Set<String> = []
        /// Rows that roads must have.
        var rows: Int?
        /// Done before roads is driven, tried again until it succeeds.
        var begin: (Town) throws -> Void = { _ in }
    }

    func scene() throws -> Scene {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads")
        if self == .enrolment {
            for _ in 0..<3 { try town.registers(main: "roads") }
            town["roads"].store = MemoryStore()
            return Scene(town: town, appeal: appeal, rows: 4) { town in
                guard try town["roads"].store.read({ try $0.value(Values.node) }) == nil else { return }
                try town["roads"].department.initialize(office: "office", officeKey: TwinSigner("office").publicKey)
            }
        }
        try town.syncAll()
        try town.notes("roads", appeal, "A")
        try town.syncAll()
        var scene = try scene(of: town, appeal)
        scene.texts.insert("A")
        return scene
    }

    private func scene(of town: Town, _ appeal: String) throws -> Scene {
        switch self {
        case .officeRestored, .putBack, .putBackAndRestored, .bothPutBack: return try restores(town, appeal)
        case .answer:
            let assignment: JSON = try town.held("roads", appeal)?.register("mainExecutor") ?? .null
            try town.does("roads", "assignment.accepted", appeal, "head", ["assignment": assignment])
            let draft = try town.approves("roads", appeal, assignment).draft
            let version: JSON = .string(draft.operation.write.description)
            let body: JSONObject = ["assignment": assignment, "version": version]
            try town.does("roads", "answer.submitted", appeal, "head", body)
            try town.notes("roads", appeal, "B")
            return Scene(town: town, appeal: appeal, texts: ["B"], rows: 1)
        case .leave:
            try town.notes("roads", appeal, "B")
            try town.assigns(appeal, main: "water")
            return Scene(town: town, appeal: appeal, texts: ["B"], rows: 0)
        case .snapshot:
            let other = try town.registers(main: "roads")
            try town.syncAll()
            for _ in 0..<5 {
                try town.act("note.added", appeal, by: "olena", "registrar", [:], personal: ["text": "N"])
            }
            // The snapshot lacks a row that roads has: it left without an entry that roads could read.
            try town.assigns(other, main: "water")
            _ = try town.office.upkeep(now: town.now + 100 * 86_400_000, keep: 0)
            try town.notes("roads", appeal, "C")
            return Scene(town: town, appeal: appeal, texts: ["C"], rows: 1)
        case .erasure:
            let other = try town.registers(main: "roads")
            try town.syncAll()
            try town.notes("roads", other, "E")
            try town.notes("roads", appeal, "C")
            let erased = try town.act("appeal.erased", other, by: "boss", "administrator", ["reason": "За рішенням"])
            precondition(erased.status == .accepted, "an erasure of the test is refused: \(erased)")
            return Scene(town: town, appeal: appeal, texts: ["C"], rows: 1)
        case .repair:
            try town.damage("roads", appeal)
            try town.notes("roads", appeal, "C")
            return Scene(town: town, appeal: appeal, texts: ["C"], rows: 1)
        case .durable: return try durable(town, appeal)
        default:
            return Scene(town: town, appeal: appeal, rows: 11) { town in
                guard try town.confirmed(town.uuid(5_000)).isEmpty else { return }
                try town.imports(10, from: 5_000)
            }
        }
    }

    /// Backups: of the office, of the department, of both.
    private func restores(_ town: Town, _ appeal: String) throws -> Scene {
        let disk = town["roads"].store.copy()
        var backup = town.officeStore.copy()
        try town.notes("roads", appeal, "B")
        try town.syncAll()
        if self == .bothPutBack {
            backup = town.officeStore.copy()
            try town.notes("roads", appeal, "X")
            try town.syncAll()
        }
        if self == .officeRestored { try town.restoreOffice(to: backup) }
        if self == .putBackAndRestored || self == .putBack {
            town.restart("roads", on: disk)
            town.now += 1
            try town.notes("roads", appeal, "C")
            if self == .putBackAndRestored {
                try town.sync("roads")
                try town.restoreOffice(to: backup)
            }
        }
        if self == .bothPutBack {
            try town.restoreOffice(to: backup)
            town.restart("roads", on: disk)
            town.now += 1
        }
        try town.notes("roads", appeal, "D")
        var texts: Set<String> = ["D"]
        // Of what both lost nobody has anything; and what only the own log of a rolled-back node had is lost with it.
        if self != .putBackAndRestored { texts.insert("B") }
        if self == .putBackAndRestored || self == .putBack { texts.insert("C") }
        return Scene(town: town, appeal: appeal, texts: texts, rows: 1)
    }

    /// A verified backup, after which own operations on what left go.
    private func durable(_ town: Town, _ appeal: String) throws -> Scene {
        try town.assigns(appeal, main: "water")
        try town.syncAll()
        try town.notes("water", appeal, "W")
        return Scene(town: town, appeal: appeal, rows: 0) { town in
            let origin = try town.origin("roads")
            try town.office.markDurable([origin.origin: origin.last])
        }
    }
}

extension Town {
    /// A row of a department changes on its disk, and is found.
    func damage(_ name: String, _ appeal: String) throws {
        let place = self[name]
        try place.store.write { transaction in
            guard let stream = try transaction.stream(place.slice),
                var row = try transaction.row(stream.name, generation: stream.generation, key: appeal)
            else { return }
            var aggregate = try row.aggregate()
            aggregate[.registers, "index"] = Item(value: "К-666", write: "office#00000000:1", commit: 1)
            row.bytes = aggregate.bytes
            try transaction.putRow(stream.name, generation: stream.generation, row)
        }
        _ = try place.department.rehash(stream: place.slice, after: "", limit: 100)
    }

    /// Cards of an import, in one transaction, each for roads.
    func imports(_ count: Int, from first: Int) throws {
        let outcomes = try office.act(now: now, count: count * 2) { transaction, place in
            let appeal = uuid(first + place / 2)
            if place % 2 == 0 {
                return Draft(
                    kind: "appeal.registered",
                    appeal: appeal,
                    actor: Actor(user: "olena", role: "registrar"),
                    body: Self.registration("К-90\(place)"),
                    personal: Self.applicant
                )
            }
            return Draft(
                kind: "resolution.issued",
                appeal: appeal,
                actor: Actor(user: "iryna", role: "specialist"),
                body: [
                    "author": ["user": "mayor", "role": "leader"],
                    "assignments": [["department": "roads", "role": "main"]], "supersedes": [], "onControl": true,
                ],
                personal: ["text": "Виконати"]
            )
        }.outcomes
        precondition(outcomes.allSatisfy { $0.status == .accepted }, "a card of the test is refused")
    }
}
