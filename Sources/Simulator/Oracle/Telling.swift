import Appeals
import CanonicalJSON
import Replication

/// Says once more, from the table of `deploy/protocol/guards.md` alone, whether an act tells late of what was done.
enum Telling {
    /// Where each kind states the day on which something was done.
    private static let days = [
        "answer.dispatched": "date", "feedback.recorded": "date", "term.extended": "decidedOn",
        "appeal.forwarded": "date", "appeal.returned": "date", "appeal.notConsidered": "date",
        "appeal.withdrawn": "date", "appeal.explained": "date",
    ]

    /// More than three working days after the day, which may be one; cities publish no calendar of their own, and by the first one
    /// holidays are working days.
    static func isLate(_ decided: Decided, _ file: CaseFile?) -> Bool {
        let operation = decided.operation, today = Today.date(decided.record.at)
        guard let stated = days[operation.kind].flatMap({ operation.body[$0]?.string }),
            let day = CivilDate(stated), day <= today
        else { return false }
        // A moment begins with its day in Kyiv.
        if let received = file?.text("receivedAt"), stated < received.prefix(10) { return false }
        var next = day, working = 0
        while next < today, let following = next.adding(days: 1) {
            next = following
            if ![.saturday, .sunday].contains(next.weekday) { working += 1 }
        }
        return working > 3
    }
}
