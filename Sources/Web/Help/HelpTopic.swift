import Appeals

/// What a page of the manual is about; every page of the workspace belongs to one.
enum HelpTopic: String, CaseIterable {
    case day, lists, search, card, register, resolution, answer, control, disagreements, exchange, city, directory,
        importing,
        nodes,
        access, paper
    case keys

    /// The topic of a page, by its path; what has none of its own is about the day.
    static func of(_ path: String) -> HelpTopic {
        for (beginning, topic) in places where path.hasPrefix(beginning) { return topic }
        if path == "/cards" { return .lists }
        guard path.hasPrefix("/cards/") else { return .day }
        if path.contains("/print") { return .paper }
        if path.contains("/cases/") || path.contains("/merged") { return .disagreements }
        for (part, topic) in acts where path.contains("/acts/" + part) { return topic }
        return .card
    }

    private static let places: [(String, HelpTopic)] = [
        ("/queues/decisions", .disagreements), ("/waiting", .disagreements), ("/queues", .lists), ("/selected", .lists),
        ("/search", .search), ("/register", .register), ("/sync", .exchange), ("/city", .city),
        ("/directory", .directory),
        ("/import", .importing),
        ("/node", .nodes),
        ("/people-access", .access), ("/account", .access), ("/sign-in", .access), ("/first-run", .access),
        ("/invitations", .access), ("/setup", .nodes), ("/trust", .access), ("/journal", .paper), ("/print", .paper),
        ("/accessibility", .keys),
    ]

    private static let acts: [(String, HelpTopic)] = [
        ("resolution", .resolution), ("assignment", .resolution), ("answer", .answer), ("control", .control),
        ("conflict", .disagreements), ("held", .disagreements),
    ]

    /// What it is called, and what is written of it.
    private var page: HelpPage { HelpPage.all[rawValue] ?? HelpPage(title: Label(rawValue), paragraphs: []) }
    var title: Label { page.title }
    /// A paragraph each.
    var paragraphs: [Label] { page.paragraphs }
}
