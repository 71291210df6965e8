import Appeals
import CanonicalJSON
import Replication

/// Several people type one address from one letter, each on their own keyboard.
extension City {
    /// The same to a reader, other bytes: apostrophes, spaces, Latin letters, marks that nobody sees.
    private static let spellings = [
        "вул. Прем'єрська, 5", "вул. Прем’єрська, 5", "вул. Премʼєрська,\u{A0}5", "вул.  Прем`єрськa, 5 ",
        "вул. Прем'єр\u{AD}ськa, 5",
    ]
    /// Addresses that look close and are not the same: these must stay a disagreement.
    private static let others = ["вул. Мiру, 7", "вул. Миру, 5"]

    /// Several people write one address, each in a spelling of their own.
    func typesAlike() throws {
        if typing.chance(0.02) { return _ = try directs("street.put", TypedPlaces.renamed) }
        let texts = typing.chance(0.6) ? TypedPlaces.all : typing.chance(0.85) ? Self.spellings : Self.others
        // Somebody else types where the same thing is, on the same card, before they can have read of it.
        let again = typing.chance(0.5) ? lastPlace : nil
        guard let typed = typing.pick(again.map { TypedPlaces.spellings(of: $0.typed) } ?? texts) else { return }
        func personal(_ node: any Store) throws -> JSONObject {
            ["fields": ["applicant.address": try streets(node).address(typed).json]]
        }
        if typing.chance(0.4) {
            let personal = try personal(officeStore)
            guard let appeal = again?.appeal ?? typing.pick(ledger.registered) else { return }
            lastPlace = (appeal, typed)
            try officeAct("appeal.corrected", appeal, ("olena", "registrar"), [:], personal: personal)
        } else if let site = typing.pick(sites), site.sleepsUntil <= now {
            let shown = try site.shownRows().map(\.key)
            guard let appeal = again.map(\.appeal).flatMap({ shown.contains($0) ? $0 : nil }) ?? typing.pick(shown)
            else { return }
            lastPlace = (appeal, typed)
            let personal = try personal(site.store)
            try siteDraft(site, "appeal.corrected", appeal, "clerk", token: nil) { $0.personal = personal }
        }
    }

    /// The register of streets as a node has it.
    private func streets(_ node: any Store) throws -> AddressLookup {
        try node.read { reading in
            let generation = try reading.stream(Space.reference)?.generation ?? 0
            return AddressLookup(
                try TypedPlaces.streets.compactMap { street in
                    let key = "street/" + (street["street"]?.string ?? "")
                    let row = try reading.row(Space.reference, generation: generation, key: key)
                    return try row.flatMap { try watch.read.aggregate($0).register("entry") }.flatMap {
                        StreetEntry($0)
                    }
                }
            )
        }
    }
}
