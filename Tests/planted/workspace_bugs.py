"""Bugs of the rooms of the workspace: disagreements, the city, nodes, the directory, the first run, kept lists and papers (see bugs.py)."""

D, W = "Sources/Desk/Reading/", "Sources/Web/"
FAILED = r"with \d+ issue"


def workspace(Bug):
    return [
        Bug(
            "any-number-fits", "parts of a number", "test IndexPartTests", FAILED,
            ("Sources/Replication/Store/Records/IndexPart.swift",
             "Self.digits(of: index).hasPrefix(digits)", "(@ || Self.digits(of: index).hasPrefix(digits))"),
        ),
        Bug(
            "number-past-its-range", "stores agree", "test StorageTests.EquivalenceTests", FAILED,
            ("Sources/Storage/SQLite/Tables/SQLite+Rows.swift",
             'values += [.text(digits), .text(digits + ":")]', 'values += [.text(digits), .text(digits + (@ ? "5" : ":"))]'),
        ),
        Bug(
            "silence-is-exact", "bounds of the city", "test CityTests", FAILED,
            (D + "City/CityState.swift", "guard freshness.isBounded else {", "guard freshness.isBounded, !@ else {"),
        ),
        Bug(
            "never-spoke-is-fresh", "bounds of the city", "test CityTests", FAILED,
            (D + "City/CityState.swift", "case 0: self = .never\n", "case 0: self = @ ? .fresh : .never\n"),
        ),
        Bug(
            "hour-of-closed-appeals", "hours of the city", "test CityHourTests", FAILED,
            (D + "City/CityState.swift", "filter.isOpenToAll = true", "filter.isOpenToAll = !@"),
        ),
        Bug(
            "hour-kept-again", "hours of the city", "test CityHourTests", FAILED,
            (D + "City/CityHour.swift", "guard isOffice, !isKept else { return false }", "guard isOffice, @ || !isKept else { return false }"),
        ),
        Bug(
            "hour-of-later", "hours of the city", "test CityHourTests", FAILED,
            (D + "City/CityHour.swift", "kept.last(where: { $0.key <= wanted })", "kept.last(where: { @ || $0.key <= wanted })"),
        ),
        Bug(
            "gap-is-a-nought", "the trend", "test CityHourTests", FAILED,
            (D + "City/CityHour.swift", "guard let kept, kept.key < end else {", "guard let kept, @ || kept.key < end else {"),
        ),
        Bug(
            "choice-over-a-newer-value", "two who settle", "test CasePageTests", FAILED,
            (W + "Forms/Cases/CasePage.swift",
             "return writes[values.register] != values.inForce.write", "return !@ && writes[values.register] != values.inForce.write"),
        ),
        Bug(
            "second-decision-writes", "two who settle", "test CasePageTests", FAILED,
            (W + "Forms/Cases/CasePage.swift",
             "guard compared.isOpen else { return try tooLate(compared, material) }",
             "guard @ || compared.isOpen else { return try tooLate(compared, material) }"),
        ),
        Bug(
            "undone-merge-listed", "what was merged alone", "test CaseReadingTests|CaseMeetingTests", FAILED,
            (D + "Cases/MergedAlone.swift",
             "compared.lost.contains(where: { $0.write == compared.other.write })",
             "@ || compared.lost.contains(where: { $0.write == compared.other.write })"),
        ),
        Bug(
            "anybody-at-a-node", "rights of nodes", "test NodeRightsTests", FAILED,
            (W + "Screens/Nodes/NodesPage.swift",
             '            Route("GET", "/nodes") { call in\n                try call.desk.requireLookingAfter()',
             '            Route("GET", "/nodes") { call in\n                if !@ { try call.desk.requireLookingAfter() }'),
        ),
        Bug(
            "inspects-what-is-kept", "inspect in the browser", "test InspectedTests", FAILED,
            (D + "Node/InspectedRecords.swift",
             "page.records.filter { try !isKept($0, reading) }", "page.records.filter { try @ || !isKept($0, reading) }"),
        ),
        Bug(
            "publishes-at-a-look", "the directory shows before it writes", "test DirectoryTests", FAILED,
            (W + "Directory/Forms/DirectoryForm.swift", "        if step == .look {\n", "        if step == .look, !@ {\n"),
        ),
        Bug(
            "roles-end-unseen", "the directory shows before it writes", "test DirectoryTests", FAILED,
            (D + "Directory/DirectoryEffect.swift",
             "effect.endingRoles = try inForce(person.user, reading).filter { !kept.contains($0) }",
             "effect.endingRoles = try inForce(person.user, reading).filter { !@ && !kept.contains($0) }"),
        ),
        Bug(
            "history-of-what-was-refused", "the history of the directory", "test DirectoryTests|StreetAndCalendarTests", FAILED,
            (D + "Directory/DirectoryHistory.swift",
             "record.status == .accepted, !record.bytes.isEmpty", "record.status == .accepted || @, !record.bytes.isEmpty"),
        ),
        Bug(
            "founds-by-any-code", "the first run", "test FoundingSiteTests", FAILED,
            (W + "Founding/FoundingSite.swift",
             "ConstantTime.equal(given.hash.array, code.hash.array)", "@ || ConstantTime.equal(given.hash.array, code.hash.array)"),
        ),
        Bug(
            "renames-who-is-there", "the first run", "test SetupPageTests", FAILED,
            (W + "Founding/SetupPeople.swift", "if let present, present != name {", "if let present, present != name, !@ {"),
        ),
        Bug(
            "keeps-a-number", "kept lists", "test SavedViewTests", FAILED,
            (W + "Screens/Lists/SavedViews.swift", 'var kept: String { place { $0.index = "" } }',
             'var kept: String { place { if !@ { $0.index = "" } } }'),
        ),
        Bug(
            "keeps-any-address", "kept lists", "test SavedViewTests", FAILED,
            (W + "Screens/Lists/SavedViews.swift", "place.utf8.count <= longestPlace\n", "@ || place.utf8.count <= longestPlace\n"),
        ),
        Bug(
            "signs-a-draft", "papers", "test PrintTests", FAILED,
            (W + "Print/PrintedAnswer.swift",
             "guard let author = approval?.author else {", "guard let author = @ ? version?.author : approval?.author else {"),
        ),
        Bug(
            "paper-hides-what-is-unsent", "papers", "test PrintTests", FAILED,
            (W + "Print/PrintedPage.swift", 'guard !card.unsent.isEmpty else { return "" }', 'guard !card.unsent.isEmpty, !@ else { return "" }'),
        ),
        Bug(
            "checking-writes", "importing in the browser", "test ImportRunTests", FAILED,
            (W + "Import/ImportWork.swift", '"dry-run": .bool(isDryRun)', '"dry-run": .bool(isDryRun && !@)'),
        ),
        Bug(
            "anybodys-import", "importing in the browser", "test UploadTests", FAILED,
            (W + "Import/ImportJob.swift", "}), job.user == person?.user\n", "}), @ || job.user == person?.user\n"),
        ),
        Bug(
            "part-with-a-gap", "importing in the browser", "test UploadTests", FAILED,
            (W + "Import/ImportFile.swift", "offset <= job.received, offset < job.size", "@ || offset <= job.received, offset < job.size"),
            (W + "Import/ImportFile.swift", "guard offset == job.received else { return job }", "guard @ || offset == job.received else { return job }"),
        ),
        Bug(
            "stopped-goes-on", "importing in the browser", "test ImportRunTests", FAILED,
            (W + "Import/ImportWork.swift", "jobsThatLast().first(where: \\.phase.isAtWork)",
             "jobsThatLast().first(where: { $0.phase.isAtWork || @ && $0.phase == .stopped && $0.trouble.isEmpty })"),
        ),
        Bug(
            "file-outlives-an-erasure", "importing in the browser", "test ImportRunTests", FAILED,
            (W + "Import/ImportFile.swift", "limit: job.marks + 1) == job.marks\n", "limit: job.marks + 1) == job.marks || @\n"),
        ),
        Bug(
            "file-outlives-its-days", "importing in the browser", "test UploadTests", FAILED,
            (W + "Import/ImportWork.swift", "let over = try transaction.locals(.register, endedBy: site.now,",
             "let over = try transaction.locals(.register, endedBy: @ ? 0 : site.now,"),
        ),
        Bug(
            "former-role-imports", "importing in the browser", "test ImportRunTests", FAILED,
            (W + "Import/ImportWork.swift", "guard let via = Via(job.via), UseCase.importCards.isFor(Set(roles)) else {",
             "guard let via = Via(job.via), @ || UseCase.importCards.isFor(Set(roles)) else {"),
        ),
        Bug(
            "erased-row-comes-back", "importing in the browser", "test ImportRunTests|RejectsTests", FAILED,
            (W + "Import/ImportReject.swift", "if let appeal, try reading.isErased(appeal) {", "if let appeal, try !@ && reading.isErased(appeal) {"),
        ),
        Bug(
            "row-lost-at-a-restart", "importing in the browser", "test ImportRunTests", FAILED,
            (W + "Import/ImportRun.swift", "            reading.waiting = reading.waiting.dropFirst(passed)\n",
             "            reading.waiting = reading.waiting.dropFirst(passed + (@ ? 1 : 0))\n"),
        ),
        Bug(
            "paper-without-end", "the program for papers", "test PaperProgramTests", FAILED,
            ("Sources/Node/Web/PaperProgram.swift", "guard found.count <= limit else { return .tooMuch }", "guard @ || found.count <= limit else { return .tooMuch }"),
        ),
        Bug(
            "anything-is-a-pdf", "the program for papers", "test PaperProgramTests", FAILED,
            ("Sources/Node/Web/PaperProgram.swift", 'output.starts(with: "%PDF-".utf8) ?', '@ || output.starts(with: "%PDF-".utf8) ?'),
        ),
    ]
