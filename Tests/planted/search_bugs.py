"""Bugs of finding: the index of words, what is kept from readers, and what is known of a caller (see bugs.py)."""

T, D = "Sources/Storage/SQLite/", "Sources/Desk/Reading/Search/"
FAILED = r"with \d+ issue"


def search(Bug):
    return [
        Bug(
            "words-stay-found", "the index is as a look at all", "test WordIndexTests", FAILED,
            (T + "Tables/SQLite+Finding.swift",
             "guard head.number != 0, head.columns.sought != 0 else { return }",
             "guard !@, head.number != 0, head.columns.sought != 0 else { return }"),
        ),
        Bug(
            "an-edit-is-not-indexed", "the index is as a look at all", "test WordIndexTests", FAILED,
            (T + "Tables/SQLite+Rows.swift",
             "head.columns.sought != row.columns.sought", "head.columns.sought != row.columns.sought && !@"),
        ),
        Bug(
            "alike-cut-in-two", "the index is as a look at all", "test WordIndexTests", FAILED,
            (T + "Tables/SQLite+Finding.swift",
             "isRead ? carried.count :", "isRead || @ ? carried.count :"),
        ),
        Bug(
            "rows-before-are-not-covered", "an index made anew", "test WordIndexTests", FAILED,
            (T + "WordIndex.swift", "return !Array(state.key.utf8)", "return !@ && !Array(state.key.utf8)"),
        ),
        Bug(
            "hidden-rows-looked-up", "what is kept costs nothing", "test WordIndexTests", FAILED,
            ("Sources/Replication/Store/Records/Sought.swift",
             "filter.isOpenToAll ? [SoughtMark.barred]", "@ ? [] : filter.isOpenToAll ? [SoughtMark.barred]"),
        ),
        Bug(
            "set-aside-is-found", "the index is as a look at all", "test WordIndexTests", FAILED,
            (T + "WordIndex.swift", "for place in page where RowSearch.isSearched(place.space) {",
             "for place in page where @ || RowSearch.isSearched(place.space) {"),
            (T + "Tables/SQLite+Rows.swift",
             "if RowSearch.isSearched(space) { try learnWords(of: row, space, generation) }",
             "if @ || RowSearch.isSearched(space) { try learnWords(of: row, space, generation) }"),
        ),
        Bug(
            "deleted-words-forgotten", "words leave the disk", "test WordTraceTests", FAILED,
            (T + "WordIndex.swift", "next.words.insert(.left)", "if !@ { next.words.insert(.left) }"),
        ),
        Bug(
            "a-merge-is-over-at-once", "words leave the disk", "test WordTraceTests", FAILED,
            (T + "WordIndex.swift",
             "guard try !mergeSome(pages) else { return true }", "guard try @ || !mergeSome(pages) else { return true }"),
        ),
        Bug(
            "a-former-merge-takes-all", "words leave the disk", "test WordTraceTests", FAILED,
            (T + "SQLiteStore+Finding.swift",
             "guard words.contains(.left) else { return }", "guard words.contains(.left), !(@ && words.contains(.merging)) else { return }"),
        ),
        Bug(
            "own-work-not-found", "the page of what is found", "test SearchPageTests", FAILED,
            (D + "Search.swift",
             "return query.isMet(by: SearchedText(appeal))", "return !@ && query.isMet(by: SearchedText(appeal))"),
        ),
        Bug(
            "quote-from-the-beginning", "the page of what is found", "test SearchPageTests", FAILED,
            (D + "Quote.swift", "if first.lowerBound > Self.before {", "if first.lowerBound > Self.before, !@ {"),
        ),
        Bug(
            "a-telephone-is-the-matter", "what is known of a caller", "test KnownAppealsTests", FAILED,
            (D + "Likeness.swift",
             "reasons.contains(.place) || isInSameWords", "reasons.contains(.place) || isInSameWords || @"),
        ),
        Bug(
            "a-surname-is-a-person", "what is known of a caller", "test KnownAppealsTests", FAILED,
            (D + "Likeness.swift",
             "[.phone, .email, .name, .home].contains", "(@ ? [.surname] : [.phone, .email, .name, .home]).contains"),
        ),
        Bug(
            "near-for-ever", "what is known of a caller", "test KnownAppealsTests", FAILED,
            (D + "KnownAppeals.swift",
             'lately.registeredFrom = today.adding(days: -Self.nearDays)?.description ?? ""',
             'lately.registeredFrom = @ ? "" : today.adding(days: -Self.nearDays)?.description ?? ""'),
            (D + "KnownAppeals.swift",
             'listed.registeredOn >= today.adding(days: -Desk.nearDays)?.description ?? ""',
             'listed.registeredOn >= (@ ? "" : today.adding(days: -Desk.nearDays)?.description ?? "")'),
        ),
        Bug(
            "what-is-late-is-considered", "what is known of a caller", "test KnownAppealsTests", FAILED,
            (D + "KnownAppeals.swift",
             "isConsidered && !listed.isOverdue(on: today)", "isConsidered && (@ || !listed.isOverdue(on: today))"),
        ),
        Bug(
            "dismissed-comes-back", "what is known of a caller", "test KnownAppealsTests", FAILED,
            (D + "KnownAppeals.swift",
             "var seen: Set<String> = dismissed, known", "var seen: Set<String> = @ ? [] : dismissed, known"),
        ),
        Bug(
            "every-word-tells", "what is known of a caller", "test KnownAppealsTests", FAILED,
            (D + "TellingWords.swift", "&& !Self.common.contains(stem)", "&& (@ || !Self.common.contains(stem))"),
        ),
    ]
