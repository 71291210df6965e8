/// What protocol.md demands of a department node, as far as an office can see it from its side of the connection.
///
/// The name of a case is what reports call it; `ClauseTable` says where it stands in protocol.md and in which words.
package enum Clause: String, CaseIterable, Sendable {
    // Identity, joining, renewing.
    case enrolForm, enrolReplyVerified, connectsWithCertificate, renewsAtHalf
    // Transport, asking.
    case knownCalls, bodyLines, limitGiven, askForm, askFresh, fourConnections
    // Replies that are none.
    case wrongSignature, changedLine, cutPage, askRepeated, formerReply, lateReply, otherEpoch, otherPosition
    case malformedLine, replyBounded, unknownFieldsIgnored
    // Refusals.
    case helloOnDemand, evidenceShown, snapshotOnDemand, waitsWhenStopped, retryAfter, backsOff, smallerAfterTooLarge
    case smallerAfterCut
    // Hello.
    case helloFirst, helloForm, helloKey, helloPositions, helloToken, helloAcknowledged, helloKnown
    case helloAfterSnapshot, lastNeverFalls
    // Snapshot, pull, long poll.
    case referenceFirst, snapshotPages, snapshotPosition, pullPosition, pullPages, catchUpHints, longPoll, pollWoken
    // Operations and pushes.
    case pushForm, operationForm, operationSigned, operationDigests, operationChain, numberOnce, seenNeverFalls
    case seenWasRead, clockRises, chainParameter, pushGoesOn, pushAgain, outcomesMatched, gapFilled, stepsOver
    case outcomeOfAnother, registersOwn
    case acceptedSeen, conflictSeen, refusedSeen, heldSeen, acceptedLateSeen, decisionRead
    // Departures and receipts.
    case receiptForm, receiptSigned, receiptAfterLeave, receiptTrue, receiptKept, secondReceipt, owedAnswered
    // Repair.
    case probesAll, fetchesWanted, repaired, differenceTold, notComparedAgain, projectingNotCompared
    // Erasure.
    case erasureTold, erasureLearnt, erasurePages, erasedWithoutContent
    // A log that is not the office's.
    case looksBack, newIncarnation, takesBack, reissues, numbersOfOldLog, tokenStaleDraws, tokenStaleKept
    // A restore of the office.
    case epochLearnt, logsNamed, oldestFirst, earlierFirst, snapshotsAnew, recoveredOffered, formerSent, sentAgain
    case epochTaken
    // Revocation.
    case revokedBacksOff

    /// Where it stands, and what it says.
    package var row: ClauseRow {
        guard let row = ClauseTable.rows[self] else { preconditionFailure("every clause has its row: \(self)") }
        return row
    }

    package var isMust: Bool { row.isMust }
}

/// A clause as protocol.md says it.
package struct ClauseRow: Sendable {
    package let isMust: Bool
    /// The title of the section of protocol.md.
    package let section: String
    /// One sentence, in the language of protocol.md.
    package let sentence: String

    static func must(_ section: String, _ sentence: String) -> ClauseRow {
        ClauseRow(isMust: true, section: section, sentence: sentence)
    }

    /// What a node may leave out, or what a person's machine may not allow to show.
    static func may(_ section: String, _ sentence: String) -> ClauseRow {
        ClauseRow(isMust: false, section: section, sentence: sentence)
    }
}
