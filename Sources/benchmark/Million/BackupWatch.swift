import Appeals
import CanonicalJSON
import Commands
import Desk
import Locks
import Node

/// A backup as whoever waits for it sees it: how long it takes, how often it says how far it is.
final class BackupWatch: Onlooker {
    private struct State {
        var last = Machine.nanoseconds()
        var step = ""
        var tellings = 0
        /// The longest time without a word, in seconds, and during which step.
        var silence = 0.0
        var silent = ""
        /// When each step began, in seconds after the beginning.
        var steps: [(String, Double)] = []
    }

    private let begun = Machine.nanoseconds()
    private let state = Locked(State())

    /// Of a stopped node.
    static func make(_ directory: String, into target: String) throws -> JSON {
        let node = try OpenedNode.open(directory)
        defer { node.close() }
        let watch = BackupWatch()
        _ = try Backup.create(node, into: target, now: Machine.now(), watch)
        try watch.tell(Label("over"), 0)
        return watch.told
    }

    func tell(_ step: Label, _ done: Int64) throws(DeskError) {
        let now = Machine.nanoseconds()
        state.withLock { state in
            let silence = Double(now - state.last) / 1_000_000_000
            if silence > state.silence { (state.silence, state.silent) = (silence, state.step) }
            if step.en != state.step { state.steps.append((step.en, Double(now - begun) / 1_000_000_000)) }
            (state.last, state.step, state.tellings) = (now, step.en, state.tellings + 1)
        }
    }

    private var told: JSON {
        state.withLock { state in
            [
                "silence": .double(Figure.rounded(state.silence)), "silentWhile": .string(state.silent),
                "tellings": .integer(Int64(state.tellings)),
                "steps": .array(state.steps.map { [.string($0.0), .double(Figure.rounded($0.1))] }),
            ]
        }
    }
}
