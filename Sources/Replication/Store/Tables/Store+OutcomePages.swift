public import Appeals

/// Signed pages of outcomes, at the author's node.
public protocol OutcomePageReading: AnyObject {
    /// Pages of a log that hold numbers from `first` to `last`, by their first number, what was told again last.
    ///
    /// As many as the range allows: two for each number at most.
    func outcomePages(_ origin: Origin, from first: Int64, to last: Int64) throws -> [OutcomePage]
}

/// Changes of the kept pages of outcomes.
public protocol OutcomePageWriting: OutcomePageReading {
    /// Takes the place of the page that begins with the same number and was told in the same way.
    func putOutcomePage(_ page: OutcomePage) throws
    /// Deletes up to `limit` pages that end at or before `last`; says how many went.
    @discardableResult
    func deleteOutcomePages(_ origin: Origin, upTo last: Int64, limit: Int) throws -> Int
}
