package import Desk

/// All commands, in the order in which help shows them.
package enum Commands {
    package static let all: [Command] =
        around + inspections + [
            invite, invitationWithdraw, nodeList, nodeConfirm, nodeRenew, nodeRevoke, nodeWiped, nodeDistrust,
            erasureConfirm,
            erasureReject,
            appealRegister, appealList, appealSearch, appealShow, appealHistory, appealCorrect, appealNote, appealErase,
            contactAdd,
            contactRemove, receiptCorrect,
            resolutionIssue, assignmentAccept, assignmentDecline, assignmentRecall, assignmentPerson,
            answerDraft, answerApprove, answerSubmit, answerAccept, answerReturn, answerDispatch,
            feedbackAdd, documentAdd, termExtend, controlPut, controlRemove, controlReturn, appealForward, appealReturn,
            appealDismiss, appealWithdraw, appealExplain, appealConclude, heldAdopt, heldDecline,
            conflictList, conflictShow, conflictSettle,
            departmentAdd, departmentList, personAdd, personLeave, personShow, personList, roleGrant, roleRevoke,
            roleList, accountList, accountReset,
            streetPut, streetImport, streetList, streetShow, calendarPut, calendarShow, deadlineExplain, workCommand,
            statusCommand, syncStatus, syncDebts, syncExplain, syncNow,
            doctor,
            trayList, trayShow, trayDismiss, importCards,
        ] + faces + [version]

    /// The rows of all commands: those of the desk, and what only the program at the machine does.
    package static let rows: [UseCase] = all.map(\.row)

    /// The command of this whole name (`appeal show`); nil if there is none.
    package static func named(_ name: String) -> Command? { byName[name] }

    private static let byName: [String: Command] = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The commands whose names are near to what was typed, nearest first.
    package static func suggestions(for typed: String) -> [String] {
        let near = all.map { (name: $0.name, distance: distance(typed, $0.name)) }
            .filter { $0.distance <= max(2, typed.count / 3) || $0.name.hasPrefix(typed + " ") }
        return near.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(5).map(\.name)
    }

    /// Names that somebody may have meant: near to what was typed, or beginning like it; the nearest first, three at most.
    package static func near(_ typed: String, _ names: [String]) -> [String] {
        guard !typed.isEmpty else { return [] }
        let all: [(name: String, distance: Int)] = names.map { ($0, distance(typed, $0)) }
        let found = all.filter { each in
            each.distance <= (typed.count < 3 ? 1 : max(2, typed.count / 3))
                || typed.count >= 3 && each.name.hasPrefix(typed.prefix(3))
        }
        return found.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3).map(\.name)
    }

    /// Insertions, deletions and changes of one character between two texts.
    static func distance(_ a: String, _ b: String) -> Int {
        let a = Array(a.utf8.prefix(64)), b = Array(b.utf8.prefix(64))
        var row = Array(0...b.count)
        for (i, left) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, right) in b.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (left == right ? 0 : 1))
                diagonal = above
            }
        }
        return row[b.count]
    }
}
