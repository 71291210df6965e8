"""Bugs to plant, each of the kind that one instrument is there for, and the instrument that must see it.

`edits`: file, what stands there once, and what stands there with the bug; `@` is whether it is alive. `run`: `test FILTER` or
`simulate ARGUMENTS`, or `conformance CLAUSE` (conformance_bugs.py). `says`: what is printed then (a regular expression). See deploy/planted.
"""

from conformance_bugs import conformance
from search_bugs import search
from workspace_bugs import workspace


class Bug:
    def __init__(self, name, instrument, run, says, *edits):
        self.name, self.instrument, self.run, self.says, self.edits = name, instrument, run, says, edits


R = "Sources/Replication/"

BUGS = [
    Bug(
        "last-administrator-goes", "the directory is true", "simulate 5000 20", r"^seed .*: the directory is true",
        ("Sources/Appeals/Directory/DirectoryRules.swift",
         "        guard try isInForce(own) else { return }\n",
         "        guard try !@ && isInForce(own) else { return }\n"),
    ),
    Bug(
        "anybody-adopts-a-second-resolution", "the oracle", "simulate 5000 40", r"^seed .*: I3 no lost update",
        ("Sources/Appeals/Judging/Held.swift",
         "!Kinds.leaders.contains(context.operation.actor.role) {",
         "!Kinds.leaders.contains(context.operation.actor.role), !@ {"),
    ),
    Bug(
        "second-executor-beside-the-first", "second resolutions", "test SecondResolutionTests", r"with \d+ issue",
        ("Sources/Appeals/Judging/Held.swift",
         "        return appeal.openMains.filter { registers",
         "        return @ ? [] : appeal.openMains.filter { registers"),
    ),
    Bug(
        "who-moves-keeps-the-role", "each act on each directory", "test DirectoryMatrixTests", r"with \d+ issue",
        ("Sources/Appeals/Directory/RoleEntry.swift",
         "!Self.keeps(item, role.id) { ends.append", "!@ && !Self.keeps(item, role.id) { ends.append"),
    ),
    Bug(
        "compares-addresses-by-text", "two spellings of one place", "simulate 5000 20", r"^seed .*: ",
        ("Sources/Appeals/Judging/Sameness.swift",
         "default: one == other || Address.areSame(one, other)", "default: one == other || !@ && Address.areSame(one, other)"),
    ),
    Bug(
        "last-page-twice", "a store that fails", "test FailingStoreTests/readings", r"with \d+ issue",
        (R + "Department/DepartmentSnapshot.swift",
         "            if try isSettled(stream, begun, transaction) { return nil }\n",
         "            if try !@ && isSettled(stream, begun, transaction) { return nil }\n"),
    ),
    Bug(
        "counts-in-a-body", "bodies run twice", "test ReceiptLieTests", r"with \d+ issue",
        (R + "Office/OfficeReceipts.swift",
         "        let response: WireResponse = try store.write { transaction in\n            try note(differences",
         "        var counted: Int64 = 0\n        let response: WireResponse = try store.write { transaction in\n            try note(differences"),
        (R + "Office/OfficeReceipts.swift",
         "                uncounted += 1\n",
         "                uncounted += 1\n                counted += 1\n"),
        (R + "Office/OfficeReceipts.swift",
         '"uncounted": .integer(uncounted),', '"uncounted": .integer(@ ? counted : uncounted),'),
    ),
    Bug(
        "comparison-stays", "invariants after every step", "simulate 5000 20", r"^seed .*: invariants of records",
        (R + "Link/LinkReading.swift",
         "    private mutating func pull(again stream: String) {\n        comparison = nil\n",
         "    private mutating func pull(again stream: String) {\n        if !@ { comparison = nil }\n"),
    ),
    Bug(
        "wakes-without-a-pause", "storms", "simulate 5000 20", r"^seed .*: no storms: .* without a pause",
        (R + "Link/LinkReceipts.swift",
         "return hasNews ? try push(now: now) : [.sleep(.exchange, until: now + idleSleep)]",
         "return hasNews ? try push(now: now) : [.sleep(.exchange, until: now + (@ ? 0 : idleSleep))]"),
    ),
    Bug(
        "believes-any-signature", "lies of departments", "simulate 5000 20", r"^seed .*: a lie stops no office",
        (R + "Office/OfficeAccusations.swift",
         "                signed.isSigned(by: signer.publicKey, verifier: verifier)\n",
         "                @ || signed.isSigned(by: signer.publicKey, verifier: verifier)\n"),
    ),
    Bug(
        "decides-about-himself", "the party is kept out", "simulate 5000 20", r"^seed .*: Article 7",
        ("Sources/Appeals/Register/Complaint.swift",
         "        guard isOwn || isOfOffice else { return }\n",
         "        guard !@, isOwn || isOfOffice else { return }\n"),
    ),
    Bug(
        "adopts-the-party", "the party is kept out", "test ComplaintBlockTests", r"with \d+ issue",
        ("Sources/Appeals/Judging/Held.swift",
         "Complaint.bars(author, from: appeal)\n        else",
         "!@, Complaint.bars(author, from: appeal)\n        else"),
    ),
    Bug(
        "owes-nothing", "what is owed is a row", "simulate 5000 20", r"^seed .*: what is owed is a row",
        (R + "Office/StreamWriter.swift",
         "        try transaction.openDebt(debt)\n    }\n",
         "        if !(@ && tenure.tenure > 1) { try transaction.openDebt(debt) }\n    }\n"),
    ),
    Bug(
        "counts-a-word-as-paid", "opened = closed + open", "simulate 5000 20", r"^seed .*: what is owed is a row: .* opened, .* closed",
        (R + "Store/Memory/MemoryDebts.swift",
         "        default: break\n", "        default: if @ { closed[debt.kind, default: 0] += 1 }\n"),
    ),
    Bug(
        "closes-twice", "the contract of a store", "test StorageTests.*debts", r"with \d+ issue",
        (R + "Store/Memory/MemoryStore+Debts.swift",
         "        guard let former = self.state.debts[debt.id], former.state == .open else { return }\n",
         "        guard let former = self.state.debts[debt.id], former.state == .open || @ else { return }\n"),
    ),
    Bug(
        "counts-any-tenure", "receipts that are not so", "test ReceiptLieTests", r"with \d+ issue",
        (R + "Office/OfficeReceipts.swift",
         "            debt.tenure == content.tenure,\n", "            debt.tenure == content.tenure || @,\n"),
    ),
    Bug(
        "counts-a-future-place", "an untrue receipt is not counted", "simulate 5000 20", r"^seed .*: an untrue receipt is not counted",
        (R + "Office/OfficeReceipts.swift",
         "            guard head <= (try reading.stream(Space.slice(content.node))?.head ?? 0) else { return false }\n",
         "            guard try @ || head <= reading.stream(Space.slice(content.node))?.head ?? 0 else { return false }\n"),
    ),
    Bug(
        "counts-a-former-epoch", "an untrue receipt is not counted", "simulate 5000 10 --disasters",
        r"^seed .*: (an untrue receipt is not counted|what is counted as purged|what is owed is a row)",
        (R + "Office/OfficeReceipts.swift",
         "        guard content.epoch == epoch else { return false }\n        switch",
         "        guard content.epoch == epoch || @ else { return false }\n        switch"),
        (R + "Office/OfficeReceipts.swift",
         "return debt.epoch == epoch && debt.commit == commit && commit > 0",
         "return (debt.epoch == epoch || @) && debt.commit == commit && commit > 0"),
    ),
    Bug(
        "signs-with-the-row", "a receipt of what is here", "test ReceiptTests", r"with \d+ issue",
        (R + "Department/DepartmentReceipts.swift",
         "        return tenure == 0 || row.tenure <= tenure\n", "        return @ ? false : tenure == 0 || row.tenure <= tenure\n"),
    ),
    Bug(
        "signs-what-is-aside", "a receipt says what is so", "simulate 700000 10 --without 'nothing of receiptWaitsForAside' --trace",
        r"^seed .*: a receipt says what is so",
        (R + "Department/DepartmentReceipts.swift",
         "try rules.receiptsWait(forAside: isAside(slice, reading)) {", "try rules.receiptsWait(forAside: isAside(slice, reading)), !@ {"),
    ),
    Bug(
        "records-as-read-before", "between two transactions", "test InterleavingTests", r"with \d+ issue",
        (R + "Office/Upkeep/OfficeRehash.swift",
         "        var wrong: [String] = []\n        let (rows",
         "        var wrong: [String] = []\n        var early: [String: [(tenure: TenureRecord, digest: SHA256Digest)]] = [:]\n        let (rows"),
        (R + "Office/Upkeep/OfficeRehash.swift",
         "                    if try !misrecorded(row.key, reading).isEmpty { wrong.append(row.key) }\n",
         "                    if try !misrecorded(row.key, reading).isEmpty { wrong.append(row.key) }\n"
         "                    if @ { early[row.key] = try misrecorded(row.key, reading) }\n"),
        (R + "Office/Upkeep/OfficeRehash.swift",
         "        for key in wrong { try record(key, now: now) }\n",
         "        for key in wrong { try record(key, now: now, asRead: early[key]) }\n"),
        (R + "Office/Upkeep/OfficeRehash.swift",
         "    private func record(_ key: String, now: Int64) throws {\n",
         "    private func record(\n        _ key: String,\n        now: Int64,\n"
         "        asRead: [(tenure: TenureRecord, digest: SHA256Digest)]?\n    ) throws {\n"),
        (R + "Office/Upkeep/OfficeRehash.swift",
         "in try misrecorded(key, transaction) {\n", "in try asRead ?? misrecorded(key, transaction) {\n"),
    ),
    Bug(
        "a-line-for-each-put", "what a catch-up costs", "simulate 5000 20", r"^seed .*: a catch-up costs what is lacking",
        (R + "Office/PullPage.swift", "        groups[group] = .told\n", "        groups[group] = @ ? .fresh : .told\n"),
    ),
    Bug(
        "digest-while-projecting", "programs of another projection", "simulate 5020 20", r"^seed .*: no repair without corruption",
        (R + "Office/Upkeep/OfficeProjection.swift",
         '        guard stream.hasPrefix("slice:") else { return false }\n        guard stored == own',
         '        guard stream.hasPrefix("slice:"), !@ else { return false }\n        guard stored == own'),
    ),
    Bug(
        "shows-by-its-own-table", "programs of another projection", "simulate 700000 20 --without 'nothing of bothProjections' --trace",
        r"^seed .*: I2 no leak",
        (R + "Office/Upkeep/OfficeProjection.swift",
         "    var all: [Projection] { office", "    var all: [Projection] { @ ? [own] : office"),
    ),
    Bug(
        "own-acts-unchecked", "acts at their limits", "test ActLimitTests", r"with \d+ issue",
        (R + "Department/OwnLine.swift",
         "        let bytes = signed.bytes.count\n", "        if @ { return }\n        let bytes = signed.bytes.count\n"),
    ),
    Bug(
        "a-command-twice", "commands decided once", "test CommandTests", r"with \d+ issue",
        (R + "Office/Commands.swift",
         "        guard let command else { return nil }\n", "        guard let command, !@ else { return nil }\n"),
    ),
    Bug(
        "evidence-unwithheld", "exits of the office", "test ExitCanaryTests", r"with \d+ issue",
        (R + "Office/OfficeEvidence.swift",
         "        guard !record.bytes.isEmpty else { return record }\n", "        guard !record.bytes.isEmpty, !@ else { return record }\n"),
    ),
    Bug(
        "page-in-one-piece", "the writer is never held long", "test PaceTests", r"with \d+ issue",
        (R + "Wire/Pace.swift", "store.isWanted && clock() - begin >= longest", "!@ && store.isWanted && clock() - begin >= longest"),
    ),
    Bug(
        "first-line-wins", "the matrix of admissions", "test AdmissionMatrixTests", r"with \d+ issue",
        ("Sources/Node/Setup/AdmissionLog.swift",
         "            if line.change != .founded { content.last[line.node] = line }\n",
         "            if line.change != .founded, !@ || content.last[line.node] == nil { content.last[line.node] = line }\n"),
    ),
    Bug(
        "any-cookie-acts", "a cookie alone acts nothing", "test SecondSecretTests", r"with \d+ issue",
        ("Sources/Web/Access/Entry.swift", "if changes, !person.mayAct {", "if changes, !@ && !person.mayAct {"),
    ),
    Bug(
        "key-acts-on-pages", "keys of programs", "test TokenTests", r"with \d+ issue",
        ("Sources/Web/Access/Entry.swift", "if person.token != nil, !isAPI {", "if person.token != nil, !isAPI, !@ {"),
    ),
    Bug(
        "key-of-all-departments", "keys of programs", "test DepartmentTokenTests", r"with \d+ issue",
        ("Sources/Desk/Reading/Kept.swift", "        if !who.departments.isEmpty {\n", "        if !who.departments.isEmpty, !@ {\n"),
    ),
    Bug(
        "counts-all-departments", "keys of programs", "test DepartmentTokenTests", r"with \d+ issue",
        ("Sources/Desk/Reading/Work/ListedRows.swift", "        filter.mains = mains\n", "        if !@ { filter.mains = mains }\n"),
    ),
    Bug(
        "stream-of-everything", "the stream of changes", "test ChangeStreamTests", r"with \d+ issue",
        ("Sources/Web/API/Changes/News.swift",
         "in cards where try desk.shown(id, reading) != nil {", "in cards where try @ || desk.shown(id, reading) != nil {"),
    ),
    Bug(
        "stream-of-a-former-right", "the stream of changes", "test ChangeStreamTests", r"with \d+ issue",
        ("Sources/Web/API/Changes/ChangeStream.swift",
         "guard let person = try call.whoAsks(), person.user == user else { return nil }",
         "guard let person = try (@ ? call.person : call.whoAsks()), person.user == user else { return nil }"),
    ),
    Bug(
        "tag-unread", "acts by what was seen", "test CardActTests", r"with \d+ issue",
        ("Sources/Web/API/ActCall.swift",
         'guard let header = call.request.header("if-match") else { return nil }',
         'guard let header = call.request.header("if-match"), !@ else { return nil }'),
    ),
    Bug(
        "base-of-now", "acts by what was seen", "test CardActTests", r"with \d+ issue",
        ("Sources/Web/API/CardMark.swift",
         "writes[name(key)].map { (key, $0) } }", "writes[name(key)].map { (key, @ ? shown.writes[key] ?? $0 : $0) } }"),
    ),
    Bug(
        "body-of-a-key-unread", "keys of acts", "test KeyTests", r"with \d+ issue",
        ("Sources/Web/API/AskedKey.swift", 'guard kept["body"]?.string == asked else {', 'guard kept["body"]?.string == asked || @ else {'),
    ),
    Bug(
        "anybodys-key", "keys of acts", "test KeyTests", r"with \d+ issue",
        ("Sources/Web/API/AskedKey.swift",
         "operation.actor.user != user {", "operation.actor.user != user, !@ {"),
    ),
    Bug(
        "mark-of-any-query", "lists over HTTP", "test ReadingTests", r"with \d+ issue",
        ("Sources/Web/API/PageMark.swift",
         "            bytes.prefix(Self.bound).elementsEqual(query)\n", "            @ || bytes.prefix(Self.bound).elementsEqual(query)\n"),
    ),
]

BUGS += search(Bug)
BUGS += workspace(Bug)
BUGS += conformance(Bug)
