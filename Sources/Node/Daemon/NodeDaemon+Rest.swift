import Appeals
import CPlatform
import Locks
import Replication

extension NodeDaemon {
    /// The hour of Kyiv's night in which an office wipes former words that nobody asked to have removed.
    static let quietHour = 3

    /// What a running node does once a minute: next to nothing if nothing happened.
    ///
    /// Wiping follows deletions, never the clock: a department's are wiped by its purges, an erasure within a minute.
    func rest(now: Int64) throws {
        log.tellLeftOut()
        kartoteka_trim_memory()
        // Where nothing can be wiped, `doctor` says so, and no purge is receipted.
        guard let scrubbing = node.store.scrubbing, scrubbing.hasRemoved || isQuiet(scrubbing, now: now) else { return }
        guard try scrubbing.checkpoint() else { return }
        if let day = Self.quietDay(now: now) { wiped.withLock { $0 = day } }
    }

    private func isQuiet(_ scrubbing: any Scrubbing, now: Int64) -> Bool {
        guard node.office != nil, let day = Self.quietDay(now: now), scrubbing.hasChanged else { return false }
        return wiped.withLock { $0 != day }
    }

    /// The day, if it is the quiet hour of one.
    static func quietDay(now: Int64) -> String? {
        guard let moment = KyivTime.moment(at: now), moment.time.hour == quietHour else { return nil }
        return moment.date.description
    }
}
