package import Appeals
import CanonicalJSON
import Replication

/// An address of an act in which the register of streets found no place, or several.
package struct UnresolvedAddress {
    /// The field as a correction calls it: `applicant.address`, `problemAddress@1`.
    package let field: String
    package let typed: String
    /// Streets of which somebody has to choose one; none if nothing fits.
    package let candidates: [StreetEntry]
}

extension Desk {
    /// The register of streets as this node has it, read before an act: the judge only asks whether a street is there.
    func addressLookup() throws -> AddressLookup { try read { AddressLookup(try allStreets($0)) } }
}

extension AddressLookup {
    /// The address with the place that is meant, and what is to be told if there is none.
    ///
    /// Without any streets nothing is told.
    func resolved(_ typed: String, _ field: String) -> (Address, UnresolvedAddress?) {
        let address = address(typed)
        guard address.place == nil, !isEmpty else { return (address, nil) }
        return (
            address, UnresolvedAddress(field: field, typed: address.typed, candidates: candidates(typed))
        )
    }
}

extension DeskError {
    static func unknownStreet(_ typed: String) -> DeskError {
        DeskError(
            .notFound,
            Reason.unknownStreet.rawValue,
            uk: "немає такої вулиці: «\(typed)»",
            en: "there is no such street: \"\(typed)\"",
            remedy: DeskError.remedy(of: .unknownStreet)
        )
    }
}

extension CardFields {
    /// Whether there is anything to resolve: else nobody reads the register of streets.
    var hasAddress: Bool { address != nil || issues.contains { $0.problemAddress != nil } }

    /// Resolves the addresses of the card, each by itself; tells of those that are not.
    mutating func resolve(_ streets: AddressLookup) -> [UnresolvedAddress] {
        var unresolved: [UnresolvedAddress] = []
        func resolved(_ address: Address?, _ field: String) -> Address? {
            guard let address else { return nil }
            let (found, told) = streets.resolved(address.typed, field)
            if let told { unresolved.append(told) }
            return found
        }
        address = resolved(address, "applicant.address")
        for place in issues.indices {
            issues[place].problemAddress = resolved(issues[place].problemAddress, "problemAddress@\(place + 1)")
        }
        return unresolved
    }
}
