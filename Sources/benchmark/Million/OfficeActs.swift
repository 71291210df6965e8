import Appeals
import CanonicalJSON
import Replication

/// Real acts at a stopped office, by which it gets its people and the appeals that others are made of.
struct OfficeActs {
    let office: Office

    init(_ office: Office) { self.office = office }

    /// People of the office who work in browsers.
    static let clerks = ["clerk", "caller"]

    /// An act of the office's administrator; throws unless it is accepted.
    private func act(
        _ kind: String,
        of appeal: String? = nil,
        role: String = "administrator",
        _ body: JSONObject,
        personal: JSONObject? = nil
    ) throws {
        let (outcome, _) = try office.act(now: Machine.now()) { _ in
            Draft(kind: kind, appeal: appeal, actor: Actor(user: "admin", role: role), body: body, personal: personal)
        }
        guard outcome.status == .accepted else {
            throw Failure("\(kind): \(outcome.status.rawValue) \(outcome.reason?.english ?? "")")
        }
    }

    /// The roles that the acts below need at the office, its clerks, and one executor `bondar-…` in each department.
    func people(_ departments: [String]) throws {
        for role in ["registrar", "specialist", "leader"] {
            try act("role.granted", ["user": "admin", "role": .string(role), "department": .string(office.node)])
        }
        for user in Self.clerks { try person(user, "specialist", in: office.node) }
        for department in departments { try person("bondar-" + department, "executor", in: department) }
    }

    private func person(_ user: String, _ role: String, in department: String) throws {
        try act(
            "person.put",
            ["user": .string(user), "department": .string(department)],
            personal: ["name": .string("Особа " + user)]
        )
        try act(
            "role.granted",
            ["user": .string(user), "role": .string(role), "department": .string(department)]
        )
    }

    /// The days of an appeal that is registered here; texts that stand nowhere else in it.
    static let day = "2026-02-03", due = "2026-03-03", cap = "2026-03-20"

    /// Somebody called, and a card is made.
    func register(_ id: String, _ index: String, _ said: Citizens.Card) throws {
        let body: JSONObject = [
            "index": .string(index), "registeredOn": .string(Self.day),
            "receivedAt": .string(Self.day + "T09:14:00+02:00"),
            "channel": "mayorPhone", "addressee": "mayor", "kind": "application", "receiptSign": "first",
            "subjectType": "individual",
            "issues": [["heading": "090"]],
            "due": [
                "statutory": .string(Self.due), "control": .string(Self.due), "cap": .string(Self.cap),
                "basis": "month", "calendar": "2026-1",
            ],
        ]
        try act(
            "appeal.registered",
            of: id,
            role: "registrar",
            body,
            personal: [
                "text": .string(said.text), "name": .string(said.name), "address": .string(said.address),
                "phones": [.string(said.phone)],
            ]
        )
    }

    /// It goes to its main executor.
    func resolve(_ id: String, for department: String) throws {
        try act(
            "resolution.issued",
            of: id,
            role: "specialist",
            [
                "author": ["user": "admin", "role": "leader"],
                "assignments": [["department": .string(department), "role": "main"]],
                "onControl": true,
            ],
            personal: ["text": "Розглянути у визначений строк, про результати повідомити заявника"]
        )
    }

    /// Somebody called again.
    func note(_ id: String, _ text: String) throws {
        try act("note.added", of: id, role: "specialist", [:], personal: ["text": .string(text)])
    }

    /// Its words are to be destroyed.
    func erase(_ id: String) throws { try act("appeal.erased", of: id, ["reason": "звернення подано помилково"]) }
}
