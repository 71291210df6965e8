/// An answer that goes on: what it says next is asked for whenever something at the node may have changed.
///
/// Whoever reads too slowly is closed by the port, and begins anew.
///
/// Unchecked: `next` is called by one thread at a time.
package struct WebStream: @unchecked Sendable {
    /// Why it is asked.
    package enum Cause: Sendable {
        /// The head of the answer was sent.
        case begun
        /// Something at the node may have changed.
        case changed
        /// Time has passed: every quarter of a minute.
        case time
    }

    /// The bytes to send now, which may be none; nil ends the answer.
    ///
    /// Asked on the lane of who reads, one call at a time; changes that come meanwhile are one further call.
    package let next: (Cause) -> [UInt8]?

    package init(_ next: @escaping (Cause) -> [UInt8]?) { self.next = next }
}
