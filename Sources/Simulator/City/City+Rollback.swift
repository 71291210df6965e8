import Replication

/// An office that was silently put back: it must be found before anything else happens.
extension City {
    /// By the office's own mark, or by what a department can show of its signature; nobody has declared anything yet.
    func findRollback(epoch: String, commit: Int64) throws {
        let (present, last) = try officeStore.read {
            (try $0.value(Values.epoch) ?? "", try $0.value(Values.commit) ?? 0)
        }
        guard present != epoch || last < commit else { return }
        if present == epoch, fifth.chance(0.5), let site = fifth.pick(try sites.filter { try isAhead($0, epoch) }) {
            try shows(site)
            guard try officeStore.read({ try $0.value(Values.stopped) }) != nil else {
                throw Violation(invariant: "a rollback is found", seen: "\(site.name) was ahead and the office goes on")
            }
            return count("point rollback found by evidence")
        }
        guard try office.stopIfBelow(epoch: epoch, commit: commit, now: officeNow) else {
            throw Violation(
                invariant: "a rollback is found",
                seen: "the mark is \(epoch) \(commit), the office has \(present) \(last) and goes on"
            )
        }
        count("point rollback found by the office itself")
    }

    /// Whether a department that the office of the backup admits has read more of its slice than that office published.
    private func isAhead(_ site: Site, _ epoch: String) throws -> Bool {
        let slice = Space.slice(site.name)
        guard !weather.liedTo.contains(site.name), let read = try site.store.read({ try $0.stream(slice) }) else {
            return false
        }
        return try officeStore.read { reading in
            let head = try reading.stream(slice)?.head ?? 0
            return try read.epoch == epoch && read.head > head && reading.node(site.name)?.state == .active
        }
    }

    /// The department speaks to the office as it does after a start.
    private func shows(_ site: Site) throws {
        var link = Link(site.department, seed: 1)
        link.waitSeconds = 0
        var actions = try running(site) { try link.step(.woke(.exchange), now: site.clock(now)) }
        for _ in 0..<8 {
            let sent = actions.compactMap { action -> (Lane, WireRequest)? in
                if case .send(let lane, let request) = action { return (lane, request) }
                return nil
            }
            if let (lane, request) = sent.first {
                let response = try serve(request, site)
                actions = try running(site) { try link.step(.replied(lane, response), now: site.clock(now)) }
                if response.errorCode == .officeBehind { return }
            } else {
                actions = try running(site) { try link.step(.woke(.exchange), now: site.clock(now)) }
            }
        }
    }
}
