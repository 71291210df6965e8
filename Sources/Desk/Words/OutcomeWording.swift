package import Appeals

extension Wording {
    /// An outcome in words: `Не прийнято: Немає такого працівника (nikoho)`.
    package static func outcome(_ status: OutcomeStatus, _ reason: Reason?, path: String = "") -> Label {
        var words = Label(uk: status.ukrainian, en: status.english)
        if let reason { words = words + Label(": ") + Label(uk: reason.ukrainian, en: reason.english) }
        guard let place = place(path) else { return words }
        return words + Label(" (") + place + Label(")")
    }

    /// Why the rules refused, and where: a limit with both numbers, else the field or the value concerned.
    package static func refusal(_ refusal: Refusal) -> Label {
        guard refusal.size == nil else { return refusal.label }
        let words = Label(uk: refusal.reason.ukrainian, en: refusal.reason.english)
        return place(refusal.path, kind: refusal.kind).map { words + Label(": ") + $0 } ?? words
    }

    /// The place of a refusal as a person names it: a field, a role, what was typed; nil where only the program has a name for it.
    package static func place(_ path: String, kind: String? = nil) -> Label? {
        if path.isEmpty { return nil }
        let parts = path.split(separator: "/").map(String.init)
        if let role = parts.last, roles.contains(role), parts.count <= 2 {
            return parts.count == 1 ? roleOfPerson(role) : roleOfPerson(role) + Label(" · " + parts[0])
        }
        let field = FieldNames.label(path, kind: kind)
        if field != Label(path) { return Label(uk: "поле «\(field.uk)»", en: "field “\(field.en)”") }
        let bare = Names.bare(path)
        let isProgram = bare != path || bare.contains { ".#".contains($0) } || register(bare) != Label(bare)
        return isProgram ? nil : Label(path)
    }

    /// What an outcome is flagged with, in words; the flag itself if it is of a newer office.
    package static func flag(_ flag: String) -> Label { flags[flag] ?? Label(flag) }

    private static let flags: [String: Label] = [
        StatedDate.flag: Label(uk: "сумнівна дата", en: "doubtful date"),
        StatedDate.lateFlag: Label(
            uk: "внесено пізно: минуло понад \(StatedDate.toldWithin) робочі дні",
            en: "told late: more than \(StatedDate.toldWithin) working days after"
        ),
        "clockAhead": Label(uk: "годинник вузла спішить", en: "the node's clock is ahead"),
        "seenFell": Label(uk: "вузол прочитав менше, ніж раніше", en: "the node has read less than before"),
        "indexTaken": Label(uk: "такий індекс уже був; дано інший", en: "the index was taken; it has another one"),
        "replayed": Label(uk: "повернуто після відновлення Центру", en: "brought back after a restore of the office"),
    ]
}
