import Appeals

/// What a link does when the office asks it for evidence, or for an earlier log.
extension Link {
    /// The office lacks what this node has read: a hello at once with the signed lines; then it is the operator's turn.
    mutating func askedForEvidence(_ lane: Lane, now: Int64) -> [LinkAction] {
        let wasShown = showsEvidence && lane == .exchange
        endSession()
        showsEvidence = true
        let exchange = wasShown ? backoff[.exchange]?.delay(now: now) ?? 1_000 : 0
        let read = backoff[.read]?.delay(now: now) ?? 1_000
        return Lane.allCases.filter { !isBusy.contains($0) }
            .map { .sleep($0, until: now + ($0 == .exchange ? exchange : read)) }
    }

    /// Keeps the token of a hello, with the line that gave it; not one that counts only with a new incarnation.
    func keepToken(
        _ token: String,
        _ state: String,
        _ page: VerifiedReply,
        _ transaction: any StoreTransaction
    ) throws {
        if ["epoch", "tokenStale", "earlierFirst", "distrusted"].contains(state) { return }
        try transaction.setValue("token", token)
        try department.keepEvidence(page, as: "hello", transaction)
    }

    /// After a restore an earlier own log still lacks work at the office: it is greeted first.
    mutating func greetFirst(_ origin: Origin?) throws {
        let all = try department.store.read { try department.origins($0).map(\.origin) }
        guard let origin, let place = all.firstIndex(of: origin), session?.origins.first != origin else {
            throw Department.ReadProblem.malformed("the log that comes first is none of this node's others")
        }
        session?.origins = Array(all[place...])
    }
}
