package import Appeals
import CanonicalJSON
package import Replication

/// A page of the register of streets.
package struct StreetPage {
    /// In the order of their ids.
    package let streets: [StreetEntry]
    /// The key after which the next page begins; nil at the end.
    package let next: String?

    package init(streets: [StreetEntry], next: String?) {
        self.streets = streets
        self.next = next
    }
}

/// What an address was found to be.
package enum ShownAddress {
    /// Not in the register, or the register is empty.
    case unknown
    case found(ResolvedAddress, street: StreetEntry)
    /// These fit: somebody has to choose.
    case several([StreetEntry])
}

extension Desk {
    /// Streets by id, at most `limit` after a key.
    package func streets(after key: String = "", limit: Int) throws -> StreetPage {
        try read { reading in
            let page = try entries("street/", after: key, limit: limit, reading)
            return StreetPage(
                streets: page.compactMap { $0.register("entry").flatMap { StreetEntry($0) } },
                next: page.count == limit ? page.last?.id : nil
            )
        }
    }

    /// A street by its id, or by an address as people type it; `unknownStreet`, or `ambiguousName` with those that fit.
    package func street(named typed: String) throws -> StreetEntry {
        try read { reading in
            let streets = try allStreets(reading)
            if let street = streets.first(where: { $0.id == typed }) { return street }
            let found = AddressLookup(streets).find(typed)
            switch found {
            case .one(let address):
                if let street = streets.first(where: { $0.id == address.street }) { return street }
                fallthrough
            case .none:
                throw DeskError.unknownStreet(typed)
            case .several(let ids):
                _ = try Self.chosen(.several(ids), typed)
                preconditionFailure("several are refused")
            }
        }
    }

    /// What a typed address means by the register as this node has it.
    package func address(_ typed: String) throws -> ShownAddress {
        try read { reading in
            let streets = try allStreets(reading)
            switch AddressLookup(streets).find(typed) {
            case .none: return .unknown
            case .one(let address):
                guard let street = streets.first(where: { $0.id == address.street }) else { return .unknown }
                return .found(address, street: street)
            case .several(let ids): return .several(streets.filter { ids.contains($0.id) })
            }
        }
    }

    /// The register as a whole.
    package func allStreets(_ reading: any StoreReading) throws -> [StreetEntry] {
        var streets: [StreetEntry] = [], after = ""
        while true {
            let page = try entries("street/", after: after, limit: 500, reading)
            streets += page.compactMap { $0.register("entry").flatMap { StreetEntry($0) } }
            guard page.count == 500, let last = page.last else { return streets }
            after = last.id
        }
    }
}

extension StreetEntry {
    /// Former names as `street put` takes them: `вул. Орджонікідзе до 2016-02-19`.
    package var typedFormer: [String] {
        former.map { former in
            [former.form?.abbreviation, former.name, former.until.map { "до " + $0 }].compactMap(\.self).joined(
                separator: " "
            )
        }
    }

    /// Houses of other districts as `street put` takes them: `1-47 непарні = Саксаганський`, `60- = …` as far as the street goes.
    package var typedHouses: [String] {
        houses.map { houses in
            let range =
                houses.through == houses.from
                ? "\(houses.from)" : "\(houses.from)-" + (houses.through.map(String.init) ?? "")
            let side = houses.side.map { $0 == .odd ? " непарні" : " парні" } ?? ""
            return range + side + " = " + houses.district
        }
    }
}
