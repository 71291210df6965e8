import Glibc

/// A mutex that is given in the order in which it was asked for, and knows whether somebody waits.
///
/// Who gives it up and takes it again stands behind those who came meanwhile, which an ordinary mutex does not promise.
public final class TurnLock: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let turned = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private nonisolated(unsafe) var next: UInt64 = 0
    private nonisolated(unsafe) var serving: UInt64 = 0

    public init() {
        precondition(pthread_mutex_init(mutex, nil) == 0, "A mutex can always be made on Linux.")
        precondition(pthread_cond_init(turned, nil) == 0, "A condition can always be made on Linux.")
    }

    deinit {
        pthread_cond_destroy(turned)
        pthread_mutex_destroy(mutex)
        turned.deallocate()
        mutex.deallocate()
    }

    public func lock() {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        let turn = next
        next += 1
        while serving != turn { pthread_cond_wait(turned, mutex) }
    }

    public func unlock() {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        serving += 1
        pthread_cond_broadcast(turned)
    }

    /// Whether somebody waits for who holds it now.
    public var isWanted: Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return next > serving + 1
    }

    public func hold<Result, Failure>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        lock()
        defer { unlock() }
        return try body()
    }
}
