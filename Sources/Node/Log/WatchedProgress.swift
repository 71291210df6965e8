package import Appeals
import Commands
package import Desk
import Dispatch
import Locks

/// Progress that another thread looks at, and may end.
package final class WatchedProgress: Onlooker {
    private struct State {
        var step = Label("")
        var done: Int64 = 0
        var isAbandoned = false
    }

    private let state = Locked(State())

    package init() {}

    /// Shows the step and how much of it is done; throws `interrupted` once it is abandoned.
    package func tell(_ step: Label, _ done: Int64) throws(DeskError) {
        show(step, done)
        guard isAbandoned else { return }
        throw DeskError(
            .interrupted,
            "interrupted",
            uk: "перервано: нічого не записано",
            en: "interrupted: nothing was recorded",
            remedy: Sentence(uk: "Повторіть ту саму команду", en: "Repeat the same command")
        )
    }

    /// Says how far work elsewhere is.
    func show(_ step: Label, _ done: Int64) { state.withLock { ($0.step, $0.done) = (step, done) } }

    /// What was told last.
    package var told: (step: Label, done: Int64) { state.withLock { ($0.step, $0.done) } }

    /// Nobody waits any more: the work ends where it tells next.
    package func abandon() { state.withLock { $0.isAbandoned = true } }

    package var isAbandoned: Bool { state.withLock { $0.isAbandoned } }

    /// Does work on a thread of its own and calls `look` five times a second until it is done.
    package static func watching<Result: Sendable>(
        _ look: (WatchedProgress) -> Void,
        _ work: @escaping @Sendable (WatchedProgress) throws -> Result
    ) throws -> Result {
        let progress = WatchedProgress(), isDone = DispatchSemaphore(value: 0)
        let found = Locked<Swift.Result<Result, any Error>?>(nil)
        DispatchQueue.global(qos: .userInitiated).async {
            let result = Swift.Result { try work(progress) }
            found.withLock { $0 = result }
            isDone.signal()
        }
        while isDone.wait(timeout: .now() + .milliseconds(200)) == .timedOut { look(progress) }
        guard let result = found.withLock({ $0 }) else { preconditionFailure("work that is done has a result") }
        return try result.get()
    }
}
