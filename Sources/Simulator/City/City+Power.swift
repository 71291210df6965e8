import Replication
import SimulatedDisk

/// Processes that their disks stop in the middle of a step, and begin again on what was durable.
extension City {
    /// Runs a step of a department's process.
    func running<Result>(_ site: Site, _ body: () throws -> Result) throws -> Result {
        do { return try site.medium.running(body) } catch let stop as Medium.Stop {
            stopped(site.name, stop)
            if stop == .room {
                // As the node does: every lane that does not await a reply tries again later.
                for lane in Lane.allCases where !site.asking.contains(lane) { wake(site, lane, at: now + 5_000) }
            } else {
                try site.medium.reopen(&third)
                start(site)
                try isWhole(site.medium, site.name)
            }
            throw stop
        }
    }

    /// Runs a step of the office's process; a department that waits for its reply hears nothing.
    func runningOffice<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            let result = try officeMedium.running(body)
            try Checkers.commit(self)
            return result
        } catch let stop as Medium.Stop {
            stopped("office", stop)
            if stop != .room {
                try officeMedium.reopen(&third)
                rebuildOffice()
                try isWhole(officeMedium, "office")
            }
            throw stop
        }
    }

    /// Runs what may end with a stop, after which life goes on.
    func surviving(_ body: () throws -> Void) throws {
        do { try body() } catch is Medium.Stop {}
    }

    private func stopped(_ name: String, _ stop: Medium.Stop) {
        count("stopped by \(stop.rawValue)")
        note("\(name) is stopped: \(stop.rawValue)")
    }

    /// I3: right after a restart the store is sound, and whatever a person was told is saved is there.
    private func isWhole(_ medium: Medium, _ name: String) throws {
        if let problem = try medium.problems().first {
            throw Violation(invariant: "whole store", seen: "\(name) after a restart: \(problem)")
        }
        // NB: every node begins with a log of its own; a store without one is an empty store.
        if try medium.store.read({ try $0.origins(node: name).isEmpty }) {
            throw Violation(invariant: "whole store", seen: "\(name)'s store is empty after a restart")
        }
        guard officeRestores == 0 else { return }
        let kept = try Tokens.all(in: medium.store, node: name).union(
            name == "office" ? [] : Tokens.all(in: officeStore, node: name)
        )
        for act in ledger.acts.values.filter({ $0.site == name }).sorted(by: { $0.token < $1.token })
        where !kept.contains(act.token) && !ledger.erased.contains(act.appeal) {
            throw Violation(
                invariant: "I3 no lost update",
                seen: "\(name) said that \(act.kind) \(act.token) was saved, and lacks it after a restart"
            )
        }
    }

    /// One draw of what may go wrong with a disk; it happens in one of the next steps that use it.
    func diskFaults(_ medium: Medium) {
        guard medium.canFail else { return }
        if third.chance(faults.diskError) {
            let fault = third.pick([DiskFault.read, .write, .sync]) ?? .sync
            // A step writes and reads a lot, and syncs once or twice.
            medium.fail(fault, at: 1 + third.below(fault == .sync ? 6 : 40))
        }
        if third.chance(faults.diskFull) {
            medium.fail(.full, at: 1 + third.below(40))
            after(Int64(third.below(8_000))) { _ in medium.heal() }
        }
    }

    /// Events and disk faults so far; a replaced medium is counted up to its replacement.
    var totals: [String: Int] {
        var totals = counts
        for medium in [officeMedium] + sites.map(\.medium) {
            for (name, count) in medium.counts { totals["disk " + name, default: 0] += count }
        }
        // A store that fails here has failed in the run, which says so.
        do { try countCases(&totals) } catch { return totals }
        return totals
    }
}
