package import Appeals
import Replication

extension Wording {
    /// An outcome in words: `Не прийнято: Потрібен рівно один відповідальний виконавець (body.assignments)`.
    package static func outcome(_ status: OutcomeStatus, _ reason: Reason?, path: String = "") -> Label {
        var words = Label(uk: status.ukrainian, en: status.english)
        if let reason { words = words + Label(": ") + Label(uk: reason.ukrainian, en: reason.english) }
        return path.isEmpty ? words : words + Label(" (\(path))")
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
