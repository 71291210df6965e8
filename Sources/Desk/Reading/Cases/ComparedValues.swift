import Appeals
package import CanonicalJSON
import Replication

/// One of the values that stand against each other: what, whose, when, on what ground.
package struct CaseValue: Sendable {
    /// Nil: none is given.
    package let value: JSON?
    /// The write that it came from.
    package let write: String
    /// Whose it is; the person is empty where this node does not know them.
    package let author: Author
    /// By its author's clock, unix milliseconds; nil where this node does not know it.
    package let at: Int64?
    /// When the office received it, where it came from elsewhere and this node knows.
    package let receivedAt: Int64?
    /// Why, as its author said; empty if they did not.
    package let ground: String
    /// The act that wrote it, `appeal.registered`; empty where this node has it not.
    package let kind: String
    /// Not with the office yet.
    package let isUnsent: Bool

    /// That none was given.
    static let none = CaseValue(
        value: nil,
        write: "",
        author: Author(user: "", node: ""),
        at: nil,
        receivedAt: nil,
        ground: "",
        kind: "",
        isUnsent: false
    )
}

/// Two values of a register, and what stood there before either.
package struct ComparedValues: Sendable {
    /// The register's full name.
    package let register: String
    /// What the author of the other value met; nil where this node has not what tells.
    package let was: CaseValue?
    package let inForce: CaseValue
    /// What stands beside it, or stood.
    package let other: CaseValue
    /// Values that are not in force and can be put back, each once: the other one, and what the decision took away.
    package let lost: [CaseValue]

    package var bare: String { Names.bare(register) }
    /// Whether a correction can put a value there.
    package var isCorrectable: Bool { Policy.register(bare)?.corrected != nil }
}

extension Desk {
    /// Both values of a row of `conflicts`; nil of a row that this version cannot read.
    func compared(
        _ name: String,
        _ item: Item,
        _ shown: ShownAppeal,
        _ reading: any StoreReading
    ) throws -> ComparedValues? {
        guard let register = item.value["register"]?.string, let present = shown.appeal[.registers, register],
            let losing = FactName(name)?.write
        else { return nil }
        let inForce = try value(present.value, present.write, by: nil, shown, reading)
        let other = try value(item.value["value"], losing, by: item.value["by"], shown, reading)
        // What was in force when the row was made, if somebody took the other value since.
        let former = try item.value["inForce"]?.string.flatMap { try recorded(register, $0, shown, reading) }
        let was =
            try met(register, by: losing, shown, reading)
            ?? met(register, by: item.value["inForce"]?.string ?? present.write, shown, reading)
        var lost: [CaseValue] = []
        for candidate in [other, former].compactMap(\.self) {
            let isThere = ([inForce] + lost).contains { Self.saysSame($0.value, candidate.value, register) }
            if !isThere { lost.append(candidate) }
        }
        return ComparedValues(register: register, was: was, inForce: inForce, other: other, lost: lost)
    }

    private static func saysSame(_ one: JSON?, _ other: JSON?, _ register: String) -> Bool {
        let (one, other) = (one ?? .null, other ?? .null)
        return one == other || (Policy.register(Names.bare(register))?.folds == true && Sameness.areSame(one, other))
    }

    /// What the author of a write had on the screen; nil where this node has not the write, or not what it met.
    private func met(
        _ register: String,
        by write: String,
        _ shown: ShownAppeal,
        _ reading: any StoreReading
    ) throws -> CaseValue? {
        // Whoever settles looks at both values, and has no base.
        guard let operation = try operation(write, reading), operation.kind != "conflict.settled" else { return nil }
        guard let base = operation.base[register] ?? nil else { return CaseValue.none }
        return try recorded(register, base, shown, reading)
    }

    /// A value as the write that gave it recorded it; nil where this node has it not.
    private func recorded(
        _ register: String,
        _ write: String,
        _ shown: ShownAppeal,
        _ reading: any StoreReading
    ) throws -> CaseValue? {
        guard let operation = try operation(write, reading),
            let value = Overlay.value(of: register, by: operation, on: shown.appeal)
        else { return nil }
        return try self.value(value, write, by: nil, shown, reading)
    }

    /// A value with what this node's log has of its write.
    private func value(
        _ value: JSON?,
        _ write: String,
        by: JSON?,
        _ shown: ShownAppeal,
        _ reading: any StoreReading
    ) throws -> CaseValue {
        let name = WriteName(write)
        let record = try name.flatMap { try reading.operation($0.origin, $0.number) }
        let told = record.map { ToldOperation($0) }
        let said = by.map(Author.init)
        let clock = by?["clock"]?.string.flatMap(HybridClock.init)?.milliseconds
        let isElsewhere = name.map { $0.origin.node != place.node } ?? false
        return CaseValue(
            value: value.flatMap { $0.isNull ? nil : $0 },
            write: write,
            author: Author(
                user: told.map(\.user) ?? said?.user ?? "",
                node: name?.origin.node ?? said?.node ?? ""
            ),
            at: told?.authoredAt ?? clock,
            receivedAt: isOffice && isElsewhere ? record?.at : nil,
            ground: told?.why ?? "",
            kind: record?.kind ?? "",
            isUnsent: record.map { $0.status == nil } ?? false
        )
    }

    private func operation(_ write: String, _ reading: any StoreReading) throws -> Operation? {
        guard let name = WriteName(write), let record = try reading.operation(name.origin, name.number),
            !record.bytes.isEmpty
        else { return nil }
        return try record.signed().operation
    }
}
