import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// The conversation of `protocol.md`: a small town from the founding of its office to a restore of it.
final class Story {
    let book: VectorBook
    let town: Town
    var roads: Site
    /// The office's disk before what roads then read.
    var earlier = MemoryStore()
    let first = "01995c3a-0000-7000-8000-000000000001"
    let second = "01995c3a-0000-7000-8000-000000000002"
    /// Assignments by appeal, as their resolutions named them.
    var assignments: [String: String] = [:]

    init() throws {
        book = VectorBook()
        town = try Town(book)
        roads = Site("roads", store: MemoryStore(), signer: town.signer("roads"), draws: Draws("roads"))
    }

    /// Tells everything, in order.
    static func told() throws -> (vectors: [Vector], signatures: SignatureBook) {
        let story = try Story()
        try Forms.write(story.book)
        try story.found()
        try story.join()
        try story.work()
        try story.reassign()
        try story.answersAboutTheLog()
        try story.erase()
        try story.repair()
        try story.fork()
        try story.refusals()
        try story.restore()
        try Tables.write(story.book)
        return (story.book.vectors, story.town.signatures)
    }

    // MARK: the office before anybody joins

    func found() throws {
        for (id, name) in [
            ("office", "Управління по роботі зі зверненнями"), ("roads", "Управління доріг"), ("water", "Водоканал"),
        ] {
            try town.act(
                "admin",
                "administrator",
                "department.put",
                nil,
                ["department": .string(id), "name": .string(name)]
            )
        }
        try person("admin", "Адміненко Олег", of: "office")
        try town.act(
            "admin",
            "administrator",
            "role.granted",
            nil,
            ["user": "admin", "role": "administrator", "department": "office"]
        )
        for (user, name, department) in [
            ("koval", "Коваль Іван", "office"), ("petrenko", "Петренко Ольга", "office"),
            ("bondar", "Бондар Ірина", "roads"), ("melnyk", "Мельник Петро", "roads"),
            ("sydorenko", "Сидоренко Ганна", "water"),
        ] { try person(user, name, of: department) }
        for (user, role, department) in [
            ("koval", "leader", "office"), ("petrenko", "registrar", "office"), ("bondar", "head", "roads"),
            ("melnyk", "executor", "roads"), ("sydorenko", "head", "water"),
        ] {
            try town.act(
                "admin",
                "administrator",
                "role.granted",
                nil,
                ["user": .string(user), "role": .string(role), "department": .string(department)]
            )
        }
        try town.act("admin", "administrator", "calendar.put", nil, ["calendar": Self.calendar])
        try registerFirst()
        try registerSecond()
    }

    private func person(_ user: String, _ name: String, of department: String) throws {
        try town.act(
            "admin",
            "administrator",
            "person.put",
            nil,
            ["user": .string(user), "department": .string(department)],
            ["name": .string(name)]
        )
    }

    private static let calendar: JSON = [
        "version": "2026-1", "validFrom": "2026-01-01", "validThrough": "2026-12-31",
        "weekend": ["sat", "sun"],
        "workingHoursEnd": "18:00",
        "holidays": [["date": "2026-03-08", "uk": "Міжнародний жіночий день", "en": "International Women's Day"]],
        "martialLaw": [["from": "2022-02-24"]], "extraDaysOff": [], "extraWorkingDays": [],
    ]

    /// A phone appeal with two issues; roads answers it.
    private func registerFirst() throws {
        try town.act(
            "petrenko",
            "registrar",
            "appeal.registered",
            first,
            [
                "index": "П-1", "registeredOn": "2026-03-02", "receivedAt": "2026-03-02T08:00:30+02:00",
                "channel": "mayorPhone",
                "addressee": "mayor", "kind": "application", "receiptSign": "first", "subjectType": "individual",
                "issues": [["heading": "090", "district": "saksahan"], ["heading": "070"]],
                "due": [
                    "statutory": "2026-04-02", "control": "2026-04-01", "cap": "2026-04-16", "basis": "month",
                    "calendar": "2026-1",
                ],
            ],
            [
                "name": "Павленко Олена Іванівна", "address": "вул. Соборності, 1", "category": "7.13",
                "text": "Яма на дорозі і темна зупинка.",
                "questions": ["Засипати яму", "Освітити зупинку"], "phones": ["+380501234567"],
            ]
        )
        let resolution = try town.act(
            "koval",
            "leader",
            "resolution.issued",
            first,
            [
                "author": ["user": "koval", "role": "leader"], "onControl": true,
                "assignments": [["department": "roads", "role": "main", "term": "2026-03-20"]],
            ],
            ["text": "До виконання"]
        )
        assignments["first"] = "\(resolution.write)/1"
    }

    /// A letter with two issues: water answers it, roads works on its second issue.
    private func registerSecond() throws {
        let registered = try town.act(
            "petrenko",
            "registrar",
            "appeal.registered",
            second,
            [
                "index": "С-1", "registeredOn": "2026-03-02", "receivedAt": "2026-03-02T08:10:00+02:00",
                "channel": "post",
                "addressee": "mayor", "kind": "complaint", "receiptSign": "first", "subjectType": "individual",
                "issues": [["heading": "100"], ["heading": "090"]],
            ],
            [
                "name": "Савченко Петро", "text": "Немає води, розрито дорогу.",
                "questions": ["Дати воду", "Відновити дорогу"],
            ]
        )
        let resolution = try town.act(
            "koval",
            "leader",
            "resolution.issued",
            second,
            [
                "author": ["user": "koval", "role": "leader"], "onControl": true,
                "assignments": [
                    ["department": "water", "role": "main"],
                    ["department": "roads", "role": "co", "issues": [.string("\(registered.write)/2")]],
                ],
            ],
            ["text": "До виконання"]
        )
        assignments["water"] = "\(resolution.write)/1"
        assignments["co"] = "\(resolution.write)/2"
    }

    // MARK: joining and the first reading

    func join() throws {
        let keys = ["office", "roads", "water"].map { node in
            (
                node,
                JSON.string(Base64.encode(node == "office" ? town.officeSigner.publicKey : town.signer(node).publicKey))
            )
        }
        book.lines("keys", [.object(JSONObject(members: keys))])
        try Enrolments.write(book, town: town)
        for node in ["roads", "water"] {
            let key = SHA256.hash(town.signer(node).publicKey).hex
            try town.officeStore.write { try $0.putNode(NodeRecord(node: node, key: key)) }
        }
        try roads.department.initialize(office: "office", officeKey: town.officeSigner.publicKey)
        try town.run(roads, .exchange, ["hello"])
        try town.run(
            roads,
            .read,
            [
                "snapshot-reference", "pull-reference", "snapshot-slice", "pull-slice-empty", "snapshot-node",
                "pull-node-empty",
            ]
        )
    }

    // MARK: a day's work

    func work() throws {
        let assignment = JSON.string(assignments["first"] ?? "")
        try town.act(
            at: roads,
            "bondar",
            "head",
            "assignment.accepted",
            first,
            ["assignment": assignment, "person": "melnyk"]
        )
        let draft = try town.act(
            at: roads,
            "melnyk",
            "executor",
            "answer.drafted",
            first,
            ["assignment": assignment, "final": true, "result": "satisfied"],
            ["text": "Яму засипано 3 березня."]
        )
        assignments["version"] = draft.operation.write.description
        book.line("operation", draft.bytes)
        book.line("operation-envelope", JSON.object(draft.operation.envelope).canonicalBytes())
        book.add("operation-id", "text", draft.id)
        try town.run(roads, .exchange, ["push"])
        try town.endWait(roads, ["pull-slice"])
        try town.act(
            "petrenko",
            "registrar",
            "appeal.corrected",
            first,
            ["reason": "заявниця переїхала"],
            ["fields": ["applicant.address": "вул. Миру, 5"]]
        )
        try town.act(
            at: roads,
            "melnyk",
            "executor",
            "appeal.corrected",
            first,
            ["fields": ["receiptSign": "repeated"]],
            ["fields": ["applicant.address": "вул. Соборності, 1а"]]
        )
        // Meanwhile a backup on another device was verified: the reply says how far the log is durable.
        try town.office.markDurable([draft.operation.origin: draft.operation.number])
        try town.run(roads, .exchange, ["push-conflict"])
        try town.endWait(roads, ["pull-conflict"])
        let conflict = try town.officeStore.read { reading in
            try reading.row(Space.appeals, generation: 0, key: first)?.aggregate().items(.conflicts)
                .first { $0.item.value["state"]?.string == "open" }?.name ?? ""
        }
        try town.act(
            "petrenko",
            "registrar",
            "conflict.settled",
            first,
            ["conflict": .string(conflict), "choice": "take"]
        )
        try town.endWait(roads, ["pull-settled"])
    }
}
