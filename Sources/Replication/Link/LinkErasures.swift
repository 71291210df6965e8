import Appeals
import CanonicalJSON

/// The lists of erasures that a hello tells and learns, page by page.
extension Link {
    /// Whether another hello is needed to have told and learnt all erasures.
    ///
    /// Only an office that was restored learns them; it is told all before anything is sent again. Each list begins anew
    /// when it is over, so each is remembered until the other has ended too: they need not end with the same hello.
    mutating func hasMoreErasures(isUntold: Bool, isUnlearnt: Bool) -> Bool {
        if !isUntold { erasuresEnded.told = true }
        if !isUnlearnt { erasuresEnded.learnt = true }
        guard erasuresEnded.told, erasuresEnded.learnt else { return true }
        erasuresEnded = (false, false)
        return false
    }

    /// Takes a page of the office's erasures; gives whether another hello is to ask for the next one.
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
        // An office whose pages do not go forward would be greeted for ever.
        let learnt = try transaction.value("erasuresLearnt") ?? ""
        let next = page.reply["erasuresTo"]?.string.flatMap { Names.isAppeal($0) && $0 > learnt ? $0 : nil }
        try transaction.setValue("erasuresLearnt", next)
        return next != nil
    }

    /// The next hello tells the erasures after those that this one told, and then begins anew; gives whether some are
    /// left to tell.
    ///
    /// To an epoch that the node does not know all are told, from the first.
    func turnErasures(isKnown: Bool, _ transaction: any StoreTransaction) throws -> Bool {
        guard isKnown else {
            try transaction.setValue("erasuresTold", nil)
            return false
        }
        let told = try transaction.erasures(
            after: try transaction.value("erasuresTold") ?? "",
            limit: department.rules.sizes.helloErasures
        )
        let isFull = told.count == department.rules.sizes.helloErasures
        try transaction.setValue("erasuresTold", isFull ? told.last?.appeal : nil)
        return isFull
    }
}
