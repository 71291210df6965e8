package import Appeals
import CanonicalJSON
import Replication

/// An address of a card, with the street that it was resolved to as the register calls it now.
package struct CardAddress {
    /// The bare name of the register.
    package let register: String
    /// The id of the issue that it is about; nil for the applicant's.
    package let issue: String?
    package let address: Address
    /// Nil: not resolved, or this node has no such street.
    package let street: StreetEntry?

    /// `вул. Героїв АТО, 30, кв. 5`; nil where there is no street to name.
    package var resolved: String? {
        guard let place = address.place, let street else { return nil }
        return [street.title, place.rest].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}

extension Desk {
    /// The addresses of an appeal that this node is shown, the applicant's first.
    func addresses(_ appeal: Aggregate, _ reading: any StoreReading) throws -> [CardAddress] {
        try appeal.items(.registers).compactMap { name, item in
            let bare = Names.bare(name)
            guard Policy.register(bare)?.isAddress == true, let address = Address(item.value), !address.typed.isEmpty
            else { return nil }
            let street = try address.place.flatMap { try entry("street/" + $0.street, reading)?.register("entry") }
            return CardAddress(
                register: bare,
                issue: Names.entity(name),
                address: address,
                street: street.flatMap { StreetEntry($0) }
            )
        }
    }
}
