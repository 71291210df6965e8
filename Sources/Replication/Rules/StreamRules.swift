import Appeals

/// What the office publishes: who gets which entry, and what a page of a stream carries (DESIGN.md "Slices").
///
/// How many schedules go wrong without each: DESIGN.md "What breaks without a rule".
extension Rules {
    // MARK: tenures

    /// The appeal as far as it gives grounds: whoever it is a complaint about has none (DESIGN.md "Complaints").
    ///
    /// Without it a department reads the complaint about itself.
    func givingGrounds(_ appeal: Appeals.Aggregate) -> Appeals.Aggregate {
        if partyHasNoGround { return appeal }
        var appeal = appeal
        appeal[.registers, "complainedAgainst"] = nil
        return appeal
    }

    /// The entry with which a tenure ends.
    ///
    /// Without it rows stay in the department that the appeal has left.
    var departure: EntryRecord.Kind { leaveEntry ? .leave : .none }

    /// What the scrubbed entries of a tenure that a `leave` ends become.
    ///
    /// Were they nothing, a reader half-way would see its own confirmed edit vanish and come back.
    var scrubbed: EntryRecord.Kind { scrubToLeave ? .leave : .none }

    /// Whether an entry is scrubbed when its tenure ends: all that carry rows are.
    ///
    /// Without it who was offline receives what it may no longer see.
    func isScrubbed(_ entry: EntryRecord, with tenure: TenureRecord) -> Bool {
        scrubOnLeave && entry.tenure == tenure.tenure && (entry.kind == .enter || entry.kind == .put)
    }

    /// A department that keeps a ground gets the `enter` of its next tenure alone.
    ///
    /// With a `leave` before it a page may end between the two, and the appeal is away until the next page.
    func inOneEntry(_ enter: () throws -> Void, insteadOf leaveAndEnter: () throws -> Void) rethrows {
        if enterAlone { try enter() } else { try leaveAndEnter() }
    }

    /// Whether an entry's row may still be shown: only while the tenure is open that the entry belongs to.
    ///
    /// Without it, and without scrubbing, rows are read at the office after their ground has ended.
    func isShown(_ entry: EntryRecord, in tenure: TenureRecord) -> Bool {
        tenure.isOpen && tenure.tenure == entry.tenure || !onlyOpenTenure
    }

    /// The projections that must all allow what is sent: the program's own and the one in force (DESIGN.md "Projection").
    ///
    /// By its own alone an older program shows what a newer one has hidden.
    func allowing(_ own: Projection, _ published: Projection) -> [Projection] {
        published == own || !bothProjections ? [own] : [own, published]
    }

    // MARK: pages

    /// The mark that the office has at a position; nil if there is none any more.
    ///
    /// A reader that is believed without it goes on from a position of a history that the office has lost.
    func mark(_ known: String?, claimed: String) -> String? { marksAsked ? known : claimed }

    /// What a reader's catch-up has sent before the page after a position, from the reader's hint.
    ///
    /// A hint that is missing or cannot be true is ignored: the page stands on its own. Without hints every change goes
    /// out again with each later one of its appeal.
    func catchUp(_ hint: CatchUp?, before after: Int64) -> CatchUp {
        guard changesSentOnce, let hint, hint.since <= after else { return CatchUp(since: after, until: after) }
        return hint
    }

    /// How far the changes that a line stands for reach: up to the head.
    ///
    /// A line that carried only what its own page changed would lack what later pages rely on it for.
    func lastChange(in record: StreamRecord, after: Int64) -> Int64 {
        changesUpToHead ? record.head : after + Int64(sizes.pageRecords)
    }

    /// The floor of compaction, from the lowest position that a reader needs: it never goes down.
    ///
    /// If it did, a reader whose entries are gone would be told that nothing is missing.
    func floor(of record: StreamRecord, lowest: Int64) -> Int64 { floorNeverFalls ? max(record.floor, lowest) : lowest }
}
