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
        guard let address = typing.pick(typing.chance(0.85) ? Self.spellings : Self.others) else { return }
        let personal: JSONObject = ["fields": ["applicant.address": .string(address)]]
        if typing.chance(0.4) {
            guard let appeal = typing.pick(ledger.registered) else { return }
            try officeAct("appeal.corrected", appeal, ("olena", "registrar"), [:], personal: personal)
        } else if let site = typing.pick(sites), site.sleepsUntil <= now {
            guard let appeal = try typing.pick(site.shownRows())?.key else { return }
            try siteDraft(site, "appeal.corrected", appeal, "clerk", token: nil) { $0.personal = personal }
        }
    }
}
