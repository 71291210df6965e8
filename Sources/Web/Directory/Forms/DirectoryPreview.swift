import Appeals
import CanonicalJSON
import Desk

/// What publishing an act on the directory would change, in words.
struct DirectoryPreview {
    let call: WebCall
    let row: UseCase
    let arguments: JSONObject

    /// An argument as text; empty where it is not given.
    private func text(_ name: String) -> String { arguments[name]?.string ?? "" }
    /// An argument as text; nil where it is not given.
    private func given(_ name: String) -> String? { arguments[name]?.string }
    /// An argument of several values.
    private func list(_ name: String) -> [String] { (arguments[name]?.array ?? []).compactMap(\.string) }

    /// Throws what reading the arguments refuses.
    func markup() throws -> Markup {
        let names = try call.desk.departmentChoices()
        switch row.name {
        case UseCase.departmentAdd.name:
            let effect = try call.desk.effect(ofDepartment: text("department"), name: text("name"), code: given("code"))
            return told(effect, names) + appeals(effect)
        case UseCase.personAdd.name:
            let person = PersonFields(
                user: text("user"),
                department: text("department"),
                name: text("name"),
                position: given("position"),
                phone: given("phone"),
                keep: list("keep"),
                basis: given("basis")
            )
            return told(try call.desk.effect(ofPerson: person), names)
        case UseCase.personLeave.name: return told(try call.desk.effect(ofLeaving: text("user")), names)
        case UseCase.roleRevoke.name:
            let effect = try call.desk.effect(
                ofRevoking: text("role"),
                of: text("user"),
                in: given("department") ?? call.site.node
            )
            return told(effect, names)
        case UseCase.roleGrant.name: return grant(names)
        case UseCase.streetPut.name:
            let street = try StreetTable.street(
                id: text("street"),
                type: text("type"),
                name: text("name"),
                district: text("district"),
                former: list("former"),
                houses: list("houses")
            )
            return told(try call.desk.effect(ofStreet: street), names) + kept
        case UseCase.streetImport.name: return try table()
        default: return try calendar()
        }
    }

    /// Addresses that were typed keep the district and the name that they had.
    private var kept: Markup {
        tag("p", ["class": "small soft"]) {
            call.say(
                "Адреси вже зареєстрованих звернень не змінюються.",
                "Addresses of appeals that are registered do not change."
            )
        }
    }

    /// What differs, field by field, then what ends.
    private func told(_ effect: DirectoryEffect, _ names: [(id: String, name: String)]) -> Markup {
        let words = DirectoryWords(call: call, names: names, people: .none)
        return Markup([
            effect.isNothing && effect.openWork == 0
                ? note(.plain) {
                    call.say("Нічого не зміниться: так уже записано.", "Nothing changes: it says so already.")
                } : Markup(),
            effect.isNew
                ? tag("p") { call.say("Це новий запис довідника.", "This is a new entry of the directory.") }
                : Markup(),
            effect.changes.isEmpty
                ? Markup()
                : tag("dl", ["class": "kv"]) {
                    for change in effect.changes {
                        tag("dt") { call.say(DirectoryWords.label(change.field)).capitalizedFirst }
                        tag("dd") {
                            let former = words.text(change.field, change.former)
                            if !former.isEmpty { Markup([tag("s") { former }, Markup(" → ")]) }
                            tag("ins") {
                                words.text(change.field, change.present).isEmpty
                                    ? call.say("нічого", "nothing") : words.text(change.field, change.present)
                            }
                        }
                    }
                },
            ending(effect, names),
        ])
    }

    /// Roles that end, and work that stays with nobody.
    private func ending(_ effect: DirectoryEffect, _ names: [(id: String, name: String)]) -> Markup {
        guard !effect.endingRoles.isEmpty else { return Markup() }
        return note(.need) {
            tag("p") { call.say("Припиняться ролі:", "These roles end:") }
            tag("ul", ["class": "tight"]) {
                for role in effect.endingRoles {
                    let parts = role.split(separator: "/").map(String.init)
                    tag("li") {
                        call.say(Wording.roleOfPerson(parts.last ?? "")) + " – "
                            + call.departmentCalled(parts.first ?? "", names)
                    }
                }
            }
            if effect.openWork > 0 {
                tag("p") {
                    call.say(Counted.appeals(Int(clamping: effect.openWork)))
                        + call.say(
                            ": людину там призначено, і робота ще не зроблена. Призначте іншого виконавця.",
                            ": the person is named there, and the work is not done. Appoint somebody else."
                        )
                }
            }
        }
    }

    /// On how many cards a new name will stand.
    private func appeals(_ effect: DirectoryEffect) -> Markup {
        guard effect.appeals > 0 else { return Markup() }
        return tag("p") {
            call.say("Нову назву покажуть картки: ", "Cards that will show the new name: ")
                + call.grouped(effect.appeals)
        }
    }

    /// The role that a person will have, on which basis and for which days.
    private func grant(_ names: [(id: String, name: String)]) -> Markup {
        let days = [("з ", text("from")), ("до ", text("through"))].compactMap { word, day in
            CivilDate(day).map { word + $0.ukrainianNumbers }
        }
        return Markup([
            tag("p") {
                call.say("Людина матиме роль: ", "The person will have the role: ")
                tag("ins") {
                    call.say(Wording.roleOfPerson(text("role"))) + " – "
                        + call.departmentCalled(given("department") ?? call.site.node, names)
                }
            },
            text("substitution").isEmpty
                ? Markup()
                : tag("p") {
                    ([call.say("Підстава: ", "Basis: ") + text("substitution")] + days).joined(separator: ", ")
                },
        ])
    }

    /// How many streets of a table are new, differ, are the same, and which rows cannot be taken.
    private func table() throws -> Markup {
        let table = StreetTable(text("file"))
        let effects = try table.streets.map { try call.desk.effect(ofStreet: $0.street) }
        let new = effects.count(where: \.isNew), same = effects.count(where: \.isNothing)
        return Markup([
            tag("dl", ["class": "kv"]) {
                for (name, count) in [
                    (call.say("Нових вулиць", "New streets"), new),
                    (call.say("Зміняться", "Will change"), effects.count - new - same),
                    (call.say("Без змін", "Unchanged"), same),
                    (call.say("Не буде взято", "Will not be taken"), table.refused.count),
                ] {
                    tag("dt") { name }
                    tag("dd") { "\(count)" }
                }
            },
            table.refused.isEmpty
                ? Markup()
                : note(.need) {
                    tag("ul", ["class": "tight"]) {
                        for refused in table.refused.prefix(Self.shown) {
                            tag("li") {
                                call.say("Рядок \(refused.row)", "Row \(refused.row)") + ": «\(refused.value)» – "
                                    + call.say(refused.remedy)
                            }
                        }
                    }
                    if table.refused.count > Self.shown {
                        tag("p") {
                            call.say(
                                "і ще \(table.refused.count - Self.shown)",
                                "and \(table.refused.count - Self.shown) more"
                            )
                        }
                    }
                }, kept,
        ])
    }

    /// Rows that a preview lists at most; all of them are told after publishing.
    private static let shown = 20

    /// Days that become working days or days off, and that no term moves.
    private func calendar() throws -> Markup {
        let body = try JSON(parsing: Array(text("file").utf8), limits: .general)
        let effect = try call.desk.effect(ofCalendar: try WorkingCalendar(json: body))
        /// The days of one kind, in a line.
        func days(_ isWorking: Bool) -> String {
            effect.days.filter { $0.isWorking == isWorking }
                .map { $0.day.ukrainianNumbers + " " + call.say($0.day.weekday.shortName) }.joined(separator: ", ")
        }
        return Markup([
            tag("dl", ["class": "kv"]) {
                for (name, days) in [
                    (call.say("Стануть робочими", "Become working days"), days(true)),
                    (call.say("Стануть вихідними", "Become days off"), days(false)),
                ] {
                    tag("dt") { name }
                    tag("dd") { days.isEmpty ? call.say("немає таких днів", "no day") : days }
                }
            },
            tag("p", ["class": "small soft"]) {
                call.say(
                    "Строки вже зареєстрованих звернень не змінюються: вони зберігають версію, за якою їх пораховано.",
                    "Terms of registered appeals do not change: they keep the version by which they were counted."
                )
            },
        ])
    }
}

/// Two pieces after one another.
private func + (a: Markup, b: Markup) -> Markup { Markup([a, b]) }
