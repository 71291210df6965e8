/// A part of a registration index as people look for it: the digits at its end are the beginning of a number, the rest stands anywhere.
///
/// So `318` finds `К-318`, `К-3180` and `РЗ-000318`, and not `К-1318`: numbers can be found in an index by how they begin.
package struct IndexPart: Equatable {
    /// How the number begins, without zeros before it; empty for a part without a number.
    package let digits: String
    /// What must stand in the index as it is; empty for digits alone.
    package let text: String

    /// A part as it is typed; what stands behind a stroke is the number of a duplicate and stays text.
    package init(_ part: String) {
        digits = Self.digits(of: part)
        text = !digits.isEmpty && part.allSatisfy(Self.isDigit) ? "" : part
    }

    /// Whether a registration index is one that whoever typed the part may mean.
    package func fits(_ index: String) -> Bool {
        Self.digits(of: index).hasPrefix(digits) && (text.isEmpty || index.contains(text))
    }

    /// The number of an index without zeros before it, `318` of `РЗ-000318` and `17` of `DSP-Ж-17/2`; empty where none is.
    package static func digits(of index: String) -> String {
        let number = index.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
        return String(String(number.reversed().prefix { isDigit($0) }.reversed()).drop { $0 == "0" })
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
}

extension ListFilter {
    /// How the wanted numbers begin; nil where that is not the same for all spellings, or no number is wanted.
    package var digits: String? {
        let digits = Set(index.map { IndexPart($0).digits })
        return digits.count == 1 ? digits.first.flatMap { $0.isEmpty ? nil : $0 } : nil
    }
}
