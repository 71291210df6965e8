import Glibc

/// A mutex that one thread holds at a time; unlike `Synchronization.Mutex` it can be held across calls.
final class Lock: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

    init() { precondition(pthread_mutex_init(mutex, nil) == 0, "A mutex can always be made on Linux.") }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    func lock() { precondition(pthread_mutex_lock(mutex) == 0, "A mutex of this process can be locked.") }
    func tryLock() -> Bool { pthread_mutex_trylock(mutex) == 0 }
    func unlock() { precondition(pthread_mutex_unlock(mutex) == 0, "Only the holder unlocks.") }

    func hold<Result>(_ body: () throws -> Result) rethrows -> Result {
        lock()
        defer { unlock() }
        return try body()
    }
}
