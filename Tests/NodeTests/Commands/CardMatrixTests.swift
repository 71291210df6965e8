import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

@testable import Replication
@testable import Simulator

/// Every register and fact that an appeal may have, from the tables of the policy: on the card of whoever may see it, and of nobody else.
@Suite("The matrix of the card")
struct CardMatrixTests {
    /// Of what a register speaks: the appeal, an issue or an assignment of the main executor and of another, a contact.
    enum Of { case appeal, issue, assignment, contact }

    /// What stands in a register of the appeal that is shown, and how a card tells it.
    struct Sample {
        let of: Of
        let value: JSON
        /// As it is printed where `ValueWording` does not say it.
        var shown: String?
        /// Whether its name stands beside it: an issue is one line of values, an assignment begins with whose it is.
        var isNamed = true

        init(_ of: Of, _ value: JSON, shown: String? = nil, isNamed: Bool = true) {
            (self.of, self.value, self.shown, self.isNamed) = (of, value, shown, isNamed)
        }
    }

    /// Registers that follow from another one and tell nodes, not people, what to do.
    private static let derived: Set = ["barred", "complainedSince"]
    /// Registers of entries of `reference`.
    private static let ofReference: Set = ["entry", "granted", "revoked", "moved", "left"]

    private static let samples: [String: Sample] = [
        "index": Sample(.appeal, "Ю-77", isNamed: false), "formerIndex": Sample(.appeal, "Ю-7"),
        "home": Sample(.appeal, "vod", shown: "Департамент vod"),
        "receivedAt": Sample(.appeal, "2026-05-12T09:14:00+03:00"), "registeredOn": Sample(.appeal, "2026-05-12"),
        "text": Sample(.appeal, "Канарка тексту", isNamed: false),
        "channel": Sample(.appeal, "email"), "addressee": Sample(.appeal, "deputyMayor"),
        "receiptSign": Sample(.appeal, "repeated"), "subjectType": Sample(.appeal, "collective"),
        "signatories": Sample(.appeal, 4711), "replyPreference": Sample(.appeal, "paper"),
        "external": Sample(.appeal, "УКЦ-4712"), "priority": Sample(.appeal, true),
        "confidential": Sample(.appeal, true), "repeatOf": Sample(.appeal, "Ю-1"),
        "duplicateOf": Sample(.appeal, "Ю-2"), "kind": Sample(.appeal, "proposal"),
        "complainedAgainst": Sample(.appeal, [["outside": "Канарка перевізника"]], shown: "Канарка перевізника"),
        "applicant.name": Sample(.appeal, "Канарка Імені"), "applicant.address": Sample(.appeal, "вул. Канаркова, 1"),
        "applicant.category": Sample(.appeal, "Канарка категорії"),
        "applicant.workplace": Sample(.appeal, "Канарка праці"),
        "applicant.socialStatus": Sample(.appeal, "Канарка стану"), "applicant.sex": Sample(.appeal, "female"),
        "due.statutory": Sample(.appeal, "2026-06-11"), "due.control": Sample(.appeal, "2026-06-10"),
        "due.cap": Sample(.appeal, "2026-06-26"), "due.basis": Sample(.appeal, "month"),
        "due.calendar": Sample(.appeal, "2026-1"), "control": Sample(.appeal, "removed"),
        "removedOn": Sample(.appeal, "2026-05-13"), "endedAs": Sample(.appeal, "withdrawn", isNamed: false),
        "mainExecutor": Sample(.appeal, "m", isNamed: false),
        "issue": Sample(.issue, 1), "heading": Sample(.issue, "100", isNamed: false),
        "question": Sample(.issue, "Канарка питання", isNamed: false),
        "problemAddress": Sample(.issue, "вул. Проблемна, 2", isNamed: false),
        "district": Sample(.issue, "Канарковий", isNamed: false), "result": Sample(.issue, "refused", isNamed: false),
        "contact.phone": Sample(.contact, "+380561234567"),
        "contact.phoneTyped": Sample(.contact, "056 123-45-67 Канарка", isNamed: false),
        "contact.email": Sample(.contact, "kanarka@example.org"),
        "department": Sample(.assignment, "zhkg", shown: "Департамент zhkg", isNamed: false),
        "role": Sample(.assignment, "main", isNamed: false),
        "issues": Sample(.assignment, ["i"], isNamed: false),
        "resolution": Sample(.assignment, "urz#00000000:90", isNamed: false),
        "term": Sample(.assignment, "2026-06-09", isNamed: false), "ended": Sample(.assignment, "2026-06-08"),
        "state": Sample(.assignment, "done", isNamed: false), "round": Sample(.assignment, 4713),
        "person": Sample(.assignment, "executor-zhkg", shown: "Особа executor-zhkg"),
        "answer": Sample(.assignment, "zhkg#00000000:8"),
    ]

    private let readers = ["zhkg", "drim", "park", "vod"]
    /// 13 May 2026, 10:01 in Kyiv.
    private static let clock = "019e202387e0-0000"

    /// An appeal in which every register and every fact has something, at the office and at all that hold it.
    private struct Town {
        let city: CommandCity
        let appeal: Appeals.Aggregate
        /// The names under which registers stand.
        let full: [String: String]
    }

    private static func fact(_ name: String) -> JSON { .string("Канарка факту " + name) }

    private func town() throws -> Town {
        let city = try CommandCity(departments: readers)
        let arguments: JSONObject = [
            "as": "koval", "name": "Вовк", "text": "x", "heading": ["090", "100"], "phone": ["+380560000001"],
        ]
        let index = try #require(try city.expect("appeal register", arguments).json["registrationIndex"])
        try city.expect(
            "resolution issue",
            [
                "appeal": index, "as": "koval", "author": "vilkul", "text": "x", "main": "zhkg", "co": ["drim"],
                "inform": ["park"], "issues": ["drim=1"],
            ]
        )
        let id = try #require(try city.expect("appeal show", ["appeal": index]).json["id"]?.string)
        var appeal = try #require(
            try city.officeStore.read { try $0.row(Space.appeals, generation: 0, key: id)?.aggregate() }
        )
        let main = try #require(appeal.register("mainExecutor")?.string)
        let issue = try #require(appeal.entities(with: "issue").first { appeal.register("issue@" + $0)?.integer == 2 })
        let phone = try #require(appeal.entities(with: "contact.phone").first)
        var full: [String: String] = [:], commit = appeal.commit
        for policy in Policy.registers {
            guard let sample = Self.samples[policy.name] else { continue }
            let name =
                switch sample.of {
                case .appeal: policy.name
                case .issue: policy.name + "@" + issue
                case .assignment: policy.name + "@" + main
                case .contact: policy.name + "@" + phone
                }
            var value = sample.value
            if policy.name == "mainExecutor" { value = .string(main) }
            if policy.name == "issues" { value = [.string(issue)] }
            if policy.name == "issue" { value = 2 }
            commit += 1
            full[policy.name] = name
            appeal[.registers, name] = Item(value: value, write: "urz#00000000:\(commit)", commit: commit)
        }
        for policy in Policy.facts {
            commit += 1
            let write = policy.name == "resolution" ? "urz#00000000:90" : "urz#00000000:\(commit)"
            let name = FactName.text(policy.name, policy.privacy == .assignment ? main : nil, write)
            let by: JSON = ["clock": .string(Self.clock), "node": "urz", "role": "registrar", "user": "koval"]
            let value: JSON = ["by": by, "reason": Self.fact(policy.name)]
            full["fact " + policy.name] = name
            appeal[.facts, name] = Item(value: value, write: write, commit: commit)
        }
        try put(appeal, city)
        return Town(city: city, appeal: appeal, full: full)
    }

    /// At the office, and at each that holds it what it may see.
    private func put(_ appeal: Appeals.Aggregate, _ city: CommandCity) throws {
        try city.officeStore.write { try $0.putRow(Space.appeals, generation: 0, Row(appeal)) }
        let today = try #require(KyivTime.date(at: city.now))
        let views = Slice.views(of: appeal, today: today, office: "urz")
        #expect(Set(views.keys) == Set(readers))
        for (node, view) in views {
            let (store, department) = try #require(city.departments[node])
            try store.write { transaction in
                let slice = try department.position(Space.slice(node), transaction)
                let row = Row(view.project(appeal), tenure: 1)
                try transaction.putRow(slice.name, generation: slice.generation, row)
            }
        }
    }

    /// The card as each node shows it in each language, and what that node may see.
    private func cards(
        _ town: Town,
        _ look: (String, Language, _ maySee: (String, String) -> Bool, CommandResult) throws -> Void
    ) throws {
        for node in ["urz"] + readers {
            let today = try #require(KyivTime.date(at: town.city.now))
            let holding = Holding(node, town.appeal, today: today)
            for language in Language.allCases {
                let arguments: JSONObject = [
                    "appeal": .string(town.appeal.id), "lang": .string(language.rawValue), "verbose": true,
                ]
                let card = try town.city.expect("appeal show", arguments, at: node)
                try look(node, language, { node == "urz" || holding?.maySee($0, $1) == true }, card)
            }
        }
    }

    private func isThere(_ bare: String, _ value: JSON, _ json: JSON) -> Bool {
        func any(_ list: String, _ member: String) -> Bool {
            json[list]?.array?.contains { $0[member] == value } == true
        }
        switch bare {
        case "contact.phone": return any("phones", "value")
        case "contact.email": return any("emails", "value")
        case "contact.phoneTyped":
            return json["phones"]?.array?.contains { $0["typed"]?.array?.contains(value) == true } == true
        default: return json["registers"]?[bare] == value || any("issues", bare) || any("assignments", bare)
        }
    }

    @Test("every register of an appeal has its sample")
    func complete() {
        let all = Set(Policy.registers.map(\.name)).subtracting(Self.derived).subtracting(Self.ofReference)
        #expect(all == Set(Self.samples.keys))
    }

    @Test(
        "every register is on the card in both languages and as JSON, for those who may see it, and hidden from others"
    )
    func registers() throws {
        let town = try town()
        try cards(town) { node, language, maySee, card in
            for (bare, sample) in Self.samples {
                let full = try #require(town.full[bare])
                let value = try #require(town.appeal.register(full))
                let isShown = maySee("registers", full)
                let told = told(bare, sample, value, language)
                #expect(isThere(bare, value, card.json) == isShown, "\(node): JSON of \(bare)")
                if isShown {
                    #expect(card.text.contains(told), "\(node): \(told)\n\(card.text)")
                } else {
                    #expect(!card.text.contains(told), "\(node): \(told) is shown\n\(card.text)")
                    #expect(saysHidden(bare, language, card.text), "\(node): that \(bare) is hidden\n\(card.text)")
                }
            }
        }
    }

    /// What the card says of a register: the value, behind its name where that stands beside it.
    private func told(_ bare: String, _ sample: Sample, _ value: JSON, _ language: Language) -> String {
        if bare == "issue" { return Label(uk: "Питання 2:", en: "Issue 2:").text(language) }
        if bare == "issues" { return Label(uk: "питання 2", en: "issues 2").text(language) }
        if bare == "resolution" {
            return Label(uk: "за резолюцією 13.05.2026", en: "by the resolution of 2026-05-13").text(language)
        }
        let printed = ValueWording(language: language).text(bare, value)
        let shown = bare == "role" ? Wording.role("main").text(language) : sample.shown ?? printed
        return sample.isNamed ? Wording.register(bare).text(language) + ": " + shown : shown
    }

    /// Fields of the card say so by name, those of an issue on its line; what an assignment of another has is not spoken of.
    private func saysHidden(_ bare: String, _ language: Language, _ text: String) -> Bool {
        let hidden = Label(uk: "приховано", en: "hidden").text(language)
        guard let sample = Self.samples[bare] else { return false }
        switch sample.of {
        case .assignment: return true
        case .issue:
            return text.split(separator: "\n").contains {
                $0.hasPrefix(Label(uk: "Питання 2", en: "Issue 2").text(language)) && $0.contains(hidden)
            }
        case .appeal, .contact:
            let field = bare == "contact.phoneTyped" ? "contact.phone" : bare
            return text.contains(Wording.register(field).text(language) + ": " + hidden)
        }
    }

    @Test("every fact is on the card in both languages and as JSON, for those who may see it, and of nobody else's")
    func facts() throws {
        let town = try town()
        try cards(town) { node, language, maySee, card in
            for policy in Policy.facts {
                let full = try #require(town.full["fact " + policy.name])
                let isShown = maySee("facts", full)
                let canary = Self.fact(policy.name)
                let lines = card.text.split(separator: "\n").filter { $0.contains(canary.string ?? "-") }
                let isTold = lines.contains { $0.contains(Wording.fact(policy.name).text(language)) }
                #expect(isTold == isShown && lines.isEmpty != isShown, "\(node): \(policy.name)\n\(card.text)")
                let json = card.json["facts"]?.array?.contains {
                    $0["fact"]?.string == policy.name && $0["reason"] == canary
                }
                #expect(json == isShown, "\(node): JSON of \(policy.name)")
            }
        }
    }
}
