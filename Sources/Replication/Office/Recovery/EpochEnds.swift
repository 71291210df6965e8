/// Where the office's former epochs ended: the last commit that the backup had, of each that was followed by a restore.
package struct EpochEnds: Sendable {
    private var ends: [(epoch: String, through: Int64)] = []

    /// Reads the ends recorded in a store.
    init(_ reading: any StoreReading) throws {
        self = try reading.value(Values.epochs) ?? EpochEnds()
    }

    /// No restore yet.
    init() {}

    /// Words `epoch:commit`; nil for another text.
    init?(_ text: String) {
        for word in text.isEmpty ? [] : ValueText.words(text) {
            let parts = word.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, let through = ValueText.number(parts[1]) else { return nil }
            ends.append((String(parts[0]), through))
        }
    }

    var text: String { ends.map { "\($0.epoch):\($0.through)" }.joined(separator: " ") }

    /// Whether this epoch has ended.
    func contains(_ epoch: String) -> Bool { ends.contains { $0.epoch == epoch } }

    /// The ends after one more restore: `epoch` ended with the commit `through`, the backup's last.
    func adding(_ epoch: String, through: Int64) -> EpochEnds {
        var longer = self
        longer.ends.append((epoch, through))
        return longer
    }

    /// The last commit up to which every node has in common with this office what both hold; nil if there was no restore.
    ///
    /// The least of all ends, whichever epoch the node comes from: work of a stretch that an earlier restore lost keeps its
    /// old commit when it comes back, and it may have come back only after the backup of a later restore was made. This
    /// asks for more than is needed and never for less.
    var common: Int64? { ends.map(\.through).min() }
}

extension ValueForm where Content == EpochEnds {
    static var epochEnds: Self { Self(read: { EpochEnds($0) }, text: { $0.text }) }
}
