package import Appeals
import CanonicalJSON
import Replication

/// What the office knew of the city at a full hour: contacts, heads and counts of each department, kept for `days`.
///
/// Of appeals that bar nobody: one row serves all readers. It names no person and no appeal.
package struct CityHour: Sendable, Equatable {
    /// So many days an hour is kept.
    package static let days: Int64 = 400
    private static let hour: Int64 = 3_600_000

    package let state: CityState

    /// Of the same instant, with the same numbers.
    package static func == (a: CityHour, b: CityHour) -> Bool {
        a.state.at == b.state.at && a.state.rows == b.state.rows && a.state.totals == b.state.totals
    }

    /// Of an instant the key of its hour: hours since 1970, so that keys are ordered as hours are.
    package static func key(_ at: Int64) -> String {
        Digits.fixed(at / hour, to: 8)
    }

    init(_ state: CityState) { self.state = state }

    /// `{"at":ms,"rows":[[department,contact|null,head,read,[lower,upper|null],…],…],"totals":[[lower,upper|null],…]}`, the numbers
    /// in the order of `CityNumber`.
    var record: LocalRecord {
        let rows: [JSON] = state.rows.map { row in
            let place: [JSON] = [
                .string(row.department), row.contact.map(JSON.integer) ?? .null, .integer(row.head), .integer(row.read),
            ]
            return .array(place + Self.list(row.numbers))
        }
        let value: JSON = ["at": .integer(state.at), "rows": .array(rows), "totals": .array(Self.list(state.totals))]
        return LocalRecord(
            .hour,
            Self.key(state.at),
            until: state.at + Self.days * 24 * Self.hour,
            bytes: Array(value.canonicalText.utf8)
        )
    }

    /// Of a record as `record` makes it.
    ///
    /// `office`: its id, `name`: what a department is called now. Nil of one that is not so.
    init?(_ record: LocalRecord, office: String, name: (String) throws -> String) throws {
        let value = try JSON(parsing: record.bytes, limits: .general)
        guard let at = value["at"]?.integer, let rows = value["rows"]?.array else { return nil }
        state = CityState(
            at: at,
            rows: try rows.compactMap { try Self.row($0.array ?? [], at, office, name) },
            totals: Self.numbers(value["totals"]?.array ?? [])
        )
    }

    /// Of a record the numbers of the city alone, without a row of a department; nil of one that is not so.
    static func totals(_ record: LocalRecord) throws -> CityState? {
        let value = try JSON(parsing: record.bytes, limits: .general)
        guard let at = value["at"]?.integer, let totals = value["totals"]?.array else { return nil }
        return CityState(at: at, rows: [], totals: numbers(totals))
    }

    private static func list(_ numbers: [CityNumber: Bounds]) -> [JSON] {
        CityNumber.allCases.map { number in
            let bounds = numbers[number] ?? .exactly(0)
            return .array([.integer(bounds.lower), bounds.upper.map(JSON.integer) ?? .null])
        }
    }

    private static func numbers(_ list: some Sequence<JSON>) -> [CityNumber: Bounds] {
        var numbers: [CityNumber: Bounds] = [:]
        for (number, bounds) in zip(CityNumber.allCases, list) {
            numbers[number] = Bounds(bounds.array?.first?.integer ?? 0, bounds.array?.last?.integer)
        }
        return numbers
    }

    private static func row(
        _ row: [JSON],
        _ at: Int64,
        _ office: String,
        _ name: (String) throws -> String
    ) throws -> CityState.Row? {
        guard row.count >= 4, let department = row[0].string else { return nil }
        let contact = row[1].integer
        return CityState.Row(
            department: department,
            name: try name(department),
            contact: contact,
            freshness: department == office ? .here : Freshness(contact: contact, now: at),
            head: row[2].integer ?? 0,
            read: row[3].integer ?? 0,
            numbers: numbers(row.dropFirst(4))
        )
    }
}

extension Desk {
    /// Keeps what the office knows in this hour, if nothing of it is kept yet; at the office.
    ///
    /// Says whether it did.
    @discardableResult
    package func keepHour(heard: (String) -> Int64? = { _ in nil }) throws -> Bool {
        let isKept = try read { try $0.local(.hour, CityHour.key(now)) != nil }
        guard isOffice, !isKept else { return false }
        let hour = CityHour(try read { try openCity($0, heard: heard) })
        try place.store.write { try $0.putLocal(hour.record) }
        return true
    }

    /// What was kept of the hour of an instant, else of the last one before it; nil if there is none.
    package func hour(of at: Int64) throws -> CityHour? {
        try read { reading in
            let first = CityHour.key(max(0, at - Self.hoursBack))
            let wanted = CityHour.key(at)
            let kept = try reading.locals(.hour, beginning: "", after: first, limit: Self.hoursRead)
            guard let record = kept.last(where: { $0.key <= wanted }) else { return nil }
            return try CityHour(record, office: place.node) { try departmentName($0, reading) }
        }
    }

    /// An hour that is asked for and was not kept, since the node was down, is looked for so long before.
    private static let hoursBack: Int64 = 48 * 3_600_000
    private static let hoursRead = 49

    /// Of each of the last `days` days, the oldest first, what was kept of nine o'clock in Kyiv, or the next hour of that day;
    /// nil where nothing was; without rows, since a month of them would be read for their totals.
    package func mornings(_ days: Int) throws -> [(day: CivilDate, state: CityState?)] {
        try read { reading in
            try (0..<days).reversed().compactMap { ago in
                guard let day = today.adding(days: -ago), let nine = TimeOfDay(hour: 9, minute: 0) else { return nil }
                let morning = KyivTime.milliseconds(day, nine)
                let end = CityHour.key(morning + 15 * 3_600_000)
                let before = CityHour.key(morning - 1)
                let kept = try reading.locals(.hour, beginning: "", after: before, limit: 1).first
                guard let kept, kept.key < end else { return (day, nil) }
                return (day, try CityHour.totals(kept))
            }
        }
    }
}
