import Replication
import Simulator

/// A department and its office as their processes drive them: what fails is tried again, nothing ends the test.
extension Town {
    /// How a department came to rest, and what failed on the way.
    struct Drive {
        var rests = false
        var failures = 0
        var requests = 0
        var storm = false
    }

    /// A lane that asks, or only wakes, on and on while nothing moves.
    struct Storm: Error { let seen: String }

    func watch(_ lane: Lane, _ place: Place) throws {
        if let seen = try place.storms.asked(lane, by: place.link, on: place.store) { throw Storm(seen: seen) }
    }

    func sleep(_ lane: Lane, _ until: Int64, _ place: Place) throws {
        place.wakes[lane] = until
        if let seen = try place.storms.paused(lane, for: until - now, by: place.link, on: place.store) {
            throw Storm(seen: seen)
        }
    }

    /// As the daemon does: a step that fails is tried again after five seconds, a request that fails is answered 503.
    func drive(_ name: String, steps: Int = 600) -> Drive {
        let place = self[name]
        var drive = Drive()
        for lane in Lane.allCases { place.wakes[lane] = now }
        for _ in 0..<steps {
            let next = Lane.allCases.compactMap { lane in place.wakes[lane].map { (lane: lane, at: $0) } }.min {
                $0.at < $1.at
            }
            guard let next else { return drive }
            if next.at - now >= 30_000 {
                drive.rests = true
                return drive
            }
            now = max(now, next.at)
            place.wakes[next.lane] = nil
            step(.woke(next.lane), place, &drive)
        }
        return drive
    }

    private func step(_ input: LinkInput, _ place: Place, _ drive: inout Drive) {
        let actions: [LinkAction]
        do { actions = try place.link.step(input, now: now) } catch {
            drive.failures += 1
            for lane in Lane.allCases { sleep(lane, now + 5_000, place, &drive) }
            return
        }
        for action in actions {
            switch action {
            case .send(let lane, let request):
                drive.requests += 1
                do { try watch(lane, place) } catch { drive.storm = true }
                step(answer(request, lane, place.name, &drive), place, &drive)
            case .sleep(let lane, let until): sleep(lane, until, place, &drive)
            case .abandon(let lane): place.abandoned.append(lane)
            case .purge:
                do { try place.department.signReceipts(now: now) } catch {
                    drive.failures += 1
                    continue
                }
                step(.purged, place, &drive)
            }
        }
    }

    private func sleep(_ lane: Lane, _ until: Int64, _ place: Place, _ drive: inout Drive) {
        do { try sleep(lane, until, place) } catch { drive.storm = true }
    }

    private func answer(_ request: WireRequest, _ lane: Lane, _ name: String, _ drive: inout Drive) -> LinkInput {
        do {
            let response = try reply(request, peer: name)
            guard response.status == 200 || response.errorCode != nil, response.errorCode != .trouble else {
                return .failed(lane, retryAfter: nil)
            }
            return .replied(lane, response)
        } catch {
            drive.failures += 1
            return .failed(lane, retryAfter: nil)
        }
    }
}
