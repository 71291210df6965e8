/// A value taken from a row: one text or a list of texts.
package enum ImportValue: Hashable, Sendable {
    case text(String)
    case list([String])
}
