import Appeals
import Desk

/// What readings share: marks of pages, and how long ago something was.
extension Call {
    /// Where a list by due date goes on.
    func appealMark() throws(DeskError) -> AppealMark? { try mark(AppealMark.init) }

    /// Where a list goes on, of a mark that a former page gave.
    func mark<Mark>(_ read: (String) -> Mark?) throws(DeskError) -> Mark? {
        guard let text = text("after") else { return nil }
        guard let mark = read(text) else { throw wrongMark() }
        return mark
    }

    /// A number that stands for a place in a list.
    func numberMark() throws(DeskError) -> Int {
        guard let number = Int(text("after") ?? "0"), (0...1_000_000_000).contains(number) else { throw wrongMark() }
        return number
    }

    private func wrongMark() -> DeskError {
        .usage(
            "wrongMark",
            uk: "--after: візьміть позначку з попередньої сторінки",
            en: "--after: take the mark of the former page"
        )
    }

    /// `2 год тому`.
    func ago(_ instant: Int64) -> String {
        let minutes = max(0, now - instant) / 60_000
        switch minutes {
        case ..<1: return say("щойно", "just now")
        case ..<60: return say("\(minutes) хв тому", "\(minutes) min ago")
        case ..<2_880: return say("\(minutes / 60) год тому", "\(minutes / 60) h ago")
        default: return say("\(minutes / 1_440) дн. тому", "\(minutes / 1_440) days ago")
        }
    }
}

extension [String] {
    /// With a title above, nothing if there is nothing.
    func titled(_ title: String) -> [String] { isEmpty ? [] : [title + ":"] + self }
}
