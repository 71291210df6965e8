package import Appeals
package import CanonicalJSON
package import Cryptography

/// Every value that a store keeps by its key, beside its tables: the one place in which a key is written.
///
/// Reading gives what the text means. A text that cannot be read is a broken store, told with its key and text: taken for
/// nothing, or for zero, the office would hand out its commits again, and every merge would take what is new for older.
package enum Values {
    // MARK: of every node

    package static let role = Value("role", .text, of: .both, "office or department")
    package static let node = Value("node", .text, of: .both, "the node's own id")
    package static let office = Value("office", .text, of: .both, "the id of the office")
    package static let epoch = Value("epoch", .text, of: .both, "the office's epoch; at a department the one it knows")
    package static let clock = Value("clock", .clock, of: .both, "the last time that the node's hybrid clock said")
    package static let lastTrouble = Value("lastTrouble", .number, of: .both, "when the node last failed, unix ms")
    package static let accessKey = Value(
        "accessKey",
        .bytes,
        of: .both,
        "the key of the hashes of sessions; a restore takes it away, and they end"
    )

    package static let lastBackup = Value(
        "lastBackup",
        .json,
        of: .both,
        "the last backup that was read back: when, where, whether on another device"
    )

    // MARK: of the office

    package static let founded = Value("founded", .flag, of: .office, "the first role was granted")
    package static let incarnation = Value("incarnation", .text, of: .office, "the incarnation of its own log")
    package static let commit = Value("commit", .number, of: .office, "the last commit given")
    package static let commitBase = Value(
        "commitBase",
        .number,
        of: .office,
        "the commit after which this epoch began to count"
    )
    package static let epochs = Value("epochs", .epochEnds, of: .office, "former epochs, each with its last commit")
    package static let restored = Value("restored", .number, of: .office, "when the last restore was declared, unix ms")
    package static let restoredThrough = Value(
        "restoredThrough",
        .number,
        of: .office,
        "the last commit that the restored backup had"
    )
    package static let stopped = Value("stopped", .text, of: .office, "why it takes no work until its operator decides")
    package static let sealKey = Value("sealKey", .text, of: .office, "the key of its seals on rows")
    /// What no command shows, whoever asks: with it an office's seals or somebody's session could be forged.
    package static let secrets: Set<String> = [sealKey.key, accessKey.key]
    package static let schema = Value(
        "schema",
        .number,
        of: .office,
        "the schema of kinds of the last program that ran"
    )
    package static let projection = Value("projection", .text, of: .office, "the projection in force")
    package static let projecting = Value(
        "projecting",
        .place,
        of: .office,
        "stream and key up to which rows were projected anew"
    )
    package static let projectedBefore = Value(
        "projectedBefore",
        .number,
        of: .office,
        "the version of the projection that was in force before"
    )
    package static let accusers = Value(
        "accusers",
        .accusers,
        of: .office,
        "nodes that claim without evidence, and when"
    )
    package static let distrusted = ValueFamily(
        "distrusted",
        .text,
        of: .office,
        "node: the epoch in which the operator decided against its claim"
    )
    package static let alarmed = ValueFamily(
        "alarmed",
        .number,
        of: .office,
        "alarm/node: when it was given last, unix ms"
    )
    package static let incarnationsToday = ValueFamily(
        "incarnations",
        .pair,
        of: .office,
        "node: the day, and its new incarnations on it"
    )
    package static let witness = ValueFamily(
        "witness",
        .bytes,
        of: .office,
        "origin: the key that countersigns its log"
    )
    package static let receiptLie = ValueFamily(
        "receiptLie",
        .number,
        of: .office,
        "node: when a receipt that cannot be true was told of, unix ms"
    )
    package static let unsealed = ValueFamily(
        "unsealed",
        .pair,
        of: .office,
        "node: rows and bytes without a seal that it left since the restore"
    )
    package static let netted = ValueFamily(
        "netted",
        .position,
        of: .office,
        "stream: epoch and sequence up to which its changes were merged"
    )
    package static let broken = ValueFamily(
        "broken",
        .flag,
        of: .office,
        "space/key: an alarm says that the row changed"
    )
    package static let differenceTold = ValueFamily(
        "differs",
        .timed,
        of: .office,
        "node/stream: when a reader told of a difference, and of which"
    )
    package static let saidUnsent = ValueFamily(
        "saidUnsent",
        .saidUnsent,
        of: .office,
        "node: what it said of its unsent work in its last hello"
    )
    package static let certificateEnd = ValueFamily(
        "certificateEnd",
        .number,
        of: .office,
        "node: when the certificate ends with which it came last, unix ms"
    )
    package static let notErased = ValueFamily(
        "notErased",
        .flag,
        of: .office,
        "appeal: the operator decided that it was not erased"
    )
    package static let erasuresUnwritten = Value(
        "erasuresUnwritten",
        .words,
        of: .office,
        "erased appeals that the log of erasures does not have yet"
    )
    package static let admissions = Value(
        "admissions",
        .pair,
        of: .office,
        "number and time of the last change of who is admitted"
    )
    package static let admissionsAsOf = Value(
        "admissionsAsOf",
        .number,
        of: .office,
        "since when nobody knows who was shut out, unix ms"
    )
    package static let invitations = Value("invitations", .words, of: .office, "nodes that have an invitation")
    package static let invitation = ValueFamily(
        "invitation",
        .json,
        of: .office,
        "node: its invitation, without the secret"
    )
    package static let renewals = Value("renewals", .words, of: .office, "nodes whose renewal is approved")
    package static let renewal = ValueFamily("renewal", .json, of: .office, "node: the approval of its renewal")

    // MARK: of a department

    package static let officeKey = Value("officeKey", .bytes, of: .department, "the office's public key")
    package static let officeURL = Value("officeURL", .text, of: .department, "where the office is reached")
    package static let enrolURL = Value("enrolURL", .text, of: .department, "where an expired certificate is renewed")
    package static let incarnations = Value("incarnations", .words, of: .department, "its incarnations, oldest first")
    package static let token = Value("token", .text, of: .department, "the session token of the last hello")
    package static let evidence = ValueFamily(
        "evidence",
        .text,
        of: .department,
        "stream, origin or hello: the office's signed last line"
    )
    package static let refetching = Value(
        "refetching",
        .refetching,
        of: .department,
        "a log, and between which numbers its operations are fetched back"
    )
    package static let common = Value(
        "common",
        .number,
        of: .department,
        "the last commit that it has in common with a restored office"
    )
    package static let replaying = Value(
        "replaying",
        .number,
        of: .department,
        "own work beyond this commit is sent again after a restore"
    )
    package static let replayed = Value(
        "replayed",
        .number,
        of: .department,
        "the commit at which the slice has all that was sent again"
    )
    package static let offeredUntil = Value(
        "offeredUntil",
        .number,
        of: .department,
        "the commit at which rows that were given back have come again"
    )
    package static let erasuresLearnt = Value(
        "erasuresLearnt",
        .text,
        of: .department,
        "the appeal up to which the office's list of erasures was read"
    )
    package static let erasuresTold = Value(
        "erasuresTold",
        .text,
        of: .department,
        "the appeal up to which the office was told of erasures"
    )
    package static let purgedAfter = Value("purgedAfter", .text, of: .department, "the stub that was looked at last")
    package static let kept = ValueFamily(
        "kept",
        .number,
        of: .department,
        "appeal: when it was told that own operations still wait, unix ms"
    )
    package static let difference = ValueFamily(
        "differs",
        .text,
        of: .department,
        "stream: the difference that a comparison did not mend"
    )
    package static let staged = ValueFamily(
        "staged",
        .digest,
        of: .department,
        "stream: the sum of a snapshot's staged rows"
    )
    package static let stagedRows = ValueFamily(
        "stagedRows",
        .number,
        of: .department,
        "stream: the count of staged rows"
    )
    package static let stagedAfter = ValueFamily("stagedAfter", .text, of: .department, "stream: the last key staged")
    package static let stagedBegun = ValueFamily(
        "stagedBegun",
        .json,
        of: .department,
        "stream: the position at which the snapshot began"
    )
    package static let stagedCommit = ValueFamily(
        "stagedCommit",
        .number,
        of: .department,
        "stream: the commit at which the snapshot began"
    )
    package static let setAside = ValueFamily(
        "setAside",
        .pair,
        of: .department,
        "stream: the restored commit, and the generation whose news are set aside"
    )
    package static let setAsideAfter = ValueFamily(
        "setAsideAfter",
        .text,
        of: .department,
        "stream: the last key that was looked at for that"
    )
    package static let drop = ValueFamily("drop", .number, of: .department, "stream: the generation that is deleted")

    /// All of them, for whoever looks into a store.
    package static let all: [ValueEntry] = [
        role.entry, node.entry, office.entry, epoch.entry, clock.entry, lastTrouble.entry,
        accessKey.entry, lastBackup.entry,
        founded.entry, incarnation.entry, commit.entry, commitBase.entry, epochs.entry, restored.entry,
        restoredThrough.entry, stopped.entry, sealKey.entry, schema.entry, projection.entry, projecting.entry,
        projectedBefore.entry, accusers.entry, distrusted.entry, alarmed.entry, incarnationsToday.entry, witness.entry,
        receiptLie.entry, unsealed.entry, netted.entry, broken.entry, differenceTold.entry, notErased.entry,
        saidUnsent.entry, certificateEnd.entry,
        erasuresUnwritten.entry, admissions.entry, admissionsAsOf.entry, invitations.entry, invitation.entry,
        renewals.entry, renewal.entry,
        officeKey.entry, officeURL.entry, enrolURL.entry, incarnations.entry, token.entry, evidence.entry,
        refetching.entry, common.entry, replaying.entry, replayed.entry, offeredUntil.entry, erasuresLearnt.entry,
        erasuresTold.entry, purgedAfter.entry, kept.entry, difference.entry, staged.entry, stagedRows.entry,
        stagedAfter.entry, stagedBegun.entry, stagedCommit.entry, setAside.entry, setAsideAfter.entry, drop.entry,
    ]

    /// What a key of a store means at an office, or at a department; nil for a key that no node writes.
    package static func named(_ key: String, at owner: ValueOwner) -> ValueEntry? {
        all.first { ($0.owner == owner || $0.owner == .both) && $0.names(key) }
    }
}
