import Appeals
import Commands
import Desk
import Replication

/// What was typed for several appeals and not sent: every list offers it, since no card leads there.
extension WebCall {
    static func selectedDraft(_ row: UseCase) -> String { "selected-" + row.segment }

    /// The form as it was left, with the appeals that were selected; the lists, where nothing was left.
    func selectedAgain() throws -> WebReply {
        guard let row = SelectedPages.row(parameters["act"]) else { return try noSuchPage() }
        guard let draft = try draft(Self.selectedDraft(row)) else { return .seeOther("/cards") }
        let appeals = SelectedPages.appeals(draft.body)
        let material: FormMaterial
        do { material = try readable(appeals) } catch { return try notHere(error) }
        let form = selectedForm(row, material).filled(from: draft.body)
        return try selectedPage(form, appeals, marks: draft.body, command: newCommand())
    }

    /// What the fields are filled from: the first of these appeals that is still here.
    private func readable(_ appeals: [String]) throws -> FormMaterial {
        for appeal in appeals.dropLast() {
            do { return try FormMaterial.read(appeal, desk) } catch let error as DeskError where error.kind == .notFound
            {
                continue
            }
        }
        return try FormMaterial.read(appeals.last ?? "", desk)
    }

    /// The drafts for several appeals of whoever asks, each with the way to go on or to let it go.
    func selectedDrafts() throws -> Markup {
        let key = draftKey("selected-")
        guard person != nil,
            try site.context.store.read({ try $0.localCount(.draft, beginning: key, limit: 1) }) > 0
        else { return Markup() }
        let drafts = try SelectedPages.rows.compactMap { row in
            try draft(Self.selectedDraft(row)).map { (row: row, draft: $0) }
        }
        return Markup(
            drafts.map { row, draft in
                note(.need) {
                    found(
                        draft,
                        of: tag("p") {
                            say(ActWords.verb(row)) + ": "
                                + draft.body.all.filter { $0.name.hasPrefix("title.") }.map(\.value)
                                .joined(separator: ", ")
                        },
                        at: "/selected/" + row.segment
                    )
                }
            }
        )
    }
}
