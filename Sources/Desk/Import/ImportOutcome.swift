/// What became of one row.
package enum ImportOutcome: Sendable {
    case card(ImportedCard)
    /// The mapping's `skipWhen` matched.
    case skipped(row: Int, key: String?)
    case refused(ImportRefusal)
}
