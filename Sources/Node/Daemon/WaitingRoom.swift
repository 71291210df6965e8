import Locks
import Replication
import Transport

/// Long polls that wait for news of their streams.
///
/// A change between a poll's look at the store and its sitting down is not lost: each change is numbered, and a poll
/// that looked before the last change of one of its streams is not seated.
final class WaitingRoom: Sendable {
    /// A request that waits.
    struct Guest: Sendable {
        let request: WireRequest
        let peer: String
        let responder: Responder
        /// Whether an answer may be compressed that comes without waiting.
        let takesGzip: Bool
        /// Monotonic milliseconds.
        let deadline: Int64
        /// Whether the head of the answer is on its way already.
        var isSeated = false
    }

    private struct State {
        var guests: [UInt64: (guest: Guest, streams: [String])] = [:]
        /// Guests by what they wait for; one of three streams is in three sets, and leaves all of them at once.
        var byStream: [String: Set<UInt64>] = [:]
        var changes: UInt64 = 0
        /// The number of each stream's last change since the start: as many entries as there are streams.
        var lastChange: [String: UInt64] = [:]
        var nextID: UInt64 = 0
    }

    private let state = Locked(State())

    /// How many changes there were; to be asked before looking at the store.
    var changes: UInt64 { state.withLock { $0.changes } }

    var count: Int { state.withLock { $0.guests.count } }

    /// Seats a guest that found nothing new after `changes`; nil if there is something by now.
    func seat(_ guest: Guest, streams: [String], since changes: UInt64) -> UInt64? {
        state.withLock { state in
            guard !streams.contains(where: { state.lastChange[$0] ?? 0 > changes }) else { return nil }
            state.nextID += 1
            let id = state.nextID
            state.guests[id] = (guest, streams)
            for stream in streams { state.byStream[stream, default: []].insert(id) }
            return id
        }
    }

    /// Takes a guest whose peer is gone.
    func leave(_ id: UInt64) { _ = state.withLock { Self.take([id], &$0) } }

    /// Notes what changed; gives the guests that waited for it, longest first.
    func changed(_ streams: [String]) -> [Guest] {
        guard !streams.isEmpty else { return [] }
        return state.withLock { state in
            state.changes += 1
            var woken: Set<UInt64> = []
            for stream in streams {
                state.lastChange[stream] = state.changes
                woken.formUnion(state.byStream[stream] ?? [])
            }
            return Self.take(woken.sorted(), &state)
        }
    }

    /// Gives the guests whose time is over.
    func overdue(now: Int64) -> [Guest] {
        state.withLock { state in
            let over = state.guests.filter { $0.value.guest.deadline <= now }.map(\.key).sorted()
            return Self.take(over, &state)
        }
    }

    private static func take(_ ids: [UInt64], _ state: inout State) -> [Guest] {
        ids.compactMap { id in
            guard let (guest, streams) = state.guests.removeValue(forKey: id) else { return nil }
            for stream in streams {
                state.byStream[stream]?.remove(id)
                if state.byStream[stream]?.isEmpty == true { state.byStream[stream] = nil }
            }
            return guest
        }
    }
}
