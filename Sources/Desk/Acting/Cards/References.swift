import Appeals
import CanonicalJSON
package import Replication

/// Another appeal that a card refers to: one of this register, or a number of some other.
package struct AppealReference {
    /// Its index here, or the number as it was typed.
    package let number: String
    package let isHere: Bool
}

extension Desk {
    /// Which appeal a number means; what is not here, or is kept from who asks, is a number of another register.
    ///
    /// Throws `ambiguousAppeal` for the beginning of several ids.
    package func reference(_ typed: String, _ reading: any StoreReading) throws -> AppealReference {
        do {
            let shown = try shownAppeal(typed, reading)
            return AppealReference(number: shown.title, isHere: true)
        } catch let error as DeskError where error.kind == .notFound {
            return AppealReference(number: typed, isHere: false)
        }
    }

    /// The next index with a fraction of the appeal that a new one duplicates (`Д-401/2`); nil if that is not here, or is
    /// numbered by another node.
    func duplicateIndex(of reference: AppealReference, _ reading: any StoreReading) throws -> RegistrationIndex? {
        guard reference.isHere, let index = RegistrationIndex(reference.number),
            index.series.department == (isOffice ? nil : place.node.uppercased())
        else { return nil }
        var taken: [RegistrationIndex] = []
        while let next = index.nextDuplicate(taken: taken) {
            if try !self.reference(next.description, reading).isHere { return next }
            taken.append(next)
        }
        return nil
    }
}
