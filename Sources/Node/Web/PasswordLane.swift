import Accounts
import Desk
import Dispatch
import Glibc
import Locks

/// Where people prove who they are: one after another, with few places for those who wait.
///
/// The check of a password takes a third of a second of a core: it runs where no other thread wants to, so that
/// those who are signed in do not notice the ones who are not. What it found is then written with the usual priority.
final class PasswordLane: Sendable {
    /// Requests that wait or are being answered; one more is turned away.
    static let places = 64

    private let lane = NarrowLane("kartoteka.passwords", places: places)
    private let slow = SlowThread()

    /// Runs the work in its turn; false if all places are taken or the lane has ended: then it does not run.
    func take(_ work: @escaping @Sendable () -> Void) -> Bool { lane.take(work) }

    /// Runs `body` on the thread of the lowest priority and waits for it; called from what `take` runs.
    func slowly(_ body: () -> Void) { slow.run(body) }

    /// Takes nothing more, and waits until all that was taken is answered.
    func drain() {
        lane.drain()
        slow.end()
    }
}

extension PasswordWork {
    /// The product's, each run by `slowly`, which waits for it.
    static func scrypt(_ slowly: @escaping (() -> Void) -> Void) -> PasswordWork {
        PasswordWork(
            fits: { hash, typed in
                var result: Result<Bool, any Error> = .success(false)
                slowly { result = Result { try hash.fits(typed) } }
                return try result.get()
            },
            hash: { typed, salt in
                var result: Result<PasswordHash, any Error>?
                slowly { result = Result { try PasswordHash(typed, salt: salt) } }
                guard let result else { preconditionFailure("what runs the work waits for it") }
                return try result.get()
            }
        )
    }
}

/// A thread of the lowest priority that does one thing at a time for whoever waits.
///
/// Unchecked: `body` is set and taken by turns, which the semaphores order.
private final class SlowThread: @unchecked Sendable {
    private let asked = DispatchSemaphore(value: 0)
    private let done = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)
    private let turn = DispatchSemaphore(value: 1)
    private var body: (() -> Void)?
    private var isRunning = false
    private let thread = Locked<pthread_t?>(nil)

    /// So long somebody who signs in waits for the processor to be idle.
    private static let patience = DispatchTimeInterval.seconds(2)

    /// Linux's scheduling policies (`sched_setscheduler`).
    private enum Policy: Int32 {
        /// Has a small share beside all others.
        case other = 0
        /// Runs where nothing else wants to.
        case idle = 5
    }

    func run(_ body: () -> Void) {
        turn.wait()
        defer { turn.signal() }
        guard isRunning || start() else { return body() }
        withoutActuallyEscaping(body) { escaping in
            self.body = escaping
            asked.signal()
            // A machine that is busy all the time would never let an idle thread run.
            if done.wait(timeout: .now() + Self.patience) == .timedOut {
                turnTo(.other)
                done.wait()
            }
            self.body = nil
        }
    }

    func end() {
        turn.wait()
        defer { turn.signal() }
        guard isRunning else { return }
        isRunning = false
        asked.signal()
        ended.wait()
    }

    /// False if the system gives no thread: then the work is done where it was asked for.
    private func start() -> Bool {
        let context = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let result = pthread_create(
            &thread,
            nil,
            { context in
                guard let context else { return nil }
                Unmanaged<SlowThread>.fromOpaque(context).takeRetainedValue().work()
                return nil
            },
            context.toOpaque()
        )
        guard result == 0 else {
            context.release()
            return false
        }
        pthread_detach(thread)
        isRunning = true
        return true
    }

    /// Refused: the checks are only less considerate, or wait until the machine is less busy.
    private func turnTo(_ policy: Policy) {
        guard let thread = thread.withLock({ $0 }) else { return }
        var parameters = sched_param()
        _ = pthread_setschedparam(thread, policy.rawValue, &parameters)
    }

    private func work() {
        thread.withLock { $0 = pthread_self() }
        // Of this thread alone, on Linux: its share where it is not idle.
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 19)
        while true {
            asked.wait()
            turnTo(.idle)
            guard runBody() else { break }
            done.signal()
        }
        ended.signal()
    }

    /// False at the end.
    ///
    /// A function of its own, so that nothing holds the body when whoever gave it goes on.
    private func runBody() -> Bool {
        guard let body else { return false }
        body()
        return true
    }
}
