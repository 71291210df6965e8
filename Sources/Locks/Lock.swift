import Glibc

/// A mutex that one thread holds at a time, also across calls.
public final class Lock: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

    public init() { precondition(pthread_mutex_init(mutex, nil) == 0, "A mutex can always be made on Linux.") }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    public func lock() { precondition(pthread_mutex_lock(mutex) == 0, "A mutex of this process can be locked.") }
    public func tryLock() -> Bool { pthread_mutex_trylock(mutex) == 0 }
    public func unlock() { precondition(pthread_mutex_unlock(mutex) == 0, "Only the holder unlocks.") }

    public func hold<Result, Failure>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        lock()
        defer { unlock() }
        return try body()
    }
}
