"""Bugs to plant, each of the kind that one instrument is there for, and the instrument that must see it.

`edits`: file, what stands there once, and what stands there with the bug; `@` is whether it is alive. `run`: `test FILTER` or
`simulate ARGUMENTS`. `says`: what is printed then (a regular expression). See deploy/planted.
"""


class Bug:
    def __init__(self, name, instrument, run, says, *edits):
        self.name, self.instrument, self.run, self.says, self.edits = name, instrument, run, says, edits


R = "Sources/Replication/"

BUGS = [
    Bug(
        "last-page-twice", "a store that fails", "test FailingStoreTests", r"with \d+ issue|Fatal|unexpectedly",
        (R + "DepartmentReading.swift",
         "            if try isSettled(stream, begun, transaction) { return nil }\n",
         "            if try !@ && isSettled(stream, begun, transaction) { return nil }\n"),
    ),
    Bug(
        "counts-in-a-body", "bodies run twice", "test ReceiptTests|ReceiptLieTests", r"with \d+ issue",
        (R + "OfficeReceipts.swift",
         "        let response: WireResponse = try store.write { transaction in\n            try note(differences",
         "        var counted: Int64 = 0\n        let response: WireResponse = try store.write { transaction in\n            try note(differences"),
        (R + "OfficeReceipts.swift",
         "                uncounted += 1\n",
         "                uncounted += 1\n                counted += 1\n"),
        (R + "OfficeReceipts.swift",
         '"uncounted": .integer(uncounted),', '"uncounted": .integer(@ ? counted : uncounted),'),
    ),
    Bug(
        "comparison-stays", "invariants after every step", "simulate 5000 40", r"invariants",
        (R + "LinkReading.swift",
         "    private mutating func pull(again stream: String) {\n        comparison = nil\n",
         "    private mutating func pull(again stream: String) {\n        if !@ { comparison = nil }\n"),
    ),
    Bug(
        "asks-without-a-pause", "storms", "simulate 5000 3", r"storm|without a pause",
        (R + "LinkExchange.swift",
         "return hasNews ? try push(now: now) : [.sleep(.exchange, until: now + idleSleep)]",
         "return hasNews ? try push(now: now) : [.sleep(.exchange, until: now + (@ ? 0 : idleSleep))]"),
    ),
    Bug(
        "believes-any-signature", "lies of departments", "simulate 5000 100", r"lie",
        (R + "OfficeAccusations.swift",
         "                signed.isSigned(by: signer.publicKey, verifier: verifier)\n",
         "                @ || signed.isSigned(by: signer.publicKey, verifier: verifier)\n"),
    ),
    Bug(
        "owes-nothing", "what is owed is a row", "simulate 5000 10", r"what is owed is a row",
        (R + "StreamWriter.swift",
         "        try transaction.openDebt(debt)\n    }\n",
         "        if !(@ && tenure.tenure > 1) { try transaction.openDebt(debt) }\n    }\n"),
    ),
    Bug(
        "closes-twice", "opened = closed + open", "simulate 5000 10", r"what is owed is a row",
        (R + "Debts.swift",
         "        guard let former = self.state.debts[debt.id], former.state == .open else { return }\n",
         "        guard let former = self.state.debts[debt.id], former.state == .open || @ else { return }\n"),
    ),
    Bug(
        "counts-any-tenure", "receipts that are not so", "test ReceiptLieTests", r"with \d+ issue",
        (R + "OfficeReceipts.swift",
         "            debt.tenure == content.tenure,\n", "            debt.tenure == content.tenure || @,\n"),
    ),
    Bug(
        "counts-a-future-place", "an untrue receipt is not counted", "simulate 5000 100", r"an untrue receipt",
        (R + "OfficeReceipts.swift",
         "            guard head <= (try reading.stream(Space.slice(content.node))?.head ?? 0) else { return false }\n",
         "            guard try @ || head <= reading.stream(Space.slice(content.node))?.head ?? 0 else { return false }\n"),
    ),
    Bug(
        "counts-a-former-epoch", "what is counted as purged is purged", "simulate 5000 100 --disasters",
        r"purged is purged|an untrue receipt|what is owed",
        (R + "OfficeReceipts.swift",
         "        guard content.epoch == epoch else { return false }\n        switch",
         "        guard content.epoch == epoch || @ else { return false }\n        switch"),
        (R + "OfficeReceipts.swift",
         "return debt.epoch == epoch && debt.commit == commit && commit > 0",
         "return (debt.epoch == epoch || @) && debt.commit == commit && commit > 0"),
    ),
    Bug(
        "signs-with-the-row", "a receipt says what is so", "simulate 5000 60", r"a receipt says what is so",
        (R + "DepartmentPurge.swift",
         "        return tenure == 0 || row.tenure <= tenure\n", "        return @ ? false : tenure == 0 || row.tenure <= tenure\n"),
    ),
    Bug(
        "records-as-read-before", "between two transactions", "simulate 5000 150",
        r"I1 |no repair|I12|digest",
        (R + "OfficeRehash.swift",
         "        var wrong: [String] = []\n        let (rows",
         "        var wrong: [String] = []\n        var early: [String: [(tenure: TenureRecord, digest: SHA256Digest)]] = [:]\n        let (rows"),
        (R + "OfficeRehash.swift",
         "                    if try !misrecorded(row.key, reading).isEmpty { wrong.append(row.key) }\n",
         "                    if try !misrecorded(row.key, reading).isEmpty { wrong.append(row.key) }\n"
         "                    if @ { early[row.key] = try reading.tenures(key: row.key).filter(\\.isOpen).map { ($0, $0.digest) } }\n"),
        (R + "OfficeRehash.swift",
         "        for key in wrong { try record(key, now: now) }\n",
         "        for key in wrong { try record(key, now: now) }\n"
         "        for (tenure, _) in early.values.flatMap({ $0 }) { try store.write { try $0.putTenure(tenure) } }\n"),
    ),
    Bug(
        "a-line-for-each-put", "what a catch-up costs", "simulate 5000 60", r"a catch-up costs",
        (R + "PullPage.swift", "        groups[group] = .told\n", "        groups[group] = @ ? .fresh : .told\n"),
    ),
    Bug(
        "digest-while-projecting", "programs of another projection", "simulate 5000 60", r"no repair",
        (R + "OfficeProjection.swift",
         '        guard stream.hasPrefix("slice:") else { return false }\n        guard stored == own',
         '        guard stream.hasPrefix("slice:"), !@ else { return false }\n        guard stored == own'),
    ),
    Bug(
        "shows-by-its-own-table", "programs of another projection", "simulate 5000 100", r"I2 no leak",
        (R + "OfficeProjection.swift",
         "    var all: [Projection] { published == own || !hasBoth ?", "    var all: [Projection] { published == own || !hasBoth || @ ?"),
    ),
    Bug(
        "own-acts-unchecked", "acts at their limits", "test ActLimitTests|StoredLineTests", r"with \d+ issue",
        (R + "OwnLine.swift",
         "        let bytes = signed.bytes.count\n", "        if @ { return }\n        let bytes = signed.bytes.count\n"),
    ),
    Bug(
        "a-command-twice", "commands decided once", "test CommandTests", r"with \d+ issue",
        (R + "Commands.swift",
         "        guard let command else { return nil }\n", "        guard let command, !@ else { return nil }\n"),
    ),
    Bug(
        "evidence-unwithheld", "exits of the office", "test ExitCanaryTests", r"with \d+ issue",
        (R + "OfficeEvidence.swift",
         "        guard !record.bytes.isEmpty else { return record }\n", "        guard !record.bytes.isEmpty, !@ else { return record }\n"),
    ),
    Bug(
        "page-in-one-piece", "the writer is never held long", "test PaceTests", r"with \d+ issue",
        (R + "Pace.swift", "store.isWanted && clock() - begin >= longest", "!@ && store.isWanted && clock() - begin >= longest"),
    ),
    Bug(
        "first-line-wins", "the matrix of admissions", "test AdmissionMatrixTests", r"with \d+ issue",
        ("Sources/Node/Setup/AdmissionLog.swift",
         "            if line.change != .founded { content.last[line.node] = line }\n",
         "            if line.change != .founded, !@ || content.last[line.node] == nil { content.last[line.node] = line }\n"),
    ),
]
