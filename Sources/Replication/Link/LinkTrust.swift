import Appeals

/// How a link responds when the office asks for evidence or for an earlier log.
extension Link {
    /// The office lacks what this node has read: says hello at once with the signed lines; after that it is up to the
    /// operator.
    mutating func askedForEvidence(_ lane: Lane, now: Int64) -> [LinkAction] {
        let wasShown = showsEvidence && lane == .exchange
        endSession()
        showsEvidence = true
        let exchange = wasShown ? backoff[.exchange]?.delay(now: now) ?? 1_000 : 0
        let read = backoff[.read]?.delay(now: now) ?? 1_000
        return Lane.allCases.filter { !isBusy.contains($0) }
            .map { .sleep($0, until: now + ($0 == .exchange ? exchange : read)) }
    }

    /// Keeps a hello's token together with the signed line that gave it, unless it counts only with a new incarnation.
    func keepToken(
        _ token: String,
        _ state: LogState?,
        _ page: VerifiedReply,
        _ transaction: any StoreTransaction
    ) throws {
        switch state {
        case .epoch, .tokenStale, .earlierFirst, .distrusted: return
        case .known, .new, .behind, .fork, .closed, .frozen, .tooMany, nil:
            try transaction.setValue(Values.token, token)
            try department.keepEvidence(page, as: "hello", transaction)
        }
    }

    /// After a restore: an earlier own log is still incomplete at the office, so it is greeted first.
    mutating func greetFirst(_ origin: Origin?) throws {
        let all = try department.store.read { try department.origins($0).map(\.origin) }
        guard let origin, let place = all.firstIndex(of: origin), session?.origins.first != origin else {
            throw Department.ReadProblem.malformed("the log that comes first is none of this node's others")
        }
        session?.origins = Array(all[place...])
    }
}
