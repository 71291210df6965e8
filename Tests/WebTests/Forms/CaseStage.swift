import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

@testable import Web

/// Cards in dispute: two people who correct a field without knowing of each other.
extension FormStage {
    /// A second registrar, whose telephone the directory has.
    func secondRegistrar() throws {
        try command(
            "person add",
            [
                "user": "lys", "department": "urz", "name": "Лис Галина Романівна", "position": "провідний спеціаліст",
                "phone": "+380560000067", "as": "admin",
            ]
        )
        try command("role grant", ["user": "lys", "role": "registrar", "as": "admin"])
    }

    /// A card on which `lys` and then `koval` wrote one field, `koval` on the ground of what stood there before both.
    func disputed(
        _ register: String = "applicant.address",
        _ first: String = "вул. Спаська, 14-А",
        _ second: String = "вул. Спаська, 14"
    ) throws -> String {
        try secondRegistrar()
        let id = try registered()
        var fields = try get(ActPlace.of(.appealCorrect, id), as: "koval").fields
        try command(
            "appeal correct",
            [
                "appeal": .string(id), "as": "lys", "set": [.string("\(register)=\(first)")],
                "reason": "Фото таблички",
            ]
        )
        fields.removeAll { $0.0 == "set." + register }
        fields.append(("set." + register, second))
        now += 3_600_000
        #expect(try post(ActPlace.of(.appealCorrect, id), fields, as: "koval").status == 303)
        return id
    }

    /// A card beside the others on which the rules merged the number of a sender.
    func merged() throws -> String {
        let id = try registered("Гнатюк Ірина Василівна")
        var fields = try get(ActPlace.of(.appealCorrect, id), as: "koval").fields
        try command("appeal correct", ["appeal": .string(id), "as": "lys", "set": ["external=12/3"]])
        fields.removeAll { $0.0 == "set.external" }
        fields.append(("set.external", "45/6"))
        #expect(try post(ActPlace.of(.appealCorrect, id), fields, as: "koval").status == 303)
        return id
    }

    func card(_ id: String, at node: String = "urz") throws -> Card {
        try Desk(context(node).place, .named(user: node == "urz" ? "koval" : "petrenko", role: nil)).card(id)
    }

    /// The only case of a card that is open.
    func openCase(_ id: String, at node: String = "urz") throws -> OpenCase {
        let cases = try card(id, at: node).cases
        #expect(cases.count == 1)
        return try #require(cases.first)
    }

    /// What is in force of a register.
    func value(_ register: String, _ id: String, at node: String = "urz") throws -> String {
        let value = try card(id, at: node).registers[register]
        return value.flatMap { Address($0)?.typed } ?? value?.string ?? ""
    }
}

extension Page {
    /// Its words, without tags and without the blanks at which no line breaks.
    var words: String {
        html.replacing(/<[^>]*>/, with: " ").replacing("\u{A0}", with: " ").split(
            separator: " ",
            omittingEmptySubsequences: true
        )
        .joined(separator: " ")
    }
}
