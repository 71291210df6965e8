import Appeals
import CanonicalJSON
import Commands
import Desk
import Node
import Replication
import Testing

/// Every command by what it shows of appeals: a new one without its row here fails.
private enum Face {
    /// Reads appeals: shows this one to who may know of it.
    case reads([JSONObject])
    /// Acts on one appeal, as somebody.
    case acts
    /// Shows no appeal that was there before.
    case blind
}

private struct Stage {
    let city: CommandCity
    let node: String
    let barred: String
    let other: String
    let index: String
    let id: String
    let conflict: String
    let write: String
    let tray: Int64

    /// What tells of the appeal; what the reader typed is no news.
    func tells(_ result: CommandResult, typed: JSONObject) -> [String] {
        let words = [index, id, "Канарейко", conflict, write].filter { word in
            !typed.members.contains { $0.value.string?.contains(word) == true }
        }
        let said = result.text + "\n" + result.json.canonicalText
        return words.filter { said.contains($0) }
    }
}

@Suite("To a person complained against the appeal is not there")
struct BarredReaderTests {
    /// A node, one of its people who is complained against, and a colleague.
    static let roles = [
        ["zhkg", "executor-zhkg", "head-zhkg"], ["zhkg", "head-zhkg", "executor-zhkg"],
        ["drim", "executor-drim", "head-drim"], ["urz", "marko", "koval"], ["urz", "vilkul", "koval"],
    ]

    private func faces(_ stage: Stage) -> [String: Face] {
        let about: JSONObject = ["appeal": .string(stage.index)]
        var faces: [String: Face] = [
            "appeal list": .reads([[:], ["disputed": true], ["index": .string(stage.index)]]),
            "search": .reads([
                ["query": .string(stage.index)], ["query": "Канарейку"], ["query": "канарей*"],
            ]),
            // Counts and first appeals of what is to be done: see `counts`.
            "work": .reads([[:], ["limit": 20]]),
            "appeal show": .reads([
                about, ["appeal": .string(stage.id)], ["appeal": .string(String(stage.id.prefix(30)))],
            ]),
            "appeal history": .reads([about]), "deadline explain": .reads([about]),
            "conflict list": .reads([[:], about]), "conflict show": .reads([["case": .string(stage.conflict)]]),
            "sync explain": .reads([["what": .string(stage.index)], ["what": .string(stage.write)]]),
            "sync debts": .reads([[:]]), "tray list": .reads([[:]]),
            "tray show": .reads([["id": .string(String(stage.tray))]]),
            "tray dismiss": .reads([["id": .string(String(stage.tray))]]),
            // Counts alone: see `counts`.
            "status": .reads([[:]]), "sync status": .reads([[:]]),
        ]
        for name in [
            "appeal correct", "appeal note", "appeal erase", "contact add", "contact remove", "resolution issue",
            "assignment accept", "assignment decline", "assignment recall", "assignment person", "answer draft",
            "answer approve", "answer submit", "answer accept", "answer return", "answer dispatch", "feedback add",
            "document add", "term extend", "receipt correct", "control put", "control remove", "control return",
            "appeal forward",
            "appeal return",
            "appeal dismiss", "appeal withdraw", "appeal explain", "appeal conclude", "held adopt", "held decline",
            "conflict settle",
        ] { faces[name] = .acts }
        for name in [
            // A card that is new; what is known of earlier ones is only whether a row of the file is there.
            "appeal register", "import",
            "department add", "department list", "person add", "person leave", "person show",
            "person list", "role grant", "role revoke", "role list",
            "street put", "street import", "street list", "street show", "calendar put", "calendar show", "version",
            "sync now",
            // Nodes and the machine: names of rows only if they are broken.
            "doctor", "init office", "administrator name", "init department", "join", "serve", "backup create",
            "backup verify", "restore",
            "invite", "invitation withdraw", "node list", "node confirm", "node renew", "node revoke", "node wiped",
            "node distrust",
            // Who signs in at the node, and where: names of people alone.
            "account list", "account reset", "open", "web trust",
            // An erasure that nobody can prove suspends the appeal for everybody.
            "erasure confirm", "erasure reject",
            // Has an office of its own, and no data.
            "conformance",
            // Of the program itself.
            "completion", "manual",
            // The file for its owner, who may read all of it; behind a running node they are refused.
            "inspect value", "inspect row", "inspect operation", "inspect stream", "inspect tenure", "inspect origin",
        ] { faces[name] = .blind }
        return faces
    }

    private func stage(_ node: String, _ barred: String, _ other: String) throws -> Stage {
        let city = try CommandCity()
        _ = try city.assigned("Інша", main: "zhkg", co: ["drim"])
        let index = try city.assigned("Канарейко", main: "zhkg", co: ["drim"])
        for name in ["zhkg", "drim"] { try city.sync(name) }
        let shown = try city.expect("appeal show", ["appeal": .string(index), "as": "koval"])
        let id = try #require(shown.json["id"]?.string)
        let proposal: JSONObject = [
            "appeal": .string(index), "as": "head-zhkg", "set": ["applicant.address=вул. Інша, 7"],
        ]
        let own = try city.expect("appeal correct", proposal, at: "zhkg")
        try city.sync("zhkg")
        try city.expect(
            "appeal correct",
            ["appeal": .string(index), "as": "koval", "set": .array([.string("complainedAgainst=person:" + barred)])]
        )
        for name in ["zhkg", "drim"] { try city.sync(name) }
        let store = node == "urz" ? city.officeStore : try #require(city.departments[node]).store
        try store.write { transaction in
            try transaction.addTray(TrayRecord(kind: .recovery, subject: id, text: "x", at: city.now))
            try transaction.openDebt(DebtRecord(.receipt, node: node, subject: id, at: city.now))
        }
        let cases = try city.run("conflict list", ["as": .string(other)], at: "urz").json["cases"]?.array ?? []
        return Stage(
            city: city,
            node: node,
            barred: barred,
            other: other,
            index: index,
            id: id,
            conflict: cases.first { $0["appeal"]?.string == id }?["id"]?.string ?? "-",
            write: own.json["write"]?.string ?? "",
            tray: try store.read { try $0.tray(kind: .recovery, after: 0, limit: 9) }.last?.id ?? 0
        )
    }

    @Test("every command has its face")
    func everyCommand() throws {
        let stage = try stage("zhkg", "executor-zhkg", "head-zhkg")
        let known = Set(faces(stage).keys)
        let commands = Set(Commands.all.map(\.name))
        #expect(commands.subtracting(known) == [])
        #expect(known.subtracting(commands) == [])
    }

    @Test("nothing that reads tells of it, to that person or to whoever does not say who reads", arguments: roles)
    func reads(_ role: [String]) throws {
        let stage = try stage(role[0], role[1], role[2])
        for (name, face) in faces(stage).sorted(by: { $0.key < $1.key }) {
            guard case .reads(let calls) = face else { continue }
            for call in calls {
                for reader in [stage.barred, stage.barred + ":head", nil] {
                    var arguments = call
                    arguments["as"] = reader.map(JSON.string)
                    let result = try stage.city.run(name, arguments, at: stage.node)
                    let told = stage.tells(result, typed: call)
                    #expect(told.isEmpty, "\(name) \(call) tells \(reader ?? "anybody") \(told): \(result.text)")
                }
                // At a co-executor the card is not shown, and with it nothing to settle; counts are told below.
                if stage.node == "drim" || ["status", "work", "sync status", "tray dismiss"].contains(name) {
                    continue
                }
                var arguments = call
                arguments["as"] = .string(stage.other)
                let result = try stage.city.run(name, arguments, at: stage.node)
                #expect([.ok, .conflictsWaiting].contains(result.exit), "\(name) \(call): \(result.text)")
                #expect(!stage.tells(result, typed: [:]).isEmpty, "\(name) \(call): \(result.text)")
            }
        }
    }

    @Test("nothing is counted", arguments: roles)
    func counts(_ role: [String]) throws {
        let stage = try stage(role[0], role[1], role[2])
        func seen(_ reader: String?) throws -> [Int64] {
            var arguments = JSONObject()
            arguments["as"] = reader.map(JSON.string)
            let list = try stage.city.run("appeal list", arguments, at: stage.node).json
            let status = try stage.city.run("status", arguments, at: stage.node).json
            let debts = try stage.city.run("sync debts", arguments, at: stage.node).json
            let states = status["appeals"]?.object?.members ?? []
            return [
                list["total"]?.integer ?? -1, Int64(list["appeals"]?.array?.count ?? -1),
                states.reduce(0) { $0 + ($1.value.integer ?? 0) },
                status["tray"]?["recovery"]?.integer ?? -1, debts["totals"]?["receipt"]?["open"]?.integer ?? 0,
            ]
        }
        #expect(try seen(stage.barred) == [1, 1, 1, 0, 0])
        #expect(try seen(nil) == [1, 1, 1, 0, 0])
        #expect(try seen(stage.other) == [2, 2, 2, 1, 1])
    }

    private static func plausible(_ filler: JSON?, _ option: UseCase.Input) -> JSON {
        filler ?? (option.form == .number ? 1 : .string(PlausibleArguments.example(of: option.type)))
    }

    @Test("and nothing can be done on it, by a head neither", arguments: roles)
    func acts(_ role: [String]) throws {
        let stage = try stage(role[0], role[1], role[2])
        let filler: [String: JSON] = [
            "set": ["external=1"], "choose": "keep", "case": .string(stage.conflict), "reason": "Причина",
            "text": "Слова", "phone": "+380000000002", "contact": "+380000000001", "author": "vilkul", "main": "drim",
            "person": .string(stage.other), "confirm": .string(stage.index),
        ]
        for (name, face) in faces(stage).sorted(by: { $0.key < $1.key }) {
            guard case .acts = face, let command = Commands.named(name) else { continue }
            var arguments = JSONObject()
            for option in command.operands + command.options where option.isRequired || option.name == "text" {
                arguments[option.name] = Self.plausible(filler[option.name], option)
            }
            arguments["appeal"] = command.operands.contains { $0.name == "appeal" } ? .string(stage.index) : nil
            arguments["as"] = .string(stage.barred)
            let result = try stage.city.run(name, arguments, at: stage.node)
            let code = result.json["error"]?["code"]?.string ?? ""
            #expect(["unknownAppeal", "officeOnly"].contains(code), "\(name): \(code) \(result.text)")
            let told = stage.tells(result, typed: arguments)
            #expect(told.isEmpty, "\(name) tells \(told): \(result.text)")
        }
    }

    @Test("nor over it: own work that names a person hides the appeal before the office has it")
    func overlay() throws {
        let city = try CommandCity()
        let index = try city.assigned()
        try city.sync("zhkg")
        func total(_ reader: JSON?) throws -> JSON? {
            var arguments = JSONObject()
            arguments["as"] = reader
            return try city.run("appeal list", arguments, at: "zhkg").json["total"]
        }
        #expect(try total("executor-zhkg") == 1)
        try city.expect(
            "appeal correct",
            ["appeal": .string(index), "as": "head-zhkg", "set": ["complainedAgainst=person:executor-zhkg"]],
            at: "zhkg"
        )
        #expect(try total("executor-zhkg") == 0 && total(nil) == 0 && total("head-zhkg") == 1)
        try city.refuse(
            "appeal show",
            ["appeal": .string(index), "as": "executor-zhkg"],
            at: "zhkg",
            code: "unknownAppeal"
        )
        let registered = try city.expect(
            "appeal register",
            [
                "as": "head-zhkg", "name": "Картка Нова", "text": "Слова",
                "complained-against": ["person:executor-zhkg"],
            ],
            at: "zhkg"
        )
        let card = try #require(registered.json["appeal"])
        try city.refuse("appeal show", ["appeal": card, "as": "executor-zhkg"], at: "zhkg", code: "unknownAppeal")
        try city.expect("appeal show", ["appeal": card, "as": "head-zhkg"], at: "zhkg")
        let list = try city.run("appeal list", ["as": "executor-zhkg"], at: "zhkg")
        #expect(list.json["appeals"] == [])
    }
}
