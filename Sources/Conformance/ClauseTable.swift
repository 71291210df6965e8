/// The table of clauses: one row each.
enum ClauseTable {
    static let rows: [Clause: ClauseRow] = joining.merging(replies, uniquingKeysWith: { one, _ in one })
        .merging(reading, uniquingKeysWith: { one, _ in one }).merging(log, uniquingKeysWith: { one, _ in one })
        .merging(ends, uniquingKeysWith: { one, _ in one })

    private static let joining: [Clause: ClauseRow] = [
        .enrolForm: .must(
            "Joining",
            "The request to join has the form of this page and is signed by the key that it asks for."
        ),
        .enrolReplyVerified: .must(
            "Joining",
            "A reply to it that the office's key has not signed is no reply: nothing of it is kept or used."
        ),
        .connectsWithCertificate: .must(
            "Identity and TLS",
            "The node reaches the sync port over TLS 1.3 with the certificate that it was given."
        ),
        .renewsAtHalf: .must(
            "Renewing",
            "A certificate is renewed, over the sync port, once half of its time is over."
        ),
        .knownCalls: .must("The calls", "Every request is a call of version 1, with its method."),
        .bodyLines: .must("Canonical form", "A body is lines of JSON, each ended by one line feed."),
        .limitGiven: .must("The calls", "Every page is asked for with a limit of 1 to 500."),
        .askForm: .must("Asking", "Every call asks under 16 lower-case hexadecimal digits."),
        .askFresh: .must("Asking", "What a request asks under is drawn anew for each request."),
        .fourConnections: .must("Transport and errors", "A node has at most four connections."),
    ]

    private static let replies: [Clause: ClauseRow] = [
        .wrongSignature: .must(
            "Transport and errors",
            "A reply signed by another key is no reply: the same is asked again."
        ),
        .changedLine: .must(
            "Transport and errors",
            "A reply with a changed line is no reply: the same is asked again."
        ),
        .cutPage: .must("Transport and errors", "A reply without its last line is no reply: the same is asked again."),
        .askRepeated: .must("Asking", "A reply that does not repeat what the request asked under is no reply."),
        .formerReply: .must("Asking", "A signed reply to an earlier request of the same call is no reply."),
        .lateReply: .must(
            "Transport and errors",
            "After 12 s of silence the connection counts as cut and the same is asked again."
        ),
        .otherEpoch: .must("pull", "A page of another epoch than the own position's is dropped."),
        .otherPosition: .must("pull", "A page that does not begin at the own position is dropped."),
        .malformedLine: .must(
            "Versions and unknown things",
            "A page with a line that has no form is dropped as a whole."
        ),
        .replyBounded: .must(
            "Limits",
            "A reply of more than 12 MiB is cut: nothing of it is taken, the same is asked again."
        ),
        .unknownFieldsIgnored: .must("Versions and unknown things", "Fields that a node does not know are ignored."),
        .helloOnDemand: .must("Transport and errors", "helloNeeded: hello at once."),
        .evidenceShown: .must("The calls", "evidenceWanted: hello at once, with the office's own signed last lines."),
        .snapshotOnDemand: .must("Transport and errors", "snapshotNeeded: a snapshot of this stream."),
        .waitsWhenStopped: .must("Transport and errors", "stopped: wait, then hello."),
        .retryAfter: .must("Back-off", "Retry-After is the least time to wait."),
        .backsOff: .must("Back-off", "Failures in a row are followed by ever longer pauses."),
        .smallerAfterTooLarge: .must("Transport and errors", "tooLarge: the next page is half as large."),
        .smallerAfterCut: .must("Back-off", "After a cut page the next is half as large."),
        .helloFirst: .must("hello", "Hello is the first call of every session."),
        .helloForm: .must("hello", "A hello has the fields of this page, and no others that it may not have."),
        .helloKey: .must("hello", "A hello names the key that joined."),
        .helloPositions: .must("hello", "A hello names, for each stream that was read, the position that was read."),
        .helloToken: .must("hello", "A hello shows the token last received."),
        .helloAcknowledged: .must("hello", "A hello names the last operation with an outcome."),
        .helloKnown: .must("hello", "known is the office's epoch, if a hello of this session has told it, else empty."),
        .helloAfterSnapshot: .must("snapshot", "After a snapshot the node says hello again."),
        .lastNeverFalls: .must("hello", "The last number of a log never falls, unless the node was put back."),
    ]

    private static let reading: [Clause: ClauseRow] = [
        .referenceFirst: .must("Check-list for a department node", "reference is read first."),
        .snapshotPages: .must("snapshot", "Each page of a snapshot is asked for after the next of the page before."),
        .snapshotPosition: .must(
            "snapshot",
            "After the last page the stream is pulled from head and mark of the first."
        ),
        .pullPosition: .must(
            "pull",
            "A pull names the position of the last page that was taken, with its epoch and mark."
        ),
        .pullPages: .must("pull", "A page that does not reach the head is followed by the next, in pages of any size."),
        .catchUpHints: .may("pull", "since and until name a catch-up that really began so."),
        .longPoll: .must(
            "pull",
            "At all heads the node polls its slice, at most 25 s, with its positions in the other streams."
        ),
        .pollWoken: .must("pull", "When heads say that another stream moved, that stream is pulled."),
        .probesAll: .must(
            "Digest and repair",
            "A digest or count that differs at the head is followed by a probe of the whole."
        ),
        .fetchesWanted: .must(
            "Digest and repair",
            "What differs is narrowed down and fetched; ranges and ids are those that were told."
        ),
        .repaired: .must(
            "Digest and repair",
            "After a repair the stream is pulled again and compared, and the digests are equal."
        ),
        .differenceTold: .must("Digest and repair", "A comparison that mended nothing is told in a line of receipts."),
        .projectingNotCompared: .must(
            "Rows and streams",
            "A page that says projecting is taken, and nothing is compared."
        ),
        .notComparedAgain: .must("Digest and repair", "A difference that is remembered is not compared again."),
    ]

    private static let log: [Clause: ClauseRow] = [
        .pushForm: .must("push", "A push names epoch and origin, and has 1 to 500 operations in at most 1 MiB."),
        .operationForm: .must(
            "The operation",
            "Operations are canonical, with the members of version 1 and no others."
        ),
        .operationSigned: .must("The operation", "The node's key signs the envelope under its own first line."),
        .operationDigests: .must(
            "The operation",
            "digests are those of body and personal, each with a salt of its own."
        ),
        .operationChain: .must("The operation", "Numbers have no gap, and previous is the id of the operation before."),
        .numberOnce: .must("Fork, rollback, holes, clones", "A number is never given twice in an incarnation."),
        .seenNeverFalls: .must("The operation", "seen never falls along a log."),
        .seenWasRead: .must("The operation", "seen names positions that the office had told."),
        .clockRises: .may("The operation", "The clock rises with every own operation."),
        .chainParameter: .must(
            "push",
            "chain is the SHA-256 of the last line of the former push reply of this origin."
        ),
        .pushGoesOn: .must("push", "After a reply the next push begins behind the last outcome."),
        .pushAgain: .must("push", "A push whose reply was lost is sent again with the same operations."),
        .outcomesMatched: .must("push", "A reply whose outcomes are not those of the page is no reply."),
        .gapFilled: .must("Outcomes, answers, reasons", "gap: the node sends from the number that is wanted."),
        .stepsOver: .must(
            "Fork, rollback, holes, clones",
            "unreadable: what follows is issued again in a new incarnation, leaving the unreadable one out."
        ),
        .outcomeOfAnother: .must("push", "An outcome of another id is a fork: the node looks back."),
        .registersOwn: .must(
            "The operation",
            "A department registers an appeal without an authority, in its own series."
        ),
        .decisionRead: .must("Holding, following, settling", "A decision about held work is read in the stream node:."),
        .acceptedSeen: .must(
            "Outcomes, answers, reasons",
            "An accepted operation is not sent again; the next follows it."
        ),
        .conflictSeen: .must("Outcomes, answers, reasons", "A conflict is an outcome: the log goes on behind it."),
        .refusedSeen: .must(
            "Outcomes, answers, reasons",
            "A refused operation keeps its number: the log goes on behind it."
        ),
        .heldSeen: .must("Outcomes, answers, reasons", "A held operation blocks nothing: the log goes on behind it."),
        .acceptedLateSeen: .must(
            "Outcomes, answers, reasons",
            "acceptedLate is an outcome: the log goes on behind it."
        ),
        .looksBack: .must(
            "Fork, rollback, holes, clones",
            "fork, behind, closed, tokenStale: own operations are fetched to find the last common one."
        ),
        .newIncarnation: .must(
            "Fork, rollback, holes, clones",
            "A node that was put back draws a new incarnation, whose hello closes the former."
        ),
        .takesBack: .must(
            "Fork, rollback, holes, clones",
            "Operations and outcomes that the node had lost are taken back with operations and outcomes."
        ),
        .reissues: .must(
            "Fork, rollback, holes, clones",
            "Operations behind the last common one are issued again and name in reissues what they were."
        ),
        .numbersOfOldLog: .must(
            "Fork, rollback, holes, clones",
            "Nothing more is pushed of a log that was branched off."
        ),
        .tokenStaleDraws: .may("hello", "tokenStale: a new incarnation is drawn, though the log fits."),
        .tokenStaleKept: .may("hello", "The token of tokenStale is kept with the incarnation that is drawn for it."),
    ]

    private static let ends: [Clause: ClauseRow] = [
        .receiptForm: .must("receipts", "A receipt has exactly the members of this page."),
        .receiptSigned: .must("receipts", "The node's key signs the receipt under its own first line."),
        .receiptAfterLeave: .must(
            "Stored, durable, purge, erasure",
            "A receipt is signed after the leave was read, for each leave of the slice."
        ),
        .receiptTrue: .must(
            "receipts",
            "A receipt names the tenure that ended and the commit of its leave, or a head: it counts."
        ),
        .receiptKept: .must(
            "Stored, durable, purge, erasure",
            "kept counts the own operations on the appeal whose content is still there."
        ),
        .secondReceipt: .must(
            "Stored, durable, purge, erasure",
            "When what was kept is durable and gone, a second receipt says so, with tenure 0."
        ),
        .owedAnswered: .must("hello", "For what a hello's reply names in owed a receipt is signed anew, with a head."),
        .erasurePages: .must(
            "hello",
            "While a reply has erasuresTo, the node says hello again with that as erasuresAfter."
        ),
        .erasureTold: .must(
            "Stored, durable, purge, erasure",
            "What was erased is remembered with its seal and told in every hello."
        ),
        .erasureLearnt: .must(
            "Stored, durable, purge, erasure",
            "Erasures in the reply of a hello are learnt, and told in the next."
        ),
        .erasedWithoutContent: .must(
            "Stored, durable, purge, erasure",
            "An own operation on an erased appeal is sent without its content."
        ),
        .epochLearnt: .must(
            "A restore of the office",
            "The first hello after epochChanged has the old epoch, and known is empty."
        ),
        .logsNamed: .must(
            "A restore of the office",
            "A hello of an old epoch with known names all own logs, the oldest first."
        ),
        .oldestFirst: .must(
            "A restore of the office",
            "The logs are greeted and sent again in their order, the oldest first."
        ),
        .earlierFirst: .must("hello", "earlierFirst: the log that is named is greeted first."),
        .snapshotsAnew: .must(
            "A restore of the office",
            "In a new epoch every stream is read by a snapshot, from its beginning."
        ),
        .recoveredOffered: .must(
            "A restore of the office",
            "Rows of the lost stretch are offered with recovered, byte for byte, before anything is pushed."
        ),
        .formerSent: .must(
            "A restore of the office",
            "Operations that had an outcome go with the stored reply in which it came."
        ),
        .sentAgain: .must(
            "A restore of the office",
            "Operations that the office lost are sent again, with their numbers and ids."
        ),
        .epochTaken: .must(
            "A restore of the office",
            "After the last log the node's epoch is the new one, and it says hello again."
        ),
        .revokedBacksOff: .must("Back-off", "A node whose key was revoked asks again after ever longer pauses."),
    ]
}
