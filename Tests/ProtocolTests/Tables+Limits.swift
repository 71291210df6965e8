import Appeals
import CanonicalJSON
import Replication

/// The constants of version 1, with what is met beyond each.
extension Tables {
    private static let values: [(String, Int64)] = [
        ("Limits.version", Int64(Limits.version)),
        ("Limits.operation", Int64(Limits.operation)),
        ("Limits.text", Int64(Limits.text)),
        ("Limits.string", Int64(Limits.string)),
        ("Limits.identifier", Int64(Limits.identifier)),
        ("Limits.depth", Int64(Limits.depth)),
        ("Limits.key", Int64(Limits.key)),
        ("Limits.appeal", Int64(Limits.appeal)),
        ("Limits.effects", Int64(Limits.effects)),
        ("Limits.elements", Int64(Limits.elements)),
        ("Limits.registeredAhead", Int64(Limits.registeredAhead)),
        ("Limits.operationJSON", Int64(Limits.operationJSON.totalBytes)),
        ("Limits.storedJSON", Int64(Limits.storedJSON.totalBytes)),
        ("Limits.aggregate", Int64(Limits.aggregate.totalBytes)),
        ("JSONLimits.greatestInteger", Int64(JSONLimits.greatestInteger)),
        ("HybridClock.toleratedSkew", Int64(HybridClock.toleratedSkew)),
        ("Policy.lateDays", Int64(Policy.lateDays)),
        ("Slice.daysAfterRemoval", Int64(Slice.daysAfterRemoval)),
        ("pageRecords", Int64(ReplicationLimits.pageRecords)),
        ("pageBytes", Int64(ReplicationLimits.pageBytes)),
        ("entriesRead", Int64(ReplicationLimits.entriesRead)),
        ("writerHeld", ReplicationLimits.writerHeld),
        ("reprojected", Int64(ReplicationLimits.reprojected)),
        ("requestBytes", Int64(ReplicationLimits.requestBytes)),
        ("replyBytes", Int64(ReplicationLimits.replyBytes)),
        ("waitSeconds", Int64(ReplicationLimits.waitSeconds)),
        ("helloErasures", Int64(ReplicationLimits.helloErasures)),
        ("helloLogs", Int64(ReplicationLimits.helloLogs)),
        ("helloEvidence", Int64(ReplicationLimits.helloEvidence)),
        ("evidenceBytes", Int64(ReplicationLimits.evidenceBytes)),
        ("incarnationsADay", ReplicationLimits.incarnationsADay),
        ("alarmPause", ReplicationLimits.alarmPause),
        ("probeWays", Int64(ReplicationLimits.probeWays)),
        ("probeLeaf", Int64(ReplicationLimits.probeLeaf)),
        ("probeRanges", Int64(ReplicationLimits.probeRanges)),
        ("snapshotPin", Int64(ReplicationLimits.snapshotPin)),
        ("entriesKept", Int64(ReplicationLimits.entriesKept)),
        ("readerNoted", ReplicationLimits.readerNoted),
        ("readerAbsence", Int64(ReplicationLimits.readerAbsence)),
        ("ownOperationsKept", Int64(ReplicationLimits.ownOperationsKept)),
        ("recoveryWindow", Int64(ReplicationLimits.recoveryWindow)),
        ("unsealedRows", Int64(ReplicationLimits.unsealedRows)),
        ("unsealedBytes", Int64(ReplicationLimits.unsealedBytes)),
        ("differenceTold", ReplicationLimits.differenceTold),
        ("receiptAlarm", Int64(ReplicationLimits.receiptAlarm)),
        ("waitingWork", Int64(ReplicationLimits.waitingWork)),
        ("chunk", Int64(ReplicationLimits.chunk)),
    ]

    /// What each means, and what a peer meets beyond it, in the order of `values`.
    private static let meanings = """
        version of protocol and envelope
        → `unreadable` (`operation.v`); at hello 400 `badRequest`
        bytes of an operation's line, without line feed
        → `unreadable`
        bytes of UTF-8 in a field of type text; any string of a line
        → refused `tooLong`; `unreadable`
        bytes of UTF-8 in a field of type string
        → refused `tooLong`
        bytes of an id of a node, department or user
        → refused `tooLong`; `unreadable` in the envelope
        arrays and objects inside each other, the line itself included
        → `unreadable`
        bytes of a key; also of each string of the envelope
        → `unreadable`
        bytes of an appeal's canonical row at the office
        → refused `appealFull`
        registers named in `base`; effects of an operation
        → `unreadable`; refused `tooMany` (`body`)
        elements of an array, registers of a correction
        → refused `tooMany`
        days that a day of registration may lie ahead, over weekends and holidays
        → refused `datesDisorder`
        how an operation's line is read (the rows above)
        → `unreadable`
        bytes of a line of the node's own store that is read again, whatever today's limits are
        → –
        bytes of a line with a row; its keys up to 512 bytes
        → the reader treats the reply as no reply
        greatest whole number, ± (2^53−1)
        → `unreadable`
        ms that a clock may be ahead
        → flag `clockAhead`; the clock is not merged
        days after the end of a ground in which late work is accepted or held
        → refused `lateTooOld`
        days that grounds stay open after removal from control
        → `leave`
        records of a page (a push: so many operations, and as many `former` lines)
        → 413 `tooLarge`; replies end and say where
        bytes after which a page takes no further record; it carries at least one
        → –
        entries that one page of a pull goes over; those without a line take no place in it
        → –
        ms that a transaction which admits a page lasts at most while others wait to write; internal
        → –
        rows projected again in one transaction; internal
        → –
        bytes of a request's body
        → 413 of the transport
        bytes of a reply that a reader takes
        → the reader cuts, its next page is half as large
        longest wait of a long poll
        → a longer `wait` counts as this
        erasures that a node tells in one hello, and the office in one reply; the next goes on after them
        → more than 10,000: 400 `badRequest`
        own logs that a hello names after a restore of the office
        → 400 `badRequest`
        signed last lines that a hello shows as evidence
        → 400 `badRequest`
        bytes of each of these
        → 400 `badRequest`
        new incarnations of a node that the office records in a day
        → 503 `trouble`; one alarm in the office's tray
        ms in which the same kind of alarm about the same node is given once; internal, no peer depends on it
        → –
        parts that a probed range is split into
        → –
        rows of a range up to which ids are listed
        → –
        ranges of one probe
        → 400 `badRequest`
        ms that an unfinished snapshot keeps entries from compaction
        → 410 `snapshotNeeded` when pulling after it
        entries kept below a head whatever readers confirmed
        → 410 `snapshotNeeded`
        ms after which the office notes again a reader that stands where it stood: its absence may count from so much earlier; \
        internal, no peer depends on it
        → –
        ms after which a reader that was not seen keeps no entries from compaction; a setting of the office
        → 410 `snapshotNeeded` when it returns
        ms that own operations of an appeal that left are kept before the operator decides
        → operator's list
        ms after the declaration of a restore in which rows are taken back
        → 409 `badRequest`
        rows whose seal does not fit that one peer may leave before the operator after a restore
        → not kept; one alarm in the office's tray
        bytes of such rows
        → not kept; one alarm in the office's tray
        ms in which a reader is heard once that goes on telling of other differences of its rows
        → –
        ms in which one alarm tells of a node whose receipts cannot be true
        → `uncounted`
        operations of one node that wait for a decision without a place on an appeal
        → refused `tooMuchWaits`
        rows changed in one transaction; internal, no peer depends on it
        → –
        """

    static func limits() -> [JSON] {
        let lines = meanings.split(separator: "\n").map(String.init)
        precondition(lines.count == 2 * values.count, "every constant has its two lines")
        return values.enumerated().map { place, constant in
            [
                "limit": .string(constant.0), "value": .integer(constant.1), "what": .string(lines[2 * place]),
                "beyond": .string(String(lines[2 * place + 1].dropFirst(2))),
            ]
        }
    }
}
