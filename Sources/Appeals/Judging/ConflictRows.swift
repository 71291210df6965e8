import CanonicalJSON

/// The rows of two values of one register (C12), of which a person settles the open ones.
enum ConflictRows {
    /// A row with the value in force needs no decision any more: it is merely noted.
    ///
    /// This does not depend on who wrote that value or when: a value that comes into force after being proposed leaves
    /// the same rows as one that was in force before.
    static func noteSame(
        on appeal: inout Aggregate,
        write: String,
        commit: Int64,
        later: Int64?,
        _ sameness: Sameness.Comparison
    ) {
        for (name, item) in appeal.items(.conflicts) {
            guard var row = item.value.object, row.caseState == .open, let register = row["register"]?.string,
                let value = row["value"], let inForce = appeal.register(register),
                value == inForce || isSame(register, value, inForce, sameness)
            else { continue }
            row["state"] = CaseState.noted.json
            appeal[.conflicts, name] = Item(
                value: .object(row),
                write: write,
                commit: commit <= item.commit ? later ?? commit : commit
            )
        }
    }

    /// Whether two values of a register are the same to a reader.
    static func isSame(_ register: String, _ one: JSON, _ other: JSON, _ sameness: Sameness.Comparison) -> Bool {
        Policy.register(Names.bare(register))?.folds == true && sameness(one, other)
    }
}
