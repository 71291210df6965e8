import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication
import Testing

@testable import Web

/// The directory: everybody reads it; who administers the office changes it, after seeing what that changes.
struct DirectoryTests {
    private let reading = DirectoryPages.Tab.allCases.map(\.path)

    @Test(
        "everybody reads the directory, at the office and at departments; its forms are for administrators of the office alone"
    )
    func rights() throws {
        let town = try ShownTown()
        for (user, _, department, _) in ShownTown.people {
            for place in reading { _ = try town.page(place, as: user, at: department) }
            for row in DirectoryForm.rows {
                let place = DirectoryForm.place(row)
                #expect(try town.get(place, as: user, at: department).status == 403, "\(user) \(row.name)")
                #expect(
                    try town.post(place, [("do", "publish")], as: user, at: department).status == 403,
                    "\(user) \(row.name)"
                )
            }
            #expect(
                try !town.page(DirectoryPages.Tab.people.path, as: user, at: department).contains("/acts/person-add")
            )
        }
        for row in DirectoryForm.rows {
            #expect(try town.get(DirectoryForm.place(row), as: "admin").status == 200, "\(row.name)")
        }
        // A row that writes the directory has a form here, or the table lies to who reads it.
        let writers = UseCase.all.filter { row in
            row.writes.kinds.contains {
                Kinds.referenceEntry($0, ["department": "a", "user": "b", "role": "c", "street": "d"]) != nil
            }
        }
        let known = Set(DirectoryForm.rows.map(\.name)).union(["administrator name", "init", "invite"])
        #expect(Set(writers.map(\.name)).subtracting(known) == [])
    }

    @Test("nothing is written before somebody has seen what it changes and published it")
    func looks() throws {
        let town = try ShownTown()
        let place = DirectoryForm.place(.departmentAdd)
        let fields = [("department", "park"), ("name", "КП «Парк»"), ("code", "ПРК")]
        let look = try town.post(place, fields + [("do", "look")], as: "admin")
        #expect(look.status == 200 && look.text.contains("Це новий запис довідника"))
        for words in ["КП «Парк»", "ПРК", "Опублікувати"] { #expect(look.text.contains(words), "\(words)") }
        #expect(try !town.page(DirectoryPages.Tab.departments.path, as: "admin").contains("КП «Парк»"))
        let edit = try town.post(place, fields + [("do", "edit")], as: "admin")
        #expect(edit.text.contains("value=\"КП «Парк»\""))
        try town.publish(.departmentAdd, fields)
        #expect(try town.page(DirectoryPages.Tab.departments.path, as: "admin").contains("КП «Парк»"))
    }

    @Test("a department that is renamed says on how many cards, what it was called, and who renamed it")
    func renames() throws {
        let town = try ShownTown()
        try town.lives()
        let look = try town.publish(.departmentAdd, [("name", "Управління житла")], from: "?department=zhkg")
        #expect(look.contains("<s>Управління благоустрою") && look.contains("<ins>Управління житла</ins>"))
        #expect(look.contains("Нову назву покажуть картки: 4"))
        let page = try town.page(DirectoryPages.department("zhkg"), as: "koval")
        #expect(page.contains("Управління житла (було: Управління благоустрою та житлової політики)"))
        #expect(page.contains("Сидоренко О. І."))
        let all = try town.page(DirectoryPages.Tab.history.path, as: "koval")
        #expect(all.contains("Управління житла") && all.contains(DirectoryPages.department("zhkg")))
    }

    @Test("an act that was refused, and one whose words were destroyed, changed nothing and is in no history")
    func changedNothing() throws {
        let town = try ShownTown()
        _ = try town.publish(.departmentAdd, [("name", "Управління житла")], from: "?department=zhkg")
        let place = DirectoryPages.Tab.history.path
        let before = try town.page(place, as: "koval").split(separator: "Управління житла").count
        let record = try #require(
            try town.officeStore.read { try $0.operationsOfNoAppeal(before: nil, limit: 1).first }
        )
        for (offset, bytes, status) in [(1, record.bytes, OutcomeStatus.refused), (2, [], .accepted)] {
            var other = record
            other.number += Int64(offset)
            other.commit += Int64(offset)
            (other.bytes, other.status, other.command) = (bytes, status, nil)
            try town.officeStore.write { try $0.putOperation(other) }
        }
        let after = try town.page(place, as: "koval").split(separator: "Управління житла").count
        #expect(before > 1 && after == before)
    }

    @Test("a move and a leave show the roles that end and the work that stays, and exactly those end")
    func ends() throws {
        let town = try ShownTown()
        let lift = try town.lives()[0]
        try town.publish(
            .roleGrant,
            [("role", "executor"), ("department", "voda"), ("substitution", "наказ № 5")],
            from: "?user=petrenko"
        )
        let moving = [("department", "voda"), ("keep", "voda/executor"), ("basis", "сумісництво")]
        let look = try town.publish(.personAdd, moving, from: "?user=petrenko")
        let told = look.components(separatedAt: "Припиняться ролі")
        let ending = try #require(told.count == 2 ? told[1] : nil, "\(told)")
        #expect(ending.contains("виконавець – Управління благоустрою") && !ending.contains("виконавець – КП"))
        let person = try Desk(town.context().place, .anybody).person(named: "petrenko")
        #expect(person.inForce.map(\.typed) == ["voda/executor"])
        let leaving = try town.publish(.personLeave, [("reason", "Звільнення")], from: "?user=petrenko")
        #expect(leaving.contains("3 звернення: людину там призначено"), "\(lift)")
        #expect(try Desk(town.context().place, .anybody).person(named: "petrenko").inForce.isEmpty)
        let page = try town.page(DirectoryPages.person("petrenko"), as: "sych", at: "zhkg")
        #expect(page.contains("Петренко О. І."))
    }

    @Test("who stands in for whom is listed with basis and days, until the days are over or the role is revoked")
    func substitutions() throws {
        let town = try ShownTown()
        let place = DirectoryPages.Tab.substitutions.path
        let typed = [
            ("role", "head"), ("department", "zhkg"), ("substitution", "розпорядження № 7"), ("from", "14.05.2026"),
            ("through", "22.05.2026"),
        ]
        try town.publish(.roleGrant, typed, from: "?user=zhuk")
        let listed = try town.page(place, as: "koval")
        for words in ["Жук Т. М.", "розпорядження № 7", "14.05.2026–22.05.2026"] {
            #expect(listed.contains(words), "\(words)")
        }
        let look = try town.publish(
            .roleRevoke,
            [("reason", "Повернувся начальник")],
            from: "?user=zhuk&role=head&department=zhkg"
        )
        #expect(look.contains("начальник – Управління благоустрою"))
        #expect(try town.page(place, as: "koval").contains("Нікого не заміщують"))
    }

    @Test("what the rules refuse comes back at its field with all that was typed")
    func refusals() throws {
        let town = try ShownTown()
        let place = DirectoryForm.place(.personAdd)
        let wrong = [
            ("user", "Петренко"), ("department", "zhkg"), ("name", "Петренко Олена Іванівна"), ("phone", "не знаю"),
            ("do", "look"),
        ]
        let reply = try town.post(place, wrong, as: "admin")
        #expect(reply.status == 422)
        for words in ["Є помилки", "value=\"Петренко Олена Іванівна\"", "value=\"не знаю\""] {
            #expect(reply.text.contains(words), "\(words)")
        }
        let twice = try town.post(
            DirectoryForm.place(.departmentAdd),
            [("department", "voda"), ("name", "Водоканал"), ("code", "В"), ("do", "publish")],
            as: "admin"
        )
        #expect(twice.status == 303)
        let sameCode = try town.post(
            DirectoryForm.place(.departmentAdd),
            [("department", "zhkg"), ("name", "ЖКГ"), ("code", "В"), ("do", "publish")],
            as: "admin"
        )
        #expect(sameCode.status == 422 && sameCode.text.contains("value=\"ЖКГ\""))
    }

    @Test(
        "what cannot be read is told beside its field, in the form whose words are kept",
        arguments: [
            (UseCase.streetPut, "houses", "<b>", [("street", "nova"), ("type", "вул."), ("name", "Нова")]),
            (.streetPut, "type", "площадка", [("street", "nova"), ("name", "Нова")]),
            (.personAdd, "keep", "без похилої", [("user", "nova"), ("department", "zhkg"), ("name", "Нова Н. Н.")]),
            (.personAdd, "keep", "zhkg/ніхто", [("user", "nova"), ("department", "zhkg"), ("name", "Нова Н. Н.")]),
        ]
    )
    func besideItsField(_ row: UseCase, _ field: String, _ value: String, _ others: [(String, String)]) throws {
        let town = try ShownTown(), place = DirectoryForm.place(row)
        let form = try town.page(place, as: "admin")
        let kept = try #require(form.firstMatch(of: #/data-draft="([^"]+)"/#)?.1)
        let reply = try town.post(
            place,
            others + [(field, value), ("kept", String(kept)), ("do", "look")],
            as: "admin"
        )
        #expect(reply.status == 422 && reply.text.contains(#"id="f-\#(field)-msg""#), "\(reply.text.suffix(3000))")
        #expect(reply.text.contains(#"data-draft="\#(kept)""#))
    }
}

extension String {
    fileprivate func components(separatedAt mark: String) -> [Substring] { split(separator: mark, maxSplits: 1) }
}
