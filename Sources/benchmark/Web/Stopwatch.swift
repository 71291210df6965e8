import CanonicalJSON
import Locks

/// How long things of one sort took, in milliseconds; several threads may use it.
final class Stopwatch: Sendable {
    private struct State {
        var times: [Double] = []
        var byPlace: [String: [Double]] = [:]
        var failure: String?
    }

    private let state = Locked(State())

    /// Runs the body, and keeps how long it took if that counts; what it throws is thrown.
    func time(_ counts: Bool, _ place: String = "", _ body: () throws -> Void) throws {
        let start = Machine.nanoseconds()
        try body()
        let spent = Machine.milliseconds(since: start)
        if counts { add(spent, place) }
    }

    /// Something that took so many milliseconds.
    func add(_ spent: Double, _ place: String = "") {
        state.withLock { state in
            state.times.append(spent)
            if !place.isEmpty { state.byPlace[place, default: []].append(spent) }
        }
    }

    /// For bodies of threads, whose errors nobody catches: the first one is kept.
    func guarded(_ body: () throws -> Void) {
        do { try body() } catch {
            state.withLock { $0.failure = $0.failure ?? "\(error)" }
        }
    }

    func requireNoFailure() throws {
        if let failure = state.withLock({ $0.failure }) { throw Failure(failure) }
    }

    var count: Int { state.withLock { $0.times.count } }
    func percentile(_ share: Double) -> Double { Percentile.of(state.withLock { $0.times }, share) }

    /// What stands beside a percentile.
    var conditions: JSONObject {
        [
            "count": .integer(Int64(count)), "p50": .double(Figure.rounded(percentile(0.5))),
            "p95": .double(Figure.rounded(percentile(0.95))), "longest": .double(Figure.rounded(percentile(1))),
        ]
    }

    /// The median and the longest of each place.
    var byPlace: JSON {
        .object(
            JSONObject(
                members: state.withLock { $0.byPlace }.sorted { $0.key < $1.key }.map { place, times in
                    let shares: [Double] = [0.5, 1]
                    return (place, .array(shares.map { .double(Figure.rounded(Percentile.of(times, $0))) }))
                }
            )
        )
    }
}
