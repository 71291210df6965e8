package import Appeals
import Replication

extension Wording {
    /// An outcome in words: `Не прийнято: Потрібен рівно один відповідальний виконавець (body.assignments)`.
    package static func outcome(_ status: OutcomeStatus, _ reason: Reason?, path: String = "") -> Label {
        var words = Label(uk: status.ukrainian, en: status.english)
        if let reason { words = words + Label(": ") + Label(uk: reason.ukrainian, en: reason.english) }
        return path.isEmpty ? words : words + Label(" (\(path))")
    }
}
