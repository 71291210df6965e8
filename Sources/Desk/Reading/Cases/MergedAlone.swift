import Appeals
import CanonicalJSON
import Replication

/// What the rules merged in a card without anybody.
package struct MergedAlone {
    /// Two values of a register, of which the rules put one in force; by the end of the case's id.
    package let values: [(digest: String, values: ComparedValues)]
    /// Rules that left everything as it was recorded: nothing can be undone, since nothing was taken away.
    package let kept: [String]
    package let names: PrintedNames

    package var isEmpty: Bool { values.isEmpty && kept.isEmpty }
}

extension Desk {
    /// Rows of a card that are listed as merged at most; the rules keep a row for each value that lost.
    package static let mergedAtMost = 50

    /// What was merged in a card without a person and is so still, the last first: a value that came into force again since is
    /// none of it.
    package func mergedAlone(_ appeal: String) throws -> MergedAlone {
        try read { reading in
            let shown = try shownAppeal(appeal, reading)
            let rows = shown.appeal.items(.conflicts).filter { $0.item.value.caseState == .noted }
                .sorted { $0.item.commit > $1.item.commit }
            var values: [(digest: String, values: ComparedValues)] = []
            for (name, item) in rows.prefix(Self.mergedAtMost) {
                guard let compared = try compared(name, item, shown, reading),
                    compared.lost.contains(where: { $0.write == compared.other.write })
                else { continue }
                values.append((ShownAppeal.digest(.conflicts, name), compared))
            }
            let kept = shown.appeal.items(.disagreements).filter { $0.item.value.caseState == .noted }
                .compactMap { $0.item.value["rule"]?.string }
            let authors = values.flatMap { [$0.values.inForce.author, $0.values.other.author] }
            return MergedAlone(
                values: values,
                kept: kept.uniqued(),
                names: try names(of: Set(authors.map(\.user)), departments: Set(authors.map(\.node)), reading)
            )
        }
    }
}
