package import Appeals
package import Desk

/// Whoever waits for long work: they are told how far it is, and may wait no more.
package protocol Onlooker: AnyObject, Sendable {
    /// Says what is being done, and how much of it is done; throws `interrupted` once nobody waits.
    func tell(_ step: Label, _ done: Int64) throws(DeskError)
}

/// Nobody watches.
package final class Unwatched: Onlooker {
    package init() {}
    /// Goes on; never throws.
    package func tell(_ step: Label, _ done: Int64) throws(DeskError) {}
}
