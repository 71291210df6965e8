/// Where the office's former epochs ended: the last commit that the backup had, of each that was followed by a restore.
struct EpochEnds {
    private var ends: [(epoch: String, through: Int64)] = []

    /// Reads what `text` gives; words that are none are passed over.
    init(_ text: String) {
        for word in text.split(separator: " ") {
            let parts = word.split(separator: ":")
            guard parts.count == 2, let through = Int64(parts[1]) else { continue }
            ends.append((String(parts[0]), through))
        }
    }

    var text: String { ends.map { "\($0.epoch):\($0.through)" }.joined(separator: " ") }

    func adding(_ epoch: String, through: Int64) -> EpochEnds {
        var longer = self
        longer.ends.append((epoch, through))
        return longer
    }

    /// The last commit that a node of that epoch has in common with this office; nil if there was no restore.
    ///
    /// An epoch that this office never heard of began in a stretch that it lost: then it is the least of all, which
    /// asks for more than is needed and never for less.
    func common(with epoch: String) -> Int64? {
        let first = ends.firstIndex { $0.epoch == epoch } ?? ends.startIndex
        return ends[first...].map(\.through).min()
    }
}
