import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// An appeal is taken from a department that works offline, and what becomes of its work.
extension Story {
    func reassign() throws {
        try workInTheDark()
        try town.run(roads, .exchange, ["push-late"])
        try town.endWait(roads, ["pull-leave"])
        try town.run(roads, .exchange, ["receipts"])
        let former = assignments["first"] ?? ""
        try town.act(
            "petrenko",
            "registrar",
            "disagreement.settled",
            first,
            [
                "disagreement": .string("reassigned@" + former), "choice": "giveToCurrent",
                "reason": "Ремонт уже веде Водоканал",
            ]
        )
        try town.endWait(roads, ["pull-woken", "pull-decisions"])
        try projections()
    }

    /// The office reassigns, and roads works on without knowing of it.
    private func workInTheDark() throws {
        let former = assignments["first"] ?? ""
        let version = assignments["version"] ?? ""
        try town.act(
            "koval",
            "leader",
            "resolution.issued",
            first,
            [
                "author": ["user": "koval", "role": "leader"], "supersedes": [.string(former)],
                "assignments": [["department": "water", "role": "main"]],
            ],
            ["text": "Передати Водоканалу"]
        )
        // What follows is done without knowing of it.
        try town.act(
            at: roads,
            "melnyk",
            "executor",
            "feedback.recorded",
            first,
            ["assignment": .string(former), "date": "2026-03-02", "how": "phone"],
            ["words": "Задоволена"]
        )
        for _ in 1...2 {
            try town.act(
                at: roads,
                "bondar",
                "head",
                "answer.approved",
                first,
                ["assignment": .string(former), "version": .string(version)]
            )
        }
        try town.act(
            at: roads,
            "melnyk",
            "executor",
            "answer.submitted",
            first,
            ["assignment": .string(former), "version": .string(version)]
        )
        try town.act(
            at: roads,
            "bondar",
            "head",
            "person.assigned",
            first,
            ["assignment": .string(former), "person": "bondar"]
        )
    }

    /// The appeal as every role may see it.
    private func projections() throws {
        for (name, appeal) in [("first", first), ("second", second)] {
            guard
                let row = try town.officeStore.read({
                    try $0.row(Space.appeals, generation: 0, key: appeal)?.aggregate()
                })
            else { continue }
            book.line("projection-\(name)-whole", row.bytes)
            let issue = row.entities(with: "issue").last ?? ""
            let views = [
                ("home", View(department: "roads", role: .home, issues: nil)),
                ("main", View(department: "roads", role: .main, issues: nil)),
                ("co", View(department: "roads", role: .co, issues: nil)),
                ("co-issue", View(department: "roads", role: .co, issues: [issue])),
                ("inform-issue", View(department: "water", role: .inform, issues: [issue])),
            ]
            book.lines(
                "projection-\(name)",
                views.map { _, view in
                    let projected = view.project(row)
                    return [
                        "view": .string(view.text), "department": .string(view.department), "row": projected.json,
                        "digest": .string(SHA256.hash(projected.bytes).hex),
                    ]
                }
            )
        }
    }

    func erase() throws {
        try town.act(at: roads, "melnyk", "executor", "note.added", second, [:], ["text": "Чекаємо на Водоканал"])
        try town.act("admin", "administrator", "appeal.erased", second, ["reason": "рішення суду"])
        try town.run(roads, .exchange, ["push-erased"])
        try town.endWait(roads, ["pull-erase"])
    }

    /// An appeal of the department's own.
    func registerThird() throws {
        try town.act(
            at: roads,
            "melnyk",
            "executor",
            "appeal.registered",
            third,
            [
                "index": "ROADS-І-1", "registeredOn": "2026-03-02", "receivedAt": "2026-03-02T09:00:00+02:00",
                "channel": "departmentEmail", "addressee": "department", "kind": "proposal", "receiptSign": "first",
                "subjectType": "individual", "issues": [["heading": "090"]],
            ],
            ["name": "Іваненко Марія", "text": "Просимо лавку на зупинці."]
        )
    }

    /// A byte changes on the department's disk; the digest shows it and ranges find it.
    func repair() throws {
        try registerThird()
        try town.run(roads, .exchange, ["push-registered"])
        try town.endWait(roads, ["pull-enter"])
        let stream = Space.slice("roads")
        try roads.store.write { transaction in
            guard let record = try transaction.stream(stream),
                var row = try transaction.row(stream, generation: record.generation, key: third)
            else { preconditionFailure("roads holds the third appeal") }
            var wrong = try row.aggregate()
            guard var item = wrong[.registers, "addressee"] else { preconditionFailure("it has an addressee") }
            item.value = "deportment"
            wrong[.registers, "addressee"] = item
            row.bytes = wrong.bytes
            try transaction.putRow(stream, generation: record.generation, row)
        }
        let (_, broken) = try roads.department.rehash(stream: stream, after: "", limit: 100)
        precondition(broken == [third], "the background pass finds the changed row")
        try town.act("petrenko", "registrar", "note.added", third, [:], ["text": "Перевірити перелік зупинок"])
        try town.endWait(roads, ["pull-differs", "probe", "fetch", "pull-repaired"])
        let gone: JSON = ["id": .string(first)]
        let request = WireRequest(
            .fetch,
            query: [("stream", stream)],
            body: gone.canonicalBytes() + [10]
        )
        try town.ask("fetch-none", request, peer: "roads")
    }

    var third: String { "01995c3a-0000-7000-8000-000000000003" }
}
