/// A value that one thread uses at a time: `Synchronization.Mutex` over `Lock`.
///
/// The thread sanitizer follows the locks of the C library; into the other's waiting it cannot see, and calls
/// everything that ever went through one a race.
public final class Locked<Value>: @unchecked Sendable {
    private let lock = Lock()
    private nonisolated(unsafe) var value: Value

    public init(_ value: consuming sending Value) { self.value = value }

    public func withLock<Result, Failure>(
        _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value)
    }
}
