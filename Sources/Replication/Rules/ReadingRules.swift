import Appeals
import CanonicalJSON

/// How a department reads what the office says (DESIGN.md "Reading a stream" and "Digest and repair").
///
/// How many schedules go wrong without each: DESIGN.md "What breaks without a rule".
extension Rules {
    // MARK: whose reply it is

    /// Whether a reply is the one to this request: it repeats the number under which it was asked.
    ///
    /// Without it a true reply of before is taken for the present one.
    func isAnswer(_ repeated: String?, to ask: String) -> Bool { repeated == ask || !replyRepeatsAsk }

    /// Whether what is said is about this epoch of the office.
    ///
    /// Positions and commits of another epoch mean another history: without it a restored office and its readers never
    /// agree again.
    func isSameEpoch(_ named: @autoclosure () throws -> String?, as present: String?) rethrows -> Bool {
        try !epoch || named() == present
    }

    /// Whether a reader goes on from where it stands: in the office's epoch, else it begins with a snapshot.
    func goesOn(from position: StreamRecord, in present: String) -> Bool {
        position.epoch == present || !epoch && !position.epoch.isEmpty
    }

    /// Whether a page begins where the reader stands: at its position, with its mark.
    ///
    /// Without it rows between the two are lost.
    func isSameStart(_ page: VerifiedReply, as stream: StreamRecord) -> Bool {
        page.reply["from"]?.integer == stream.head && page.reply["fromMark"]?.string == stream.mark
            || !replyStartsAtPosition || !rowsWithPosition
    }

    // MARK: taking it

    /// A step of a link is whole or has not been: after a failure the link is as it was, but for the request in flight.
    ///
    /// A step in place could leave a state without its action, or an action without its state.
    func wholeStep(
        of link: inout Link,
        ending lane: Lane?,
        _ step: (inout Link) throws -> [LinkAction]
    ) throws -> [LinkAction] {
        guard wholeSteps else { return try step(&link) }
        var next = link
        do {
            let actions = try step(&next)
            link = next
            assert(link.problem == nil, link.problem ?? "")
            return actions
        } catch {
            if let lane {
                link.isBusy.remove(lane)
                link.voided.remove(lane)
            }
            throw error
        }
    }

    /// Rows and position change in one transaction.
    ///
    /// A failure between two would lose the changes of a page, since the reader never asks for them again.
    func inOneTransaction<Result>(
        _ page: VerifiedReply,
        of stream: String,
        _ department: Department,
        _ take: (any StoreTransaction) throws -> Result
    ) throws -> Result {
        if !rowsWithPosition { try stepAhead(page, of: stream, department) }
        return try department.store.write(take)
    }

    /// The position alone, in a transaction of its own.
    private func stepAhead(_ page: VerifiedReply, of name: String, _ department: Department) throws {
        try department.store.write { transaction in
            var stream = try department.position(name, transaction)
            guard page.reply["stream"]?.string == name, page.reply["epoch"]?.string == stream.epoch,
                page.reply["from"]?.integer == stream.head, page.reply["fromMark"]?.string == stream.mark,
                let to = page.reply["to"]?.integer, let mark = page.reply["mark"]?.string
            else { throw Department.ReadProblem.notMine }
            stream.head = to
            stream.mark = mark
            try transaction.putStream(stream)
        }
    }

    /// Whether a `leave` ends the tenure in which the reader holds the row: not one that is newer (A→B→A).
    ///
    /// Without it a row goes that the `enter` of the next tenure brings back.
    func isEnded(_ held: Int64, by leave: Int64) -> Bool { held <= leave || !tenureOnLeave }

    /// How a catch-up is named beside the position; nothing at its beginning.
    ///
    /// Unnamed, every page sends again what an earlier one has sent.
    func query(naming catchUp: CatchUp?) -> [(String, String)] { catchUpNamed ? catchUp?.query ?? [] : [] }

    // MARK: differences

    /// How the rows at the head differ from the office's, by the digest over state; nil if they do not.
    ///
    /// Without it what was corrupted or lost stays so.
    func difference(_ compared: @autoclosure () throws -> Difference?) rethrows -> Difference? {
        stateDigest ? try compared() : nil
    }

    /// The difference that is left and has to be remembered, so that it is not looked for again while it lasts.
    ///
    /// Without it the link probes for ever what it cannot mend.
    func lasting(_ difference: Difference?) -> Difference? { differenceRemembered ? difference : nil }
}
