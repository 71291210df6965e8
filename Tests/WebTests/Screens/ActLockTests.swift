import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

@testable import Web

/// A card says why it forbids what the reader's roles may do, and the rules refuse it for the same reason.
struct ActLockTests {
    private static let people = [("koval", "urz"), ("sych", "zhkg"), ("petrenko", "zhkg")]

    private func reader(_ index: String, _ user: String, _ node: String, _ city: ShownTown) throws -> CardReader {
        let desk = Desk(try city.context(node).place, .named(user: user, role: nil))
        return CardReader(
            card: try desk.card(index),
            node: node,
            isOffice: desk.isOffice,
            roles: Set(try desk.read { try desk.roles(of: user, in: node, $0) }),
            removal: try desk.summary(ofAppeal: index).removal
        )
    }

    /// What each act is asked for with, besides the appeal and who asks.
    private func arguments(_ row: UseCase, _ reader: CardReader) -> JSONObject {
        var arguments: JSONObject = [:]
        for input in row.inputs {
            switch (input.name, input.type) {
            case ("author", _), ("by", .person), ("decided-by", _): arguments[input.name] = "vilkul"
            case ("main", _): arguments["main"] = "voda"
            case ("to", _) where row.name == UseCase.appealForward.name: arguments["to"] = "Обленерго"
            case (_, .assignment):
                let given = reader.assignments(of: row).first
                arguments[input.name] = given.map { JSON.string($0.assignment.entity) }
            case (_, .version): arguments[input.name] = nil
            case (_, .code(let codes)) where input.isRequired: arguments[input.name] = JSON.string(codes[0].code)
            case (_, .person) where input.isRequired: arguments[input.name] = "petrenko"
            case (_, .text) where input.isRequired: arguments[input.name] = "Слова"
            case (_, .contents) where input.isRequired, ("text", _): arguments[input.name] = "Слова"
            default: break
            }
        }
        return arguments
    }

    /// Each lock of each reader is tried; gives the acts that were locked, by reader.
    private func tryLocks(_ index: String, _ city: ShownTown) throws -> [String: [String: Reason]] {
        var found: [String: [String: Reason]] = [:]
        for (user, node) in Self.people {
            let reader: CardReader
            do { reader = try self.reader(index, user, node, city) } catch is DeskError { continue }
            for act in reader.acts {
                guard let lock = act.lock else { continue }
                found[user, default: [:]][act.row.name] = lock.reason
                var arguments = arguments(act.row, reader)
                arguments["appeal"] = .string(index)
                arguments["as"] = .string(user)
                let result = try city.result(act.row.name, arguments, at: node)
                let told = result.json["reason"]?.string ?? ""
                #expect(result.exit != .ok, "\(act.row.name) of \(user): not refused, though \(lock.words.en)")
                // What there is nothing to do with, the desk refuses before it asks the rules.
                if !told.isEmpty { #expect(told == lock.reason.rawValue, "\(act.row.name) of \(user): \(result.text)") }
            }
        }
        return found
    }

    @Test("what a card forbids is refused by the rules for the reason that it tells, at each station of an appeal")
    func stations() throws {
        let city = try ShownTown()
        let index = try city.register(["reply": "paper"])
        func act(_ name: String, _ user: String, _ more: JSONObject = [:], at node: String = "zhkg") throws {
            let offered = try reader(index, user, node, city).offered.map(\.name)
            #expect(offered.contains(name), "\(name) is offered to \(user)")
            var arguments = more
            arguments["appeal"] = .string(index)
            arguments["as"] = .string(user)
            try city.expect(name, arguments, at: node)
            for node in ["zhkg", "voda"] { try city.sync(node) }
        }
        var locks = try tryLocks(index, city)
        #expect(locks["koval"]?["answer accept"] == .wrongState && locks["koval"]?["control return"] == .notOnControl)
        #expect(locks["koval"]?["assignment accept"] == nil && locks["koval"]?["appeal forward"] == nil)
        try city.assign(index)
        try city.sync("zhkg")
        locks = try tryLocks(index, city)
        #expect(
            locks["koval"]?["appeal forward"] == .assignmentOpen && locks["sych"]?["answer approve"] == .unknownVersion
        )
        #expect(locks["petrenko"]?["answer submit"] == .wrongState && locks["petrenko"]?["answer approve"] == nil)
        try act("assignment accept", "sych")
        _ = try tryLocks(index, city)
        try act("answer draft", "petrenko", ["result": "satisfied", "text": "Ліфт працює"])
        locks = try tryLocks(index, city)
        #expect(locks["petrenko"]?["answer dispatch"] == .answerNotApproved)
        try act("answer approve", "sych")
        _ = try tryLocks(index, city)
        try act("answer submit", "petrenko")
        locks = try tryLocks(index, city)
        #expect(locks["koval"]?["answer accept"] == .feedbackMissing && locks["sych"]?["answer approve"] == .wrongState)
        try act("feedback add", "petrenko", ["how": "phone", "words": "Працює"])
        #expect(try tryLocks(index, city)["koval"]?["control remove"] == .answersMissing)
        try act("answer accept", "koval", at: "urz")
        #expect(try tryLocks(index, city)["koval"]?["control remove"] == .notDispatched)
        try act("answer dispatch", "petrenko", ["to": "applicant", "by": "paper"])
        try act("control remove", "koval", ["author": "vilkul", "basis": "Звіт"], at: "urz")
        locks = try tryLocks(index, city)
        #expect(locks["koval"]?["resolution issue"] == .offControl && locks["koval"]?["control put"] == .offControl)
        try act("control return", "koval", ["author": "vilkul", "reason": "Не працює"], at: "urz")
        _ = try tryLocks(index, city)
    }

    @Test("while nobody knows whom a complaint is about it goes nowhere; what is about the home is the office’s")
    func complaints() throws {
        let city = try ShownTown()
        let index = try city.register(["complained-against": ["unresolved:Начальник ЖЕКу"]])
        let locks = try tryLocks(index, city)
        #expect(locks["koval"]?["resolution issue"] == .partyUnresolved)
        #expect(locks["koval"]?["appeal forward"] == .partyUnresolved && locks["koval"]?["appeal withdraw"] == nil)
        let correction: JSONObject = [
            "appeal": .string(index), "as": "koval", "set": ["complainedAgainst=outside:ЖЕК"], "reason": "З’ясовано",
        ]
        try city.expect("appeal correct", correction)
        #expect(try tryLocks(index, city)["koval"]?["resolution issue"] == nil)
        let card = try Desk(try city.context().place, .named(user: "koval", role: nil)).card(index)
        let home = CardReader(card: card, node: "zhkg", isOffice: false, roles: ["head"], removal: [])
        #expect(!home.controls && !home.acts.contains { $0.row.name == UseCase.resolutionIssue.name })
    }

    @Test("locks stand on the card of who may do it at all, each with its reason beside it, and on the form")
    func pages() throws {
        let city = try ShownTown()
        let index = try city.register()
        let place = "/cards/" + WebCall.encoded(index)
        let page = try city.page(place, as: "koval")
        #expect(page.contains("Зараз не можна") && page.contains("Звернення ще нікому не доручено."))
        #expect(!page.contains("Прийняти до виконання") && !page.contains("Зберегти рішення"))
        for part in page.split(separator: "aria-describedby=\"locked-").dropFirst() {
            #expect(page.contains("id=\"locked-\(part.prefix { $0.isNumber })\""))
        }
        try city.assign(index)
        try city.sync("zhkg")
        let clerk = try city.page(place, as: "petrenko", at: "zhkg")
        #expect(clerk.contains("Подають, коли доручення прийнято. Зараз: видано."))
        #expect(!clerk.contains("Погодити відповідь"))
        let form = try city.page(place + "/acts/answer-submit", as: "petrenko", at: "zhkg")
        #expect(form.contains("aria-describedby=\"removal-why\"") && !form.contains("data-confirm"))
        #expect(form.contains("Подають, коли доручення прийнято. Зараз: видано."))
        try city.expect("assignment accept", ["appeal": .string(index), "as": "sych"], at: "zhkg")
        let open = try city.page(place + "/acts/assignment-person", as: "sych", at: "zhkg")
        #expect(open.contains("data-confirm") && !open.contains("removal-why"))
    }
}
