import Appeals

/// What must be proved, and where what decides is read (DESIGN.md "Evidence", "Erasure", "Purge").
extension Rules {
    /// The proof of a claim against the office: nothing but the office's own signature.
    ///
    /// If the claim were enough one department could stop the city.
    func proof(of claim: String, _ signed: () throws -> String?) rethrows -> String? {
        evidenceAsked ? try signed() : claim
    }

    /// Whether an erasure that a reader tells is this office's: it carries the seal of the erasure.
    ///
    /// Without it whoever lies to a restored office destroys other people's appeals.
    func isErasure(_ told: String, sealedAs seal: String, afterRestore isRestored: Bool) -> Bool {
        seal == told || isRestored && !erasureSealAsked
    }

    /// Whether a receipt counts: for the departure that it names.
    ///
    /// One that was signed before would close a later departure.
    func isCounted(answeringDeparture isAnswer: Bool) -> Bool { isAnswer || !receiptNamesDeparture }

    /// Whether receipts wait: while anything of what left is set aside, to be offered to a restored office.
    ///
    /// Without it a receipt says that nothing is left while something is.
    func receiptsWait(forAside isAside: @autoclosure () throws -> Bool) rethrows -> Bool {
        try receiptWaitsForAside && isAside()
    }

    /// The appeals that upkeep decides on: each is read in the transaction that decides (DESIGN.md "The deciding transaction").
    ///
    /// Read before, an appeal that somebody took up again meanwhile would leave its department.
    func appeals(of tenures: [TenureRecord], _ store: any Store) throws -> DecidedAppeals {
        guard !readWhereDecided else { return DecidedAppeals(readBefore: [:]) }
        return try store.read { reading in
            var found: [String: Appeals.Aggregate] = [:]
            for tenure in tenures {
                found[tenure.key] = try reading.row(Space.appeals, generation: 0, key: tenure.key)?.aggregate()
            }
            return DecidedAppeals(readBefore: found)
        }
    }
}

/// Appeals as a decision finds them.
struct DecidedAppeals {
    /// Empty where what decides is read in the deciding transaction.
    fileprivate let readBefore: [String: Appeals.Aggregate]

    /// An appeal in the transaction that decides on it; nil if it is not here.
    func appeal(_ key: String, _ transaction: any StoreTransaction) throws -> Appeals.Aggregate? {
        try readBefore[key] ?? transaction.row(Space.appeals, generation: 0, key: key)?.aggregate()
    }
}
