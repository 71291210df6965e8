import Appeals
package import CanonicalJSON

/// Whose clock a local time of a register is of.
package enum ImportZone: Hashable, Sendable {
    case kyiv
    /// So many seconds ahead of UTC, the whole year.
    case fixed(Int)
    case table(ZoneTable)

    /// `Europe/Kyiv`, `UTC`, an offset as `+03:00`; nil for what a table has to say.
    package init?(_ name: String) {
        switch name {
        case "Europe/Kyiv", "Europe/Kiev": self = .kyiv
        case "UTC", "Z": self = .fixed(0)
        default:
            let bytes = Array(name.utf8)
            guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"), let hours = Int(name.dropFirst().prefix(2)),
                let minutes = Int(name.suffix(2)), (0...14).contains(hours), (0...59).contains(minutes)
            else { return nil }
            switch bytes[0] {
            case UInt8(ascii: "+"): self = .fixed(hours * 3_600 + minutes * 60)
            case UInt8(ascii: "-"): self = .fixed(-hours * 3_600 - minutes * 60)
            default: return nil
            }
        }
    }

    /// The moment at which its clock shows this: the first of two where it was set back, the moment of the turn where it
    /// never did.
    func milliseconds(_ date: CivilDate, _ time: TimeOfDay) -> Int64 {
        let local = KyivTime.milliseconds(utc: date, time)
        switch self {
        case .kyiv: return KyivTime.milliseconds(date, time)
        case .fixed(let offset): return local - Int64(offset) * 1_000
        case .table(let table):
            let second = local / 1_000
            let around = [second - 86_400, second, second + 86_400].map(table.offset)
            for offset in around where table.offset(at: second - Int64(offset)) == offset {
                return local - Int64(offset) * 1_000
            }
            return local - Int64(around[0]) * 1_000
        }
    }

    /// The day that its clock shows at a moment.
    func date(at milliseconds: Int64) -> CivilDate? {
        switch self {
        case .kyiv: return KyivTime.date(at: milliseconds)
        case .fixed(let offset): return Self.day(milliseconds + Int64(offset) * 1_000)
        case .table(let table):
            return Self.day(milliseconds + Int64(table.offset(at: milliseconds / 1_000)) * 1_000)
        }
    }

    private static func day(_ milliseconds: Int64) -> CivilDate? {
        CivilDate(dayNumber: Int((Double(milliseconds) / 86_400_000).rounded(.down)))
    }

    /// The most letters that a zone's name may have.
    private static let longestName = 64

    /// The mapping with a table for each zone that it names and this program does not know by itself.
    ///
    /// - Parameter file: what the system has about a zone; nil if it has nothing.
    package static func filled(_ mapping: JSON, file: (String) -> [UInt8]?) -> JSON {
        guard var top = mapping.object, let fields = top["fields"]?.object else { return mapping }
        var tables = top["zones"]?.object ?? JSONObject()
        for (_, rule) in fields.members {
            guard let name = rule["zone"]?.string, ImportZone(name) == nil, tables[name] == nil, isName(name),
                let table = file(name).flatMap(ZoneTable.init(file:))
            else { continue }
            tables[name] = table.json
        }
        if !tables.members.isEmpty { top["zones"] = .object(tables) }
        return .object(top)
    }

    private static func isName(_ name: String) -> Bool {
        name.utf8.count <= longestName && !name.hasPrefix("/") && !name.contains("..")
            && name.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789/_+-".unicodeScalars.contains($0))
            }
    }
}
