import Appeals
import CanonicalJSON
import Replication

/// Which appeal people mean by what they type or say.
extension Desk {
    /// The id that a name means, kept from the reader or not; `unknownAppeal` or, of several, `ambiguousAppeal`.
    ///
    /// A name of the form of an id is taken as it is, here or not. Else it is an index, as it stands, with its letters, case
    /// and spaces corrected, or the former one of an appeal whose index was taken, that left or was erased; or at least four hexadecimal digits that
    /// begin one id.
    func meant(_ name: String, _ reading: any StoreReading) throws -> String {
        if Names.isAppeal(name) { return name }
        let own = try overlaid(reading)
        let indices = [name] + RegistrationIndex.meant(by: name).map(\.description)
        for index in indices { if let id = try appeal(index: index, own, reading) { return id } }
        for index in indices { if let id = try appeal(formerly: index, reading) { return id } }
        return try appeal(beginning: name, own, reading)
    }

    /// The appeal that has this index now.
    private func appeal(index: String, _ own: [String], _ reading: any StoreReading) throws -> String? {
        let spaces = try spaces(reading)
        if let id = try reading.key(spaces.appeals, generation: spaces.appealsGeneration, index: index) { return id }
        return try own.first { try shown($0, reading)?.index == index }
    }

    /// What had this index: a card that the office gave another one, since it was taken, one that left, one that was erased.
    private func appeal(formerly index: String, _ reading: any StoreReading) throws -> String? {
        let spaces = try spaces(reading)
        return try reading.key(spaces.appeals, generation: spaces.appealsGeneration, formerIndex: index)
            ?? reading.stub(index: index)?.appeal ?? reading.erasure(index: index)?.appeal
    }

    private func appeal(beginning name: String, _ own: [String], _ reading: any StoreReading) throws -> String {
        let spaces = try spaces(reading)
        guard name.utf8.count >= 4,
            name.utf8.allSatisfy({ Names.isHex(String(UnicodeScalar($0)), count: 1) || $0 == UInt8(ascii: "-") })
        else { throw Self.unknown(name) }
        var found = try reading.digests(
            spaces.appeals,
            generation: spaces.appealsGeneration,
            from: name,
            to: "",
            limit: 3
        )
        .map(\.key).filter { $0.hasPrefix(name) }
        found += own.filter { $0.hasPrefix(name) && !found.contains($0) }
        found = try found.filter { try !isKept($0, reading) }
        guard found.count <= 1 else {
            throw DeskError(
                .usage,
                "ambiguousAppeal",
                uk: "«\(name)» — початок кількох id: \(found.joined(separator: ", "))",
                en: "\"\(name)\" begins several ids: \(found.joined(separator: ", "))"
            )
        }
        guard let id = found.first else { throw Self.unknown(name) }
        return id
    }
}
