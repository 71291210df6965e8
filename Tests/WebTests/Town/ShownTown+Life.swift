import CanonicalJSON
import Testing

/// A week in the city, so that lists and cards have something to show.
extension ShownTown {
    /// Appeals in many states; gives their indices in the order of registration.
    @discardableResult
    func lives() throws -> [String] {
        let lift = try register(["priority": true, "category": "7.9", "reply": "phone"])
        let cellar = try register([
            "name": "Яценко Лідія Григорівна", "question": ["Підвал будинку затоплено каналізацією, сморід у під’їзді"],
            "problem-address": ["просп. 200-річчя Кривого Рогу, 5, підвал"], "heading": ["090"],
            "text": "Другий тиждень підвал залито, дихати нічим.", "received": "2026-04-27T09:00:00",
        ])
        let pressure = try register([
            "name": "Мороз Данило Олегович",
            "question": ["Немає тиску холодної води на п’ятому поверсі з 18:00 до 23:00"],
            "problem-address": ["просп. Металургів, 30"], "heading": ["090"], "sign": "repeated",
            "received": "2026-04-29T09:00:00",
        ])
        let lamp = try register([
            "name": "Волошин Петро Іванович", "question": ["Темно на зупинці, два ліхтарі не світять другий тиждень"],
            "problem-address": ["вул. Староміська, зупинка"], "basis": "month",
        ])
        let dogs = try register([
            "name": "Поліщук Ніна Юріївна", "question": ["Біля школи зграя безпритульних собак"],
            "problem-address": ["вул. Володимира Великого, біля школи"],
        ])
        _ = try register([
            "name": "Щербак Наталія Кирилівна", "question": ["Не світить ліхтар у дворі"],
            "problem-address": ["вул. Глінки, 9"],
        ])
        for index in [lift, cellar, lamp, dogs] { try assign(index, co: index == lift ? ["voda"] : []) }
        try assign(pressure, main: "voda", co: ["zhkg"])
        for node in ["zhkg", "voda"] { try sync(node) }
        for index in [lift, cellar, lamp] { try accept(index, at: "zhkg", by: "sych", person: "petrenko") }
        try accept(pressure, at: "voda", by: "lys", person: "zhuk")
        try expect(
            "appeal note",
            ["appeal": .string(lift), "as": "petrenko", "text": "Диспетчер обіцяє плату до 16:00"],
            at: "zhkg"
        )
        for node in ["zhkg", "voda"] { try sync(node) }
        try answer(cellar)
        try sync("zhkg")
        try expect("answer return", ["appeal": .string(cellar), "as": "koval", "reason": "Немає дати відкачування"])
        try sync("zhkg")
        try expect(
            "feedback add",
            ["appeal": .string(lift), "as": "petrenko", "how": "phone", "words": "Ліфт не запускали, я й досі вдома."],
            at: "zhkg"
        )
        return [lift, cellar, pressure, lamp, dogs]
    }

    private func accept(_ index: String, at node: String, by head: String, person: String) throws {
        try expect(
            "assignment accept",
            ["appeal": .string(index), "as": .string(head), "person": .string(person)],
            at: node
        )
    }

    private func answer(_ index: String) throws {
        let text: JSON = "Підвал відкачано, засувку замінено."
        try expect(
            "answer draft",
            ["appeal": .string(index), "as": "petrenko", "result": "satisfied", "text": text],
            at: "zhkg"
        )
        try expect("answer approve", ["appeal": .string(index), "as": "sych"], at: "zhkg")
        try expect("answer submit", ["appeal": .string(index), "as": "petrenko"], at: "zhkg")
    }
}
