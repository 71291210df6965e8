import Appeals
import CanonicalJSON

/// The lists of erasures that a hello tells and learns, page by page.
extension Link {
    /// Whether another hello is needed before all erasures have been told and learnt.
    ///
    /// Only a restored office needs them, and it is told all of them before anything is sent again. Each list starts
    /// over once it is finished, so that is remembered until the other is finished too: they need not end with the same
    /// hello.
    mutating func hasMoreErasures(isUntold: Bool, isUnlearnt: Bool) -> Bool {
        if !isUntold { erasuresEnded.told = true }
        if !isUnlearnt { erasuresEnded.learnt = true }
        guard erasuresEnded.told, erasuresEnded.learnt else { return true }
        erasuresEnded = (false, false)
        return false
    }

    /// Applies a page of the office's erasures; returns whether another hello must ask for the next page.
    func learnErasures(
        _ page: VerifiedReply,
        _ transaction: any StoreTransaction,
        now: Int64
    ) throws -> Bool {
        for line in page.lines {
            guard let erasure = (try? JSON(parsing: Array(line))).flatMap({ ErasureRecord($0) }),
                try !transaction.isErased(erasure.appeal)
            else { continue }
            try department.erase(erasure, now: now, transaction)
        }
        // Otherwise an office whose pages never advance would be greeted for ever.
        let learnt = try transaction.value(Values.erasuresLearnt) ?? ""
        let next = page.reply["erasuresTo"]?.string.flatMap { Names.isAppeal($0) && $0 > learnt ? $0 : nil }
        try transaction.setValue(Values.erasuresLearnt, next)
        return next != nil
    }

    /// Moves the list of told erasures on to the next page, and back to its beginning after the last one; returns
    /// whether some are left to tell.
    ///
    /// In an epoch that the node does not know, all of them are told again from the first.
    func turnErasures(isKnown: Bool, _ transaction: any StoreTransaction) throws -> Bool {
        guard isKnown else {
            try transaction.setValue(Values.erasuresTold, nil)
            return false
        }
        let told = try transaction.erasures(
            after: try transaction.value(Values.erasuresTold) ?? "",
            limit: department.rules.sizes.helloErasures
        )
        let isFull = told.count == department.rules.sizes.helloErasures
        try transaction.setValue(Values.erasuresTold, isFull ? told.last?.appeal : nil)
        return isFull
    }
}
