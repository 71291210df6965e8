import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication
import Testing

@testable import Web

@Suite("Forms of acts")
struct ActFormTests {
    /// Rows of the table that no form does, each with the reason.
    private static let elsewhere: [String: String] = {
        let reasons: [(String, [UseCase])] = [
            (
                "reads, that screens show and no form does",
                [
                    .appealList, .appealSearch, .appealShow, .appealHistory, .conflictList, .conflictShow, .work,
                    .status, .syncStatus,
                    .deadlineExplain, .calendarShow, .streetList, .streetShow, .departmentList, .personList,
                    .personShow, .roleList, .nodeList, .syncDebts, .syncExplain, .doctor, .trayList, .trayShow,
                ]
            ),
            ("has a page of its own", [.appealRegister]),
            (
                "who signs in: a page of its own, and for the owner of the directory at the machine",
                [.accountList, .accountReset]
            ),
            ("for ever, with the act of destruction in hand: at the machine", [.appealErase]),
            ("a file with a mapping that is tried first: at the machine", [.importCards, .streetImport]),
            (
                "the directory and the calendar, which the administrator keeps at the machine",
                [.departmentAdd, .personAdd, .personLeave, .roleGrant, .roleRevoke, .calendarPut, .streetPut]
            ),
            (
                "who is admitted and what the operator decides after a restore: at the machine",
                [
                    .invite, .invitationWithdraw, .nodeConfirm, .nodeRenew, .nodeRevoke, .nodeWiped, .nodeDistrust,
                    .erasureConfirm, .erasureReject, .trayDismiss, .syncNow,
                ]
            ),
        ]
        return Dictionary(reasons.flatMap { reason, rows in rows.map { ($0.name, reason) } }) { first, _ in first }
    }()

    @Test("every row of the table stands on a card, or in the list of those that do not, with the reason")
    func rows() {
        let onCards = Set(CardActs.rows.map(\.name))
        for row in UseCase.all {
            #expect(onCards.contains(row.name) != (Self.elsewhere[row.name] != nil), "\(row.name)")
        }
        #expect(Set(Self.elsewhere.keys).isSubset(of: UseCase.all.map(\.name)))
    }

    @Test("every act of a card has a page on which each field has a label, in both languages")
    func labels() throws {
        let stage = try FormStage()
        let id = try stage.assigned()
        for row in CardActs.rows {
            for language in Language.allCases {
                let page = try stage.get(ActPlace.of(row, id), as: "koval", in: language)
                #expect(page.status == 200)
                let labelled = Set(page.all("label").compactMap { $0.attributes["for"] })
                let typed = page.elements.filter {
                    ["input", "select", "textarea"].contains($0.name)
                        && !["hidden", "checkbox", "radio", "search"].contains($0.attributes["type"] ?? "")
                }
                for field in typed {
                    #expect(labelled.contains(field.attributes["id"] ?? ""), "\(row.name) \(field)")
                }
                let heading = page.all("h1").first?.text ?? ""
                #expect(!heading.isEmpty && heading.contains { ("а"..."я").contains($0) } == (language == .ukrainian))
            }
        }
    }

    @Test("no label shows a name of an option, and each optional field says that it is one")
    func words() throws {
        let stage = try FormStage()
        let id = try stage.assigned()
        let page = try stage.get(ActPlace.of(.assignmentDecline, id), as: "petrenko", at: "zhkg")
        let labels = page.all("label").map(\.text)
        #expect(labels.map { $0.trimmed } == ["Чому не в компетенції", "Хто міг би виконати"])
        #expect(page.all("span").filter { $0.text == "(необов’язково)" }.count == 1)
        #expect(!page.html.contains("--"))
    }

    @Test("an act by a form is the act of whoever is signed in, and leads to the card that tells of it")
    func done() throws {
        let stage = try FormStage()
        let id = try stage.assigned()
        let page = try stage.fill(
            ActPlace.of(.assignmentAccept, id),
            ["person": "sydor"],
            as: "petrenko",
            at: "zhkg"
        )
        #expect(page.status == 303)
        #expect(page.location == "/cards/\(id)?done=assignment-accept&how=saved")
        let card = try Desk(stage.context("zhkg").place, .named(user: "petrenko", role: nil)).card(id)
        #expect(card.assignments[0].assignment.state == .accepted)
        #expect(card.assignments[0].person == "sydor")
    }

    @Test("what is missing is said above the form and at the field in the same words, and nothing typed is lost")
    func missing() throws {
        let stage = try FormStage()
        let id = try stage.assigned()
        let path = ActPlace.of(.assignmentDecline, id)
        let page = try stage.fill(path, ["suggested": "Служба доріг & <b>"], as: "petrenko", at: "zhkg")
        #expect(page.status == 422)
        #expect(page.title.hasPrefix("Помилка: "))
        let words = "Заповніть: чому не в компетенції"
        #expect(page.all("a").contains { $0.attributes["href"] == "#f-reason" && $0.text == words })
        #expect(page.element(id: "f-reason-msg")?.text == words)
        #expect(page.element(id: "f-reason")?.attributes["aria-invalid"] == "true")
        #expect(page.element(id: "f-suggested")?.attributes["value"] == "Служба доріг & <b>")
    }

    @Test("what the rules refuse comes back with what was typed, and the next try is another act")
    func refused() throws {
        let stage = try FormStage()
        let id = try stage.assigned()
        let path = ActPlace.of(.termExtend, id)
        let typed = ["to": "31.12.2026", "reason": "Потрібне обстеження", "by": "vilkul"]
        let before = try stage.get(path, as: "koval").fields.first { $0.0 == "command" }?.1
        let page = try stage.fill(path, typed, as: "koval")
        #expect(page.status == 422)
        #expect(page.fields.first { $0.0 == "to" }?.1 == "31.12.2026")
        #expect(page.fields.first { $0.0 == "reason" }?.1 == "Потрібне обстеження")
        #expect(page.fields.first { $0.0 == "command" }?.1 != before)
    }

    @Test("a form that is sent twice acts once, and both times leads to the card")
    func twice() throws {
        let stage = try FormStage()
        let id = try stage.registered()
        let path = ActPlace.of(.appealNote, id)
        var fields = try stage.get(path, as: "koval").fields
        fields.removeAll { $0.0 == "text" }
        fields.append(("text", "Просить телефонувати після 17:00"))
        let first = try stage.post(path, fields, as: "koval"), second = try stage.post(path, fields, as: "koval")
        #expect(first.status == 303 && second.status == 303)
        #expect(first.location == second.location)
        let card = try Desk(stage.context().place, .named(user: "koval", role: nil)).card(id)
        #expect(card.facts.filter { $0.name.kind == "note" }.count == 1)
    }

    @Test("an act is based on what the form showed, whatever came since")
    func shown() throws {
        let stage = try FormStage()
        let id = try stage.registered()
        try stage.contradict(id)
        let card = try Desk(stage.context().place, .named(user: "koval", role: nil)).card(id)
        #expect(card.cases.map(\.rule) == ["C12"])
        #expect(card.registers["kind"] == "complaint")
    }

    @Test("a correction sends what was changed and nothing else")
    func correction() throws {
        let stage = try FormStage()
        let id = try stage.registered()
        let page = try stage.fill(
            ActPlace.of(.appealCorrect, id),
            ["set.applicant.address": "вул. Староміська, 19", "set.priority": "true"],
            as: "koval"
        )
        #expect(page.status == 303, "\(page.html)")
        let card = try Desk(stage.context().place, .named(user: "koval", role: nil)).card(id)
        #expect(card.registers["priority"] == true)
        #expect(card.addresses.first?.address.typed == "вул. Староміська, 19")
        let same = try stage.fill(ActPlace.of(.appealCorrect, id), [:], as: "koval")
        #expect(same.status == 422)
    }

    @Test("a disagreement is settled on a page that shows both values and has chosen none")
    func settlement() throws {
        let stage = try FormStage()
        let id = try stage.registered()
        try stage.contradict(id)
        let path = ActPlace.of(.conflictSettle, id)
        let page = try stage.get(path, as: "koval")
        let radios = page.elements.filter { $0.attributes["type"] == "radio" }
        #expect(radios.map { $0.attributes["value"] } == ["keep", "take"])
        #expect(radios.allSatisfy { $0.attributes["checked"] == nil })
        #expect(page.html.contains("Скарга") && page.html.contains("Пропозиція"))
        let unchosen = try stage.post(path, page.fields, as: "koval")
        #expect(unchosen.status == 422)
        #expect(unchosen.element(id: "f-choose-msg")?.text == "Виберіть: рішення")
        let settled = try stage.fill(path, ["choose": "take", "reason": "За листом"], as: "koval")
        #expect(settled.status == 303, "\(settled.html)")
        let card = try Desk(stage.context().place, .named(user: "koval", role: nil)).card(id)
        #expect(card.registers["kind"] == "proposal")
    }

    @Test("who may not act reads who may, and has no button")
    func foreign() throws {
        let stage = try FormStage()
        let id = try stage.assigned()
        let page = try stage.get(ActPlace.of(.controlRemove, id), as: "sydor", at: "zhkg")
        #expect(page.all("button").isEmpty)
        #expect(page.html.contains("Цю дію роблять: "))
    }
}

extension FormStage {
    /// Two people correct the kind of a card, each on what they saw before the other did.
    fileprivate func contradict(_ id: String) throws {
        let path = ActPlace.of(.appealCorrect, id)
        var fields = try get(path, as: "koval").fields
        try command("appeal correct", ["appeal": .string(id), "as": "koval", "set": ["kind=complaint"]])
        fields.removeAll { $0.0 == "set.kind" }
        fields.append(("set.kind", "proposal"))
        #expect(try post(path, fields, as: "koval").status == 303)
    }
}

extension String {
    fileprivate var trimmed: String { String(self.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
