import Appeals
import CanonicalJSON
import Desk
import Replication

/// What changed since a position, as far as the listener may read it now.
struct News {
    /// One thing that changed.
    struct Event: Equatable {
        enum Kind: String, CaseIterable {
            /// A card: by its id, with the commit or the own operation of its last change.
            case appeal
            /// A card that left this department, by its id.
            case left
            /// An entry of the directory, by its key.
            case directory
            /// How far the node's own work is with the office, by the node's id.
            case sync
        }

        let kind: Kind
        let id: String
        let revision: String
    }

    /// Nil: so much changed, or the node began anew, that the listener has to read what it shows again.
    let events: [Event]?
    /// Where the listener stands then.
    let position: ChangePosition

    /// Changes that are looked back at, of each sort; beyond them the listener reads anew.
    static let lookBack = 200

    /// In one snapshot; who may read what is asked anew for each appeal.
    init(after old: ChangePosition, _ desk: Desk, _ reading: any StoreReading) throws {
        position = try ChangePosition(now: desk, reading)
        guard old.isContinued(by: position) else {
            events = nil
            return
        }
        let spaces = try desk.spaces(reading)
        let appeals = try reading.keys(
            spaces.appeals,
            generation: spaces.appealsGeneration,
            changedAfter: old.appeals,
            limit: Self.lookBack + 1
        )
        let entries = try reading.keys(
            spaces.reference,
            generation: spaces.referenceGeneration,
            changedAfter: old.reference,
            limit: Self.lookBack + 1
        )
        let gone = try reading.departed(before: nil, limit: Self.lookBack + 1).prefix { $0.at > old.left }
        let own = try Self.own(after: old, position, reading)
        guard [appeals.count, entries.count, gone.count, own.count].allSatisfy({ $0 <= Self.lookBack }) else {
            events = nil
            return
        }
        var found: [Event] = []
        // Own work over a row is the later change of the two.
        let cards =
            appeals.map { ($0.key, String($0.commit)) }.filter { card in !own.contains { $0.0 == card.0 } } + own
        for (id, revision) in cards where try desk.shown(id, reading) != nil {
            found.append(Event(kind: .appeal, id: id, revision: revision))
        }
        for stub in gone where try !desk.isKept(stub.appeal, reading) {
            found.append(Event(kind: .left, id: stub.appeal, revision: String(stub.at)))
        }
        found += entries.map { Event(kind: .directory, id: $0.key, revision: String($0.commit)) }
        let isHeard = (old.written, old.answered) != (position.written, position.answered)
        // How much the node has sent is of all its departments' appeals.
        if isHeard, desk.who.departments.isEmpty {
            let revision = "\(position.written)/\(position.answered)"
            found.append(Event(kind: .sync, id: desk.place.node, revision: revision))
        }
        events = found
    }

    /// Appeals with own operations that were added since, each with the last of them.
    private static func own(
        after old: ChangePosition,
        _ position: ChangePosition,
        _ reading: any StoreReading
    ) throws -> [(String, String)] {
        guard position.written > old.written, let origin = Origin(position.log) else { return [] }
        let added = try reading.operations(origin, after: old.written, limit: lookBack + 1)
        var last: [String: String] = [:]
        for record in added { if let appeal = record.appeal { last[appeal] = "\(record.origin):\(record.number)" } }
        guard added.count <= lookBack else { return added.map { ($0.appeal ?? "", "") } }
        return last.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

extension ChangePosition {
    /// Whether the commits and numbers of both are of one history.
    fileprivate func isContinued(by new: ChangePosition) -> Bool {
        epoch == new.epoch && generation == new.generation && log == new.log && appeals <= new.appeals
            && reference <= new.reference && written <= new.written
    }
}

extension News.Event {
    /// As it is sent (HTML, "Server-sent events"): one line of JSON, in which nothing breaks a line.
    var bytes: [UInt8] {
        let data: JSON = ["kind": .string(kind.rawValue), "id": .string(id), "revision": .string(revision)]
        return Array("event: change\ndata: ".utf8) + data.canonicalBytes() + Array("\n\n".utf8)
    }
}
